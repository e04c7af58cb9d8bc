"""XML of workbooks as a stream (core.xmlstream), refused in the words of imports."""

from collections.abc import Callable, Iterator

from cadre_app.core import xmlstream
from cadre_app.core.xmlstream import Attributes, local
from cadre_app.imports.reading.limits import MOST_LISTED, damaged, too_large

__all__ = ["Attributes", "elements", "local", "parse"]


def parse(
    pieces: Iterator[bytes],
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    enough: Callable[[], bool] = lambda: False,
) -> None:
    """Feed `pieces` to the handlers until they end or `enough()`; raises ValidationError for XML that is not read."""
    xmlstream.parse(pieces, broken=damaged, start=start, end=end, text=text, enough=enough)


def elements(pieces: Iterator[bytes], *names: str) -> list[tuple[str, Attributes]]:
    """The named elements of a small part with their attributes, in order."""
    return xmlstream.elements(pieces, *names, most=MOST_LISTED, broken=damaged, too_many=too_large)
