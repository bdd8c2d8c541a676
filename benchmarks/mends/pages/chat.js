let root = document;
function row(kind, text) {
  const made = document.createElement('div');
  made.className = '$row ' + (kind === 'agent' ? '$agent' : '$mine');
  made.textContent = text;
  root.querySelector('.$rows').append(made);
}
function wire(where) {
  root = where;
  const box = root.querySelector('.$box');
  const go = () => {
    const text = (box.value ?? box.innerText).trim();
    if (!text) return;
    if ('value' in box) box.value = '';
    else box.textContent = '';
    row('visitor', text);
    setTimeout(() => row('agent', 'Good day! It takes one working day.'), 400);
  };
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    go();
  });
  root.querySelector('.$send').addEventListener('click', go);
}
const show = (one) => { root.querySelector(one).style.display = 'flex'; };
