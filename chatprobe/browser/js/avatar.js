// The author's picture beside a row, as a mark that can only be compared within this chat: an address may name a person.
const FACE_LEAST = 16; // px; smaller is a badge, larger a photo that somebody sent
const FACE_MOST = 96;
const FACE_LOOKED_AT = 60;

// A picture on its way may be any size yet, and anybody's.
function isPending(element) {
  return element.tagName === 'IMG' && !element.complete && element.checkVisibility(NO_OPACITY);
}

function isFaceSized(element) {
  const { width, height } = element.getBoundingClientRect();
  return Math.min(width, height) >= FACE_LEAST && Math.max(width, height) <= FACE_MOST && Math.max(width, height) < 1.3 * Math.min(width, height);
}

// Where a picture comes from; '' while it is not there. What changes with every message, as a query may, is left out.
function addressOf(element) {
  if (element.tagName === 'IMG') return element.complete && element.naturalWidth > 1 ? element.currentSrc || element.src : '';
  const url = /url\("?([^")]+)"?\)/.exec(styleOf(element).backgroundImage);
  return url ? url[1] : '';
}

function faceOf(element) {
  if (isPending(element)) return 'unknown';
  const address = addressOf(element);
  if (/^https?:/.test(address)) return 'picture ' + address.split(/[?#]/)[0];
  if (address) return 'unknown'; // data in the page may be encoded anew each time
  const initials = element.childElementCount ? '' : tidy(element.textContent);
  return /^\p{Lu}{1,3}$/u.test(initials) ? 'letters ' + initials : '';
}

// FNV-1a; salted, so that nobody can look a picture up.
function digestOf(text) {
  let sum = 0x811c9dc5;
  for (const sign of config.token + text) sum = Math.imul(sum ^ sign.codePointAt(0), 0x01000193) >>> 0;
  return sum.toString(16);
}

// null: none is shown, or which one it is cannot be told.
function avatarIn(row, body) {
  if (!isElement(row)) return null;
  const bubble = bubbleOf(body, row);
  const faces = new Set();
  const elements = row.querySelectorAll('*');
  for (let i = 0; i < elements.length && i < FACE_LOOKED_AT; i++) {
    const element = elements[i];
    const spoken = element.contains(body) || body.contains(element) || (bubble && bubble !== row && bubble.contains(element));
    const sized = isFaceSized(element) && rendered(element);
    if (spoken || !(sized || isPending(element))) continue;
    const face = faceOf(element);
    if (face) faces.add(face);
  }
  const [only] = faces;
  return faces.size === 1 && only !== 'unknown' ? only.split(' ')[0] + '-' + digestOf(only) : null;
}
