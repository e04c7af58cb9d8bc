// Menus, toasts, printing, the search key and WeChat's browser. Works on what the page marks with data- attributes.
const TOAST_MS = 8000;

const openMenus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      // In a narrow window the box is not there: its page is.
      if (search.offsetParent) search.focus();
      else window.location.assign(search.form.action);
    }
  }
});

// Only one menu at a time.
document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.matches || !event.target.matches("details[data-menu]") || !event.target.open) return;
    for (const menu of openMenus()) if (menu !== event.target) menu.open = false;
  },
  true,
);

// A toast leaves by itself unless it is being read; one that tells of a failure stays until it is closed.
for (const toast of document.querySelectorAll("[data-toasts] .toast")) {
  toast.querySelector("[data-close]").addEventListener("click", () => toast.remove());
  if (toast.classList.contains("toast-over")) continue;
  let timer = setTimeout(() => toast.remove(), TOAST_MS);
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", () => {
    timer = setTimeout(() => toast.remove(), TOAST_MS);
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A drawing that is wider than its box opens at today, with what was before it and what comes in sight.
for (const box of document.querySelectorAll("[data-open-at-today]")) {
  const today = box.querySelector("[data-today]");
  if (!today || box.scrollWidth <= box.clientWidth) continue;
  const seen = box.querySelector("[data-stays]");
  const from = seen ? seen.getBoundingClientRect().width : 0;
  const left = today.getBoundingClientRect().left - box.getBoundingClientRect().left;
  box.scrollLeft += left - from - (box.clientWidth - from) / 2;
}

// WeChat's browser saves no files: say so where the page offers one.
if (/MicroMessenger/i.test(navigator.userAgent) && document.querySelector("[data-download]")) {
  const hint = document.querySelector("[data-wechat]");
  if (hint) hint.hidden = false;
}

// Attendance: hours and remark show for the exceptions only; without scripts they always do.
for (const list of document.querySelectorAll(".att-list")) {
  const look = (row) => {
    const chosen = row.querySelector("input[type=radio]:checked");
    const isPlain = !row.classList.contains("att-open") && (!chosen || chosen.value === "present");
    row.classList.toggle("att-plain", isPlain);
    row.classList.toggle("att-whole", !chosen || !("hours" in chosen.dataset));
  };
  for (const row of list.children) look(row);
  list.addEventListener("change", (event) => look(event.target.closest(".att-row")));
}
