// Natives as they were before any script of the page ran: a page may replace them later.
const { Array, Map, Set, WeakMap, WeakSet, Math, Object, Reflect, Proxy, Number, String, Node, Element, HTMLElement, ShadowRoot } = globalThis;
const perfNow = performance.now.bind(performance);
const origin = performance.timeOrigin;
const observe = Function.prototype.call.bind(MutationObserver.prototype.observe);
const stopEvery = clearInterval.bind(window);
const styleOf = getComputedStyle.bind(window);
const toJson = JSON.stringify;
const fromJson = JSON.parse;

// The one clock of chatprobe: epoch milliseconds of the page's monotonic clock.
const now = () => origin + perfNow();

// Array.prototype.push may be the page's own by now; an index never is.
function append(list, item) {
  list[list.length] = item;
}

// By kind and not by class: what a script of the document around a frame makes is of that document's classes for ever.
const isElement = (node) => Boolean(node) && node.nodeType === 1;
const isShadowRoot = (node) => Boolean(node) && node.nodeType === 11 && Boolean(node.host);

// Every method our code may call. Old libraries replace some, hostile pages any: while our code runs, the browser's own
// are back in their places.
const natives = [];
for (const holder of [
  Array.prototype, Reflect.getPrototypeOf([].values()), String.prototype, RegExp.prototype, Map.prototype, Set.prototype,
  WeakMap.prototype, WeakSet.prototype, Object, Number, Math, Node.prototype, Element.prototype, HTMLElement.prototype,
  Document.prototype, DocumentFragment.prototype, ShadowRoot.prototype, NodeList.prototype, DOMTokenList.prototype,
]) {
  for (const name of Reflect.ownKeys(holder)) {
    const value = name === 'constructor' ? null : (Reflect.getOwnPropertyDescriptor(holder, name) || {}).value;
    if (typeof value === 'function') append(natives, { holder, name, value });
  }
}
const { defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect;
let restored = false;

// A function that runs among natives; one argument, and `this` of no meaning.
function guarded(run) {
  return (argument) => {
    if (restored) return run(argument);
    const replaced = [];
    restored = true;
    for (let i = 0; i < natives.length; i++) {
      const { holder, name, value } = natives[i];
      if (holder[name] === value) continue;
      append(replaced, { holder, name, theirs: getOwnPropertyDescriptor(holder, name) });
      defineProperty(holder, name, { value, writable: true, configurable: true });
    }
    try {
      return run(argument);
    } finally {
      for (let i = 0; i < replaced.length; i++) {
        const { holder, name, theirs } = replaced[i];
        if (theirs) defineProperty(holder, name, theirs);
        else delete holder[name];
      }
      restored = false;
    }
  };
}

const nativeLater = setTimeout.bind(window);
const nativeEvery = setInterval.bind(window);
const nativeListen = Function.prototype.call.bind(EventTarget.prototype.addEventListener);
const NativeObserver = MutationObserver;
const later = (run, delay) => nativeLater(guarded(run), delay);
const every = (run, delay) => nativeEvery(guarded(run), delay);
const listen = (target, name, hear, capture) => nativeListen(target, name, guarded(hear), capture);
const watcher = (hear) => new NativeObserver(guarded(hear));

// Commands the probe may call: name -> function of one argument.
const commands = Object.create(null);

function command(name, run) {
  if (commands[name]) throw new Error('two commands named ' + name);
  commands[name] = run;
}

// The browser's binding is taken out of the page's reach: what is not there cannot be forged.
const rawBinding = globalThis[config.playwrightBinding];
delete globalThis[config.playwrightBinding];
delete globalThis[config.playwrightController];
delete globalThis[config.binding];

// Short, so that no mask for personal data takes it for an account number.
const documentKey = 'd' + Math.random().toString(36).slice(2, 10);
let outbox = [];
let flushPending = false;

function flush() {
  flushPending = false;
  if (!outbox.length) return;
  const parcel = { token: config.token, doc: documentKey, events: outbox };
  outbox = [];
  rawBinding(toText({ name: config.binding, seq: 0, serializedArgs: [toText(parcel)] }));
}

// Old libraries define Array.prototype.toJSON, others Object.prototype.toJSON: either would mangle what we say.
const MANGLED = [Array.prototype, Object.prototype];

function toText(value) {
  const theirs = [];
  for (let i = 0; i < MANGLED.length; i++) {
    append(theirs, getOwnPropertyDescriptor(MANGLED[i], 'toJSON'));
    if (theirs[i]) deleteProperty(MANGLED[i], 'toJSON');
  }
  try {
    return toJson(value);
  } finally {
    for (let i = 0; i < MANGLED.length; i++) if (theirs[i]) defineProperty(MANGLED[i], 'toJSON', theirs[i]);
  }
}

// Sends an event to the probe; several within 20 ms travel together.
function post(kind, detail, at) {
  append(outbox, { kind, at: at === undefined ? now() : at, ...detail });
  if (flushPending) return;
  flushPending = true;
  later(flush, 20);
}

const answer = (call) => commands[call[0]] && commands[call[0]](call[1]);
// Text goes in and out whatever the page did to Map and JSON, on which the browser's driver relies for everything else.
const answerText = (call) => toText(answer(fromJson(call[1])));

Object.defineProperty(globalThis, config.key, {
  enumerable: false,
  configurable: false,
  writable: false,
  value: (token, name, argument) => {
    if (token !== config.token) return undefined;
    return guarded(name === '' ? answerText : answer)([name, argument]);
  },
});
