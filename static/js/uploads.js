// Chosen files: said at once what is too many or too large, photos made smaller before they are sent.
// The server checks everything again; without this script only the sending takes longer.
const MEGABYTE = 1024 * 1024;
const EDGE = 2560;
const SMALL_ENOUGH = 1.5 * MEGABYTE;
const QUALITY = 0.86;

const working = new Map();
// Inputs whose choice cannot be sent as it is; it stays chosen. Sending stops there once, so that nothing goes out without
// its pictures unnoticed, and each time where the form is nothing without its files.
// By input since when it is stopped, 0 before: a thumb that taps twice has not read why.
const refused = new Map();
const READING_MS = 1500;

const inWords = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name]);

const sizeOf = (file) =>
  file.size >= MEGABYTE ? `${(file.size / MEGABYTE).toFixed(1)} MB` : `${Math.max(1, Math.round(file.size / 1024))} KB`;

const row = (text, ...beside) => {
  const line = document.createElement("p");
  line.append(text, ...beside);
  return line;
};

function say(input, lines, refused) {
  const place = input.parentElement.querySelector("[data-picked]");
  if (!place) return;
  place.replaceChildren(...lines);
  place.classList.toggle("is-refused", Boolean(refused));
}

// What is wrong with the choice, line by line, and at the end how much goes at once; nothing where it can be sent.
function faults(input, files) {
  const { uploadCount, uploadBytes, uploadTotal, tooMany, tooLarge, tooMuch, atOnce, and } = input.dataset;
  const [most, each, all] = [Number(uploadCount || 1), Number(uploadBytes), Number(uploadTotal)];
  const limits = { most, each: Math.floor(each / MEGABYTE), all: Math.floor(all / MEGABYTE) };
  const found = [];
  if (files.length > most) found.push(inWords(tooMany, { sent: files.length, most }));
  const large = files.filter((file) => file.size > each).map((file) => `${file.name} (${sizeOf(file)})`);
  if (large.length) found.push(inWords(tooLarge, { names: large.join(and), ...limits }));
  const sum = files.reduce((bytes, file) => bytes + file.size, 0);
  if (sum > all) found.push(inWords(tooMuch, { sum: sizeOf({ size: sum }), ...limits }));
  if (found.length && most > 1) found.push(inWords(atOnce, limits));
  return found;
}

// The button beside a file of a choice that cannot be sent: without it the others can be, none has to be found again.
function leaveOut(input, number) {
  const { leaveOut: word } = input.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-quiet";
  button.textContent = word;
  button.setAttribute("aria-label", `${word} · ${input.files[number].name}`);
  button.addEventListener("click", () => {
    const held = new DataTransfer();
    for (const [place, file] of [...input.files].entries()) if (place !== number) held.items.add(file);
    input.files = held.files;
    start(input);
    const left = input.parentElement.querySelectorAll("[data-picked] button");
    (left[Math.min(number, left.length - 1)] || input).focus();
  });
  return button;
}

function canLeaveOut(input) {
  try {
    return input.multiple && input.files.length > 1 && Boolean(new DataTransfer());
  } catch (error) {
    return false;
  }
}

function show(input) {
  const files = [...input.files];
  const wrong = faults(input, files);
  refused.delete(input);
  if (wrong.length) refused.set(input, 0);
  const leaves = wrong.length && canLeaveOut(input);
  const named = files.map((file, number) => {
    const line = row(`${file.name} · ${sizeOf(file)}`, ...(leaves ? [" ", leaveOut(input, number)] : []));
    line.classList.toggle("ink2", file.size <= Number(input.dataset.uploadBytes));
    return line;
  });
  say(input, [...wrong.map((text) => row(text)), ...named], wrong.length);
}

// A photo as JPEG that fits EDGE; the file itself where the browser cannot read it or nothing would be gained.
async function smaller(file) {
  if (file.size <= SMALL_ENOUGH || !/^image\/(jpeg|heic|heif)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    if (picture.close) picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
  } catch (error) {
    return file;
  }
}

async function take(input) {
  const many = input.files.length > Number(input.dataset.uploadCount || 1);
  if (!many && [...input.files].some((file) => file.size > SMALL_ENOUGH)) {
    say(input, [row(input.dataset.makingSmaller)]);
    const chosen = input.files;
    const files = await Promise.all([...chosen].map(smaller));
    if (input.files !== chosen) return;
    try {
      const held = new DataTransfer();
      for (const file of files) held.items.add(file);
      input.files = held.files;
    } catch (error) {
      // An old browser: they go as they are.
    }
  }
  show(input);
}

function start(input) {
  const work = take(input).finally(() => {
    if (working.get(input) === work) working.delete(input);
  });
  working.set(input, work);
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.matches && input.matches("input[type=file][data-upload-bytes]")) start(input);
});

// Sending waits until the pictures of the form are ready.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const waiting = [...working].filter(([input]) => form.contains(input)).map(([, work]) => work);
    const untaken = waiting.length ? null : [...refused.keys()].find((input) => form.contains(input));
    const since = untaken ? refused.get(untaken) : 0;
    if (since && !untaken.required && Date.now() - since > READING_MS) {
      refused.delete(untaken);
      untaken.value = "";
    } else if (untaken) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (since) return;
      refused.set(untaken, Date.now());
      const place = untaken.parentElement.querySelector("[data-picked]");
      if (place) place.append(row(untaken.required ? untaken.dataset.notSent : untaken.dataset.notTaken));
      untaken.scrollIntoView({ block: "center" });
      untaken.focus();
      return;
    }
    if (!waiting.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    Promise.all(waiting).then(() => {
      if (form.requestSubmit) form.requestSubmit(event.submitter || undefined);
      else form.submit();
    });
  },
  true,
);
