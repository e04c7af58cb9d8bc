// Tables: chosen columns as one value in the address, picked rows and their bar, cards that fold, and a scroll box only
// where it is needed.
const narrow = window.matchMedia("(max-width: 48rem)");

for (const form of document.querySelectorAll("form[data-columns]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const chosen = data.getAll("columns").join(",");
    data.delete("columns");
    if (chosen) data.append("columns", chosen);
    window.location.search = new URLSearchParams(data).toString();
  });
}

for (const bar of document.querySelectorAll("form[data-bulk]")) {
  const picks = [...document.querySelectorAll(`input[name=pick][form="${bar.id}"]`)];
  const page = document.querySelector(`[data-pick-all="${bar.id.replace(/-bulk$/, "")}"]`);
  const every = bar.querySelector("[data-every]");
  const count = bar.querySelector("[data-count]");
  const show = () => {
    const picked = picks.filter((pick) => pick.checked);
    const whole = picked.length === picks.length;
    if (every && !whole) every.checked = false;
    for (const pick of picks) pick.closest("tr").classList.toggle("sel", pick.checked);
    bar.hidden = picked.length === 0;
    count.textContent = count.dataset.text.replace("{count}", every && every.checked ? every.dataset.total : String(picked.length));
    if (page) {
      page.checked = whole;
      page.indeterminate = picked.length > 0 && !whole;
    }
  };
  const set = (value) => {
    for (const pick of picks) pick.checked = value;
    show();
  };
  for (const pick of picks) pick.addEventListener("change", show);
  if (page) page.addEventListener("change", () => set(page.checked));
  if (every) every.addEventListener("change", () => (every.checked ? set(true) : show()));
  bar.querySelector("[data-unpick]").addEventListener("click", () => set(false));
  show();
}

// A unit tree that is whole on the page is searched here: branches without the text step back, those with it open.
function narrowed(branch, text) {
  const own = branch.querySelector(":scope > a");
  const below = [...branch.querySelectorAll(":scope > details > ul > li")].map((item) => narrowed(item, text)).some(Boolean);
  const found = !text || below || own.textContent.toLowerCase().includes(text);
  branch.classList.toggle("out", !found);
  const box = branch.querySelector(":scope > details");
  if (box && text && below) box.open = true;
  return found;
}
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-tree-find]")) return;
  const text = event.target.value.trim().toLowerCase();
  for (const branch of event.target.closest("[data-tree]").querySelectorAll("nav > ul > li")) narrowed(branch, text);
});
document.addEventListener("submit", (event) => {
  if (event.target.querySelector("[data-tree-find]")) event.preventDefault();
});

// On a narrow screen the list comes first and the filters wait behind their button.
if (narrow.matches) {
  for (const box of document.querySelectorAll("[data-filters]:not([data-keep])")) box.open = false;
}

// On a narrow screen a card shows what is to be looked at; the rest waits behind its button. Without scripts all of it shows.
function foldRows() {
  for (const button of document.querySelectorAll("[data-unfold]")) {
    button.hidden = !narrow.matches;
    button.closest("tr").classList.toggle("folded", narrow.matches && button.getAttribute("aria-expanded") !== "true");
  }
}
foldRows();
narrow.addEventListener("change", foldRows);
document.addEventListener("htmx:afterSettle", foldRows);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-unfold]");
  if (!button) return;
  button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
  foldRows();
});

// A box that scrolls would take the sticky head with it, so only tables wider than their sheet get one.
function fitBoxes() {
  for (const box of document.querySelectorAll("[data-table-box]")) {
    box.classList.remove("scrolls");
    const wide = box.firstElementChild.scrollWidth > box.clientWidth + 1;
    box.classList.toggle("scrolls", wide);
    if (wide) {
      box.tabIndex = 0;
      box.setAttribute("role", "region");
    } else {
      box.removeAttribute("tabindex");
      box.removeAttribute("role");
    }
  }
}
fitBoxes();
window.addEventListener("resize", fitBoxes);
document.addEventListener("htmx:afterSettle", fitBoxes);

// The tree of the roster scrolls by itself; the chosen unit is brought into its middle.
function showChosen() {
  const chosen = document.querySelector("#tree-branches [aria-current]");
  if (!chosen) return;
  const box = chosen.closest("nav");
  const away = chosen.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += away - box.clientHeight / 2;
}
showChosen();
document.addEventListener("htmx:afterSettle", showChosen);
