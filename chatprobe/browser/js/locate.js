// The survey: every field, every clickable and the visible text of this document, in one walk from the top.
const MOST_ELEMENTS = 60000;
const TEXT_LIMIT = 6000;
const MOST_OF_A_KIND = 60; // a list of games holds no launcher
const FIELD_TYPES = ['text', 'email', 'tel', 'password', 'search', 'number', 'url', 'date', 'checkbox', 'radio'];
const CLICKABLE = 'a[href],button,summary,input[type=submit],input[type=button],input[type=image],[onclick],' +
  '[role=button],[role=link],[role=menuitem],[role=option],[role=tab]';
const LANDMARKS = ['header', 'nav', 'footer', 'main', 'aside'];
const TOP = { anchor: null, layer: null, dialog: null, landmark: '', z: 0, opacity: 1, pointer: false, hushed: false, clip: null };

// What an element inherits for the survey: the fixed box it stands in, the layer over the page, how opaque it is, and
// the position of what clips it to nothing.
function contextOf(element, style, above) {
  const role = attribute(element, 'role');
  const z = style.zIndex === 'auto' ? 0 : parseInt(style.zIndex, 10) || 0;
  const afloat = style.position === 'fixed' || style.position === 'sticky' || (style.position === 'absolute' && z >= 100);
  const context = { ...above, z: Math.max(above.z, z), opacity: above.opacity * parseFloat(style.opacity) };
  if (afloat && fillsView(element)) context.layer = element;
  else if (afloat && !context.anchor) context.anchor = element;
  if (role.endsWith('dialog') || element.localName === 'dialog' || attribute(element, 'aria-modal') === 'true') context.dialog = element;
  if (LANDMARKS.includes(element.localName)) context.landmark = element.localName;
  if (attribute(element, 'aria-hidden') === 'true') context.hushed = true;
  const escapes = style.position === 'fixed' || (style.position === 'absolute' && above.clip === 'static');
  if (escapes) context.clip = null;
  if (clipsToNothing(element, style)) context.clip = style.position;
  return context;
}

function fillsView(element) {
  const box = element.getBoundingClientRect();
  return box.width >= innerWidth * 0.9 && box.height >= innerHeight * 0.9;
}

// Out of reach of the eye for good: beyond an edge to which nobody can scroll.
function offScreen(box, context) {
  if (box.right <= 0 || box.bottom + scrollY <= 0) return true;
  return Boolean(context.anchor || context.layer) && (box.x >= innerWidth || box.y >= innerHeight);
}

function shown(element, context) {
  return !context.clip && context.opacity > 0.1 && rendered(element) && !offScreen(element.getBoundingClientRect(), context);
}

function isField(element) {
  if (element.localName === 'input') return FIELD_TYPES.includes(element.type);
  if (element.localName === 'textarea' || element.localName === 'select') return true;
  if (attribute(element, 'role') === 'textbox') return true;
  return element.isContentEditable && !(composedParent(element) || {}).isContentEditable && element !== document.body;
}

function kindOf(element) {
  if (element.localName === 'input') return element.type;
  if (element.localName === 'textarea') return 'textarea';
  return element.localName === 'select' ? 'select' : 'editable';
}

function heldIn(element) {
  if (element.type === 'password') return '';
  return 'value' in element ? String(element.value) : element.innerText || '';
}

function placeOf(element, context, style) {
  return {
    id: idOf(element),
    tag: element.localName,
    role: attribute(element, 'role'),
    box: boxOf(element),
    visible: shown(element, context),
    anchor: context.anchor ? idOf(context.anchor) : '',
    dialog: context.dialog ? idOf(context.dialog) : '',
    layer: context.layer ? idOf(context.layer) : '',
    hushed: context.hushed,
    landmark: context.landmark,
    z: context.z,
    hints: hintsOf(element, style),
    cover: centreCover(element),
    form: element.closest('form') ? idOf(element.closest('form')) : '',
  };
}

function fieldOf(element, context, style) {
  const label = element.labels && element.labels[0];
  return {
    ...placeOf(element, context, style),
    kind: kindOf(element),
    label: labelOf(element),
    placeholder: attribute(element, 'placeholder') || attribute(element, 'data-placeholder') || attribute(element, 'aria-placeholder'),
    name: attribute(element, 'name') || element.id,
    autocomplete: attribute(element, 'autocomplete'),
    value: heldIn(element).slice(0, 500),
    enabled: !element.matches(':disabled') && !element.readOnly && attribute(element, 'aria-disabled') !== 'true' && attribute(element, 'aria-readonly') !== 'true',
    required: Boolean(element.required) || attribute(element, 'aria-required') === 'true',
    checked: Boolean(element.checked),
    options: element.localName === 'select' ? [...element.options].slice(0, 40).map((o) => [o.value, oneLine(o.text, 80), o.disabled]) : [],
    label_box: label && rendered(label) ? boxOf(label) : null,
  };
}

function clickableOf(element, context, style) {
  return {
    ...placeOf(element, context, style),
    name: nameOf(element),
    href: element.localName === 'a' && typeof element.href === 'string' ? element.href : '',
    semantic: element.matches(CLICKABLE),
    pointer: style.cursor === 'pointer',
    expanded: attribute(element, 'aria-expanded'),
    popup: attribute(element, 'aria-haspopup'),
    enabled: !element.matches(':disabled') && attribute(element, 'aria-disabled') !== 'true',
  };
}

// Clickable by its semantics, by its cursor, or because a small box that floats over the page is there to be clicked.
function isClickable(element, context, style, above) {
  if (element.matches(CLICKABLE)) return true;
  const box = element.getBoundingClientRect();
  if (box.width < 8 || box.height < 8 || box.width > innerWidth * 0.6 || box.height > innerHeight * 0.6) return false;
  if (style.cursor === 'pointer' && !above.pointer) return true;
  return context.anchor === element && box.width >= 24 && box.height >= 24 && box.width <= 320 && box.height <= 120;
}

function oneOfMany(element, context, notes) {
  if (context.anchor || context.dialog || context.layer) return false;
  const parent = element.parentElement;
  const kind = [element.localName, attribute(element, 'class'), parent ? parent.localName + attribute(parent, 'class') : ''].join(' ');
  const seen = (notes.kinds.get(kind) || 0) + 1;
  notes.kinds.set(kind, seen);
  return seen > MOST_OF_A_KIND;
}

function noteText(element, context, notes) {
  if (context.clip || context.opacity < 0.1 || SILENT.has(element.localName)) return;
  const panel = context.anchor || context.dialog || context.layer;
  for (let node = element.firstChild; node; node = node.nextSibling) {
    const text = node.nodeType === Node.TEXT_NODE ? oneLine(node.data, 1000) : '';
    if (!text) continue;
    const box = element.getBoundingClientRect();
    if (speck(box) || offScreen(box, context)) return;
    noteLine(notes.lines, null, text);
    if (panel) noteLine(notes.lines, panel, text);
  }
}

function speck(box) {
  return box.width <= 1 || box.height <= 1;
}

function noteLine(lines, panel, text) {
  const held = lines.get(panel) || { parts: [], length: 0 };
  lines.set(panel, held);
  if (held.length > TEXT_LIMIT) return;
  append(held.parts, text);
  held.length += text.length;
}

function visit(element, above, notes) {
  const style = styleOf(element);
  if (style.display === 'none') return null;
  const context = contextOf(element, style, above);
  if (style.visibility === 'visible') noteText(element, context, notes);
  if (isField(element)) append(notes.fields, fieldOf(element, context, style));
  else if (element !== document.body && isClickable(element, context, style, above) && !oneOfMany(element, context, notes)) {
    append(notes.clickables, clickableOf(element, context, style));
  }
  context.pointer = above.pointer || (style.cursor === 'pointer' && element !== document.body && element !== document.documentElement);
  return context;
}

function walk(notes) {
  const stack = [[document.documentElement, TOP]];
  for (let seen = 0; stack.length && seen < MOST_ELEMENTS; seen++) {
    const [element, above] = stack.pop();
    const context = visit(element, above, notes);
    if (!context) continue;
    for (let child = element.lastElementChild; child; child = child.previousElementSibling) append(stack, [child, context]);
    const shadow = shadowOf(element);
    if (!shadow) continue;
    for (let child = shadow.lastElementChild; child; child = child.previousElementSibling) append(stack, [child, context]);
  }
}

command('survey', () => {
  const notes = { fields: [], clickables: [], lines: new Map(), kinds: new Map() };
  if (document.documentElement) walk(notes);
  const panels = [];
  for (const [element, held] of notes.lines) {
    if (element) append(panels, { id: idOf(element), box: boxOf(element), text: held.parts.join('\n') });
  }
  const whole = notes.lines.get(null);
  // One string: a structure of this size takes the browser's driver ten times as long to carry.
  return toJson({
    document: documentKey,
    url: location.href,
    title: oneLine(document.title, 200),
    lang: document.documentElement ? oneLine(document.documentElement.lang, 20) : '',
    view: [innerWidth, innerHeight],
    text: whole ? whole.parts.join('\n') : '',
    fields: notes.fields,
    clickables: notes.clickables,
    panels,
  });
});

// Where to click an element now, after scrolling it into view if it is not: null when it is gone.
command('reveal', (id) => {
  const element = elementOf(id);
  if (!element) return null;
  const outside = (box) => box.bottom > innerHeight || box.y < 0 || box.right > innerWidth || box.x < 0;
  if (outside(element.getBoundingClientRect())) element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  return openPoint(element);
});

// The first uncovered of an element's centre and quarter points; its centre and what covers it where there is none.
function openPoint(element) {
  const box = element.getBoundingClientRect();
  for (const [across, down] of [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.5, 0.25], [0.5, 0.75]]) {
    const point = [box.x + box.width * across, box.y + box.height * down];
    if (coverOf(element, point[0], point[1]) === '') return { point, cover: '' };
  }
  return { point: [box.x + box.width / 2, box.y + box.height / 2], cover: centreCover(element) };
}

command('read', (id) => {
  const element = elementOf(id);
  return element && { value: heldIn(element), checked: Boolean(element.checked), index: element.selectedIndex ?? -1 };
});

command('focus', (id) => {
  const element = elementOf(id);
  if (element) element.focus({ preventScroll: false });
  return Boolean(element);
});

command('selector', (id) => {
  const element = elementOf(id);
  return element ? selectorOf(element) : '';
});

// Of the element that holds a child frame: the box its content starts in, and how it stands in this document.
command('host', (element) => {
  const above = [];
  for (let node = element; isElement(node); node = composedParent(node)) append(above, node);
  let context = TOP;
  for (let i = above.length - 1; i >= 0; i--) context = contextOf(above[i], styleOf(above[i]), context);
  const style = styleOf(element);
  const box = element.getBoundingClientRect();
  const left = element.clientLeft + parseFloat(style.paddingLeft);
  const top = element.clientTop + parseFloat(style.paddingTop);
  const right = box.width - element.offsetWidth + element.clientWidth + element.clientLeft - parseFloat(style.paddingRight);
  const bottom = box.height - element.offsetHeight + element.clientHeight + element.clientTop - parseFloat(style.paddingBottom);
  return { ...placeOf(element, context, style), content: [box.x + left, box.y + top, right - left, bottom - top], title: attribute(element, 'title') };
});

// What stands over a point of a child frame, seen from this document.
command('cover', ([element, x, y]) => coverOf(element, x, y));
