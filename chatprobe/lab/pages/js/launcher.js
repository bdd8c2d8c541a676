// What the visitor clicks to open the chat.

import { make, namer } from "./dom.js";

const BUBBLE = "M4 5h16v11H9l-5 4z";

function icon() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", BUBBLE);
  svg.append(path);
  return svg;
}

// A shield above the inner link takes every click; only the host listens.
function element(cls, words, open) {
  const host = make(`${cls("button")}`, { class: cls("launcher", "host") });
  const root = host.attachShadow({ mode: "open" });
  const style = "position:absolute;inset:0";
  root.append(make("a", { href: "#", style: "color:inherit;text-decoration:none" }, words.launcher), make("span", { style }));
  host.addEventListener("click", open);
  return host;
}

const kinds = {
  pill: (cls, words, open) => make("button", { type: "button", class: cls("launcher", "pill"), onclick: open }, words.launcher),
  icon: (cls, words, open) => make("button", { type: "button", class: cls("launcher", "round"), onclick: open }, icon()),
  div: (cls, words, open) => make("div", { class: cls("launcher", "round"), onclick: open }, icon()),
  image: (cls, words, open) => make("img", { class: cls("launcher", "picture"), src: "/static/bubble.svg", onclick: open }),
  link: (cls, words, open) => make("a", { href: "#", class: cls("launcher", "link"), onclick: (event) => { event.preventDefault(); open(); } }, words.launcher),
  element,
  inert: (cls, words) => make("button", { type: "button", class: cls("launcher", "pill") }, words.launcher),
  hidden: (cls, words, open) => make("button", { type: "button", hidden: true, onclick: open }, words.launcher),
  // Nobody there: only the class and the grey tell, and the click does nothing.
  offline: (cls, words) => make("button", { type: "button", class: cls("launcher", "pill", "offline") }, words.launcher),
};

export function addLauncher(config, root, open) {
  const cls = namer(config.widget.prefix);
  const kind = config.widget.launcher;
  if (kind === "open") {
    open();
    return;
  }
  const launcher = kinds[kind](cls, config.words, open);
  if (config.widget.decoy) launcher.classList.add(cls("left"));
  const place = kind === "link" ? document.querySelector("nav") : root;
  place.append(launcher);
}
