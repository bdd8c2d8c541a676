// Calls functions of the page's own: the widget's public JavaScript, as a script of the site would call it.
let lastCall = { over: true, error: null };

// Whether there is such a function. It runs a moment later, among whatever the page made of the natives: what it draws
// must reach the hooks that watch the page.
command('call', ({ path, args }) => {
  const steps = path.split('.');
  let holder = null;
  try {
    holder = holderOf(steps);
  } catch {
    return false; // a getter of the page's
  }
  const run = holder && readFrom(holder, steps[steps.length - 1]);
  if (typeof run !== 'function') return false;
  const call = { over: false, error: null };
  lastCall = call;
  nativeLater(() => {
    try {
      apply(run, holder, args);
    } catch (error) {
      call.error = String(error).slice(0, 200) || 'an error';
    }
    call.over = true;
  }, 0);
  return true;
});

command('called', () => lastCall);
