// Where the chat lives in the page: one function per technology. Each returns the function that opens the chat.

import { mountChat } from "./chat.js";
import { make, namer } from "./dom.js";

const chatUrl = (config, origin) => `${origin}/${config.casino}/chat?id=${config.id}`;

const sheet = (config) => make("link", { rel: "stylesheet", href: `/style/${config.widget.prefix}.css` });

function toggled(element) {
  element.hidden = true;
  document.body.append(element);
  return () => { element.hidden = false; };
}

function framed(config, src) {
  const cls = namer(config.widget.prefix);
  return make("iframe", { class: cls("frame"), title: config.words.heading, allow: "autoplay", src });
}

function shadowed(config, mode) {
  const host = make(`${config.widget.prefix}-chat`);
  document.body.append(host);
  const root = host.attachShadow({ mode });
  root.append(sheet(config));
  return root;
}

const onPage = (config, root) => {
  document.head.append(sheet(config));
  return once(() => mountChat(root, config));
};

const once = (action) => {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
};

const shells = {
  dom: (config) => ({ root: document.body, open: onPage(config, document.body) }),
  iframe: (config) => {
    document.head.append(sheet(config));
    return { root: document.body, open: once(() => document.body.append(framed(config, chatUrl(config, location.origin)))) };
  },
  // The frame is there, hidden, long before it is shown.
  "cross-iframe": (config) => {
    document.head.append(sheet(config));
    const frame = framed(config, null);
    const show = toggled(frame);
    return { root: document.body, open: once(() => { frame.src = chatUrl(config, config.other); show(); }) };
  },
  nested: (config) => {
    document.head.append(sheet(config));
    const nest = `${config.other}/${config.casino}/nest?id=${config.id}`;
    return { root: document.body, open: once(() => document.body.append(framed(config, nest))) };
  },
  "open-shadow": (config) => {
    const root = shadowed(config, "open");
    return { root, open: once(() => mountChat(root, config)) };
  },
  "closed-shadow": (config) => {
    const root = shadowed(config, "closed");
    return { root, open: once(() => mountChat(root, config)) };
  },
  popup: (config) => {
    document.head.append(sheet(config));
    return { root: document.body, open: () => window.open(chatUrl(config, location.origin), "_blank", "width=420,height=640") };
  },
};

export const makeShell = (config) => shells[config.widget.technology](config);
