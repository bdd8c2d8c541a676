// What the visitor does: the acts that may send, the box emptying, and the echo of what was sent.
const sent = []; // plain texts the visitor sends in this chat
const known = new Map(); // plain text -> how often it stood in a document this one replaced
const mirrors = new WeakSet(); // blocks that showed the text before it was sent: twins of the box
let sentAt = Infinity; // since when the visitor's first words may show
let expected = null; // { text, box, emptied }: what was typed and is about to be sent

function isSent(text) {
  const flat = plain(text);
  for (let i = 0; i < sent.length; i++) if (flat.includes(sent[i]) && flat.length <= sent[i].length + 80) return true;
  return false;
}

function isKnown(text) {
  return known.has(plain(text));
}

function deepActive() {
  let active = document.activeElement;
  for (let depth = 0; active && depth < 20; depth++) {
    const shadow = shadowOf(active);
    if (!shadow || !shadow.activeElement) break;
    active = shadow.activeElement;
  }
  return active && active !== document.body ? active : null;
}

function valueOf(field) {
  if (!field) return '';
  return 'value' in field && field.value !== undefined ? String(field.value) : field.innerText || field.textContent || '';
}

function holdsExpected() {
  return Boolean(expected && box && box.isConnected && plain(valueOf(box)).includes(expected.text));
}

// Acts are noted in the capture phase, before the page's own handlers run.
function noteAct(kind, event) {
  if (!expected || !event.isTrusted) return;
  post('act', { act: kind, held: holdsExpected() || holdsInForm(event.target) });
  later(flush, 0); // not now: the page's own handlers come next
  watchBox();
}

function holdsInForm(target) {
  const form = isElement(target) ? target.closest('form') : null;
  const fields = (form || document).querySelectorAll('textarea, input');
  for (let i = 0; i < fields.length; i++) if (plain(valueOf(fields[i])).includes(expected.text)) return true;
  return false;
}

function hookActs() {
  listen(window, 'keydown', onKey, true);
  listen(window, 'click', onClick, true);
  listen(window, 'submit', onSubmit, true);
  listen(window, 'pagehide', flush, true); // the act may replace this very document
}
const onKey = (event) => event.key === 'Enter' && !event.isComposing && noteAct(event.ctrlKey ? 'ctrl_enter' : 'enter', event);
const onClick = (event) => noteAct('click', event);
const onSubmit = (event) => noteAct('submit', event);

let boxTimer = 0;

function watchBox() {
  if (boxTimer) return;
  const startedAt = now();
  boxTimer = every(() => {
    const standing = holdsExpected();
    if (standing && now() - startedAt < 20000) return;
    stopEvery(boxTimer);
    boxTimer = 0;
    if (!standing) post('emptied', {});
  }, 10);
}

// The visitor's own message appeared: from here on the list is known.
function checkEcho(entry) {
  if (!expected || mirrors.has(entry.el) || !showsExpected(entry)) return;
  if (!echo || !echo.live || !echo.el.isConnected) {
    echo = entry; // the first row with these words, or the one that took the place of a provisional one
    place = null;
  }
  if (expected.echoed) return;
  expected.echoed = true;
  post('echo', { id: entry.id, text: entry.text.slice(0, 500) }, entry.at);
  posting = true;
  if (scope === document && box && box.isConnected) place = null;
  later(reassignAll, 0);
}

function showsExpected(entry) {
  const flat = plain(entry.text);
  if (flat.includes(expected.text)) return flat.length <= expected.text.length + 120;
  if (flat.length < 10 || !expected.text.includes(flat)) return false;
  let node = composedParent(entry.el); // a question of several paragraphs
  for (let level = 0; isElement(node) && level < 3; level++, node = composedParent(node)) {
    const around = plain(node.innerText || '');
    if (around.includes(expected.text)) return around.length <= expected.text.length + 120;
  }
  return false;
}

// { text, known: {text: count}, listening }: tells this document what the visitor is about to send or has sent.
command('expect', ({ text, texts, standing }) => {
  wakeObserver();
  for (const each of texts || []) append(sent, plain(each));
  for (const each of standing || []) known.set(plain(each), 1);
  expected = { text: plain(text), echoed: false };
  if (!sent.includes(expected.text)) append(sent, expected.text);
  sentAt = Math.min(sentAt, now());
  hookActs();
  const active = deepActive();
  if (active && isEditable(active)) box = active;
  if (!scope) {
    scope = document;
    posting = Boolean(rowSelector());
    takeStock();
  }
  // After a reload the sent text may already stand here: that is the echo. Otherwise whatever shows it now is a twin of the box.
  for (let i = 0; i < entries.length; i++) {
    if (!entries[i].live || !plain(entries[i].text).includes(expected.text)) continue;
    if (standing) checkEcho(entries[i]);
    else mirrors.add(entries[i].el);
  }
  return { box: box ? valueOf(box) : null };
});

// The field with the keyboard focus is the composer; its panel is watched from now on.
command('attend', () => {
  const active = deepActive();
  if (!active || !isEditable(active)) return null;
  box = active;
  const panel = panelOf(box);
  const start = panel === document.body ? document : panel;
  if (scope !== start) {
    scope = start;
    posting = true;
    takeStock();
  }
  return { value: valueOf(box) };
});

command('held', () => ({ held: holdsExpected(), value: valueOf(box) }));

// Puts the keyboard back into the box; null when the box is gone or closed to writing.
command('refocus', () => {
  if (!box || !box.isConnected || !rendered(box) || box.disabled || box.readOnly) return null;
  box.focus();
  return { focused: deepActive() === box };
});
