// Sheets entered one after another: a digit goes on to the next box, Enter and the arrows move between lines.
for (const grid of document.querySelectorAll("[data-grid]")) {
  const boxes = [...grid.querySelectorAll("input, select")];
  const perLine = grid.querySelector(".ev-line")?.querySelectorAll("input, select").length ?? 1;

  const go = (from, steps) => boxes[boxes.indexOf(from) + steps]?.focus();

  grid.addEventListener("input", (event) => {
    const most = Number(event.target.dataset.digit);
    const typed = Number(event.target.value);
    if (most && typed >= 1 && typed <= most && event.target.value.length === 1) go(event.target, 1);
  });
  grid.addEventListener("focusin", (event) => {
    if (event.target.dataset.digit) event.target.select();
  });
  grid.addEventListener("keydown", (event) => {
    if (!event.target.matches("input")) return;
    const steps = { Enter: 1, ArrowDown: perLine, ArrowUp: -perLine }[event.key];
    if (steps === undefined || event.isComposing) return;
    event.preventDefault();
    go(event.target, steps);
  });
}
