// Finds messages: which text is new, which is the same text drawn again, which is one message growing.
let scope = null; // where text is looked at; null: nowhere yet, only times are kept
let posting = false; // a document that only waits for the echo says nothing
const MAX_MESSAGES = 3000;
const SORTED_AT_MOST = 100;

const entryOf = new WeakMap(); // block element -> entry
const entries = []; // all ever seen: { id, el, text, at, live, lostAt, message }
const messages = []; // { id, parts, region, changedAt, changes, posted, dueAt }
const hidden = new Set(); // blocks with text that are not rendered yet
let dirty = new Set();
let sawRemoval = false;
let sawAttributes = false;
let passPending = false;
let counter = 0;
let overflowed = false;
let rowsKnown = false;

onMutations = (records) => {
  if (!scope) return;
  for (let i = 0; i < records.length; i++) {
    const record = records[i];
    if (record.type === 'attributes') {
      sawAttributes = true;
    } else if (record.type === 'characterData') {
      dirty.add(record.target);
    } else {
      if (record.removedNodes.length) {
        sawRemoval = true;
        dirty.add(record.target);
      }
      for (let j = 0; j < record.addedNodes.length; j++) dirty.add(record.addedNodes[j]);
    }
  }
  if (dirty.size || sawRemoval) schedulePass(0);
  else if (sawAttributes) schedulePass(50);
};

function schedulePass(delay) {
  if (passPending) return;
  passPending = true;
  later(pass, delay);
}

function inScope(element) {
  return element.isConnected && (scope === document || composedContains(scope, element));
}

function dirtyBlocks() {
  const blocks = new Set();
  for (const node of dirty) {
    if (!node.isConnected) continue;
    if (node.nodeType === 3) {
      const block = blockOf(node);
      if (block) blocks.add(block);
    } else {
      if (node.nodeType === 1 && entryOf.has(node)) blocks.add(node);
      if (node.nodeType === 1) blocksIn(node, blocks);
    }
  }
  dirty = new Set();
  return blocks;
}

// One look at all that changed. `whole` looks at hidden and live blocks too (attributes and style sheets may reveal or hide).
function pass(whole) {
  passPending = false;
  if (!scope) return;
  const lookAtAll = whole === true || sawAttributes;
  const removed = sawRemoval;
  sawAttributes = sawRemoval = false;
  const arrivals = [];
  const lost = new Set();
  for (const block of dirtyBlocks()) consider(block, arrivals, lost);
  if (lookAtAll) for (const block of [...hidden]) consider(block, arrivals, lost);
  if (removed || lookAtAll) loseVanished(lost, lookAtAll);
  settle(arrivals, lost);
  postDue();
}

function loseVanished(lost, lookAtAll) {
  for (let i = entries.length - 1, looked = 0; i >= 0 && looked < 400; i--) {
    const entry = entries[i];
    if (!entry.live) continue;
    looked += 1;
    if (!inScope(entry.el) || (lookAtAll && !rendered(entry.el))) lost.add(entry);
  }
}

function consider(block, arrivals, lost) {
  const entry = entryOf.get(block);
  if (!inScope(block) || insideControl(block)) {
    hidden.delete(block);
    return;
  }
  const text = ownText(block);
  if (!text || !rendered(block)) {
    if (entry && entry.live) lost.add(entry);
    if (text) hidden.add(block);
    else hidden.delete(block);
    return;
  }
  const wasHidden = hidden.delete(block);
  if (entry && entry.live && entry.text === text) return;
  if (entry && entry.live && grows(entry.text, text)) {
    change(entry, text, stampOf(block, insertedAt) || now());
    return;
  }
  if (entry && entry.live) lost.add(entry);
  const inserted = stampOf(block, insertedAt);
  const at = wasHidden || !inserted ? Math.max(inserted, stampOf(block, attributesAt)) || now() : inserted;
  append(arrivals, { block, text, at });
}

function grows(before, after) {
  if (!/[\p{L}\p{N}]/u.test(before)) return false; // dots that say that somebody writes are the beginning of no text
  return after.startsWith(before) || (before.endsWith('…') && after.startsWith(before.slice(0, -1)));
}

// Pairs what came with what went: the same text drawn again, one text grown, or something new.
function settle(arrivals, lost) {
  const unmatched = [];
  for (let i = 0; i < arrivals.length; i++) {
    const arrival = arrivals[i];
    const same = goneWithText(arrival.text, lost);
    if (same) {
      lost.delete(same);
      rebind(same, arrival.block);
    } else append(unmatched, arrival);
  }
  const fresh = [];
  for (let i = 0; i < unmatched.length; i++) {
    const arrival = unmatched[i];
    let grown = null;
    for (const entry of lost) if (grows(entry.text, arrival.text)) grown = grown || entry;
    if (grown) {
      lost.delete(grown);
      rebind(grown, arrival.block);
      change(grown, arrival.text, arrival.at);
    } else append(fresh, arrival);
  }
  for (const entry of lost) {
    entry.live = false;
    entry.lostAt = now();
  }
  sortAsShown(fresh);
  for (let i = 0; i < fresh.length; i++) create(fresh[i]); // last: they may stand where something lost stood
}

// What came at one moment is read from top to bottom: a list that uses its rows again fills them in any order.
function sortAsShown(arrivals) {
  if (arrivals.length < 2 || arrivals.length > SORTED_AT_MOST) return;
  const tops = new Map();
  for (const arrival of arrivals) tops.set(arrival, rowOf(arrival.block).getBoundingClientRect().top);
  arrivals.sort((a, b) => a.at - b.at || tops.get(a) - tops.get(b));
}

function goneWithText(text, lost) {
  for (const entry of lost) if (entry.text === text) return entry;
  for (let i = entries.length - 1, looked = 0; i >= 0 && looked < 500; i--, looked++) {
    if (!entries[i].live && entries[i].text === text) return entries[i];
  }
  return null;
}

function rebind(entry, block) {
  if (entryOf.get(entry.el) === entry) entryOf.delete(entry.el);
  entry.el = block;
  entry.live = true;
  entryOf.set(block, entry);
  if (entry.message) entry.message.gonePosted = false;
}

function change(entry, text, at) {
  entry.text = text;
  if (entry.message) {
    entry.message.changedAt = at;
    entry.message.changes += 1;
    entry.message.dueAt = entry.message.dueAt || now() + 150;
  }
  checkEcho(entry);
}

function create({ block, text, at }) {
  if (entries.length >= MAX_MESSAGES) {
    if (!overflowed) post('overflow', { limit: MAX_MESSAGES });
    overflowed = true;
    return;
  }
  const entry = { id: documentKey + ':' + counter++, el: block, text, at, live: true, lostAt: 0, message: null };
  entryOf.set(block, entry);
  append(entries, entry);
  if (isKnown(text)) return; // stood here before the frame was loaded again
  checkEcho(entry);
  if (posting) assign(entry);
}

// Puts a block into a message: a new one, or the bubble that is just being filled.
function assign(entry) {
  const region = regionOf(entry.el);
  const row = rowOf(entry.el);
  if (region === 'list') {
    if (entry !== echo && (isLabel(entry.el, row, entry.text, beside(entry.el, row)) || isByline(entry.el, row))) return;
    const bubble = selectedRow(entry.el) || bubbleOf(entry.el, row) || row;
    const open = entry.message ? null : openMessage(bubble, entry);
    if (open && open.parts.every((part) => isLesser(part.el, entry.el))) {
      open.region = 'outside'; // name and time were drawn before the words
      open.dueAt = now();
    } else if (open) {
      append(open.parts, entry);
      open.parts.sort((a, b) => (a.el.compareDocumentPosition(b.el) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
      entry.message = open;
      open.changedAt = entry.at;
      open.dueAt = open.dueAt || now() + 50;
      return;
    }
  }
  if (region === 'pre' && !box) return; // a document that only waits for rows of the scenario's selector
  if (region === 'outside' || (region === 'list' && entry !== echo && isDivider(entry.el, entry.text))) return;
  const message = entry.message || { id: entry.id, parts: [entry], at: entry.at, changedAt: entry.at, changes: 0, posted: '', gonePosted: false };
  message.region = region;
  message.dueAt = now();
  if (!entry.message) append(messages, message);
  entry.message = message;
  if (region !== 'list' || !echo || entry === echo || rowsKnown) return;
  rowsKnown = true; // what passed for a label of the visitor's words may be a row of its own
  later(reassignAll, 0);
}

function openMessage(bubble, entry) {
  for (let i = messages.length - 1; i >= 0 && i >= messages.length - 20; i--) {
    const message = messages[i];
    const head = message.parts[0];
    if (message.region !== 'list' || !head.live || head === echo) continue;
    const same = (selectedRow(head.el) || bubbleOf(head.el, rowOf(head.el)) || rowOf(head.el)) === bubble;
    if (same && (selectedRow(head.el) || entry.at - message.changedAt < 1500)) return message;
  }
  return null;
}

function postMessage(message) {
  const facts = describe(message);
  const text = toJson(facts);
  message.dueAt = 0;
  if (text === message.posted) return;
  const first = !message.posted;
  message.posted = text;
  post('message', { ...facts, first }, message.at);
  // Attributes, names and buttons may be set after the text: look again a few times.
  if (first) for (const delay of [300, 1200, 3000]) later(() => repost(message), delay);
}

function repost(message) {
  if (message.region === 'list' && message.parts.length === 1) demoteLabel(message.parts[0]); // the words came since
  if (message.parts.some((part) => part.live)) message.dueAt = message.dueAt || now();
  postDue();
}

function postDue() {
  const time = now();
  let next = 0;
  for (let i = Math.max(0, messages.length - 400); i < messages.length; i++) {
    const message = messages[i];
    if (!message.dueAt) continue;
    if (message.dueAt <= time + 1) postMessage(message);
    else next = next ? Math.min(next, message.dueAt) : message.dueAt;
  }
  if (next) later(postDue, Math.max(1, next - time));
}

function postGone() {
  const time = now();
  for (let i = Math.max(0, messages.length - 400); i < messages.length; i++) {
    const message = messages[i];
    if (message.gonePosted || !message.posted || message.parts.some((part) => part.live)) continue;
    const lostAt = Math.max(...message.parts.map((part) => part.lostAt));
    if (time - lostAt < 1200) continue;
    message.gonePosted = true;
    post('gone', { id: message.id }, lostAt);
  }
}

// Everything is looked at anew: at the start, and when the echo tells where the list is.
function takeStock() {
  const arrivals = [];
  const lost = new Set();
  for (const root of scope === document ? [document] : [scope]) {
    for (const block of blocksIn(root, new Set())) {
      if (entryOf.has(block)) continue;
      hidden.add(block); // so that a reveal by attributes counts as its time
      consider(block, arrivals, lost);
    }
  }
  settle(arrivals, lost);
  postDue();
}

function reassignAll() {
  if (dirty.size || sawRemoval) pass(); // rows may have been drawn anew since, and what is gone stands nowhere
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    if (!entry.live || !entry.el.isConnected || isKnown(entry.text)) continue;
    if (entry.message) entry.message.region = regionOf(entry.el);
    if (!entry.message) assign(entry);
    else if (entry.message.region === 'list') demoteLabel(entry);
    if (entry.message) entry.message.dueAt = now();
  }
  postDue();
}

// Before the echo every block was posted as it came; now some turn out to be names or times.
function demoteLabel(entry) {
  if (entry === echo) return;
  const row = rowOf(entry.el);
  const label = isLabel(entry.el, row, entry.text, beside(entry.el, row)) || isByline(entry.el, row);
  if (label || isDivider(entry.el, entry.text)) entry.message.region = 'outside';
}

every(() => {
  if (!scope || asleep) return;
  pass(true);
  postGone();
}, 500);
