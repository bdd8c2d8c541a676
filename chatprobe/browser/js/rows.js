// What place in the chat a block has: a message's body, a label beside it, a notice, a status line, or not chat at all.
let box = null; // the field the visitor types into
let echo = null; // entry of the visitor's own message, once it stands in the list
let place = null; // { region, list, branch } found from box and echo
let rowsIn = null; // the element whose children are the rows
let ownLook = null; // how the visitor's words look, kept for when they are no longer shown

const SCROLLS = /auto|scroll|overlay/;
const LIST_ROLES = /^(log|list|feed)$/;
const NAME_CLASS = /(^|[-_ ])(name|author|sender|nick|username|agent-?name|from|who)([-_ ]|$)/i;
const TYPING_CLASS = /typing|is-?writing|composing|dot-?(flashing|loader|pulse)|loading-?dots/i;

function panelOf(element) {
  let panel = null;
  for (let node = element; isElement(node) && node !== document.body; node = composedParent(node)) {
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
function findPlace(body) {
  const boxHere = box && box.isConnected;
  const common = boxHere ? commonAncestor(body, box) : document.body;
  const panel = panelOf(boxHere ? box : body);
  let list = null;
  for (let node = composedParent(body); isElement(node) && node !== common; node = composedParent(node)) {
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
    if (!isElement(parent) || parent === document.body) break;
    const inner = at.getBoundingClientRect();
    const outer = parent.getBoundingClientRect();
    if (outer.width * outer.height > 1.5 * inner.width * inner.height) break;
    at = parent;
  }
  return at;
}

// A long or re-used list may not show the visitor's words any more: then its newest message tells where it is.
function anchorOf() {
  if (!place || (echo.live && echo.el.isConnected)) return echo.el;
  for (let i = messages.length - 1; i >= 0 && i > messages.length - 20; i--) {
    const head = messages[i].parts[0];
    if (messages[i].region === 'list' && head.live && head.el.isConnected) return head.el;
  }
  return null;
}

function currentPlace() {
  const anchor = anchorOf();
  if (anchor && !(place && place.list.isConnected && composedContains(place.list, anchor))) findPlace(anchor);
  return place;
}

function alike(one, other) {
  if (one.tagName !== other.tagName) return false;
  if (!one.classList.length && !other.classList.length) return true;
  for (let i = 0; i < one.classList.length; i++) if (other.classList.contains(one.classList[i])) return true;
  return false;
}

// Rows may stand beside the box without a list around them: each was put there after the question, with one text in it.
function bothRows(one, other) {
  return insertedAt.get(one) >= sentAt && insertedAt.get(other) >= sentAt && !holdsAnswer(other);
}

// 'list' | 'status' | 'outside' | 'pre' (the visitor has not spoken: nobody can tell yet)
function regionOf(block) {
  const row = selectedRow(block);
  if (row) return 'list';
  if (!echo) return 'pre';
  const here = currentPlace();
  if (rowSelector()) return composedContains(here.region, block) ? 'status' : 'outside';
  if (composedContains(here.list, block)) return 'list';
  if (!composedContains(here.region, block)) return 'outside';
  const branch = here.scrolls ? null : childTowards(here.common, block);
  const sibling = isElement(branch) && branch !== here.branch && (alike(branch, here.branch) || bothRows(branch, here.branch));
  return sibling && !(box && composedContains(branch, box)) ? 'list' : 'status';
}

// The row the scenario's selector names, if there is a selector and the block stands in such a row.
function selectedRow(block) {
  const selector = rowSelector();
  return selector ? closestMatch(block, selector) : null;
}

// A scenario's selector is an order; a preset's may not fit this page: it counts where the visitor's own words stand in such a row.
let doubted = null;
let believed = false;

function rowSelector() {
  const { messages: selector, unproven } = config.selectors;
  if (!selector || !unproven || believed) return selector;
  if (!echo || doubted === echo.el) return null;
  doubted = echo.el;
  believed = echo.live && Boolean(closestMatch(echo.el, selector));
  return believed ? selector : null;
}

function closestMatch(element, selector) {
  for (let node = element; isElement(node); node = composedParent(node)) if (node.matches(selector)) return node;
  return null;
}

function rowOf(block) {
  const selected = selectedRow(block);
  if (selected) return selected;
  if (!echo || echo.el === block) return block;
  if (echo.live && echo.el.isConnected) {
    const common = commonAncestor(block, echo.el);
    if (place && composedContains(place.list, block) && !inEchoRow(block)) rowsIn = common; // a header shares more with it than rows do
    return childTowards(common, block) || block;
  }
  return (rowsIn && composedContains(rowsIn, block) && childTowards(rowsIn, block)) || block;
}

function bubbleOf(block, row) {
  for (let node = block; isElement(node); node = composedParent(node)) {
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

// Initials in a small round face: no body, also where they are drawn long before one.
function isFace(block, row) {
  if (ownText(block).length > 2) return false;
  const face = bubbleOf(block, row);
  const { width, height } = face ? face.getBoundingClientRect() : block.getBoundingClientRect();
  const radius = face ? styleOf(face).borderTopLeftRadius : '';
  const round = radius.endsWith('%') ? parseFloat(radius) >= 40 : parseFloat(radius) >= 0.4 * width;
  return round && width <= 72 && Math.abs(width - height) <= 2;
}

// A time, a name or a delivery mark beside a body.
function isLabel(block, row, text, all) {
  if (isFace(block, row)) return true;
  const others = all.filter((other) => !isFace(other, row));
  if (!others.length) return false;
  if (TIME_LIKE.test(text)) return true;
  const size = fontOf(block);
  const bodySize = echo ? echoLook().font : Math.max(...others.map(fontOf));
  const reference = others.find((other) => fontOf(other) >= bodySize - 0.9);
  if (!reference) return false;
  if (size < bodySize - 0.9) return true;
  if (reference === echo?.el && stampOf(block, insertedAt) > echo.at + 50) return isFaint(block, reference);
  if (text.length > 40 || text.includes('\n')) return false;
  if (text.length <= 2 && lettersIn(reference) > 2 && bubbleOf(block, row) !== bubbleOf(reference, row)) return true; // initials in a face
  if (NAME_CLASS.test(block.getAttribute('class') || '')) return true;
  if (bubbleOf(reference, row) && !bubbleOf(block, row)) return true;
  if (isFaint(block, reference)) return true;
  const bolder = weightOf(block) >= 600 && weightOf(reference) < 600;
  return Boolean(bolder && block.compareDocumentPosition(reference) & Node.DOCUMENT_POSITION_FOLLOWING);
}

// What stands beside a block in its row; around the visitor's own words, those too.
function beside(block, row) {
  const others = [...blocksIn(row, new Set())].filter((other) => other !== block && rendered(other));
  if (echo && echo.live && block !== echo.el && !others.includes(echo.el) && inEchoRow(block)) append(others, echo.el);
  return others;
}

// Whether a block stands in the row that was drawn for the visitor's own words, not merely in the same list.
function inEchoRow(block) {
  const here = currentPlace();
  const common = commonAncestor(block, echo.el);
  if (!isElement(common) || (composedContains(common, here.list) && here.list !== here.branch)) return false;
  const close = common === composedParent(echo.el) || common === composedParent(composedParent(echo.el));
  let drawn = (close && attributesAt.get(common)) || 0; // a row that is used again changes only so
  for (let node = common; node && node !== here.list && drawn < sentAt; node = composedParent(node)) drawn = insertedAt.get(node) || 0;
  return drawn >= sentAt && !holdsAnswer(common);
}

// What was drawn together with the visitor's words is no answer to them.
function holdsAnswer(element) {
  for (let i = Math.max(0, messages.length - 50); i < messages.length; i++) {
    const { region, at, parts } = messages[i];
    const apart = at < sentAt || at > echo.at + 50; // a label of the row may be drawn some time before the words
    if (region === 'list' && apart && parts[0].live && composedContains(element, parts[0].el)) return true;
  }
  return false;
}

// The name shown beside a body: a label of its row that is no time; before the body first, below it last.
function authorIn(row, body) {
  const names = [];
  const blocks = [...blocksIn(row, new Set())].filter((block) => block === body || rendered(block));
  for (const block of blocks) {
    if (block === body) continue;
    const text = ownText(block);
    const others = blocks.filter((other) => other !== block);
    const name = nameIn(block);
    if (!name || name.length > 60 || !isLabel(block, row, text, others)) continue;
    if (!(body.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING) && name.length > 2) return name;
    append(names, name);
  }
  return names.findLast((name) => name.length > 2) || names[0] || bylineOf(row);
}

// A label without its times and marks: "Anna, 14:03 - seen" names Anna.
function nameIn(label) {
  const pieces = [];
  eachText(label, (text) => blockOf(text) === label && !isMoment(text.data) && append(pieces, text.data));
  const name = tidy(pieces.join(' ').replace(CLOCK, '')).split(/\s*[\n\u00b7\u2022|,]\s*/)[0].replace(/[\s:>\])-]+$/, '').replace(/^[\s<[(]+/, '');
  return /\p{L}/u.test(name) && !isMoment(name) ? name : null;
}

function lookOf(block, row) {
  const style = styleOf(block);
  return {
    font: fontOf(block),
    contrast: contrastOf(block),
    bubble: Boolean(bubbleOf(block, row)),
    centred: isCentred(block, style),
    italic: style.fontStyle === 'italic',
  };
}

function echoLook() {
  if (!ownLook || (echo.live && echo.el.isConnected)) ownLook = lookOf(echo.el, rowOf(echo.el));
  return ownLook;
}

// Looks like a notice and not like somebody's words: two of small, centred, without bubble, slanted, faint.
function statusLike(block, row) {
  if (!echo) return false;
  const [look, own] = [lookOf(block, row), echoLook()];
  let points = 0;
  if (look.font < own.font - 0.9) points += 1;
  if (look.centred && !own.centred) points += 1;
  if (own.bubble && !look.bubble) points += 1;
  if (look.italic && !own.italic) points += 1;
  if (look.contrast < FAINT * own.contrast) points += 1;
  for (let node = block; isElement(node); node = composedParent(node)) {
    if (/^(status|separator|alert|note)$/.test(node.getAttribute('role') || '')) points += 1;
    if (node === row) break;
  }
  return points >= 2;
}

// A line of the calendar between the rows, or a lone time.
function isDivider(block, text) {
  if (TIME_LIKE.test(text)) return true;
  if (!isDate(text) || !echo) return false;
  const [look, own] = [lookOf(block, rowOf(block)), echoLook()];
  return (own.bubble && !look.bubble) || look.centred || look.font < own.font - 0.9 || look.contrast < FAINT * own.contrast;
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
  for (let node = block; isElement(node); node = composedParent(node)) {
    if (TYPING_CLASS.test((node.getAttribute('class') || '') + ' ' + (node.id || ''))) return true;
    if (node === row) break;
  }
  return false;
}
