"""Fail on CSS that the oldest supported engines (Chromium 86, Safari 14) cannot parse.

A declaration that an engine does not know is lost, and with it the colour or the place of what it styles.
Usage: python scripts/check_css.py
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOST_COLOURS = r"\b(?:oklch|oklab|lch|lab|color-mix|light-dark|color)\("
LOST_RULES = r":has\(|:is\(|:where\(|@layer\b|@container\b|@property\b|@scope\b|&[\s.:\[>+~]"
LOST_PLACES = r"(?<![\w-])(?:inset|inset-inline|inset-block|aspect-ratio)\s*:"
LOST_UNITS = r"\d(?:dvh|svh|lvh|dvw|cqw|cqi|lh|cap)\b"
OWN = re.compile(f"{LOST_COLOURS}|{LOST_RULES}|{LOST_PLACES}|{LOST_UNITS}")
# Bootstrap's floating labels and ratio helpers use `inset` and `aspect-ratio`; no template uses either.
VENDORED = re.compile(rf"{LOST_COLOURS}|:has\(|@layer\b|@container\b")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def findings(path: Path, forbidden: re.Pattern[str], *, root: Path = ROOT) -> list[str]:
    """Each hit as `file:line: what`; comments are not read."""
    text = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), path.read_text(encoding="utf-8"))
    return [
        f"{path.relative_to(root)}:{text.count(chr(10), 0, match.start()) + 1}: {match[0].strip()}"
        for match in forbidden.finditer(text)
    ]


def main() -> int:
    own = [hit for path in sorted((ROOT / "static" / "css").rglob("*.css")) for hit in findings(path, OWN)]
    vendored = [hit for path in sorted((ROOT / "static" / "vendor").rglob("*.css")) for hit in findings(path, VENDORED)]
    for hit in (*own, *vendored):
        print(hit, file=sys.stderr)
    return 1 if own or vendored else 0


if __name__ == "__main__":
    sys.exit(main())
