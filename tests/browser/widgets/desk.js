// A scripted desk: what it says after the visitor's question, and when the page really showed it.
'use strict';
const truth = [];
const pause = (ms) => new Promise((done) => setTimeout(done, ms / 2));
const words = {
  queue: 'You are number 2 in the queue. Please wait.',
  joined: 'Anna joined the chat',
  hello: 'Hello! Withdrawals usually take one to three working days.',
  second: 'Cards can take a little longer.',
  long:
    'The time depends on the method you choose and on whether your account has been verified before. Bank transfers are the ' +
    'slowest, because the banks do not work at weekends, and electronic purses are the fastest of all.',
  same: 'One moment please.',
  streamed: 'Your account is verified and nothing else is needed from you today.',
  last: 'Is there anything else?',
};

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

const clockTime = () => '14:0' + (truth.length % 10);

// widget: { box, row(kind, text) that may be awaited, typing(on)?, stream(text)?, again()? }; kind is visitor, agent or system.
function desk(widget) {
  const show = async (kind, text) => {
    await widget.row(kind, text);
    truth.push({ kind, text, at: performance.timeOrigin + performance.now() });
  };
  const answer = async () => {
    await pause(300);
    await show('system', words.queue);
    await pause(600);
    await show('system', words.joined);
    await pause(300);
    if (widget.typing) widget.typing(true);
    await pause(500);
    if (widget.typing) widget.typing(false);
    await show('agent', words.hello);
    await pause(250);
    await show('agent', words.second);
    await pause(700);
    await show('agent', words.long);
    await pause(500);
    await show('agent', words.same);
    await pause(700);
    await show('agent', words.same);
    await pause(300);
    if (widget.again) widget.again();
    await pause(500);
    if (widget.stream) {
      const at = performance.timeOrigin + performance.now();
      await widget.stream(words.streamed);
      truth.push({ kind: 'agent', text: words.streamed, at });
      await pause(400);
    }
    await show('agent', words.last);
    await pause(500);
    document.documentElement.dataset.over = 'yes';
  };
  let asked = false;
  widget.box.addEventListener('keydown', (event) => {
    const text = widget.box.value;
    if (event.key !== 'Enter' || event.shiftKey || !text.trim()) return;
    event.preventDefault();
    widget.box.value = '';
    show('visitor', text);
    if (!asked) answer();
    asked = true;
  });
}

async function streamInto(element, text) {
  for (const word of text.split(/(?= )/)) {
    element.textContent += word;
    await pause(60);
  }
}
