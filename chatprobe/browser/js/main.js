// The beat shows how long the page was busy with other things; the commands below are what is left.
let beatTimer = 0;
let lastBeat = 0;
let longestGap = 0;

command('beat', (on) => {
  const longest = longestGap;
  if (on && !beatTimer) {
    lastBeat = now();
    longestGap = 0;
    beatTimer = every(() => {
      const at = now();
      longestGap = Math.max(longestGap, at - lastBeat);
      lastBeat = at;
    }, 100);
  }
  return { gap: beatTimer ? Math.max(longest, now() - lastBeat) : null, now: now(), wall: Date.now() };
});

command('sleep', () => sleepObserver());

// Endless decoration costs milliseconds and says nothing; what ends by itself (fades) must go on.
command('calm', () => {
  let paused = 0;
  for (const root of roots) {
    if (!root.getAnimations) continue;
    for (const animation of root.getAnimations()) {
      const timing = animation.effect && animation.effect.getComputedTiming();
      if (timing && timing.iterations === Infinity) {
        animation.pause();
        paused += 1;
      }
    }
  }
  return paused;
});

// Counts matches of a CSS selector in every tree of this document, closed ones too, with the first visible one's centre.
command('find', (selector) => {
  let count = 0;
  let visible = 0;
  let first = null;
  for (const root of roots) {
    for (const element of root.querySelectorAll(selector)) {
      count += 1;
      if (!rendered(element)) continue;
      visible += 1;
      if (!first) {
        element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        const box = element.getBoundingClientRect();
        first = { id: idOf(element), x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }
    }
  }
  return { count, visible, first };
});

// A window opened blank keeps its globals, and this observer, when its first same-origin page arrives.
let ownDocument = document;

function renewIfReplaced() {
  if (document === ownDocument) return;
  ownDocument = document;
  scope = box = echo = place = rowsIn = ownLook = null;
  posting = false;
  hidden.clear();
  dirty = new Set();
  adoptRoot(document);
  sayHello();
}

every(renewIfReplaced, 100);

function sayHello() {
  post('hello', { url: String(location.href).slice(0, 500), top: window.top === window });
}

sayHello();
