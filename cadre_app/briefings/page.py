"""What the page of one briefing shows: its outline, its text with the numbers marked, and the figures beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cadre_app.briefings import papers, rewriting, services, snapshots
from cadre_app.briefings.composing import SLOTS
from cadre_app.briefings.models import Briefing
from cadre_app.briefings.phrases import places, strays
from cadre_app.briefings.wording import days_text
from cadre_app.core.figures import Asked, Figure, figures

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
    """One figure beside the text: `now` is what is counted otherwise by now, None where nothing changed or was compared;
    `follows` whether the text takes it over with the figure; `note` says whose number it is where it is not of this counting.
    """

    key: str
    label: str
    number: int
    unit: str
    rule: str
    url: str
    now: int | None
    follows: bool
    note: str


def figures_of(briefing: Briefing, user: "User", counted: snapshots.Counted | None) -> list[Shown]:
    """Each figure in the viewer's language, as it is announced today or, where that has changed, as it was kept."""
    asked = snapshots.asked_of(briefing.unit, briefing.since, briefing.as_of, user)
    changed = snapshots.changed(briefing.figures, snapshots.numbers_of(counted.figures)) if counted is not None else {}
    days = services.days_of(briefing)
    found = []
    for entry in briefing.figures:
        key = entry["key"]
        follows = (
            counted is not None and key in changed and key in services.text_with(briefing, counted, [key]).followed
        )
        own = asked if days.are_of(entry) else _asked_of(briefing, days.of(entry), user)
        found.append(_shown(entry, own, changed.get(key), follows, note_of(entry, days)))
    return found


def compared(briefing: Briefing, *, asked_for: bool) -> snapshots.Counted | None:
    """What is counted now: until it is issued, at once where that takes no time, else when asked for."""
    people = snapshots.numbers_of(briefing.figures).get("people_total", 0)
    if not briefing.is_open or not (asked_for or people <= AT_ONCE):
        return None
    return snapshots.take(briefing.unit, briefing.since, briefing.as_of)


def outline_of(briefing: Briefing, shown: list[Shown]) -> list[dict[str, Any]]:
    """Each part with its state: to be written, or how many of its numbers changed."""
    found = []
    for name, label in OUTLINE:
        text = getattr(briefing, name)
        keys = {key for slot in SLOTS if slot.part == name for key in slot.keys}
        changes = sum(one.now is not None and one.key in keys for one in shown)
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


def note_of(entry: dict[str, Any], days: snapshots.Days) -> str:
    """Of which period it is where it is that of another one, or since when it was kept."""
    known = days.of(entry)
    if not days.are_of(entry):
        return _("Number of %(period)s") % {"period": days_text(known.since, known.as_of)}
    if "kept" in entry:
        return _("Kept as it was counted on %(day)s") % {"day": formats.date_format(known.on)}
    return ""


def strays_of(briefing: Briefing) -> list[tuple[str, int]]:
    """Numbers of the text that are not those of the annex, with those of the annex."""
    return strays(text_of(briefing), snapshots.numbers_of(briefing.figures))


def kept_of_others(briefing: Briefing) -> list[tuple[str, str]]:
    """Numbers of another period that were kept, each with that period."""
    days = services.days_of(briefing)
    found = []
    for entry in briefing.figures:
        if "kept" in entry and not days.are_of(entry):
            figure, known = figures.get(entry["key"]), days.of(entry)
            label = str(figure.label) if figure is not None else entry["label"]
            found.append((label, days_text(known.since, known.as_of)))
    return found


def unborne(briefing: Briefing, counted: snapshots.Counted | None) -> list[str]:
    """What stands in the text though the records do not bear it out."""
    return rewriting.unborne(text_of(briefing), counted) if counted is not None else []


def misdated(briefing: Briefing) -> list[str]:
    """Words for other days than its own in a text that can still be changed."""
    if not briefing.is_open:
        return []
    return rewriting.misdated(text_of(briefing), services.frame_of(briefing.unit, briefing.since, briefing.as_of))


def _asked_of(briefing: Briefing, days: snapshots.Days, user: "User") -> Asked:
    return snapshots.asked_of(briefing.unit, days.since, days.as_of, user)


def _shown(entry: dict[str, Any], asked: Asked, now: int | None, follows: bool, note: str) -> Shown:
    number, figure = int(entry["number"]), figures.get(entry["key"])
    is_same = figure is not None and _is_as_kept(figure, entry)
    return Shown(
        key=entry["key"],
        label=str(figure.label) if figure is not None and is_same else entry["label"],
        number=number,
        unit=figure.worded(number) if figure is not None and is_same else entry["unit"],
        rule=str(figure.rule) if figure is not None and is_same else entry["rule"],
        url=figure.url(asked) if figure is not None else "",
        now=now,
        follows=follows,
        note=note,
    )


def _is_as_kept(figure: Figure, entry: dict[str, Any]) -> bool:
    """Whether the figure bears the name and the rule of the day on which it was counted."""
    with translation.override(snapshots.CHINESE):
        return (str(figure.label), str(figure.rule)) == (entry["label"], entry["rule"])
