// What travels to and from the server by socket or event stream, with the page's own times.
const WIRE_LIMIT = 16000;
const WIRE_PER_SECOND = 25;
let wireOn = false; // only documents of the chat are listened to

// Whether one more is within so many a second.
function rateOf(most) {
  let since = 0;
  let count = 0;
  return (at) => {
    if (at - since > 1000) {
      since = at;
      count = 0;
    }
    count += 1;
    return count <= most;
  };
}

const mayNote = rateOf(WIRE_PER_SECOND);

function postWire(via, direction, url, data, at) {
  post('wire', { via, direction, url: String(url).split(/[?#]/)[0].slice(0, 300), data: data.slice(0, WIRE_LIMIT) }, at);
}

function noteWire(via, direction, url, data) {
  const at = now();
  if (wireOn && typeof data === 'string' && mayNote(at)) postWire(via, direction, url, data, at);
}

function tap(Constructor, attach) {
  return new Proxy(Constructor, {
    construct(target, argumentsList, newTarget) {
      const made = Reflect.construct(target, argumentsList, newTarget);
      attach(made);
      return made;
    },
  });
}

if (window.WebSocket) {
  const nativeSend = WebSocket.prototype.send;
  WebSocket.prototype.send = new Proxy(nativeSend, {
    apply(target, self, argumentsList) {
      noteWire('websocket', 'out', self.url, argumentsList[0]);
      return Reflect.apply(target, self, argumentsList);
    },
  });
  window.WebSocket = tap(window.WebSocket, (socket) => {
    listen(socket, 'message', (event) => noteWire('websocket', 'in', socket.url, event.data));
  });
}

if (window.EventSource) {
  const nativeAdd = EventTarget.prototype.addEventListener;
  window.EventSource = tap(window.EventSource, (stream) => {
    const heard = new Set(['message']);
    const hear = (event) => noteWire('eventsource', 'in', stream.url, event.data);
    listen(stream, 'message', hear);
    // Named events reach only listeners of that name: hear the same names the page does.
    stream.addEventListener = function (name, ...rest) {
      if (!heard.has(name)) {
        heard.add(name);
        listen(stream, name, hear);
      }
      return Reflect.apply(nativeAdd, this, [name, ...rest]);
    };
  });
}

command('wire', (on) => {
  wireOn = Boolean(on);
  return true;
});
