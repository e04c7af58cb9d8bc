"""XML as a stream of elements: no document types, no entities, no trees, no more elements than agreed."""

from collections.abc import Callable, Iterator
from xml.parsers import expat

from django.core.exceptions import ValidationError

Attributes = dict[str, str]
Refusal = Callable[[], ValidationError]


def parse(
    pieces: Iterator[bytes],
    *,
    broken: Refusal,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    enough: Callable[[], bool] = lambda: False,
) -> None:
    """Feed `pieces` to the handlers until they end or `enough()`. Element names keep their prefix.

    Raises `broken()` for XML that is broken or declares a document type (entities, external files).
    """

    def refuse(*_values: object) -> None:
        raise broken()

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    for name in ("StartDoctypeDeclHandler", "EntityDeclHandler", "ExternalEntityRefHandler", "NotationDeclHandler"):
        setattr(parser, name, refuse)
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            if enough():
                return
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise broken() from error


def elements(
    pieces: Iterator[bytes], *names: str, most: int, broken: Refusal, too_many: Refusal
) -> list[tuple[str, Attributes]]:
    """The named elements of a small part with their attributes, in order; raises `too_many()` beyond `most`."""
    found: list[tuple[str, Attributes]] = []

    def start(name: str, attributes: Attributes) -> None:
        plain = local(name)
        if plain in names:
            if len(found) >= most:
                raise too_many()
            found.append((plain, attributes))

    parse(pieces, broken=broken, start=start)
    return found


def local(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]
