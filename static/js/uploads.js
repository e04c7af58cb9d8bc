// Chosen files: said at once what is too many or too large, photos made smaller before they are sent.
// The server checks everything again; without this script only the sending takes longer.
const MEGABYTE = 1024 * 1024;
const EDGE = 2560;
const SMALL_ENOUGH = 1.5 * MEGABYTE;
const QUALITY = 0.86;

const working = new Map();
// Inputs whose choice was not taken: sending stops there once, so that nothing goes out without its pictures unnoticed.
// By input since when it is stopped, 0 before: a thumb that taps twice has not read why.
const refused = new Map();
const READING_MS = 1500;

const inWords = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name]);

const sizeOf = (file) =>
  file.size >= MEGABYTE ? `${(file.size / MEGABYTE).toFixed(1)} MB` : `${Math.max(1, Math.round(file.size / 1024))} KB`;

function say(input, lines, refused) {
  const place = input.parentElement.querySelector("[data-picked]");
  if (!place) return;
  place.replaceChildren(
    ...lines.map((line) => {
      const row = document.createElement("p");
      row.textContent = line;
      return row;
    }),
  );
  place.classList.toggle("is-refused", Boolean(refused));
}

// What is wrong with the choice; an empty text where nothing is.
function fault(input, files) {
  const { uploadCount, uploadBytes, uploadTotal, tooMany, tooLarge, tooMuch } = input.dataset;
  const most = Number(uploadCount || 1);
  if (files.length > most) return inWords(tooMany, { sent: files.length, most });
  const large = files.find((file) => file.size > Number(uploadBytes));
  if (large) return inWords(tooLarge, { name: large.name, most: Math.floor(Number(uploadBytes) / MEGABYTE) });
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (total > Number(uploadTotal)) return inWords(tooMuch, { most: Math.floor(Number(uploadTotal) / MEGABYTE) });
  return "";
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
  let files = [...input.files];
  const many = files.length > Number(input.dataset.uploadCount || 1);
  if (!many && files.some((file) => file.size > SMALL_ENOUGH)) {
    say(input, [input.dataset.makingSmaller]);
    const chosen = input.files;
    files = await Promise.all(files.map(smaller));
    if (input.files !== chosen) return;
    try {
      const held = new DataTransfer();
      for (const file of files) held.items.add(file);
      input.files = held.files;
    } catch (error) {
      files = [...input.files];
    }
  }
  const wrong = fault(input, files);
  refused.delete(input);
  if (wrong) {
    input.value = "";
    say(input, [wrong], true);
    refused.set(input, 0);
    return;
  }
  say(input, files.map((file) => `${file.name} · ${sizeOf(file)}`));
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches || !input.matches("input[type=file][data-upload-bytes]")) return;
  const work = take(input).finally(() => {
    if (working.get(input) === work) working.delete(input);
  });
  working.set(input, work);
});

// Sending waits until the pictures of the form are ready.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const waiting = [...working].filter(([input]) => form.contains(input)).map(([, work]) => work);
    const untaken = waiting.length ? null : [...refused.keys()].find((input) => form.contains(input));
    const since = untaken ? refused.get(untaken) : 0;
    if (since && Date.now() - since > READING_MS) {
      refused.delete(untaken);
    } else if (untaken) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (since) return;
      refused.set(untaken, Date.now());
      const place = untaken.parentElement.querySelector("[data-picked]");
      if (place && untaken.dataset.notTaken) {
        const row = document.createElement("p");
        row.textContent = untaken.dataset.notTaken;
        place.append(row);
      }
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
