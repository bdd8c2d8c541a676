// Blocks: a piece of text under its nearest ancestor that is laid out as a box of its own.
const SKIPPED = new Set([
  'SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'TEXTAREA', 'INPUT', 'SELECT', 'OPTION', 'TITLE', 'HEAD', 'IFRAME', 'FRAME',
  'SVG', 'CANVAS', 'VIDEO', 'AUDIO', 'OBJECT', 'METER', 'PROGRESS',
]);
const MAX_TEXT = 20000;

function isSkipped(element) {
  return SKIPPED.has(element.tagName.toUpperCase());
}

function isEditable(element) {
  return element.isContentEditable || element.tagName === 'TEXTAREA' || element.tagName === 'INPUT';
}

function isControl(element) {
  const role = element.getAttribute('role');
  return element.tagName === 'BUTTON' || role === 'button' || role === 'menuitem' || role === 'option' || role === 'tab';
}

// Text inside a control or a field is what a visitor may press or has typed, never what somebody said.
function insideControl(element) {
  for (let node = element; isElement(node); node = composedParent(node)) {
    if (isControl(node) || node.isContentEditable || isSkipped(node)) return true;
  }
  return false;
}

// Some inline boxes (a time in a corner of the bubble) are labels; others (links, words fading in one by one) are text.
function flowsInline(element) {
  const style = styleOf(element);
  const display = style.display;
  if (display === 'inline' || display === 'contents' || display.startsWith('ruby')) {
    return (style.position === 'static' || style.position === 'relative') && !isInlineTime(element, style);
  }
  if (!display.startsWith('inline-')) return false;
  const parent = composedParent(element);
  if (!isElement(parent) || style.position === 'absolute' || style.float !== 'none') return false;
  if (TIME_LIKE.test(element.textContent)) return false;
  return Math.abs(parseFloat(style.fontSize) - parseFloat(styleOf(parent).fontSize)) < 1 && hasBareText(parent, element);
}

// A time that follows the words on their last line, smaller than they are.
function isInlineTime(element, style) {
  if (!element.firstChild || element.textContent.length > 30 || !TIME_LIKE.test(element.textContent)) return false;
  const parent = composedParent(element);
  return element.tagName === 'TIME' || (isElement(parent) && parseFloat(style.fontSize) < parseFloat(styleOf(parent).fontSize) - 0.9);
}

// Whether words stand beside this inline box: loose text, or another box of the same kind.
function hasBareText(parent, element) {
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === 3 && node.data.trim()) return true;
    if (node !== element && node.nodeType === 1 && node.tagName === element.tagName && node.className === element.className) return true;
  }
  return false;
}

function blockOf(textNode) {
  let node = composedParent(textNode);
  while (isElement(node) && node !== document.body && flowsInline(node)) node = composedParent(node);
  return isElement(node) ? node : null;
}

// Calls visit(textNode) for each non-blank text below node, shadow trees included, controls and fields left out.
function eachText(node, visit) {
  const stack = [node];
  while (stack.length) {
    const at = stack[stack.length - 1];
    stack.length -= 1;
    if (at.nodeType === 3) {
      if (/\S/.test(at.data)) visit(at);
      continue;
    }
    if (at.nodeType === 1) {
      if (isSkipped(at) || isControl(at) || at.isContentEditable) continue;
      const shadow = shadowOf(at);
      if (shadow) append(stack, shadow);
    }
    for (let child = at.lastChild; child; child = child.previousSibling) append(stack, child);
  }
}

function blocksIn(node, found) {
  eachText(node, (text) => {
    const block = blockOf(text);
    if (block) found.add(block);
  });
  return found;
}

function tidy(text) {
  return text
    .replace(/[\u200b\u200c\u2060\ufeff\u00ad]/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, MAX_TEXT + 1);
}

// A block's own text: what flows in it, without the blocks nested inside.
function ownText(block) {
  const keepsLines = /^(pre|break)/.test(styleOf(block).whiteSpace);
  let text = '';
  const take = (node) => {
    if (node.nodeType === 3) {
      text += keepsLines ? node.data : node.data.replace(/\s+/g, ' ');
    } else if (node.nodeType === 1 && text.length <= MAX_TEXT) {
      if (node.tagName === 'BR') text += '\n';
      else if (!isSkipped(node) && !isControl(node) && (node === block || flowsInline(node))) takeChildren(node);
    }
  };
  const takeChildren = (node) => {
    const shadow = node === block ? null : shadowOf(node);
    for (let child = (shadow || node).firstChild; child; child = child.nextSibling) take(child);
  };
  const ownShadow = shadowOf(block);
  if (ownShadow) for (let child = ownShadow.firstChild; child; child = child.nextSibling) take(child);
  takeChildren(block);
  return tidy(text);
}

// For comparing: one line, one kind of quote and dash.
function plain(text) {
  return text.normalize('NFKC').replace(/[\u2018\u2019\u02bc]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/[\u2010-\u2015]/g, '-').replace(/\s+/g, ' ').trim();
}

// The latest time anything that carries this block's own text was inserted (or, by the other map, had its attributes changed).
function stampOf(block, map) {
  let latest = 0;
  let looked = 0;
  const look = (node) => {
    const at = map.get(node);
    if (at > latest) latest = at;
  };
  const lookInside = (node) => {
    for (let child = node.firstChild; child && looked < 80; child = child.nextSibling, looked++) {
      if (child.nodeType === 1 && (isSkipped(child) || !flowsInline(child))) continue;
      look(child);
      lookInside(child);
    }
  };
  lookInside(block);
  for (let node = block; node; node = composedParent(node)) look(node);
  return latest;
}
