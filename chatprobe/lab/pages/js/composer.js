// Where the visitor writes. `onSend(text, at)` gets the text and the page's clock at the send act.

import { make } from "./dom.js";
import { now } from "./truth.js";

function makeField(config, cls, words) {
  const shared = { class: cls("input"), placeholder: words.placeholder, autocomplete: "off" };
  if (config.widget.composer === "input") return make("input", { ...shared, type: "text" });
  if (config.widget.composer === "editable")
    return make("div", { class: cls("input"), contenteditable: "true", role: "textbox", "aria-label": words.placeholder });
  return make("textarea", { ...shared, rows: "1" });
}

function withMirror(field, cls) {
  const twin = make("div", { class: cls("twin"), "aria-hidden": "true" });
  const copy = () => {
    twin.textContent = `${field.value} `;
    field.style.height = `${twin.offsetHeight}px`;
  };
  field.addEventListener("input", copy);
  field.addEventListener("cleared", copy);
  return make("div", { class: cls("grow") }, twin, field);
}

export function makeComposer(config, cls, words, onSend) {
  const { composer, enter, send_control } = config.widget;
  const field = makeField(config, cls, words);
  const read = () => (composer === "editable" ? field.innerText : field.value).trim();
  const clear = () => {
    if (composer === "editable") field.textContent = "";
    else field.value = "";
    field.dispatchEvent(new Event("cleared"));
  };
  const send = () => {
    const at = now();
    const text = read();
    if (!text) return;
    clear();
    onSend(text, at);
  };
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || (enter === "newline" && !event.ctrlKey)) return;
    event.preventDefault();
    send();
  });
  const control = send_control ? make("button", { type: "button", class: cls("send"), onclick: send }, words.send) : null;
  return make("div", { class: cls("composer") }, composer === "mirror" ? withMirror(field, cls) : field, control);
}
