"""The figures of a briefing: counted for a unit and a period, kept with their rules, compared with what is counted later.

Papers are Chinese whoever looks, so names, units and rules are kept in Chinese; pages show them as they are announced.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.checks import CheckMessage, Error
from django.utils import translation

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
POSTINGS_IN_ORDER, PROBLEMS_ANSWERED, ONCE_EACH = "postings_in_order", "problems_answered", "outcomes_once_each"
CLAIMS = (POSTINGS_IN_ORDER, PROBLEMS_ANSWERED, ONCE_EACH)

Snapshot = list[dict[str, Any]]


@dataclass(frozen=True)
class Counted:
    """What was found: the numbers with their rules, and the claims that hold."""

    figures: Snapshot
    borne_out: frozenset[str]


def asked_of(unit: "Unit", since: date, as_of: date, user: "User | None" = None) -> Asked:
    """The unit in the period. Without `user` everybody of the unit counts: a briefing says the same whoever writes it."""
    return Asked.on(as_of, since=since, unit=unit, user=user)


def take(unit: "Unit", since: date, as_of: date) -> Counted:
    """Count every figure once, and ask every claim."""
    asked, wanted = asked_of(unit, since, as_of), wanted_figures()
    numbers = count_all(asked, wanted)
    with translation.override(CHINESE):
        found = [_entry(key, figure, numbers[key]) for key, figure in wanted.items()]
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


def with_number(snapshot: Snapshot, key: str, number: int) -> Snapshot:
    """The same with this number taken over."""
    return [
        {name: value for name, value in entry.items() if name != "kept"}
        | {"number": number, "unit": _unit(key, number)}
        if entry["key"] == key
        else entry
        for entry in snapshot
    ]


def with_kept(snapshot: Snapshot, key: str, number: int) -> Snapshot:
    """The same, knowing that this other number was seen and not taken over."""
    return [entry | {"kept": number} if entry["key"] == key else entry for entry in snapshot]


def check_figures(app_configs: Iterable[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """`manage.py check`: every figure and claim of the template has to be announced by the room that counts it."""
    lacking = [f"figure {key!r}" for key in KEYS if key not in figures]
    lacking += [f"claim {key!r}" for key in CLAIMS if key not in claims]
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


def _unit(key: str, number: int) -> str:
    with translation.override(CHINESE):
        return figures[key].worded(number)
