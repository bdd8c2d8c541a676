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
  for (let depth = 0; node && node !== document.body && depth < 12; depth++, node = composedParent(node)) {
    if (!(node instanceof Element)) continue;
    const style = styleOf(node);
    if (style.clip !== 'auto' && /rect\(\s*[01](px)?[, ]+[01]/.test(style.clip) && style.position === 'absolute') return true;
    if (/inset\((50|100)%/.test(style.clipPath)) return true;
    if (style.overflow !== 'visible' && style.display !== 'inline' && style.display !== 'contents') {
      if (node.clientHeight <= 1 || node.clientWidth <= 1) return true;
    }
  }
  return false;
}

// How opaque an element is, ancestors included: fades start at 0.
function opacityOf(element) {
  let opacity = 1;
  let node = element;
  for (let depth = 0; node instanceof Element && depth < 25; depth++, node = composedParent(node)) {
    opacity *= parseFloat(styleOf(node).opacity);
  }
  return opacity;
}
