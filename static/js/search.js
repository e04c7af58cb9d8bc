// The search box of the frame: the list under it opens while one types; arrows choose, Enter opens, Escape closes.
const box = document.querySelector("[data-search-box]");

if (box) {
  const input = box.querySelector("[data-search]");
  const list = box.querySelector("[role=listbox]");
  const options = () => [...list.querySelectorAll("[role=option]")];
  let chosen = -1;

  const choose = (index) => {
    const all = options();
    chosen = all.length ? (index + all.length) % all.length : -1;
    all.forEach((option, place) => {
      option.id = `search-hit-${place}`;
      option.classList.toggle("on", place === chosen);
      option.setAttribute("aria-selected", String(place === chosen));
    });
    if (chosen < 0) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (open) => {
    const visible = open && list.childElementCount > 0 && input.value.trim() !== "";
    list.hidden = !visible;
    input.setAttribute("aria-expanded", String(visible));
    if (!visible) {
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
    }
  };

  list.addEventListener("htmx:afterSettle", () => {
    chosen = -1;
    show(document.activeElement === input);
  });
  input.addEventListener("focus", () => show(true));
  input.addEventListener("input", () => {
    if (input.value.trim() === "") show(false);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) show(true);
      if (list.hidden) return;
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      options()[chosen].click();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    }
  });
  document.addEventListener("click", (event) => {
    if (!box.contains(event.target)) show(false);
  });
}
