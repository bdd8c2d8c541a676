// The page's own measurements, reported to the lab beside the chat's traffic.

export const now = () => performance.timeOrigin + performance.now();

export function note(id, type, at, detail = {}) {
  navigator.sendBeacon(`/_note/${id}`, JSON.stringify({ type, at, ...detail }));
}
