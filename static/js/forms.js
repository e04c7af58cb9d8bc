// Forms: one sending, drafts kept on the server, a question before typed text is left behind.
const DRAFT_MS = 5000;
const SKIPPED_TYPES = new Set(["password", "file", "hidden", "submit", "button"]);
// Hidden, but a draft without them would not know its form, nor the state of the record that was typed on.
const CARRIED = new Set(["submission", "version"]);

const changed = new Set();
let sending = false;

// What may be kept as a draft: never passwords, files, hidden values or what is marked as restricted.
function draftOf(form) {
  const body = new URLSearchParams();
  for (const field of form.elements) {
    const skipped = SKIPPED_TYPES.has(field.type) && !CARRIED.has(field.name);
    if (!field.name || field.disabled || skipped || field.closest("[data-restricted]")) continue;
    if ((field.type === "checkbox" || field.type === "radio") && !field.checked) continue;
    if (field.type === "select-multiple") {
      for (const option of field.selectedOptions) body.append(field.name, option.value);
    } else {
      body.append(field.name, field.value);
    }
  }
  return body.toString();
}

function dataOf(form, withToken) {
  const data = new URLSearchParams({ page: window.location.pathname + window.location.search, body: draftOf(form) });
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  if (withToken && token) data.append("csrfmiddlewaretoken", token.value);
  return data;
}

// What is kept on the server may be left behind without a question.
async function keepDraft(form) {
  const mark = form.querySelector("[data-saved]");
  const data = dataOf(form);
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  try {
    const answer = await fetch(form.dataset.draft, {
      method: "POST",
      headers: { "X-CSRFToken": token ? token.value : "" },
      body: data,
      credentials: "same-origin",
      redirect: "error",
    });
    if (!answer.ok) return;
    changed.delete(form);
    if (mark) {
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      mark.textContent = mark.dataset.text.replace("{time}", time);
    }
  } catch (error) {
    // Out of reach: the next change tries again, and the browser still holds the text.
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  let timer = 0;
  const note = () => {
    changed.add(form);
    if (timer) return;
    timer = setTimeout(() => {
      timer = 0;
      keepDraft(form);
    }, DRAFT_MS);
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
  });
  // Left before its time: the draft goes along by itself.
  window.addEventListener("pagehide", () => {
    if (!timer || !navigator.sendBeacon) return;
    clearTimeout(timer);
    timer = 0;
    navigator.sendBeacon(form.dataset.draft, dataOf(form, true));
  });
  form.addEventListener("qinglan:keep", (event) => {
    clearTimeout(timer);
    timer = 0;
    event.detail.work = keepDraft(form);
  });
  // note.js keeps and sends its form by itself: kept on the phone, it may be left; sent, nothing is kept any more.
  form.addEventListener("qinglan:kept", () => changed.delete(form));
  form.addEventListener("qinglan:sent", () => {
    clearTimeout(timer);
    timer = 0;
    changed.delete(form);
  });
}

// A second press while the first is on its way does nothing; coming back by “Back” frees the button again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method.toLowerCase() !== "post" || "file" in form.dataset) return; // a file comes, and the page stays
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  sending = true;
  const button = event.submitter || form.querySelector("button[type=submit]");
  if (button) {
    button.classList.add("is-busy");
    button.setAttribute("aria-busy", "true");
  }
});

window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  sending = false;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll(".is-busy")) {
      button.classList.remove("is-busy");
      button.removeAttribute("aria-busy");
    }
  }
});

window.addEventListener("beforeunload", (event) => {
  if (sending || changed.size === 0) return;
  event.preventDefault();
  event.returnValue = "";
});

// After a refusal the reader starts at what is wrong.
const refused = document.querySelector("[data-focus]");
if (refused) refused.focus();
