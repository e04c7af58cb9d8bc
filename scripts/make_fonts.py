"""Makes the fonts of the PDF from Noto Serif CJK SC as Debian's fonts-noto-cjk installs it (a few minutes).

`qinglan-song.woff2` holds GB2312 with Latin and punctuation, `qinglan-song-rare.woff2` every other Chinese character of
the font, loaded only for papers that need one. `python scripts/make_fonts.py --check` compares the checksums.
"""

import hashlib
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "cadre_app/documents/fonts"
SOURCE = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
FACE = "Noto Serif CJK SC"
COMMON, RARE, SUMS = "qinglan-song.woff2", "qinglan-song-rare.woff2", "SHA256SUMS"
LATIN = {*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2040)}
HAN = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x33480))


def gb2312() -> set[int]:
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            text = bytes((high, low)).decode("gb2312", "ignore")
            found |= {ord(letter) for letter in text}
    return found


def make(name: str, letters: set[int], features: list[str]) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTCollection

    font = next(each for each in TTCollection(SOURCE).fonts if each["name"].getDebugName(1) == FACE)
    options = subset.Options(hinting=False, notdef_outline=True, layout_features=features, recalc_timestamp=False)
    options.drop_tables += ["vhea", "vmtx", "VORG"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(FOLDER / name)


def sums() -> str:
    lines = [f"{hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()}  {name}" for name in (RARE, COMMON)]
    return "\n".join(sorted(lines, key=lambda line: line[66:])) + "\n"


def main() -> int:
    if "--check" not in sys.argv:
        from fontTools.ttLib import TTCollection

        common = gb2312() | LATIN
        known = next(each for each in TTCollection(SOURCE).fonts if each["name"].getDebugName(1) == FACE).getBestCmap()
        make(COMMON, common, ["kern", "locl"])
        make(RARE, {code for code in known if any(code in part for part in HAN)} - common, [])
        (FOLDER / SUMS).write_text(sums(), encoding="ascii")
    same = (FOLDER / SUMS).read_text(encoding="ascii") == sums()
    print("fonts: as listed" if same else "fonts: differ from SHA256SUMS")
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main())
