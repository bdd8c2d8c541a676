// How a block's letters look: how large, how heavy, how much they stand out from their ground.
const CLEAR = /^(transparent|rgba\(.*, 0\))$/;

// The element that sets how a block's letters look: a line may be larger than the one span that has all its words.
function letteringOf(block) {
  let at = block;
  for (let depth = 0; depth < 6; depth++) {
    let inner = null;
    let most = 0;
    for (let node = at.firstChild, looked = 0; node && looked < 40; node = node.nextSibling, looked++) {
      if (node.nodeType === 3 && node.data.trim()) return at;
      const length = node.nodeType === 1 && !isSkipped(node) ? node.textContent.trim().length : 0;
      if (length > most && flowsInline(node)) [inner, most] = [node, length];
    }
    if (!inner) return at;
    at = inner;
  }
  return at;
}

function fontOf(block) {
  return parseFloat(styleOf(letteringOf(block)).fontSize) || 0;
}

// The weight of a block's first words: a bold name may stand before a plain time.
function weightOf(block) {
  let first = block;
  for (let node = block.firstElementChild; node && !bareBefore(node) && flowsInline(node); node = node.firstElementChild) first = node;
  return Number(styleOf(first).fontWeight);
}

function bareBefore(element) {
  const node = element.previousSibling;
  return Boolean(node && node.nodeType === 3 && node.data.trim());
}

// A text is faint if it stands out from its ground so much less than another.
const FAINT = 0.65;

function isFaint(block, reference) {
  return contrastOf(block) < FAINT * contrastOf(reference);
}

// Smaller or fainter than another.
function isLesser(block, other) {
  return fontOf(block) < fontOf(other) - 0.9 || isFaint(block, other);
}

function contrastOf(block) {
  const letters = letteringOf(block);
  const [one, other] = [lightOf(styleOf(letters).color), groundOf(letters)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function groundOf(element) {
  for (let node = element; isElement(node); node = composedParent(node)) {
    const colour = styleOf(node).backgroundColor;
    if (!CLEAR.test(colour)) return lightOf(colour);
  }
  return 1;
}

// Relative luminance, as WCAG 2.1 defines it, of a colour as the browser computes it.
function lightOf(colour) {
  const parts = (colour.match(/[\d.]+/g) || []).map(Number);
  if (parts.length < 3 || !colour.startsWith('rgb')) return 0;
  const linear = parts.slice(0, 3).map((part) => (part <= 10 ? part / 3295 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}
