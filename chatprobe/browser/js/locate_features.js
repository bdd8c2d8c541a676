// What can be said of one element: its name, its label, its box. Nothing here decides what the element is for.

// Ids that survive from one survey to the next; a document's key in front, so that no other document answers to them.
const idByElement = new WeakMap();
const elementById = new Map();
let lastId = 0;

function idOf(element) {
  let id = idByElement.get(element);
  if (!id) {
    lastId += 1;
    id = documentKey + ':' + lastId;
    idByElement.set(element, id);
    elementById.set(id, new WeakRef(element));
  }
  return id;
}

function elementOf(id) {
  const reference = elementById.get(id);
  const element = reference && reference.deref();
  return element && element.isConnected ? element : null;
}

function boxOf(element) {
  const box = element.getBoundingClientRect();
  return [box.x, box.y, box.width, box.height];
}

const SILENT = new Set(['script', 'style', 'noscript', 'template', 'textarea', 'select', 'iframe']);

// The text of an element and of the shadow roots in it, cut at `limit` characters.
function textOf(element, limit) {
  const parts = [];
  let length = 0;
  const stack = [element];
  while (stack.length && length < limit) {
    const node = stack.pop();
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.data.trim();
      if (text) append(parts, text);
      length += text.length;
    } else if (node.nodeType !== Node.ELEMENT_NODE || (!SILENT.has(node.localName) && node.checkVisibility())) {
      pushChildren(stack, node);
    }
  }
  return oneLine(parts.join(' '), limit);
}

function pushChildren(stack, node) {
  for (let child = node.lastChild; child; child = child.previousSibling) append(stack, child);
  const shadow = node.nodeType === Node.ELEMENT_NODE && shadowOf(node);
  if (shadow) for (let child = shadow.lastChild; child; child = child.previousSibling) append(stack, child);
}

function oneLine(text, limit) {
  return String(text).replace(/\s+/g, ' ').trim().slice(0, limit);
}

function attribute(element, name) {
  return element.getAttribute(name) || '';
}

function labelledBy(element) {
  const root = element.getRootNode();
  const found = attribute(element, 'aria-labelledby').split(' ').map((id) => id && root.getElementById && root.getElementById(id));
  return found.filter(Boolean).map((other) => oneLine(other.textContent, 80)).join(' ');
}

// The label a visitor reads beside a field: the proper ones first; the text just before it where nothing else is said.
function labelOf(element) {
  const proper = [...(element.labels || [])].map((label) => textOf(label, 160)).join(' ');
  const said = proper || attribute(element, 'aria-label') || labelledBy(element) || attribute(element, 'title');
  if (said || attribute(element, 'placeholder')) return oneLine(said, 160);
  let node = element;
  for (let depth = 0; node && depth < 3; depth++, node = composedParent(node)) {
    const before = node.previousElementSibling;
    if (before && !before.querySelector('input,textarea,select')) return textOf(before, 80);
    if (node.previousSibling && node.previousSibling.nodeType === Node.TEXT_NODE) {
      const text = oneLine(node.previousSibling.data, 80);
      if (text) return text;
    }
  }
  return '';
}

function nameOf(element) {
  const said = attribute(element, 'aria-label') || labelledBy(element) || textOf(element, 80);
  if (/\p{L}{2}/u.test(said)) return oneLine(said, 80);
  const own = attribute(element, 'title') || attribute(element, 'alt') || attribute(element, 'data-tooltip');
  if (own) return oneLine(own, 80);
  if (element.localName === 'input') return oneLine(element.value, 80);
  const inner = element.querySelector('[alt],[title],[aria-label],svg title');
  if (!inner) return oneLine(said, 80);
  const inside = attribute(inner, 'alt') || attribute(inner, 'title') || attribute(inner, 'aria-label') || inner.textContent;
  return oneLine(inside, 80);
}

// A picture's address, unless the picture itself stands in it.
function fileOf(address) {
  return address.includes('data:') ? '' : address.slice(-80);
}

// Words that no visitor reads but that betray what an element is for or how it stands: class, id, file names.
function hintsOf(element, style) {
  const parts = [element.localName, element.id, attribute(element, 'class'), attribute(element, 'data-testid'), attribute(element, 'name')];
  const picture = element.localName === 'img' ? element : element.querySelector('img');
  if (picture) append(parts, fileOf(attribute(picture, 'src')) + ' ' + attribute(picture, 'alt') + ' ' + attribute(picture, 'class'));
  if (style.backgroundImage !== 'none') append(parts, fileOf(style.backgroundImage));
  for (const name of ['data-status', 'data-state', 'data-online', 'data-availability']) {
    if (element.hasAttribute(name)) append(parts, name.slice(5) + '-' + attribute(element, name));
  }
  return oneLine(parts.filter(Boolean).join(' '), 400);
}

// The element the mouse would hit at a point, through every shadow root.
function hitAt(x, y) {
  let root = document;
  let hit = null;
  for (let depth = 0; depth < 20; depth++) {
    const inner = root.elementFromPoint(x, y);
    if (!inner || inner === hit) return hit;
    hit = inner;
    root = shadowOf(inner);
    if (!root) return hit;
  }
  return hit;
}

// What stands over an element at a point: '' nothing, else a short selector of it; null where the point is out of view.
function coverOf(element, x, y) {
  const hit = hitAt(x, y);
  if (!hit) return null;
  if (composedContains(element, hit) || composedContains(hit, element)) return '';
  const label = element.labels && [...element.labels].some((one) => composedContains(one, hit));
  return label ? '' : outline(hit);
}

function outline(element) {
  const classes = [...element.classList].slice(0, 2).map((name) => '.' + name).join('');
  return element.localName + (element.id ? '#' + element.id : '') + classes;
}

function centreCover(element) {
  const box = element.getBoundingClientRect();
  return coverOf(element, box.x + box.width / 2, box.y + box.height / 2);
}

// A short selector that matches this element alone in its tree; '' where there is none.
function selectorOf(element) {
  const root = element.getRootNode();
  const tag = element.localName;
  const tries = [];
  if (element.id && !/\d{3}|^:/.test(element.id)) append(tries, '#' + CSS.escape(element.id));
  for (const name of ['data-testid', 'aria-label', 'name', 'title', 'href', 'alt']) {
    const value = attribute(element, name);
    if (value && value.length <= 60) append(tries, tag + '[' + name + '=' + toJson(value) + ']');
  }
  for (const name of element.classList) append(tries, '.' + CSS.escape(name));
  append(tries, tag);
  append(tries, [tag, ...[...element.classList].map((name) => '.' + CSS.escape(name))].join(''));
  return tries.find((selector) => root.querySelectorAll(selector).length === 1) || '';
}
