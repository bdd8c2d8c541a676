// Natives as they were before any script of the page ran: a page may replace them later.
const perfNow = performance.now.bind(performance);
const origin = performance.timeOrigin;
const Observer = MutationObserver;
const observe = Function.prototype.call.bind(MutationObserver.prototype.observe);
const later = setTimeout.bind(window);
const every = setInterval.bind(window);
const stopEvery = clearInterval.bind(window);
const styleOf = getComputedStyle.bind(window);
const toJson = JSON.stringify;
const listen = Function.prototype.call.bind(EventTarget.prototype.addEventListener);

// The one clock of chatprobe: epoch milliseconds of the page's monotonic clock.
const now = () => origin + perfNow();

// Array.prototype.push may be the page's own by now; an index never is.
function append(list, item) {
  list[list.length] = item;
}

// The browser's binding is taken out of the page's reach: what is not there cannot be forged.
const rawBinding = globalThis[config.playwrightBinding];
delete globalThis[config.playwrightBinding];
delete globalThis[config.playwrightController];
delete globalThis[config.binding];

const documentKey = config.key + '-' + perfNow().toString(36).replace('.', '') + Math.random().toString(36).slice(2, 8);
let outbox = [];
let flushPending = false;

function flush() {
  flushPending = false;
  if (!outbox.length) return;
  const parcel = { token: config.token, doc: documentKey, events: outbox };
  outbox = [];
  // Old libraries define Array.prototype.toJSON, which would mangle the parcel.
  const arrayToJson = Array.prototype.toJSON;
  if (arrayToJson) delete Array.prototype.toJSON;
  try {
    const text = toJson(parcel);
    rawBinding(toJson({ name: config.binding, seq: 0, serializedArgs: [text] }));
  } finally {
    if (arrayToJson) Array.prototype.toJSON = arrayToJson;
  }
}

// Sends an event to the probe; several within 20 ms travel together.
function post(kind, detail, at) {
  append(outbox, { kind, at: at === undefined ? now() : at, ...detail });
  if (flushPending) return;
  flushPending = true;
  later(flush, 20);
}

// Commands the probe may call: name -> function of one argument.
const commands = Object.create(null);

function command(name, run) {
  if (commands[name]) throw new Error('two commands named ' + name);
  commands[name] = run;
}

Object.defineProperty(globalThis, config.key, {
  enumerable: false,
  configurable: false,
  writable: false,
  value: (token, name, argument) => {
    if (token !== config.token || !commands[name]) return undefined;
    return commands[name](argument);
  },
});
