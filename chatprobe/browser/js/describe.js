// The facts of one message as they are posted: all that may later be evidence.
const KEPT_ATTRIBUTE = /^(class|role|id|title|alt|dir|lang|aria-label|aria-roledescription|data-.*)$/;

// Attributes from the row down to the body; nearer elements win, classes add up.
function attributesOf(row, body) {
  const kept = {};
  const classes = [];
  const chain = [];
  for (let node = body; isElement(node); node = composedParent(node)) {
    append(chain, node);
    if (node === row || chain.length > 8) break;
  }
  for (let i = chain.length - 1; i >= 0; i--) {
    const attributes = chain[i].attributes;
    for (let j = 0; j < attributes.length && j < 40; j++) {
      const { name, value } = attributes[j];
      if (name === 'class') append(classes, value.slice(0, 200));
      else if (KEPT_ATTRIBUTE.test(name)) kept[name] = value.slice(0, 200);
    }
  }
  if (classes.length) kept.class = classes.join(' ').slice(0, 600);
  return kept;
}

function matchesOf(row, body) {
  const speakers = config.selectors.speakers || {};
  const found = [];
  for (const speaker in speakers) {
    const around = closestMatch(body, speakers[speaker]);
    const stop = place ? place.list : null;
    const inRow = around && !(stop && composedContains(around, stop));
    if (inRow || (isElement(row) && row.querySelector(speakers[speaker]))) append(found, speaker);
  }
  return found;
}

// Labels of the buttons a row offers, and of a row of nothing but buttons right behind it.
function buttonsOf(row) {
  const labels = [];
  const take = (element) => {
    const buttons = element.querySelectorAll('button, [role=button], [role=option]');
    for (let i = 0; i < buttons.length && labels.length < 12; i++) {
      const label = tidy(buttons[i].textContent).slice(0, 80);
      if (/\p{L}{2}/u.test(label) && rendered(buttons[i])) append(labels, label);
    }
  };
  if (!isElement(row)) return labels;
  take(row);
  const next = row.nextElementSibling;
  if (next && !(box && next.contains(box)) && !blocksIn(next, new Set()).size) take(next);
  return labels;
}

// Where the visitor's line begins with a name ("You: …"), so do the others: that is not part of what they say.
function openingOf(body, whole) {
  const own = echo && expected ? echoOpening() : null;
  if (!own || !/[:>\])|\u2013-]$/.test(own)) return '';
  const end = own[own.length - 1];
  const at = whole.indexOf(end + ' ');
  const opening = at > 0 && at <= 40 ? whole.slice(0, at + 2) : '';
  const lead = body.firstElementChild && echo.el.firstElementChild;
  return opening && (!lead || (lead.tagName === body.firstElementChild.tagName)) && !opening.includes('\n') ? opening : '';
}

function echoOpening() {
  for (const text of sent) {
    const at = plain(echo.text).indexOf(text);
    if (at >= 0) return plain(echo.text).slice(0, at).trim();
  }
  return null;
}

function openingName(opening) {
  const name = opening.replace(CLOCK, '').replace(/^[\s\W]+|[^\p{L}\p{N}.)]+$/gu, '');
  return /\p{L}/u.test(name) ? name : null;
}

function describe(message) {
  const parts = message.parts.filter((part) => part.live);
  const head = parts[0] || message.parts[0];
  const body = head.el;
  const row = rowOf(body);
  const whole = parts.map((part) => part.text).join('\n').slice(0, MAX_TEXT + 1);
  const opening = message.region === 'list' && head !== echo ? openingOf(body, whole) : '';
  const text = whole.slice(opening.length).trim();
  const facts = { id: message.id, text, changed_at: message.changedAt, region: message.region };
  if (message.changes > 2) facts.streamed = true;
  if (!body.isConnected) return facts;
  facts.attributes = attributesOf(row, body);
  const spoken = message.region !== 'status'; // what stands outside the list belongs to no row
  facts.matches = spoken ? matchesOf(row, body) : [];
  facts.buttons = spoken ? buttonsOf(row) : [];
  facts.typing = isTyping(body, row, text);
  facts.visitor = isSent(text);
  facts.status_like = message.region === 'list' && !facts.visitor && statusLike(body, row);
  facts.name = message.region === 'list' ? authorIn(row, body) || openingName(opening) : null;
  const avatar = message.region === 'list' ? avatarIn(row, body) : null;
  if (avatar) facts.avatar = avatar; // one that was shown once stays: it may move on to the row below
  return facts;
}
