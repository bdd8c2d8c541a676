// The page's end of the four transports. `connect` returns {send(frame)}; frames from the operator go to `onFrame`.

const post = (base, frame) =>
  fetch(`${base}/say`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(frame),
    keepalive: true,
  });

// What the socket wraps each frame in.
const unwrap = {
  plain: JSON.parse,
  socketio: (text) => JSON.parse(text.slice(2))[1],
  sockjs: (text) => JSON.parse(JSON.parse(text.slice(1))[0]),
  ddp: (text) => JSON.parse(text).fields.args[0],
};

function websocket(base, onFrame, envelope) {
  const socket = new WebSocket(`${base.replace("http", "ws")}/socket`);
  const waiting = [];
  socket.onopen = () => waiting.splice(0).forEach((text) => socket.send(text));
  socket.onmessage = (event) => onFrame(unwrap[envelope](event.data));
  return {
    send(frame) {
      const text = JSON.stringify(frame);
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
      else waiting.push(text);
    },
  };
}

function sse(base, onFrame, envelope) {
  const name = envelope === "named" ? "conversation" : "message";
  new EventSource(`${base}/events`).addEventListener(name, (event) => onFrame(JSON.parse(event.data)));
  return { send: (frame) => post(base, frame) };
}

function asking(base, onFrame, query, pauseMs) {
  let since = 0;
  const ask = async () => {
    const answer = await fetch(`${base}/updates?since=${since}${query}`);
    if (!answer.ok) return;
    const frames = await answer.json();
    since += frames.length;
    frames.forEach(onFrame);
    setTimeout(ask, pauseMs);
  };
  ask();
  return { send: (frame) => post(base, frame) };
}

export function connect(config, onFrame) {
  const base = `${location.origin}/api/${config.id}`;
  const { transport, poll_s, envelope = "plain" } = config.widget;
  if (transport === "websocket") return websocket(base, onFrame, envelope);
  if (transport === "sse") return sse(base, onFrame, envelope);
  if (transport === "longpoll") return asking(base, onFrame, "&hold", 0);
  return asking(base, onFrame, "", poll_s * 1000);
}
