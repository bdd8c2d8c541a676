// The reference: when each of the desk's texts can first be seen, and when the visitor acted. It shares nothing with chatprobe.
// TEXTS stands before this script, put there by the server.
'use strict';
(() => {
  const page = Math.random().toString(36).slice(2);
  const acts = [];
  const seen = {};
  const roots = [];
  const now = () => performance.timeOrigin + performance.now();
  const squeeze = (text) => text.replace(/\s+/g, ' ').trim();

  const tell = () => fetch('/seen', { method: 'POST', body: JSON.stringify({ page, acts, seen }), keepalive: true });

  // Whether a text stands in one of the smallest elements that hold all of it and have a place on the page.
  function shows(text, at) {
    if (!at || !squeeze(at.textContent).includes(text)) return false;
    const inner = [...at.children].filter((child) => squeeze(child.textContent).includes(text));
    if (inner.length) return inner.some((child) => shows(text, child));
    if (!(at instanceof Element) || /^(SCRIPT|STYLE|TEMPLATE)$/.test(at.tagName)) return false;
    const box = at.getBoundingClientRect();
    return box.width > 2 && box.height > 2 && at.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }

  function look() {
    let news = false;
    for (const text of TEXTS) {
      if (text in seen || ![document.body, ...roots].some((root) => shows(text, root))) continue;
      seen[text] = now();
      news = true;
    }
    if (news) tell();
  }

  const watcher = new MutationObserver(look);
  const watch = (root) => watcher.observe(root, { childList: true, characterData: true, subtree: true, attributes: true });
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    roots.push(root);
    watch(root);
    return root;
  };
  watch(document);
  const each = () => {
    look(); // what only a style sheet or a transition reveals changes no element
    requestAnimationFrame(each);
  };
  each();

  const act = () => {
    acts.push(now());
    tell();
  };
  window.addEventListener('keydown', (event) => event.key === 'Enter' && act(), true);
  window.addEventListener('click', act, true);
})();
