// The public JavaScript of three widgets: only by it can a site tell who writes. The site's own part stands first, as in
// real pages; the vendor's script comes later, from elsewhere. The frames name nobody: `code` is the vendor's own number.

const BY = { 2: "crew", 5: "flow", 9: "house" };
const VENDOR_AFTER_MS = 400;

const keep = () => { document.body.dataset.heard = Number(document.body.dataset.heard ?? 0) + 1; };

// Each: what the site does before the vendor's script, and the vendor's script; it returns how a message is told.
const kinds = {
  event: {
    site: () => window.addEventListener("heraldMessageShown", keep),
    vendor: () => (entry) => window.dispatchEvent(new CustomEvent("heraldMessageShown", { detail: { entry } })),
  },
  callback: {
    site: () => {
      window.Teller_API = window.Teller_API || {};
      window.Teller_API.onCrewMessage = keep;
    },
    vendor: () => {
      const api = window.Teller_API;
      const names = { crew: "onCrewMessage", flow: "onFlowMessage", house: "onHouseMessage" };
      return ({ by, text }) => api[names[by]]?.(text);
    },
  },
  subscription: {
    site: () => {
      window.Ringer = { waiting: [], on(...all) { this.waiting.push(all); } };
      window.Ringer.on("message", keep);
    },
    vendor: () => {
      const { waiting } = window.Ringer;
      const listeners = [];
      window.Ringer = { on: (name, listener) => listeners.push({ name, listener }) };
      waiting.forEach((all) => window.Ringer.on(...all));
      return (entry) => listeners.forEach(({ name, listener }) => name === "message" && listener({ entry }));
    },
  },
};

// What opens and ends the chat for the site's own buttons: first a stub that keeps the calls, then the vendor's function.
export function offerCalls({ widget }, open) {
  if (!widget.api) return;
  const kept = [];
  window.Butler = (...call) => kept.push(call);
  const acts = { open, end: () => window.postMessage({ bye: true }, "*") };
  setTimeout(() => {
    window.Butler = (name) => acts[name]();
    kept.forEach((call) => window.Butler(...call));
  }, VENDOR_AFTER_MS);
}

// The page of the site: takes what its chat, here or in a frame, has shown.
export function runSite({ widget }) {
  const kind = kinds[widget.mark];
  if (!kind) return;
  kind.site();
  setTimeout(() => {
    const say = kind.vendor();
    addEventListener("message", ({ data }) => data?.shown && say(data.shown));
  }, VENDOR_AFTER_MS);
}

// The chat's part: says what it has shown to the page around it.
export function tellSite(config, { text, code }) {
  if (kinds[config.widget.mark] && code) window.top.postMessage({ shown: { text, by: BY[code] } }, "*");
}
