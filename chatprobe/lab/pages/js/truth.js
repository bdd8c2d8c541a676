// The page's own measurements, reported to the lab beside the chat's traffic.

export const now = () => performance.timeOrigin + performance.now();

export function note(id, type, at, detail = {}) {
  navigator.sendBeacon(`/_note/${id}`, JSON.stringify({ type, at, ...detail }));
}

// After what the page is doing now: sending may take long on a busy machine, and observers hear of a change only afterwards.
export function noteLater(...told) {
  setTimeout(() => note(...told), 0);
}
