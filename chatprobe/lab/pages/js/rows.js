// The message list in its three kinds. A row is a plain object:
// {side: "mine" | "theirs" | "notice", text, name, role, operator, quick, clock, pending}

import { make } from "./dom.js";

// Each look has a markup of its own: what the list and a row are, and how an author is shown.
const LOOKS = {
  bubble: { list: ["div", {}], row: "div", author: (row, cls) => make("div", { class: cls("name") }, row.name) },
  flat: {
    list: ["ul", {}],
    row: "li",
    author: (row, cls) => make("div", { class: cls("by") },
      make("b", { class: cls("name") }, row.name), make("time", { class: cls("time") }, new Date().toTimeString().slice(0, 5))),
  },
  card: {
    list: ["div", { role: "log" }],
    row: "article",
    author: (row, cls) => make("div", { class: cls("by") },
      make("i", { class: cls("face"), "aria-hidden": "true" }, row.name[0]), make("span", { class: cls("name") }, row.name)),
  },
};

export const makeList = (config, cls) => {
  const [tag, attributes] = LOOKS[config.widget.look].list;
  return make(tag, { class: cls("list"), ...attributes });
};

function renderRow(row, cls, { look, mark }, onQuick) {
  const attributes = { class: cls("row", row.side, row.pending && "pending", mark === "class" && row.role) };
  if (mark === "role") attributes["data-role"] = row.role;
  if (mark === "operator") attributes["data-operator"] = row.operator;
  const clock = row.clock ? make("span", { class: cls("clock") }, `${row.clock} `) : null;
  const body = make("div", { class: cls("body") }, ...[clock, row.text].filter(Boolean));
  const author = row.name ? LOOKS[look].author(row, cls) : null;
  const quick = (row.quick ?? []).map((label) =>
    make("button", { type: "button", class: cls("quick"), onclick: () => onQuick(label) }, label));
  return make(LOOKS[look].row, attributes, author, body, quick.length ? make("div", { class: cls("quicks") }, ...quick) : null);
}

class PlainRows {
  constructor(list, render) {
    this.list = list;
    this.render = render;
    this.elements = new Map();
  }

  add(row) {
    const element = this.render(row);
    this.elements.set(row, element);
    this.list.append(element);
    this.list.scrollTop = this.list.scrollHeight;
  }

  change(row) {
    const element = this.render(row);
    this.elements.get(row).replaceWith(element);
    this.elements.set(row, element);
  }

  // Streamed text grows in place, in the text node it began in.
  grow(row, more) {
    row.text += more;
    this.elements.get(row).querySelector("[class$=-body]").lastChild.data = row.text;
  }

  remove(row) {
    this.elements.get(row).remove();
    this.elements.delete(row);
  }
}

// Every change draws the whole list anew; a hidden live region repeats each incoming text for screen readers.
class RerenderedRows {
  constructor(list, render, cls) {
    this.list = list;
    this.render = render;
    this.rows = [];
    this.live = make("div", { class: cls("live"), "aria-live": "polite" });
    list.after(this.live);
  }

  draw() {
    this.list.replaceChildren(...this.rows.map(this.render));
    this.list.scrollTop = this.list.scrollHeight;
  }

  add(row) {
    this.rows.push(row);
    this.draw();
    if (row.side === "theirs") this.live.append(make("p", {}, `${row.name ?? ""} said: ${row.text}`));
  }

  change() {
    this.draw();
  }

  grow(row, more) {
    row.text += more;
    this.draw();
  }

  remove(row) {
    this.rows = this.rows.filter((other) => other !== row);
    this.draw();
  }
}

// Only the last four rows exist as elements, always the same four: old texts move up through them.
class RecycledRows extends RerenderedRows {
  constructor(list, render, cls) {
    super(list, render, cls);
    this.live.remove();
    this.pool = [];
  }

  draw() {
    const shown = this.rows.slice(-4);
    while (this.pool.length < shown.length) {
      const slot = make("div");
      this.pool.push(slot);
      this.list.append(slot);
    }
    shown.forEach((row, index) => this.recycle(this.pool[index], this.render(row)));
  }

  recycle(slot, fresh) {
    for (const { name } of [...slot.attributes]) if (!fresh.hasAttribute(name)) slot.removeAttribute(name);
    for (const { name, value } of fresh.attributes) slot.setAttribute(name, value);
    const [body, wanted] = [slot.querySelector("[class$=-body]"), fresh.querySelector("[class$=-body]")];
    if (body && slot.children.length === fresh.children.length) {
      [...fresh.children].forEach((child, index) => slot.children[index].replaceChildren(...child.childNodes));
    } else if (body?.textContent !== wanted.textContent || !body) slot.replaceChildren(...fresh.childNodes);
  }
}

export function makeRows(config, list, cls, onQuick) {
  const render = (row) => renderRow(row, cls, config.widget, onQuick);
  const kinds = { plain: PlainRows, rerender: RerenderedRows, recycled: RecycledRows };
  return new kinds[config.widget.rows](list, render, cls);
}
