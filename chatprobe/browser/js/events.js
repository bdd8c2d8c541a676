// What the widget tells its site: events, callbacks and subscriptions that the scenario names (`chat.events`). The places
// are taken before any script of the page runs; the site's own handlers go on working. Nothing here may throw into the page.
const TOLD_SIZES = [12000, 1500]; // characters of one event's texts; the second where escaping makes them long
const TOLD_DEPTH = 8;
const TOLD_VALUES = 600;
const LOOK_EVERY_MS = 100;
const MOST_TRIES = 50;
const { apply } = Reflect;
const mayTell = rateOf(WIRE_PER_SECOND);
let lastTold = { text: '', at: 0 };

// A copy that JSON can say: bounded, without circles, functions and elements; what cannot be read is left out.
function plainCopy(value, left, above) {
  if (typeof value === 'string') {
    const kept = value.slice(0, left.size);
    left.size -= kept.length;
    return kept;
  }
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const closed = typeof value !== 'object' || value === null || value instanceof Node || value === window;
  if (closed || above.length > TOLD_DEPTH || above.includes(value)) return null;
  const list = Array.isArray(value);
  const copy = list ? [] : Object.create(null);
  for (const key of Object.keys(value)) {
    if (--left.values < 0) break;
    const inner = readFrom(value, key);
    if (inner === undefined || typeof inner === 'function') continue;
    left.size = Math.max(0, left.size - (list ? 0 : key.length));
    if (list) append(copy, plainCopy(inner, left, [...above, value]));
    else copy[key.slice(0, 100)] = plainCopy(inner, left, [...above, value]);
  }
  return copy;
}

function readFrom(value, key) {
  try {
    return value[key];
  } catch {
    return undefined; // a getter of the page's
  }
}

function frameOf(event, values) {
  for (const size of TOLD_SIZES) {
    const left = { size, values: TOLD_VALUES };
    const data = values.length > 1 ? values : values[0];
    const text = toText({ event, data: data === undefined ? null : plainCopy(data, left, []) });
    if (text.length <= WIRE_LIMIT) return text;
  }
  return null;
}

// The same event may reach us by two ways: by a stub's queue and by the object that took its place, by a chain of handlers.
const noteTold = guarded(([name, values]) => {
  const at = now();
  if (!mayTell(at)) return;
  const text = frameOf(name, values);
  if (text === null || (text === lastTold.text && at - lastTold.at < 100)) return;
  lastTold = { text, at };
  postWire('js', 'in', location.href, text, at);
});

function tell(name, values) {
  try {
    noteTold([name, values]);
  } catch {
    // an object that cannot even be looked at says nothing
  }
}

// One wrapper for each handler of the page's, so that handlers which call the one before them do not run in circles.
const ours = new WeakSet();

function listenerOf(name) {
  const wrappers = new WeakMap();
  return (theirs) => {
    if ((typeof theirs === 'object' && theirs !== null) || ours.has(theirs)) return theirs; // no handler; or wrapped before
    if (wrappers.has(theirs)) return wrappers.get(theirs);
    const heard = function (...values) {
      tell(name, values);
      return typeof theirs === 'function' ? apply(theirs, this, values) : undefined;
    };
    ours.add(heard);
    if (typeof theirs === 'function') wrappers.set(theirs, heard);
    return heard;
  };
}

// The object that has the last part of a dotted path, as far as the page has made it.
function holderOf(steps) {
  let holder = window;
  for (let i = 0; i < steps.length - 1; i++) {
    holder = holder[steps[i]];
    const open = holder && (typeof holder === 'object' || typeof holder === 'function') && !(holder instanceof Node);
    if (!open) return null;
  }
  return holder;
}

function ownSetter(holder, key) {
  for (let at = holder; at; at = Reflect.getPrototypeOf(at)) {
    const found = getOwnPropertyDescriptor(at, key);
    if (found) return found.set;
  }
  return undefined;
}

// `Some_API.onMessage = f`: whoever reads the property gets a listener of ours that calls f.
function propertyPlace({ property }) {
  const steps = property.split('.');
  const key = steps[steps.length - 1];
  const listener = listenerOf(property);
  let handed = 0; // to objects that take handlers by a setter of their own
  return () => {
    const holder = holderOf(steps);
    if (!holder) return;
    const own = getOwnPropertyDescriptor(holder, key);
    if (own && (ours.has(own.get) || ours.has(own.value))) return;
    if (ownSetter(holder, key)) {
      const kept = readFrom(holder, key);
      if (ours.has(kept) || (handed += 1) > MOST_TRIES) return;
      holder[key] = listener(kept);
    } else if (own && !own.configurable) {
      holder[key] = listener(own.value); // a global function can be replaced, not redefined
    } else {
      let heard = listener(own && own.value);
      const get = () => heard;
      ours.add(get);
      defineProperty(holder, key, { get, set: (next) => { heard = listener(next); }, enumerable: true, configurable: true });
    }
  };
}

// `Some.on('message', f)`: called with a listener of ours on the stub, and again on what takes the stub's place.
function callPlace({ call, args }) {
  const steps = call.split('.');
  const key = steps[steps.length - 1];
  const words = args.flat();
  const name = words[words.length - 1] || call;
  const heard = (...values) => tell(name, values);
  const whole = args.length === 1 && Array.isArray(args[0]) ? [[...args[0], heard]] : [...args, heard];
  const subscribed = new WeakMap();
  let tries = 0;
  return () => {
    const holder = holderOf(steps);
    const method = holder && holder[key];
    if (typeof method !== 'function' || subscribed.get(holder) === method || tries >= MOST_TRIES) return;
    tries += 1;
    apply(method, holder, whole);
    subscribed.set(holder, method);
  };
}

function eventPlace({ event }) {
  // Capturing on the window hears what is fired on the document and below it, too.
  listen(window, event, (fired) => tell(event, [fired.detail === undefined ? fired.data : fired.detail]), true);
}

const takings = { property: [], call: [] };

function takePlaces(kind) {
  for (let i = 0; i < takings[kind].length; i++) {
    try {
      takings[kind][i]();
    } catch {
      // half made, frozen or hostile: the next look tries again
    }
  }
}

// Scripts of the page may run right after this one: properties at once, calls when the object is whole.
function lookAgain() {
  takePlaces('property');
  nativeLater(() => takePlaces('call'), 0);
}

// Notices the moment the page makes or replaces a global.
function watchGlobal(name) {
  const own = getOwnPropertyDescriptor(window, name);
  if (own && (own.get || !own.configurable)) return;
  let value = own && own.value;
  defineProperty(window, name, {
    get: () => value,
    set: (next) => {
      value = next;
      lookAgain();
    },
    enumerable: true,
    configurable: true,
  });
}

const globals = new Set(); // names of the window's own that lead to a place

for (const place of config.events) {
  const steps = (place.property || place.call || '').split('.');
  if (place.event) eventPlace(place);
  else append(place.call ? takings.call : takings.property, place.call ? callPlace(place) : propertyPlace(place));
  if (place.call || steps.length > 1) globals.add(steps[0]);
}

function keepPlaces() {
  for (const name of globals) watchGlobal(name);
  lookAgain();
}

if (globals.size || takings.property.length) {
  keepPlaces();
  nativeEvery(keepPlaces, LOOK_EVERY_MS); // a function declared, a property defined anew: no setter tells
}
