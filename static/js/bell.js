// The number beside the bell: asked when the page opens and each minute while it is looked at. Asking is no activity.
const EVERY_MS = 60000;
const bell = document.querySelector("[data-bell]");

const ask = async () => {
  if (document.hidden) return;
  let answer;
  try {
    answer = await fetch(bell.dataset.bell, { headers: { "X-Poll": "1" }, redirect: "manual", credentials: "same-origin" });
  } catch {
    return;
  }
  if (answer.ok) bell.querySelector("[data-bell-count]").innerHTML = await answer.text();
  // A session that has ended leads elsewhere: the page stays as it is, the next press asks to sign in.
  else if (answer.type === "opaqueredirect" || answer.status === 401) clearInterval(timer);
};

const timer = bell ? setInterval(ask, EVERY_MS) : 0;
if (bell) ask();
