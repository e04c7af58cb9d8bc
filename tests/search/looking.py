"""Looking through the texts of one source, as the results page does."""

from cadre_app.accounts.models import User
from cadre_app.core.texts import text_sources
from cadre_app.search.finding import EVERYTHING, Span, TextPage, find_texts
from cadre_app.search.words import words_of

PAGE = 20


def look(key: str, user: User, typed: str, *, size: int = PAGE, span: Span = EVERYTHING) -> TextPage:
    """The first page, asked by somebody who has just come in."""
    words = words_of(typed)
    assert words is not None
    return find_texts(text_sources[key], User.objects.get(pk=user.pk), words, size, span)


def snippets(key: str, user: User, typed: str, *, span: Span = EVERYTHING) -> list[str]:
    """What is shown of the texts found, the marked words in brackets."""
    hits = look(key, user, typed, span=span).hits
    return ["".join(f"[{one.text}]" if one.is_marked else one.text for one in hit.pieces) for hit in hits]


def finders(key: str, typed: str, *users: User) -> list[int]:
    """How many texts each of them finds."""
    return [len(look(key, user, typed).hits) for user in users]
