// The casino's page around the chat: banners in the way, a ticker, and the shell at its time.

import { fill, make } from "./dom.js";
import { addLauncher } from "./launcher.js";
import { makeShell } from "./shells.js";
import { offerCalls, runSite } from "./vendor.js";

const config = JSON.parse(document.getElementById("config").textContent);
const { site, words, widget } = config;
const NAMES = ["Marta", "Oleg", "Ines", "Tom", "Yuki", "Sven"];

function winners() {
  const line = document.querySelector(".winner");
  let turn = 0;
  const next = () => {
    turn += 1;
    line.textContent = fill(words.won, { name: NAMES[turn % NAMES.length], amount: 40 + ((turn * 137) % 900) });
  };
  next();
  if (site.ticker) setInterval(next, 2300);
}

function overlay(kind, text, label) {
  const box = make("div", { class: `overlay ${kind}`, role: "dialog" });
  box.append(make("p", {}, text), make("button", { type: "button", onclick: () => box.remove() }, label));
  document.body.append(box);
}

function chat() {
  if (widget.technology === "none") return;
  const shell = makeShell(config);
  addLauncher(config, shell.root, shell.open);
  offerCalls(config, shell.open);
}

runSite(config);
winners();
if (site.age_gate) overlay("gate", words.age, words.adult);
if (site.consent) overlay("consent", words.consent, words.accept);
if (widget.decoy) document.body.append(make("a", { class: "decoy", href: "mailto:support@casino.example", "aria-label": "E-mail" }, "@"));
setTimeout(chat, site.late_s * 1000);
