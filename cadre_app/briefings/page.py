"""What the page of one briefing shows: its outline, its text with the numbers marked, and the figures beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cadre_app.briefings import leftovers, papers, rewriting, services, snapshots
from cadre_app.briefings.composing import SLOTS, says_something
from cadre_app.briefings.models import Briefing
from cadre_app.briefings.phrases import places, strays
from cadre_app.briefings.wording import days_text
from cadre_app.core.figures import Asked, Figure, figures
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of
from cadre_app.people.access import avoids_a_file
from cadre_app.reports.absence import absent_text

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
        note = note_of(entry, days) or _unnamed_note(briefing, entry)
        found.append(_shown(entry, own, changed.get(key), follows, note))
    return found


def compared(briefing: Briefing, *, asked_for: bool) -> snapshots.Counted | None:
    """What is counted now: until it is issued, at once where that takes no time, else when asked for; never of a unit that was
    not there.
    """
    people = snapshots.numbers_of(briefing.figures).get("people_total", 0)
    if not briefing.is_open or absence_of(briefing) or not (asked_for or people <= AT_ONCE):
        return None
    return snapshots.take(briefing.unit, briefing.since, briefing.as_of)


def outline_of(briefing: Briefing, shown: list[Shown]) -> list[dict[str, Any]]:
    """Each part with its state: to be written, or how many of its numbers changed."""
    found = []
    for name, label in OUTLINE:
        text = getattr(briefing, name)
        keys = {key for slot in SLOTS if slot.part == name for key in slot.keys}
        changes = sum(one.now is not None and one.key in keys for one in shown)
        found.append(
            {
                "name": name,
                "label": label,
                "is_missing": name in services.WRITTEN and not says_something(text),
                "changes": changes,
            }
        )
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


def _unnamed_note(briefing: Briefing, entry: dict[str, Any]) -> str:
    """That the text did not follow a number that was taken over, where nothing of it was found there either."""
    if not briefing.is_open or entry.get("left") != [] or places(text_of(briefing), {entry["key"]: entry["number"]}):
        return ""
    return _("The text does not have it in the words of the template: change it there by hand.")


def absence_of(briefing: Briefing) -> str:
    """That the unit was closed by the last day, or not opened yet, of what is not issued."""
    return absent_text(briefing.unit, briefing.as_of) if briefing.is_open else ""


def left_of(briefing: Briefing) -> list[str]:
    """What the text still says with a number from before the one that was taken over, until it is issued."""
    if not briefing.is_open:
        return []
    numbers, labels = snapshots.numbers_of(briefing.figures), _labels(briefing)
    said = _("“%(label)s” is %(number)s in the annex; the text still says “%(clause)s”.")
    return [
        said % {"label": labels[key], "number": numbers[key], "clause": clause}
        for key, clause in leftovers.standing(briefing)
    ]


def withheld_text(user: "User") -> str:
    """What has to stand with the numbers where the lists behind them may hold fewer: said to whoever has an avoided file or
    works for part of the tree alone, whatever the briefing counts, for the unit would else tell something about them.
    """
    mine = user.unit_ranges(*BUSINESS_ROLES)
    is_partial = Unit.objects.standing().filter(depth=0).exclude(any_of(mine)).exists()
    if not (is_partial or avoids_a_file(user)):
        return ""
    return _(
        "The numbers count everybody of the unit. The lists that they open leave out your own file and those of declared "
        "relatives (rule of withdrawal), and whoever serves outside your units by now."
    )


def _labels(briefing: Briefing) -> dict[str, str]:
    """The names of its figures, as they are announced today where they still are."""
    known = ((entry, figures.get(entry["key"])) for entry in briefing.figures)
    return {entry["key"]: str(figure.label) if figure is not None else entry["label"] for entry, figure in known}


def strays_of(briefing: Briefing) -> list[tuple[str, int]]:
    """Numbers of the text that are not those of the annex, with those of the annex."""
    return strays(text_of(briefing), snapshots.numbers_of(briefing.figures))


def kept_of_others(briefing: Briefing) -> list[tuple[str, str]]:
    """Numbers of another period that were kept, each with that period."""
    days, labels = services.days_of(briefing), _labels(briefing)
    found = []
    for entry in briefing.figures:
        if "kept" in entry and not days.are_of(entry):
            known = days.of(entry)
            found.append((labels[entry["key"]], days_text(known.since, known.as_of)))
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
