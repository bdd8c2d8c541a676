// The smallest chat: one input `#box`, rows `.msg.visitor` and `.msg.agent`. Fires `lab-answer` on the document.

import { make } from "./dom.js";
import { noteLater, now } from "./truth.js";
import { connect } from "./wire.js";

const log = document.getElementById("log");
const box = document.getElementById("box");
const { id } = document.getElementById("chat").dataset;

const wire = connect({ id, widget: { transport: "websocket" } }, (frame) => {
  if (frame.type === "close") {
    log.append(make("div", { class: "msg system" }, "This chat has ended."));
    box.disabled = true;
  }
  if (frame.type !== "message") return;
  log.append(make("div", { class: "msg agent" }, frame.text));
  noteLater(id, "row", now(), { text: frame.text.slice(0, 500), seq: frame.seq });
  document.dispatchEvent(new Event("lab-answer"));
});

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !box.value) return;
  const at = now();
  log.append(make("div", { class: "msg visitor" }, box.value));
  wire.send({ type: "say", text: box.value });
  box.value = "";
  noteLater(id, "asked", at);
  document.dispatchEvent(new Event("lab-question"));
});
