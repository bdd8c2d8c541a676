// What may stand before the chat: a pre-chat form, a leave-a-message form, a log-in.

import { make } from "./dom.js";
import { note, now } from "./truth.js";

function fieldOf(name, cls, words) {
  const kinds = { email: "email", password: "password" };
  const input = name === "question"
    ? make("textarea", { name, class: cls("field"), rows: "3", required: true })
    : make("input", { name, class: cls("field"), type: kinds[name] ?? "text", required: true });
  return make("label", { class: cls("label") }, words[name], input);
}

function makeForm(cls, title, fields, submit, onsubmit) {
  return make("form", { class: cls("form"), onsubmit }, make("p", { class: cls("lead") }, title), ...fields, submit);
}

export function preChatForm(config, cls, words, onStart) {
  const fields = config.widget.form.map((name) => fieldOf(name, cls, words));
  const asked = () => config.widget.form.includes("question") && note(config.id, "asked", now());
  if (config.widget.form_navigates) {
    const link = make("a", { href: "#", class: cls("start"), onclick: (event) => {
      event.preventDefault();
      event.target.closest("form").requestSubmit();
    } }, words.start);
    const form = makeForm(cls, words.heading, fields, link, asked);
    form.method = "post";
    return form;
  }
  const button = make("button", { type: "submit", class: cls("start") }, words.start);
  return makeForm(cls, words.heading, fields, button, (event) => {
    event.preventDefault();
    asked();
    onStart(Object.fromEntries(new FormData(event.target)));
  });
}

export function leaveMessageForm(cls, words) {
  const fields = ["name", "email", "question"].map((name) => fieldOf(name, cls, words));
  const button = make("button", { type: "submit", class: cls("leave") }, words.leave);
  return makeForm(cls, words.offline, fields, button, (event) => event.preventDefault());
}

export function loginForm(cls, words) {
  const fields = ["email", "password"].map((name) => fieldOf(name, cls, words));
  const button = make("button", { type: "submit", class: cls("login") }, words.enter);
  return makeForm(cls, words.login, fields, button, (event) => event.preventDefault());
}
