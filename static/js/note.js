// The phone note: kept on the phone while it is written, sent once, sent again by itself when the signal is back.
// What lies on the phone is sealed under a key that only its writer's account is given (mentorship/note_drafts.py), and
// only notes that the trainee reads lie there: others wait in the open page and, sealed, on the server (forms.js).
const PREFIX = "qinglan-note:";
const OWNER = "qinglan-note-owner";
const DAYS_KEPT = 30;
const KEEP_MS = 300;
const RETRY_MS = 20000;
const PATIENCE_MS = 30000;
const PATIENCE_WITH_PHOTOS_MS = 180000;
const FIELDS = ["way", "text", "next_step", "next_step_on", "topic", "happened_on", "visibility", "submission"];

// Private windows and full phones refuse to keep anything: then the server's draft is all there is.
const phone = {
  get(name) {
    try {
      return JSON.parse(window.localStorage.getItem(name));
    } catch (error) {
      return null;
    }
  },
  set(name, value) {
    try {
      window.localStorage.setItem(name, JSON.stringify(value));
      return true;
    } catch (error) {
      return false;
    }
  },
  remove(name) {
    try {
      window.localStorage.removeItem(name);
    } catch (error) {
      // Nothing was kept there either.
    }
  },
};

const bytesOf = (hex) => new Uint8Array(hex.match(/../g).map((pair) => parseInt(pair, 16)));
const toText = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const fromText = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

// Browsers offer the cipher on safe connections only; without it nothing is kept on the phone.
const canSeal = Boolean(window.crypto && window.crypto.subtle && window.localStorage);

async function cipher(hex) {
  return window.crypto.subtle.importKey("raw", bytesOf(hex), "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function seal(hex, value) {
  const iv = window.crypto.getRandomValues(new Uint8Array(12));
  const data = new TextEncoder().encode(JSON.stringify(value));
  const sealed = await window.crypto.subtle.encrypt({ name: "AES-GCM", iv }, await cipher(hex), data);
  return toText(iv) + "." + toText(new Uint8Array(sealed));
}

async function unseal(hex, text) {
  const [iv, sealed] = text.split(".").map(fromText);
  const data = await window.crypto.subtle.decrypt({ name: "AES-GCM", iv }, await cipher(hex), sealed);
  return JSON.parse(new TextDecoder().decode(data));
}

class Note {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.key;
    this.name = `${PREFIX}${form.dataset.owner}:${form.dataset.pairing}`;
    this.waiting = false;
    this.sending = false;
    this.gone = false;
    this.renewed = false;
    this.timer = 0;
    this.turn = Promise.resolve();
    this.button = form.querySelector("button[type=submit]");
  }

  value(name) {
    return new FormData(this.form).get(name) || "";
  }

  get photos() {
    const input = this.form.querySelector("input[type=file]");
    return input ? input.files.length : 0;
  }

  get isLocal() {
    return canSeal && this.value("visibility") === "shared";
  }

  show(name, visible) {
    for (const part of document.querySelectorAll(`[data-note-${name}]`)) part.hidden = !visible;
  }

  // One after the other, so that an older text never comes to lie above a newer one.
  keep(state = {}) {
    this.turn = this.turn.then(() => this.write(state)).catch(() => this.show("kept", false));
    return this.turn;
  }

  async write(state) {
    if (this.gone) return;
    if (!this.isLocal) {
      phone.remove(this.name);
      this.show("kept", false);
      return;
    }
    const values = {};
    for (const name of FIELDS) values[name] = this.value(name);
    const body = await seal(this.key, values);
    const item = { at: Date.now(), waiting: this.waiting, photos: this.photos, ...state, body };
    const done = phone.set(this.name, item);
    this.show("kept", done);
    if (done) this.form.dispatchEvent(new Event("qinglan:kept"));
  }

  // For good: the page that is being left must not write it down once more.
  forget() {
    this.gone = true;
    clearTimeout(this.timer);
    this.turn = this.turn.then(() => phone.remove(this.name));
    return this.turn;
  }

  async restore() {
    const item = phone.get(this.name);
    if (!item || !canSeal || "refused" in this.form.dataset) return;
    if (Date.now() - item.at > DAYS_KEPT * 86400000) {
      phone.remove(this.name);
      return;
    }
    let values;
    try {
      values = await unseal(this.key, item.body);
    } catch (error) {
      phone.remove(this.name);
      return;
    }
    if (!values.text && !values.next_step && !values.topic) return;
    for (const name of FIELDS) this.fill(name, values[name] || "");
    const restoredByServer = document.querySelector("[data-note-server]");
    this.show("restored", !restoredByServer);
    this.show("kept", true);
    this.form.dispatchEvent(new Event("input"));
    if (item.photos) this.show("photos", true);
    else if (item.waiting) this.send();
  }

  fill(name, value) {
    const field = this.form.elements[name];
    if (!field) return;
    if (field instanceof RadioNodeList) {
      for (const choice of field) choice.checked = choice.value === value;
    } else {
      field.value = value;
    }
  }

  busy(on) {
    this.sending = on;
    this.button.classList.toggle("is-busy", on);
    if (on) this.button.setAttribute("aria-busy", "true");
    else this.button.removeAttribute("aria-busy");
  }

  async send() {
    if (this.sending) return;
    this.busy(true);
    clearTimeout(this.timer);
    await this.keep({ waiting: true });
    const control = new AbortController();
    const patience = setTimeout(() => control.abort(), this.photos ? PATIENCE_WITH_PHOTOS_MS : PATIENCE_MS);
    let answer = null;
    try {
      answer = await fetch(window.location.href, {
        method: "POST",
        body: new FormData(this.form),
        headers: { "X-Qinglan-Send": "1", "HX-Request": "true", "HX-Current-URL": window.location.href },
        credentials: "same-origin",
        signal: control.signal,
      });
    } catch (error) {
      answer = null;
    }
    clearTimeout(patience);
    await this.answered(answer);
  }

  async answered(answer) {
    if (!answer || answer.status >= 500 || answer.status === 429) {
      this.lost();
    } else if (answer.status === 201) {
      const { url } = await answer.json();
      await this.forget();
      this.leave();
      window.location.replace(url);
    } else if (answer.status === 401 && !this.isLocal) {
      // Nothing of it lies on the phone: it stays in the open page until somebody has signed in elsewhere.
      this.busy(false);
      this.signedOut();
    } else if (answer.status === 401 && answer.headers.get("HX-Redirect")) {
      await this.keep({ waiting: false });
      this.leave();
      window.location.assign(answer.headers.get("HX-Redirect"));
    } else if (answer.status === 403) {
      this.busy(false);
      await this.keep({ waiting: false });
      if (await this.renew()) this.send();
      else if (this.isLocal) this.show("old", true);
      else this.signedOut();
    } else {
      // Refused: the server's own page says why, beside each field, with everything that was typed.
      await this.keep({ waiting: false, sent: true });
      this.leave();
      HTMLFormElement.prototype.submit.call(this.form);
    }
  }

  signedOut() {
    this.waiting = false;
    this.show("lost", false);
    this.show("lost-open", false);
    this.show("signed-out", true);
  }

  // The page is older than the last sign-in: it gets the token of the same page as it is now, and keeps what was typed.
  async renew() {
    const field = this.form.elements.csrfmiddlewaretoken;
    try {
      const answer = await fetch(window.location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const same = page.querySelector("form[data-note]");
      if (!same || same.dataset.owner !== this.form.dataset.owner) return false;
      const fresh = same.elements.csrfmiddlewaretoken.value;
      if (!fresh || this.renewed) return false;
      this.renewed = true;
      field.value = fresh;
      this.show("signed-out", false);
      return true;
    } catch (error) {
      return false;
    }
  }

  leave() {
    this.form.dispatchEvent(new Event("qinglan:sent"));
  }

  // No answer: it may have arrived or not. The same page sent again meets the note that it became.
  lost() {
    this.busy(false);
    this.waiting = true;
    this.keep();
    const local = this.isLocal;
    this.show("lost", local);
    this.show("lost-open", !local);
    this.button.textContent = this.button.dataset.again;
  }

  listen() {
    const changed = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), KEEP_MS);
    };
    this.form.addEventListener("input", changed);
    this.form.addEventListener("change", changed);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.renewed = false;
      this.send();
    });
    window.addEventListener("online", () => this.waiting && this.send());
    setInterval(() => this.waiting && navigator.onLine && this.send(), RETRY_MS);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.timer) this.keep();
    });
    for (const part of document.querySelectorAll("[data-note-discard]")) {
      part.addEventListener("click", async () => {
        await this.forget();
        this.leave();
        window.location.reload();
      });
    }
    const server = document.querySelector("[data-note-server] form");
    if (server) server.addEventListener("submit", () => this.forget());
    for (const chip of this.form.querySelectorAll("[data-step]")) {
      chip.hidden = false;
      chip.addEventListener("click", () => this.suggest(chip));
    }
  }

  suggest(chip) {
    const { next_step: step, next_step_on: day } = this.form.elements;
    step.value = chip.dataset.step;
    if (!day.value) day.value = chip.dataset.day;
    for (const other of this.form.querySelectorAll("[data-step]")) {
      other.classList.toggle("on", other === chip);
      other.setAttribute("aria-pressed", String(other === chip));
    }
    this.form.dispatchEvent(new Event("input"));
  }
}

function remember(owner) {
  try {
    window.sessionStorage.setItem(OWNER, owner);
  } catch (error) {
    // Signing out then leaves sealed drafts behind, which nobody else opens.
  }
}

const form = document.querySelector("form[data-note]");
const note = form ? new Note(form) : null;
if (note) {
  remember(form.dataset.owner);
  note.listen();
  note.restore();
}

// The page after sending: what was sent without this script's help is no draft any more.
const sent = document.querySelector("[data-note-sent]");
if (sent) {
  const name = `${PREFIX}${sent.dataset.owner}:${sent.dataset.noteSent}`;
  const item = phone.get(name);
  if (item && item.sent) phone.remove(name);
}

// The desk: which mentee has a note that was not sent.
for (const mark of document.querySelectorAll("[data-note-draft]")) {
  remember(mark.dataset.owner);
  const item = phone.get(`${PREFIX}${mark.dataset.owner}:${mark.dataset.noteDraft}`);
  if (!item) continue;
  mark.hidden = false;
  mark.querySelector(item.waiting ? "[data-waiting]" : "[data-begun]").hidden = false;
}

// Whoever signs out leaves nothing on the phone; what was typed waits, sealed, on the server.
document.addEventListener("submit", async (event) => {
  const leaving = event.target;
  if (!leaving.matches("form[data-sign-out]")) return;
  if (note && !note.gone) {
    event.preventDefault();
    const asked = { work: null };
    note.form.dispatchEvent(new CustomEvent("qinglan:keep", { detail: asked }));
    await asked.work;
    await note.forget();
    note.leave();
    clear();
    HTMLFormElement.prototype.submit.call(leaving);
  } else {
    clear();
  }
});

function clear() {
  try {
    const owner = window.sessionStorage.getItem(OWNER);
    window.sessionStorage.removeItem(OWNER);
    for (const name of Object.keys(window.localStorage)) {
      if (owner && name.startsWith(`${PREFIX}${owner}:`)) phone.remove(name);
    }
  } catch (error) {
    // Nothing could be kept there either.
  }
}
