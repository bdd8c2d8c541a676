// The anatomy of one element: all by which it might be found again, and those around it in its tree.
const ANATOMY_ABOVE = 8;
const ANATOMY_VALUE = 120;

// Attributes as they are written, the long and the telling ones left out: a style, a handler and a value name nothing.
const UNTOLD = /^(style|on.*|value|srcset|d|points|nonce|integrity|autofocus)$/;

function attributesAsWritten(element) {
  const written = {};
  for (let i = 0, kept = 0; i < element.attributes.length && kept < 30; i++) {
    const { name, value } = element.attributes[i];
    if (UNTOLD.test(name) || name.length > 60) continue;
    written[name] = value.slice(0, name === 'class' ? 600 : ANATOMY_VALUE);
    kept += 1;
  }
  return written;
}

function nodeOf(element) {
  return { tag: element.localName, attributes: attributesAsWritten(element) };
}

const ANATOMY_ROLES = { button: 'button', a: 'link', textarea: 'textbox', select: 'combobox', summary: 'button' };
const ANATOMY_INPUTS = { button: 'button', submit: 'button', image: 'button', checkbox: 'checkbox', radio: 'radio', search: 'searchbox' };

function anatomyRole(element) {
  const role = attribute(element, 'role');
  if (role) return role;
  if (element.localName === 'a' && !element.hasAttribute('href')) return '';
  if (element.localName === 'input') return ANATOMY_INPUTS[element.type] || 'textbox';
  return ANATOMY_ROLES[element.localName] || '';
}

function anatomyOf(element) {
  const above = [];
  const hosts = [];
  let node = element.parentNode;
  for (; isElement(node) && above.length < ANATOMY_ABOVE; node = node.parentNode) append(above, nodeOf(node));
  let closed = false;
  for (let root = element.getRootNode(); isShadowRoot(root); root = root.host.getRootNode()) {
    closed = closed || root.mode === 'closed';
    append(hosts, nodeOf(root.host));
  }
  const field = isField(element);
  return {
    ...nodeOf(element),
    role: anatomyRole(element),
    name: field ? '' : nameOf(element),
    label: field ? labelOf(element) : '',
    above,
    hosts,
    closed,
  };
}

command('anatomy', (id) => {
  const element = elementOf(id);
  return element && anatomyOf(element);
});

// The id of an element that the browser's driver found.
command('identify', (element) => (isElement(element) ? idOf(element) : null));

// --- the conversation: which elements its messages are made of, from the words outwards ---
const ROW_DEPTH = 10;
const CENSUS_MOST = 150;

function pathOf(body, list) {
  const path = [];
  for (let node = body; isElement(node) && node !== list && path.length < ROW_DEPTH; node = composedParent(node)) {
    append(path, { id: idOf(node), ...nodeOf(node) });
  }
  return path;
}

// Simple selectors that a path's elements answer to.
function simpleSelectors(path, found) {
  for (const { tag, attributes } of path) {
    for (const name of (attributes.class || '').split(/\s+/)) if (name) found.add('.' + CSS.escape(name));
    for (const name in attributes) {
      if (name === 'role') found.add('[role=' + toJson(attributes.role) + ']');
      if (!name.startsWith('data-')) continue;
      found.add('[' + name + ']');
      found.add('[' + name + '=' + toJson(attributes[name]) + ']');
    }
    if (tag.includes('-') || tag === 'li' || tag === 'article') found.add(tag);
  }
}

// How often each selector matches something that is drawn: in all trees of this document, and in the list.
function censusOf(selectors, list) {
  const counts = {};
  let counted = 0;
  for (const selector of selectors) {
    if (counted++ >= CENSUS_MOST) break;
    let all = 0;
    let inList = 0;
    for (const root of roots) {
      for (const element of root.querySelectorAll(selector)) {
        if (!rendered(element)) continue;
        all += 1;
        if (composedContains(list, element)) inList += 1;
      }
    }
    counts[selector] = [all, inList];
  }
  return counts;
}

command('conversation', () => {
  const anchor = echo && anchorOf();
  if (!anchor) return null;
  const { list, scrolls } = currentPlace();
  const rows = [];
  const selectors = new Set();
  for (let i = Math.max(0, messages.length - 60); i < messages.length; i++) {
    const { id, region, parts } = messages[i];
    const body = parts[0].el;
    if (region !== 'list' || !parts[0].live || !rendered(body)) continue;
    const path = pathOf(body, list);
    simpleSelectors(path, selectors);
    append(rows, { id, name: authorIn(rowOf(body), body), box: boxOf(body), path });
  }
  return { list: anatomyOf(list), scrolls, rows, census: censusOf(selectors, list), box: box && box.isConnected ? idOf(box) : null };
});
