// The chat itself, the same for every technology: `mountChat` fills a root (element or shadow root) with the panel.

import { makeComposer } from "./composer.js";
import { fill, make, namer } from "./dom.js";
import { leaveMessageForm, loginForm, preChatForm } from "./forms.js";
import { makeList, makeRows } from "./rows.js";
import { noteLater, now } from "./truth.js";
import { tellSite } from "./vendor.js";
import { connect } from "./wire.js";

class Chat {
  constructor(config, panel, cls) {
    Object.assign(this, { config, panel, cls, words: config.words, bySeq: new Map(), asked: false, pending: null });
    this.status = make("div", { class: cls("status"), hidden: true });
    this.list = makeList(config, cls);
    this.typing = make("div", { class: cls("typing"), hidden: true });
    this.composer = makeComposer(config, cls, this.words, (text, at) => this.say(text, at));
    panel.append(this.status, this.list, this.typing, this.composer);
    this.rows = makeRows(config, this.list, cls, (label) => this.say(label, now()));
    config.widget.history.forEach((text, index) =>
      this.rows.add({ side: index % 2 ? "theirs" : "mine", text, name: index % 2 ? "Support" : null }));
  }

  start(form = null) {
    this.wire = connect(this.config, (frame) => this.take(frame));
    if (form) this.wire.send({ type: "form", fields: form });
    const question = form?.question ?? this.config.question;
    this.asked = Boolean(question);
    if (question && this.config.widget.echo === "instant") this.rows.add({ side: "mine", text: question });
  }

  say(text, at) {
    if (!this.asked) noteLater(this.config.id, "asked", at);
    this.asked = true;
    this.wire.send({ type: "say", text });
    if (this.config.widget.echo === "server") return;
    const row = { side: "mine", text, pending: this.config.widget.echo === "provisional" };
    this.rows.add(row);
    if (row.pending) this.pending = row;
  }

  take(frame) {
    const known = { message: "message", more: "more", typing: "type", queue: "queue", joined: "join", left: "leave", close: "close", echo: "echo", notice: "announce" };
    this[known[frame.type]]?.(frame);
  }

  message(frame) {
    const row = { side: frame.role === "system" ? "notice" : "theirs", ...frame };
    this.bySeq.set(frame.seq, row);
    this.rows.add(row);
    this.shown(frame);
  }

  shown(frame) {
    noteLater(this.config.id, "row", now(), { text: frame.text.slice(0, 500), seq: frame.seq });
    tellSite(this.config, frame);
  }

  more(frame) {
    this.rows.grow(this.bySeq.get(frame.of), frame.text);
  }

  type(frame) {
    this.typing.textContent = fill(this.words.typing, { name: frame.name ?? this.words.someone });
    this.typing.hidden = !frame.on;
  }

  queue(frame) {
    this.status.textContent = fill(this.words.queue, frame);
    this.status.hidden = !frame.position;
  }

  announce(frame) {
    if (frame.place === "list") this.notice(frame.text);
    else if (frame.place === "toast") this.toast(frame);
    else {
      this.status.textContent = frame.text;
      this.status.hidden = !frame.text;
    }
    if (frame.text) this.shown(frame);
  }

  toast(frame) {
    const box = make("div", { class: this.cls("toast") }, frame.text);
    this.panel.append(box);
    setTimeout(() => box.remove(), frame.stays_s * 1000);
  }

  notice(text) {
    this.rows.add({ side: "notice", text });
  }

  join(frame) {
    if (this.config.widget.announces) this.notice(fill(this.words.joined, frame));
  }

  leave(frame) {
    if (this.config.widget.announces) this.notice(fill(this.words.left, frame));
  }

  close() {
    this.notice(this.words.closed);
    this.composer.remove();
  }

  echo(frame) {
    const { echo } = this.config.widget;
    if (echo === "instant") return;
    if (this.pending) this.rows.remove(this.pending);
    this.pending = null;
    const clock = echo === "provisional" ? new Date().toTimeString().slice(0, 5) : null;
    this.rows.add({ side: "mine", text: frame.text, clock });
  }

  bye() {
    this.wire?.send({ type: "bye" });
    this.panel.remove();
  }
}

export function mountChat(root, config) {
  const cls = namer(config.widget.prefix);
  const { words } = config;
  const panel = make("section", { class: cls("panel", config.widget.look), "aria-label": words.heading });
  root.append(panel);
  let chat = null;
  const bye = () => chat?.bye();
  const end = config.widget.api
    ? null
    : make("button", { type: "button", class: cls("end"), "aria-label": words.close, onclick: bye }, "×");
  if (config.widget.api) addEventListener("message", ({ data }) => data?.bye && bye());
  panel.append(make("header", { class: cls("header") }, make("strong", {}, words.heading), end));
  const begin = (form) => {
    chat = new Chat(config, panel, cls);
    chat.start(form);
  };
  if (config.widget.before === "login") panel.append(loginForm(cls, words));
  else if (config.widget.before === "offline-form") panel.append(leaveMessageForm(cls, words));
  else if (config.widget.form.length && !config.question) {
    const form = preChatForm(config, cls, words, (fields) => {
      form.remove();
      begin(fields);
    });
    panel.append(form);
  } else begin(null);
  return panel;
}
