"""The figures of a briefing: counted for a unit and a period, kept with their rules, compared with what is counted later.

Papers are Chinese whoever looks, so names, units and rules are kept in Chinese; pages show them as they are announced.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.checks import CheckMessage, Error
from django.utils import timezone, translation

from cadre_app.core.claims import claims
from cadre_app.core.figures import Asked, Figure, count_all, figures

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

CHINESE = "zh-hans"
# The figures of demo-texts B17 in the order of its sentences.
KEYS = (
    "people_total",
    "introduced",
    "selected",
    "in_village",
    "mentor_pairs",
    "guidance_notes",
    "pairing_reviews",
    "camp_grades",
    "camp_sessions",
    "on_demand_sessions",
    "study_visits",
    "avg_hours",
    "headquarters_postings",
    "secondments",
    "reports",
    "research_prizes",
    "talks",
    "symposiums",
    "problems",
    "problems_closed",
    "outcomes",
)
POSTINGS_IN_ORDER, POSTINGS_SO_FAR = "postings_in_order", "postings_in_order_so_far"
PROBLEMS_ANSWERED, ONCE_EACH = "problems_answered", "outcomes_once_each"
CLAIMS = (POSTINGS_IN_ORDER, POSTINGS_SO_FAR, PROBLEMS_ANSWERED, ONCE_EACH)
# What is wrong with postings, for the shortcomings.
POSTING_GAPS = ("postings_undocumented", "postings_overdue", "postings_back_late")

Snapshot = list[dict[str, Any]]


@dataclass(frozen=True)
class Counted:
    """What was found: the numbers with their rules, and the claims that hold."""

    figures: Snapshot
    borne_out: frozenset[str]


@dataclass(frozen=True)
class Days:
    """The period of a briefing, and the day on which its numbers were counted: what an entry has that does not say its own."""

    since: date
    as_of: date
    on: date

    @property
    def told(self) -> dict[str, str]:
        return {"since": self.since.isoformat(), "as_of": self.as_of.isoformat(), "on": self.on.isoformat()}

    def of(self, entry: Mapping[str, Any]) -> "Days":
        """Those of one number."""
        known = {**self.told, **entry}
        return Days(*(date.fromisoformat(known[name]) for name in ("since", "as_of", "on")))

    def are_of(self, entry: Mapping[str, Any]) -> bool:
        """Whether the number is one of this period."""
        known = self.of(entry)
        return (known.since, known.as_of) == (self.since, self.as_of)


def asked_of(unit: "Unit", since: date, as_of: date, user: "User | None" = None) -> Asked:
    """The unit in the period. Without `user` everybody of the unit counts: a briefing says the same whoever writes it."""
    return Asked.on(as_of, since=since, unit=unit, user=user)


def take(unit: "Unit", since: date, as_of: date) -> Counted:
    """Count every figure once, and ask every claim."""
    asked, wanted = asked_of(unit, since, as_of), wanted_figures()
    numbers = count_all(asked, wanted)
    days = Days(since, as_of, timezone.localdate()).told
    with translation.override(CHINESE):
        found = [_entry(key, figure, numbers[key]) | days for key, figure in wanted.items()]
    return Counted(found, frozenset(key for key in CLAIMS if claims[key](asked)))


def wanted_figures() -> dict[str, Figure]:
    """Those of KEYS by key, in their order."""
    return {key: figures[key] for key in KEYS}


def numbers_of(snapshot: Snapshot) -> dict[str, int]:
    """By key."""
    return {entry["key"]: int(entry["number"]) for entry in snapshot}


def changed(snapshot: Snapshot, now: Mapping[str, int]) -> dict[str, int]:
    """What is counted differently now and was not looked at yet: by key the new number."""
    return {
        entry["key"]: now[entry["key"]]
        for entry in snapshot
        if entry["key"] in now and now[entry["key"]] not in (entry["number"], entry.get("kept"))
    }


def with_number(snapshot: Snapshot, key: str, now: Snapshot) -> Snapshot:
    """The same with this figure as it is counted `now`."""
    fresh = {entry["key"]: entry for entry in now}
    return [fresh[key] if entry["key"] == key else entry for entry in snapshot]


def with_kept(snapshot: Snapshot, key: str, number: int) -> Snapshot:
    """The same, knowing that this other number was seen and not taken over."""
    return [entry | {"kept": number} if entry["key"] == key else entry for entry in snapshot]


def with_left(snapshot: Snapshot, key: str, clauses: list[str]) -> Snapshot:
    """The same, with the clauses of the text that did not follow its number; an empty list: the text does not name it."""
    return [entry | {"left": clauses} if entry["key"] == key else entry for entry in snapshot]


def moved(snapshot: Snapshot, days: Days, now: Snapshot) -> Snapshot:
    """For another period: as it is counted `now`, but where the number differs the old one stays, with its `days`."""
    before = {entry["key"]: {**days.told, **entry} for entry in snapshot}
    left = {key: {"left": entry["left"]} for key, entry in before.items() if "left" in entry}
    found = [(entry["key"], entry | left.get(entry["key"], {})) for entry in now]
    for entry in before.values():
        entry.pop("kept", None)
    return [before[key] if key in before and before[key]["number"] != one["number"] else one for key, one in found]


def carried(snapshot: Snapshot, days: Days) -> list[str]:
    """Keys of numbers that are those of another period, about which nobody has decided."""
    return [entry["key"] for entry in snapshot if not days.are_of(entry) and "kept" not in entry]


def check_figures(app_configs: Iterable[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """`manage.py check`: every figure and claim of the template has to be announced by the room that counts it."""
    lacking = [f"figure {key!r}" for key in KEYS if key not in figures]
    lacking += [f"claim {key!r}" for key in (*CLAIMS, *POSTING_GAPS) if key not in claims]
    hint = "Announce it in the room that keeps what it counts (core/figures.py, core/claims.py)."
    return [
        Error(f"The briefing asks for the {what}, which nobody announces.", hint, id="briefings.E001")
        for what in lacking
    ]


def _entry(key: str, figure: Figure, number: int) -> dict[str, Any]:
    return {
        "key": key,
        "number": number,
        "unit": figure.worded(number),
        "label": str(figure.label),
        "rule": str(figure.rule),
    }
