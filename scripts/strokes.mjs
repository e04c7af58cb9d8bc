// Makes the table of cadre_app/people/writing/strokes.py from cnchar-order (MIT); scripts/vendor.mjs writes and checks it.
// One line per stroke sequence, fewest strokes first: digits (1 横 2 竖 3 撇 4 点 5 折), a blank, its characters in order.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const FOLDER = "cadre_app/people/data/cnchar-order";

const DIGITS = { j: 1, i: 1, f: 2, g: 2, s: 3, k: 4, d: 4, l: 4 };
// Same digits: a plain stroke before its variant, fewer folds before more (GF 3003-1999), then the code point.
const RANKS = { j: 0, i: 1, f: 2, g: 3, s: 4, k: 5, d: 5, l: 6, b: 7, c: 7, e: 7, h: 7, m: 7, n: 7, t: 7, y: 7 };
const MORE_FOLDS = { o: 8, p: 8, r: 8, u: 8, v: 8, x: 8, a: 9, q: 9, z: 9, w: 10 };

// Characters of names that the package lacks, as strokes and characters that it has.
const SPELT = `
㛃 111253女|𠮷 土口|勍 京力|勔 面力|垿 土序|妘 女云|婳 女画|媃 女柔|嫄 女原|寔 445是|崟 山金|愔 442音|晅 日亘|晢 折日|晧 日告
曚 日蒙|栻 木式|檞 木解|柷 木兄|沄 441云|沚 441止|洢 441伊|浛 441含|浡 441孛|淏 441昊|湜 441是|濬 441睿|爔 火羲|琤 1121争
瑢 1121容|畯 田5434354|皛 白白白|禔 4524是|禛 4524真|筼 314314员|纮 5511354|翙 岁羽|蒨 122倩|蓂 122冥|虓 九虎|袆 45234韦
骎 5515114554|訢 言斤|詠 言永|錡 金奇|锜 31115奇|釗 金22
`;

const rank = (letters) => [...letters].map((letter) => RANKS[letter] ?? MORE_FOLDS[letter]);
const compare = (a, b) => {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
};

// The text is only read, never run.
function lettersOf(modules) {
  const source = readFileSync(join(modules, "cnchar-order/cnchar.order.min.js"), "utf8");
  return JSON.parse(source.match(/JSON\.parse\('(\{"一":[^']*\})'\)/)[1]);
}

export function strokes(modules) {
  const letters = lettersOf(modules);
  const rows = Object.entries(letters).map(([character, text]) => ({
    character,
    digits: [...text].map((letter) => DIGITS[letter] ?? 5).join(""),
    rank: rank(text),
  }));
  const known = new Map(rows.map(({ character, digits }) => [character, digits]));
  for (const entry of SPELT.trim().split(/[\n|]/)) {
    const [character, parts] = entry.split(" ");
    if (known.has(character)) throw new Error(`${character} is in the package by now`);
    const digits = [...parts].map((part) => (/\d/.test(part) ? part : known.get(part))).join("");
    rows.push({ character, digits, rank: [] });
  }
  rows.sort(
    (a, b) =>
      a.digits.length - b.digits.length ||
      (a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0) ||
      compare(a.rank, b.rank) ||
      a.character.codePointAt(0) - b.character.codePointAt(0),
  );
  const lines = new Map();
  for (const { character, digits } of rows) lines.set(digits, (lines.get(digits) ?? "") + character);
  const out = new Map();
  out.set(`${FOLDER}/strokes.txt`, `${[...lines].map(([digits, text]) => `${digits} ${text}`).join("\n")}\n`);
  out.set(`${FOLDER}/LICENSE`, readFileSync(join(modules, "cnchar-order/LICENSE"), "utf8"));
  return out;
}
