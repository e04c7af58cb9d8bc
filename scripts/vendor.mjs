// Copies a whitelist from node_modules into the tree, with licences and checksums, and makes the stroke table.
// Usage: npm ci --ignore-scripts && node scripts/vendor.mjs [--check]
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { FOLDER as STROKES, strokes } from "./strokes.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const MODULES = join(ROOT, "node_modules");
const VENDOR = "static/vendor";

const FILES = {
  [`${VENDOR}/bootstrap/bootstrap.min.css`]: "bootstrap/dist/css/bootstrap.min.css",
  [`${VENDOR}/bootstrap/LICENSE`]: "bootstrap/LICENSE",
  [`${VENDOR}/htmx/htmx.min.js`]: "htmx.org/dist/htmx.min.js",
  [`${VENDOR}/htmx/LICENSE`]: "htmx.org/LICENSE",
  [`${VENDOR}/bootstrap-icons/LICENSE`]: "bootstrap-icons/LICENSE",
  "tests/e2e/vendor/axe.min.js": "axe-core/axe.min.js",
  "tests/e2e/vendor/LICENSE": "axe-core/LICENSE",
  "tests/e2e/vendor/LICENSE-3RD-PARTY.txt": "axe-core/LICENSE-3RD-PARTY.txt",
};
const SPRITE = "static/icons.svg";
const SUMS = `${VENDOR}/SHA256SUMS`;
const FOLDERS = [VENDOR, STROKES];

// A map that is not shipped makes the manifest storage fail.
const withoutSourceMap = (text) =>
  text.replace(/\n?\/\*# sourceMappingURL=.*?\*\/\s*$/s, "\n").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");

function sprite() {
  const names = readFileSync(join(ROOT, "scripts/icons.txt"), "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"));
  const symbols = names.map((name) => {
    const svg = readFileSync(join(MODULES, "bootstrap-icons/icons", `${name}.svg`), "utf8");
    const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s+/g, " ").trim();
    return `<symbol id="${name}" viewBox="0 0 16 16">${inner}</symbol>`;
  });
  const own = readFileSync(join(ROOT, "scripts/shapes.svg"), "utf8").trim();
  return [
    '<svg xmlns="http://www.w3.org/2000/svg">',
    "<!-- Bootstrap Icons, MIT, see vendor/bootstrap-icons/LICENSE; ids beginning with s- and the mark are Qinglan's own. -->",
    ...symbols,
    own,
    "</svg>",
    "",
  ].join("\n");
}

function build() {
  const out = new Map();
  for (const [target, source] of Object.entries(FILES)) {
    const text = readFileSync(join(MODULES, source), "utf8");
    out.set(target, /\.(css|js)$/.test(target) ? withoutSourceMap(text) : text);
  }
  out.set(SPRITE, sprite());
  for (const [target, text] of strokes(MODULES)) out.set(target, text);
  const sums = [...out].map(([name, text]) => `${createHash("sha256").update(text).digest("hex")}  ${name}`);
  out.set(SUMS, `${sums.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join("\n")}\n`);
  return out;
}

const walk = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [relative(ROOT, join(folder, entry.name))],
  );

const wanted = build();
if (process.argv.includes("--check")) {
  const wrong = [...wanted].filter(([name, text]) => !existsSync(join(ROOT, name)) || readFileSync(join(ROOT, name), "utf8") !== text);
  const extra = FOLDERS.filter((name) => existsSync(join(ROOT, name)))
    .flatMap((name) => walk(join(ROOT, name)))
    .filter((name) => !wanted.has(name));
  for (const [name] of wrong) console.error(`differs or is missing: ${name}`);
  for (const name of extra) console.error(`not on the whitelist: ${name}`);
  process.exit(wrong.length + extra.length ? 1 : 0);
}
for (const name of FOLDERS) rmSync(join(ROOT, name), { recursive: true, force: true });
for (const [name, text] of wanted) {
  mkdirSync(dirname(join(ROOT, name)), { recursive: true });
  writeFileSync(join(ROOT, name), text);
}
console.log(`${wanted.size} files written`);
