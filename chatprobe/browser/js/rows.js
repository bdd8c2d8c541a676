// What place in the chat a block has: a message's body, a label beside it, a notice, a status line, or not chat at all.
let box = null; // the field the visitor types into
let echo = null; // entry of the visitor's own message, once it stands in the list
let place = null; // { region, list, branch } found from box and echo

const SCROLLS = /auto|scroll|overlay/;
const LIST_ROLES = /^(log|list|feed)$/;
const NAME_CLASS = /(^|[-_ ])(name|author|sender|nick|username|agent-?name|from|who)([-_ ]|$)/i;
const TYPING_CLASS = /typing|is-?writing|composing|dot-?(flashing|loader|pulse)|loading-?dots/i;

function panelOf(element) {
  let panel = null;
  for (let node = element; node instanceof Element && node !== document.body; node = composedParent(node)) {
    const role = node.getAttribute('role');
    const position = styleOf(node).position;
    if (position === 'fixed' || role === 'dialog' || node.tagName === 'DIALOG') panel = node;
  }
  return panel || document.body || document.documentElement;
}

function commonAncestor(one, other) {
  for (let node = one; node; node = composedParent(node)) if (composedContains(node, other)) return node;
  return document.body;
}

function childTowards(ancestor, node) {
  let at = node;
  while (at && composedParent(at) !== ancestor) at = composedParent(at);
  return at;
}

// The outermost scroller (or role=log) around the echo that does not hold the box; else the echo's branch beside the box.
function findPlace() {
  const body = echo.el;
  const boxHere = box && box.isConnected;
  const common = boxHere ? commonAncestor(body, box) : document.body;
  const panel = panelOf(boxHere ? box : body);
  let list = null;
  for (let node = composedParent(body); node instanceof Element && node !== common; node = composedParent(node)) {
    if (SCROLLS.test(styleOf(node).overflowY) || LIST_ROLES.test(node.getAttribute('role') || '')) list = node;
  }
  const branch = childTowards(common, body) || body;
  const inFrame = window.top !== window;
  const region = panel !== document.body || inFrame ? panel : widened(common);
  place = { region, list: list || branch, branch, common, scrolls: Boolean(list) };
}

// An inline chat has no panel: take in its header, a level or two up, but not the page around it.
function widened(element) {
  let at = element;
  for (let level = 0; level < 2; level++) {
    const parent = composedParent(at);
    if (!(parent instanceof Element) || parent === document.body) break;
    const inner = at.getBoundingClientRect();
    const outer = parent.getBoundingClientRect();
    if (outer.width * outer.height > 1.5 * inner.width * inner.height) break;
    at = parent;
  }
  return at;
}

function currentPlace() {
  if (!place || !place.list.isConnected || !composedContains(place.list, echo.el)) findPlace();
  return place;
}

function alike(one, other) {
  if (one.tagName !== other.tagName) return false;
  if (!one.classList.length && !other.classList.length) return true;
  for (let i = 0; i < one.classList.length; i++) if (other.classList.contains(one.classList[i])) return true;
  return false;
}

// 'list' | 'status' | 'outside' | 'pre' (the visitor has not spoken: nobody can tell yet)
function regionOf(block) {
  const row = selectedRow(block);
  if (row) return 'list';
  if (!echo) return 'pre';
  const here = currentPlace();
  if (config.selectors.messages) return composedContains(here.region, block) ? 'status' : 'outside';
  if (composedContains(here.list, block)) return 'list';
  if (!composedContains(here.region, block)) return 'outside';
  const branch = here.scrolls ? null : childTowards(here.common, block);
  const sibling = branch instanceof Element && branch !== here.branch && alike(branch, here.branch);
  return sibling && !(box && composedContains(branch, box)) ? 'list' : 'status';
}

// The row the scenario's selector names, if there is a selector and the block stands in such a row.
function selectedRow(block) {
  return config.selectors.messages ? closestMatch(block, config.selectors.messages) : null;
}

function closestMatch(element, selector) {
  for (let node = element; node instanceof Element; node = composedParent(node)) if (node.matches(selector)) return node;
  return null;
}

function rowOf(block) {
  const selected = selectedRow(block);
  if (selected) return selected;
  if (!echo || echo.el === block) return block;
  const common = commonAncestor(block, echo.el);
  return childTowards(common, block) || block;
}

function fontOf(element) {
  return parseFloat(styleOf(element).fontSize) || 0;
}

const CLEAR = /^(transparent|rgba\(.*, 0\))$/;

function bubbleOf(block, row) {
  for (let node = block; node instanceof Element; node = composedParent(node)) {
    const style = styleOf(node);
    const bordered = parseFloat(style.borderTopWidth) > 0 && parseFloat(style.borderTopLeftRadius) > 0;
    if (!CLEAR.test(style.backgroundColor) || style.backgroundImage !== 'none' || bordered) return node;
    if (node === row) break;
  }
  return null;
}

function lettersIn(block) {
  const text = ownText(block);
  return TIME_LIKE.test(text) ? 0 : text.length;
}

// A time, a name or a delivery mark beside a body.
function isLabel(block, row, text, others) {
  if (TIME_LIKE.test(text)) return others.length > 0;
  if (!others.length) return false;
  const size = fontOf(block);
  const bodySize = echo ? fontOf(echo.el) : Math.max(...others.map(fontOf));
  const reference = others.find((other) => fontOf(other) >= bodySize - 0.9);
  if (!reference) return false;
  if (size < bodySize - 0.9) return true;
  if (text.length > 40 || text.includes('\n')) return false;
  if (text.length <= 2 && lettersIn(reference) > 2 && bubbleOf(block, row) !== bubbleOf(reference, row)) return true; // initials in a face
  if (NAME_CLASS.test(block.getAttribute('class') || '')) return true;
  const outside = bubbleOf(reference, row) && !bubbleOf(block, row);
  const bolder = Number(styleOf(block).fontWeight) >= 600 && Number(styleOf(reference).fontWeight) < 600;
  const before = block.compareDocumentPosition(reference) & Node.DOCUMENT_POSITION_FOLLOWING;
  return Boolean(before && (outside || bolder));
}

// The name shown beside a body: the first label of its row that is no time.
function authorIn(row, body) {
  const blocks = [...blocksIn(row, new Set())];
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i];
    if (block === body || !rendered(block)) continue;
    const text = ownText(block);
    const others = blocks.filter((other) => other !== block && rendered(other));
    if (text && text.length <= 60 && /\p{L}/u.test(text) && !TIME_LIKE.test(text) && isLabel(block, row, text, others)) return text;
  }
  return null;
}

// Looks like a notice and not like somebody's words: two of small, centred, without bubble, slanted.
function statusLike(block, row) {
  if (!echo) return false;
  const style = styleOf(block);
  const own = styleOf(echo.el);
  let points = 0;
  if (fontOf(block) < fontOf(echo.el) - 0.9) points += 1;
  if (isCentred(block, style) && !isCentred(echo.el, own)) points += 1;
  if (bubbleOf(echo.el, rowOf(echo.el)) && !bubbleOf(block, row)) points += 1;
  if (style.fontStyle === 'italic' && own.fontStyle !== 'italic') points += 1;
  for (let node = block; node instanceof Element; node = composedParent(node)) {
    if (/^(status|separator|alert|note)$/.test(node.getAttribute('role') || '')) points += 1;
    if (node === row) break;
  }
  return points >= 2;
}

function isCentred(block, style) {
  if (style.textAlign === 'center' || style.textAlign === '-webkit-center') return true;
  const list = place && place.list.getBoundingClientRect();
  const rect = block.getBoundingClientRect();
  if (!list || rect.width > 0.85 * list.width) return false;
  return Math.abs(rect.left + rect.width / 2 - (list.left + list.width / 2)) < 0.06 * list.width;
}

function isTyping(block, row, text) {
  if (!/[\p{L}\p{N}]/u.test(text) && text.length <= 6 && /^[.\u2026\u2022\u00b7\u25cf\s]+$/.test(text)) return true;
  for (let node = block; node instanceof Element; node = composedParent(node)) {
    if (TYPING_CLASS.test((node.getAttribute('class') || '') + ' ' + (node.id || ''))) return true;
    if (node === row) break;
  }
  return false;
}
