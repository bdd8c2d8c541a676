// What a page carries that may name the vendor of its chat: addresses, globals, elements. Nothing is changed or waited for.
// A link that only connects beforehand loads nothing: sites keep such links to vendors they left long ago.
const ADDRESSED = 'script[src], iframe[src], frame[src], link[rel=stylesheet][href], link[rel*=preload][href]';
const HELD = 'script[data-src], script[data-cookieconsent][src], script[type="text/plain"][src], iframe[data-src]';
const MOST_ADDRESSES = 500;

// An element's id or a frame's name makes a property of the window, too: that is no script's.
function isMade(name) {
  const steps = name.split('.');
  let value = window;
  try {
    for (let i = 0; i < steps.length && value !== null && value !== undefined; i++) value = value[steps[i]];
    if (value instanceof Node || value instanceof HTMLCollection || (value && value.window === value)) return false;
  } catch {
    return false; // a getter of the page's, or a window of another origin
  }
  const kind = typeof value;
  if (kind === 'function' || (kind === 'object' && value !== null)) return true;
  // A word of every day may be anybody's number or text.
  return Boolean(value) && /[_$.]|[a-z][A-Z]/.test(name);
}

function has(selector) {
  try {
    for (const root of roots) if (root.querySelector(selector)) return true;
  } catch {
    return false; // no selector of this browser's
  }
  return false;
}

function addressesOf(selector) {
  const found = [];
  for (const root of roots) {
    const all = root.querySelectorAll(selector);
    for (let i = 0; i < all.length && found.length < MOST_ADDRESSES; i++) {
      const text = all[i].getAttribute('data-src') || all[i].getAttribute('src') || all[i].getAttribute('href');
      append(found, String(text).slice(0, 500));
    }
  }
  return found;
}

command('carries', ({ globals: names, elements }) => {
  const carried = { globals: [], elements: [], addresses: addressesOf(ADDRESSED), held: addressesOf(HELD), base: document.baseURI };
  for (const name of names) if (isMade(name)) append(carried.globals, name);
  for (const selector of elements) if (has(selector)) append(carried.elements, selector);
  return carried;
});
