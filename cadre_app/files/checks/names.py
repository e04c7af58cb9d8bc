"""Names of files as they may be kept and shown; the ending is part of what is checked."""

import re
import unicodedata

from cadre_app.core.fields import HIDDEN

LONGEST = 100
LONGEST_ENDING = 10
SEPARATORS = re.compile(r'[\\/:*?"<>|\r\n\t]+')


def plain_name(name: str) -> str:
    """Without hidden characters and separators, its end kept; never empty."""
    text = HIDDEN.sub("", unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode()))
    stem, ending = split(SEPARATORS.sub("_", text).rstrip(" ."))
    return f"{stem.strip(' .')[:LONGEST].rstrip(' .') or '_'}{ending}"


def split(name: str) -> tuple[str, str]:
    """(name, ending in small letters with its dot); a name without one has an empty ending."""
    dot = name.rfind(".")
    if dot < 0 or not 1 < len(name) - dot <= LONGEST_ENDING:
        return name, ""
    return name[:dot], unicodedata.normalize("NFKC", name[dot:]).strip().lower()
