"""Titles with quotes of their own inside a text that puts them into quotes: “‘一肩挑’之后”, not ““一肩挑”之后”."""

from collections.abc import Mapping
from typing import Any

INNER = str.maketrans("“”", "‘’")


def quoting(text: str, known: Mapping[str, Any]) -> str:
    """`text` filled with `known`; what it puts into “…” has its own quotes turned into ‘…’ (GB/T 15834)."""
    inner = {name: str(value).translate(INNER) for name, value in known.items() if f"“%({name})s”" in text}
    return text % {**known, **inner}
