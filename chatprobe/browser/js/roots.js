// Every tree of this document: the document itself and each shadow root, open or closed, in the order they were met.
const roots = [];
const knownRoots = new WeakSet();

// node -> time it was last inserted or its text changed; node -> time its attributes last changed.
const insertedAt = new WeakMap();
const attributesAt = new WeakMap();

let onMutations = null; // (records, at) => void, set by the listening part
let watchingAttributes = true;
let asleep = false; // a document that cannot hold the chat is not watched: animated pages are expensive

const REVEALING = ['class', 'style', 'hidden', 'open', 'aria-hidden', 'data-state', 'data-visible'];

function noteMutations(records) {
  const at = now();
  for (let i = 0; i < records.length; i++) {
    const record = records[i];
    if (record.type === 'attributes') {
      attributesAt.set(record.target, at);
    } else if (record.type === 'characterData') {
      insertedAt.set(record.target, at);
    } else {
      for (let j = 0; j < record.addedNodes.length; j++) insertedAt.set(record.addedNodes[j], at);
    }
  }
  if (onMutations) onMutations(records, at);
}

const observer = watcher(noteMutations);

function watchRoot(root) {
  const options = { subtree: true, childList: true, characterData: true };
  if (watchingAttributes) options.attributeFilter = REVEALING;
  observe(observer, root, options);
}

function adoptRoot(root) {
  if (!root || knownRoots.has(root)) return;
  knownRoots.add(root);
  append(roots, root);
  if (!asleep) watchRoot(root);
}

function sleepObserver() {
  if (asleep) return;
  asleep = true;
  observer.disconnect();
}

function wakeObserver() {
  if (!asleep) return;
  asleep = false;
  for (let i = 0; i < roots.length; i++) watchRoot(roots[i]);
}

// A Proxy keeps the function's own look (name, length, native code), so pages that check it go on working.
Element.prototype.attachShadow = new Proxy(Element.prototype.attachShadow, {
  apply(target, self, argumentsList) {
    const root = Reflect.apply(target, self, argumentsList);
    guarded(adoptRoot)(root);
    return root;
  },
});

// The parent in the composed tree: out of a shadow root to its host.
function composedParent(node) {
  const parent = node.parentNode;
  if (isShadowRoot(parent)) return parent.host;
  return parent;
}

function composedContains(ancestor, node) {
  for (let at = node; at; at = composedParent(at)) if (at === ancestor) return true;
  return false;
}

// The shadow root of an element, if this document's observer knows it; closed ones too.
const hostOf = new WeakMap();

function shadowOf(element) {
  if (element.shadowRoot) {
    adoptRoot(element.shadowRoot);
    return element.shadowRoot;
  }
  const known = hostOf.get(element);
  if (known) return known;
  for (let i = 0; i < roots.length; i++) {
    const host = roots[i].host;
    if (host && !hostOf.has(host)) hostOf.set(host, roots[i]);
  }
  return hostOf.get(element) || null;
}

adoptRoot(document);
