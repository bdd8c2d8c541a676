// Says at once what a mark stands for, and unfolds everything for the printer. The page loses nothing without it.
"use strict";
const tip = document.getElementById("tip");
function show(event) {
  const mark = event.target.closest ? event.target.closest(".mark") : null;
  tip.hidden = !mark;
  if (!mark) return;
  const title = mark.querySelector("title");
  if (title) {
    mark.dataset.tip = title.textContent;
    title.remove(); // or the browser would show its own on top
  }
  tip.textContent = mark.dataset.tip;
  const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
  const above = event.clientY - tip.offsetHeight - 12;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${above < 8 ? event.clientY + 18 : above}px`;
}
document.addEventListener("pointermove", show);
document.addEventListener("pointerdown", show);
addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details.behind")) one.open = true;
});
