// Portraits: how an element is made and where it stands, so that it is known again on a page that has changed.
const PORTRAYED = new Set([
  'id', 'class', 'role', 'part', 'type', 'name', 'title', 'alt', 'placeholder', 'href', 'src', 'action', 'for', 'autocomplete',
  'contenteditable', 'aria-label', 'aria-haspopup', 'aria-controls', 'aria-roledescription',
]);
const WORDLESS = new Set(['id', 'class', 'role', 'part', 'type', 'aria-roledescription']);
const ADDRESSES = new Set(['href', 'src', 'action']);
const PART_WORDS = new Set([
  'agent', 'operator', 'staff', 'human', 'person', 'admin', 'support', 'bot', 'robot', 'ai', 'assistant', 'automatic', 'system', 'event',
  'notice', 'info', 'note', 'visitor', 'customer', 'client', 'user', 'guest', 'member', 'player', 'me', 'own', 'self', 'mine', 'you',
  'them', 'other', 'in', 'out', 'incoming', 'outgoing', 'inbound', 'outbound', 'left', 'right', 'received', 'sent', 'message', 'msg',
  'text', 'row', 'item', 'chat', 'queue', 'status', 'joined', 'start', 'end', 'first', 'last', 'true', 'false', 'list',
]);
const MOST_ABOVE = 10;
const LONGEST_VALUE = 120;

// What may be kept of an attribute; of a row (`quiet`) nothing that may be a person's name or words.
function keptValue(name, value, quiet) {
  if (ADDRESSES.has(name)) return quiet ? null : placeIn(value);
  if (!quiet) return value.slice(0, LONGEST_VALUE);
  if (WORDLESS.has(name)) return value.slice(0, LONGEST_VALUE);
  return value.toLowerCase().split(/[\s_-]+/).every((word) => PART_WORDS.has(word)) ? value : '';
}

// An address without its host, query and fragment, which change from visit to visit.
function placeIn(address) {
  const bare = address.split(/[?#]/)[0];
  if (/^(data|blob|javascript):/i.test(bare)) return null;
  return bare.replace(/^[a-z]+:\/\/[^/]*/i, '').slice(-LONGEST_VALUE) || null;
}

function attributesPortrayed(element, quiet) {
  const kept = {};
  for (let i = 0; i < element.attributes.length && i < 40; i++) {
    const { name, value } = element.attributes[i];
    if (!PORTRAYED.has(name) && !name.startsWith('data-')) continue;
    const said = keptValue(name, value, quiet);
    if (said !== null) kept[name] = said;
  }
  return kept;
}

// The elements around one, the nearest first; `early`: it stood there before the question.
function levelsAbove(element) {
  const levels = [];
  for (let node = element; levels.length < MOST_ABOVE; ) {
    const root = isShadowRoot(node.parentNode) ? node.parentNode : null;
    node = composedParent(node);
    if (!isElement(node) || node === document.body || node === document.documentElement) break;
    const level = { tag: node.localName, attributes: attributesPortrayed(node, true) };
    if (root) level.shadow = root.mode;
    if (!(insertedAt.get(node) >= sentAt)) level.early = true;
    append(levels, level);
  }
  return levels;
}

// `quiet`: a row of the chat, of which nothing that somebody said is kept.
function portraitOf(element, quiet) {
  const field = isField(element);
  return {
    id: idOf(element),
    tag: element.localName,
    role: anatomyRole(element) || (element.isContentEditable ? 'textbox' : ''),
    name: quiet ? '' : field ? labelOf(element) : nameOf(element),
    attributes: attributesPortrayed(element, quiet),
    box: boxOf(element),
    view: [innerWidth, innerHeight],
    visible: rendered(element),
    above: levelsAbove(element),
  };
}

// Of an element by its id from the survey, or by its handle; null when it is gone.
command('portrait', (it) => {
  const element = isElement(it) ? it : elementOf(String(it));
  return element ? portraitOf(element, false) : null;
});

command('portraits', (ids) => ids.map((id) => elementOf(id)).map((element) => element && portraitOf(element, false)));

// The field the visitor writes into.
command('boxPortrait', () => (box && box.isConnected ? portraitOf(box, false) : null));

// What matches plain CSS in any tree of this document, closed ones too: how many, and the portraits of the visible first.
command('matching', ({ css, most, quiet }) => {
  const found = [];
  let visible = 0;
  for (const root of roots) {
    for (const element of root.querySelectorAll(css)) {
      const shown = rendered(element);
      if (shown) visible += 1;
      append(found, { element, shown });
    }
  }
  found.sort((one, other) => Number(other.shown) - Number(one.shown));
  return { count: found.length, visible, portraits: found.slice(0, most).map(({ element }) => portraitOf(element, quiet)) };
});

// Which words for classes and ids some style sheet of this document knows.
command('styled', (words) => {
  const wanted = new Set(words);
  const known = new Set();
  for (const root of roots) {
    for (const sheet of [...(root.styleSheets || []), ...(root.adoptedStyleSheets || [])]) noteStyled(rulesOf(sheet), wanted, known);
  }
  return [...known];
});

function rulesOf(sheet) {
  try {
    return sheet.cssRules || [];
  } catch {
    return []; // of another site
  }
}

function noteStyled(rules, wanted, known) {
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i];
    if (rule.selectorText) {
      for (const [word] of rule.selectorText.matchAll(/[.#](?:[\w-]|[^\x00-\x7f]|\\.)+/g)) if (wanted.has(word)) known.add(word);
    }
    if (rule.cssRules) noteStyled(rule.cssRules, wanted, known);
  }
}

// What may hold the rows of the chat: around the box, and not holding it.
command('lists', (most) => {
  const found = [];
  const start = box && box.isConnected ? panelOf(box) : document.documentElement;
  const stack = [start];
  for (let seen = 0; stack.length && seen < MOST_ELEMENTS && found.length < most; seen++) {
    const element = stack.pop();
    if (!isElement(element) || isSkipped(element)) continue;
    const holds = box && composedContains(element, box);
    const rolled = LIST_ROLES.test(attribute(element, 'role')) || SCROLLS.test(styleOf(element).overflowY);
    if (!holds && rolled && rendered(element)) append(found, listOf(element));
    pushChildren(stack, element);
  }
  return found;
});

function listOf(element) {
  const rows = [...element.children].filter((child) => !isSkipped(child) && rendered(child));
  return { list: portraitOf(element, true), rows: rows.slice(0, 12).map((row) => portraitOf(row, true)) };
}
