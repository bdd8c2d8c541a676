let tree = document;
const one = (css) => tree.querySelector(css);
function say(from, text) {
  const row = document.createElement('@row@');
  row.className = '$row';
  row.dataset.from = from;
  row.append(Object.assign(document.createElement('p'), { textContent: text }));
  one('.$rows').append(row);
}
function ready(where) {
  tree = where;
  const field = one('.$box');
  const go = () => {
    const text = (field.value ?? field.innerText).trim();
    if (!text) return;
    if ('value' in field) field.value = '';
    else field.textContent = '';
    say('guest', text);
    setTimeout(() => say('agent', 'Hello, that is one working day as a rule.'), 400);
  };
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    go();
  });
  one('.$send')?.addEventListener('click', go);
}
