// What the widgets of this folder share: a desk behind a transport, and the page's own log of what it showed and when.
'use strict';
const kit = (() => {
  const base = new URL('.', document.currentScript.src).origin;
  const truth = [];
  const now = () => performance.timeOrigin + performance.now();
  let visit = '';
  let hear = () => {};
  let last = 0;

  const post = (path, body) => fetch(base + path, { method: 'POST', body: JSON.stringify(body), mode: 'cors' });

  // Rows may come twice, by a transport that repeats itself.
  function take(row) {
    if (row.n <= last) return;
    last = row.n;
    hear(row);
    truth.push({ who: row.who, text: row.text, at: now() });
    if (row.over) setTimeout(() => post('/truth/' + visit, truth), 300);
  }

  const transports = {
    poll: () => setInterval(async () => (await (await fetch(`${base}/desk/${visit}?after=${last}`)).json()).forEach(take), 900),
    sse: () => { new EventSource(`${base}/desk/${visit}/sse`).onmessage = (event) => take(JSON.parse(event.data)); },
    socket: () => { new WebSocket(`${base.replace('http', 'ws')}/desk/${visit}/socket`).onmessage = (event) => take(JSON.parse(event.data)); },
  };

  return {
    now,
    // Opens a conversation; `on` gets each row { who, name, text, time }.
    async open(name, transport, on) {
      hear = on;
      visit = await (await post('/open/' + name, {})).json();
      transports[transport]();
    },
    // The visitor's words: `shown` draws them, as the page would.
    async say(text, shown, acted = now()) {
      truth.push({ who: 'act', text, at: acted });
      shown({ who: 'visitor', name: '', text, time: '12:01' });
      await post('/say/' + visit, { text });
    },
    // Calls send(text) when Enter is pressed in a field, or a control is clicked.
    sends(field, send, control, enter = true) {
      const read = () => ('value' in field ? field.value : field.innerText).trim();
      const go = () => {
        const text = read();
        if (!text) return;
        if ('value' in field) field.value = '';
        else field.textContent = '';
        send(text);
      };
      field.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' || event.shiftKey || (!enter && !event.ctrlKey)) return;
        event.preventDefault();
        go();
      });
      if (control) control.addEventListener('click', go);
    },
    make(tag, attributes, ...inside) {
      const made = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
      made.append(...inside);
      return made;
    },
  };
})();
