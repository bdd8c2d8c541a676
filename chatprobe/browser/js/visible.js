// Whether an element is rendered for the eye: not display:none, hidden, clipped to a point or (unless allowed) transparent.
// Scrolled out of view still counts as rendered.
const NO_OPACITY = { visibilityProperty: true, contentVisibilityAuto: false };

function rendered(element) {
  if (!element.isConnected || !element.checkVisibility(NO_OPACITY)) return false;
  const box = element.getBoundingClientRect();
  if (box.width <= 1 || box.height <= 1) return false;
  if (box.right < -500 || box.bottom + window.scrollY < -500) return false;
  return !clippedAway(element);
}

// Text for screen readers only is clipped to a pixel by some ancestor, or is parked far outside the page.
function clippedAway(element) {
  let node = element;
  let held = 'flow'; // by which ancestors the element is clipped: all, the positioned ones, none
  for (let depth = 0; node && node !== document.body && depth < 12; depth++, node = composedParent(node)) {
    if (!isElement(node)) continue;
    const style = styleOf(node);
    if (style.clip !== 'auto' && /rect\(\s*[01](px)?[, ]+[01]/.test(style.clip) && style.position === 'absolute') return true;
    if (/inset\((50|100)%/.test(style.clipPath)) return true;
    const clips = held === 'flow' || (held === 'absolute' && style.position !== 'static');
    if (clips && clipsToNothing(node, style)) return true;
    if (style.position === 'fixed' || held === 'fixed') held = 'fixed';
    else if (style.position === 'absolute') held = 'absolute';
    else if (style.position !== 'static') held = 'flow';
  }
  return false;
}

// What a page's body hides is hidden at the edge of the view, not at the body's own.
function clipsToNothing(element, style) {
  if (style.overflow === 'visible' || style.display === 'inline' || style.display === 'contents') return false;
  if (element === document.body || element === document.documentElement) return false;
  return element.clientHeight <= 1 || element.clientWidth <= 1;
}

// How opaque an element is, ancestors included: fades start at 0.
function opacityOf(element) {
  let opacity = 1;
  let node = element;
  for (let depth = 0; isElement(node) && depth < 25; depth++, node = composedParent(node)) {
    opacity *= parseFloat(styleOf(node).opacity);
  }
  return opacity;
}
