// Bylines: the author's name on a line of its own, drawn together with the row below. A label of that row, no message.
const LONGEST_BYLINE = 40;

function isByline(block, row) {
  if (!echo || block === echo.el || blocksIn(row, new Set()).size !== 1) return false;
  const name = nameIn(block);
  return Boolean(name) && readsLikeName(name) && looksLess(block, row) && Boolean(rowBelow(block, row));
}

// One to three words that all begin like names; a notice such as "Anna joined" does not.
function readsLikeName(name) {
  const words = name.split(/\s+/);
  return name.length <= LONGEST_BYLINE && words.length <= 3 && words.every((word) => /^[\p{Lu}\p{Lt}\p{Lo}\p{N}(]/u.test(word)) && !/[!?:…。]$/.test(name);
}

// Smaller or fainter than the visitor's words or without their bubble, but not in the middle, as notices are.
function looksLess(block, row) {
  const [look, own] = [lookOf(block, row), echoLook()];
  if (look.centred && !own.centred) return false;
  return look.font < own.font - 0.9 || look.contrast < FAINT * own.contrast || (own.bubble && !look.bubble);
}

// The words right below that came with the name.
function rowBelow(block, row) {
  const next = row.nextElementSibling;
  const body = next && [...blocksIn(next, new Set())].find((one) => rendered(one) && !looksLess(one, next));
  return body && Math.abs(stampOf(body, insertedAt) - stampOf(block, insertedAt)) < 100 ? body : null;
}

function bylineOf(row) {
  const above = row.previousElementSibling;
  const blocks = above ? [...blocksIn(above, new Set())] : [];
  return blocks.length === 1 && isByline(blocks[0], above) ? nameIn(blocks[0]) : null;
}
