"""What the page of one briefing shows: its outline, its text with the numbers marked, and the figures beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext_lazy

from cadre_app.briefings import papers, snapshots
from cadre_app.briefings.models import Briefing
from cadre_app.briefings.phrases import places, stands_in
from cadre_app.core.figures import Asked, figures

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

AT_ONCE = 2000
OUTLINE: "tuple[tuple[str, _StrPromise], ...]" = (
    ("opening", pgettext_lazy("briefing", "Opening")),
    ("stages", pgettext_lazy("briefing", "Development in stages")),
    ("practice", pgettext_lazy("briefing", "Work under load")),
    ("following", pgettext_lazy("briefing", "Following each person")),
    ("shortcomings", pgettext_lazy("briefing", "Shortcomings")),
    ("plans", pgettext_lazy("briefing", "Next steps")),
)
WRITTEN = ("shortcomings", "plans")


@dataclass(frozen=True)
class Shown:
    """One figure beside the text: `now` is what is counted otherwise by now, None where nothing changed or was compared."""

    key: str
    label: str
    number: int
    unit: str
    rule: str
    url: str
    now: int | None
    in_text: bool


def figures_of(briefing: Briefing, user: "User", now: Mapping[str, int]) -> list[Shown]:
    """Each figure in the viewer's language, as it is announced today or, where it no longer is, as it was kept."""
    asked = snapshots.asked_of(briefing.unit, briefing.since, briefing.as_of, user)
    changed = snapshots.changed(briefing.figures, now)
    text = text_of(briefing)
    return [_shown(entry, asked, changed.get(entry["key"]), text) for entry in briefing.figures]


def compared(briefing: Briefing, *, asked_for: bool) -> snapshots.Counted | None:
    """What is counted now: of a draft, at once where that takes no time, else when asked for."""
    people = snapshots.numbers_of(briefing.figures).get("people_total", 0)
    if not briefing.is_draft or not (asked_for or people <= AT_ONCE):
        return None
    return snapshots.take(briefing.unit, briefing.since, briefing.as_of)


def outline_of(briefing: Briefing, shown: list[Shown]) -> list[dict[str, Any]]:
    """Each part with its state: to be written, or how many of its numbers changed."""
    found = []
    for name, label in OUTLINE:
        text = getattr(briefing, name)
        changes = sum(one.now is not None and stands_in(text, one.key, one.number) for one in shown)
        found.append({"name": name, "label": label, "is_missing": name in WRITTEN and not text, "changes": changes})
    return found


def marked(briefing: Briefing) -> list[dict[str, Any]]:
    """The paragraphs in pieces; a piece that is a number knows its figure."""
    numbers = snapshots.numbers_of(briefing.figures)
    return [
        {"name": name, "head": head, "pieces": _pieces(text, numbers)}
        for name, head, text in papers.paragraphs(briefing)
    ]


def text_of(briefing: Briefing) -> str:
    """All parts that numbers stand in."""
    return "\n".join(getattr(briefing, name) for name, _label in OUTLINE)


def _pieces(text: str, numbers: Mapping[str, int]) -> list[dict[str, str]]:
    pieces, last = [], 0
    for begin, end, key in places(text, numbers):
        pieces += [{"text": text[last:begin], "key": ""}, {"text": text[begin:end], "key": key}]
        last = end
    return [*pieces, {"text": text[last:], "key": ""}]


def _shown(entry: dict[str, Any], asked: Asked, now: int | None, text: str) -> Shown:
    key, number = entry["key"], int(entry["number"])
    figure = figures.get(key)
    return Shown(
        key=key,
        label=str(figure.label) if figure is not None else entry["label"],
        number=number,
        unit=figure.worded(number) if figure is not None else entry["unit"],
        rule=str(figure.rule) if figure is not None else entry["rule"],
        url=figure.url(asked) if figure is not None else "",
        now=now,
        in_text=stands_in(text, key, number),
    )
