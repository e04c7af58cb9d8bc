"""Figures about people: how many, in which stage, and what happened or comes; their lists are rosters.

Scope is what `Asked` says, cut to the files that its user works on today; a unit is the one of the day that is asked.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext_lazy, pgettext, pgettext_lazy

from cadre_app.core.figures import Asked, Breakdown, Figure, Part, Share, breakdowns, figures, summed
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people import conditions
from cadre_app.people.models import Kind, Trainee
from cadre_app.stages.labels import GRADE_LABELS, STAGE_LABELS, stage_label, value_of
from cadre_app.stages.rules import GRADES, Rules, StageKey
from cadre_app.stages.sql import in_stage

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.people.models.trainees import TraineeQuerySet

GROUP = "people"
YEARS_SHOWN = 20
EARLIER = "earlier"  # the roster's word for the years before those
EVENTS = ("arrived", "left")  # cases of the roster that go by a period
PEOPLE = npgettext_lazy("unit of a figure", "person", "people")
STAGES: tuple[tuple[StageKey, int | None], ...] = (
    *[(StageKey.CAMP, grade) for grade in GRADES],
    (StageKey.ADVANCED, None),
)

GRADE_RULE = gettext_lazy("By years of service on the reference date of the camp")
# Key, name, rule, and the conditions of the roster that show the same people.
LINES: "tuple[tuple[str, _StrPromise, _StrPromise, dict[str, str]], ...]" = (
    ("people_total", pgettext_lazy("figure", "In development"), gettext_lazy("Reported for duty and not left"), {}),
    *[
        (key, label, gettext_lazy("As the people in development, by kind"), {"kind": kind.value})
        for key, label, kind in (
            ("introduced", pgettext_lazy("figure", "Introduced graduates"), Kind.INTRODUCED),
            ("selected", pgettext_lazy("figure", "Selected graduates"), Kind.SELECTED),
        )
    ],
    *[(f"people_camp_{grade}", GRADE_LABELS[grade], GRADE_RULE, {"stage": f"camp-{grade}"}) for grade in GRADES],
    (
        "people_advanced",
        STAGE_LABELS[StageKey.ADVANCED],
        gettext_lazy("The village term is over"),
        {"stage": "advanced"},
    ),
    (
        "in_village",
        pgettext_lazy("figure", "On a village term"),
        gettext_lazy("Terms that run, without interrupted ones"),
        {"term": "running"},
    ),
    (
        "village_interrupted",
        gettext_lazy("Village term interrupted"),
        gettext_lazy("The days are added to the term"),
        {"term": "interrupted"},
    ),
    (
        "village_ending",
        gettext_lazy("Village term ends within 90 days"),
        gettext_lazy("By the last day planned or recorded"),
        {"case": "term"},
    ),
    (
        "probation_ending",
        gettext_lazy("Probation ends within 90 days"),
        gettext_lazy("By the end recorded in the file"),
        {"case": "probation"},
    ),
    (
        "arrival_open",
        gettext_lazy("Arrival checklist not complete"),
        gettext_lazy("Reported within a year, items still open"),
        {"case": "checklist"},
    ),
    (
        "people_arrived",
        pgettext_lazy("figure", "Reported for duty"),
        gettext_lazy("In the period, also those who left since"),
        {"case": "arrived"},
    ),
    (
        "people_left",
        pgettext_lazy("figure", "Left the programme"),
        gettext_lazy("In the period: transfers out, selection, resignation and others"),
        {"case": "left"},
    ),
)


def announce() -> None:
    """Called once, when the app is ready."""
    for order, (key, label, rule, query) in enumerate(LINES):
        figures.register(
            key,
            Figure(
                label=label,
                group=GROUP,
                order=order,
                unit_word=PEOPLE,
                count=Part(people_counts, key),
                url=partial(roster_url, query=query),
                rule=rule,
            ),
        )
    kinds = (*[kind.label for kind in Kind], gettext_lazy("In all"))
    shares: tuple[tuple[str, _StrPromise, _StrPromise, Callable[[Asked], list[Share]]], ...] = (
        ("people_by_stage", gettext_lazy("People by stage"), gettext_lazy("Stage"), by_stage),
        ("people_by_year", gettext_lazy("People by year of arrival"), gettext_lazy("Year of arrival"), by_year),
    )
    for order, (key, label, heading, rows) in enumerate(shares):
        breakdowns.register(
            key,
            Breakdown(
                label=label,
                group=GROUP,
                order=order,
                unit_word=PEOPLE,
                heading=heading,
                columns=kinds,
                rows=rows,
                sums=sums,
            ),
        )


def files_of(asked: Asked, *roles: str) -> "TraineeQuerySet":
    """The standing files of the scope and the unit that are asked for, whatever became of them; `roles` narrow the scope."""
    files = Trainee.objects.order_by().standing()
    if asked.user is not None:
        files = files.in_scope(asked.user, *(roles or BUSINESS_ROLES))
    return files if asked.unit is None else conditions.of_unit(files, asked.unit, asked.as_of)


def people_counts(asked: Asked) -> dict[str, int]:
    """All numbers of LINES in one query."""
    day, rules = asked.as_of, Rules.on(asked.as_of)
    here = conditions.here(day)
    wanted = {
        "people_total": here,
        "introduced": here & Q(kind=Kind.INTRODUCED),
        "selected": here & Q(kind=Kind.SELECTED),
        **{f"people_camp_{grade}": in_stage(StageKey.CAMP, grade, day=day, rules=rules) for grade in GRADES},
        "people_advanced": in_stage(StageKey.ADVANCED, day=day),
        "in_village": here & conditions.in_village(day),
        "village_interrupted": here & conditions.interrupted(day),
        "village_ending": here & conditions.term_ends_soon(day),
        "probation_ending": here & conditions.probation_ends_soon(day),
        "arrival_open": here & conditions.checklist_open(day),
        "people_arrived": conditions.arrived(asked.since, day),
        "people_left": conditions.left(asked.since, day),
    }
    return files_of(asked).aggregate(**{key: _count(condition) for key, condition in wanted.items()})


def by_stage(asked: Asked) -> list[Share]:
    """Those in development by stage and kind, in one query."""
    rules = Rules.on(asked.as_of)
    wanted = {
        f"{value_of(stage, grade)}_{kind}".replace("-", "_"): in_stage(stage, grade, day=asked.as_of, rules=rules)
        & Q(kind=kind)
        for stage, grade in STAGES
        for kind in Kind.values
    }
    found = files_of(asked).aggregate(**{key: _count(condition) for key, condition in wanted.items()})
    shares = []
    for stage, grade in STAGES:
        value = value_of(stage, grade)
        counts = [found[f"{value}_{kind}".replace("-", "_")] for kind in Kind.values]
        shares.append(_share(asked, stage_label(stage, grade), counts, {"stage": value}))
    return shares


def first_year() -> int:
    """The first of the years of arrival that are shown one by one, the same for every day that is asked."""
    return timezone.localdate().year - YEARS_SHOWN + 1


def by_year(asked: Asked) -> list[Share]:
    """Those in development by calendar year of reporting for duty and kind, the last twenty years one by one."""
    first = first_year()
    rows = files_of(asked).filter(conditions.here(asked.as_of)).values_list("arrival_year", "kind")
    found: Counter[tuple[int, str]] = Counter()
    for year, kind, number in rows.annotate(number=Count("pk")):
        found[max(year, first - 1), kind] += number
    shares = []
    for year in sorted({year for year, _kind in found}):
        counts = [found[year, kind] for kind in Kind.values]
        is_one = year >= first
        label = pgettext("a year", "%(year)s") if is_one else _("Before %(year)s")
        shares.append(
            _share(asked, label % {"year": max(year, first)}, counts, {"year": str(year) if is_one else EARLIER})
        )
    return shares


def sums(asked: Asked, rows: Sequence[Share]) -> Share:
    """Everybody in development, by kind."""
    return summed(rows, len(Kind) + 1, roster_url(asked, {}), _kinds(asked, {}))


def roster_url(asked: Asked, query: Mapping[str, str]) -> str:
    """The roster narrowed by `query`, to those who have it: as it stood on the day, and what happened in the period."""
    period = asked.period if query.get("case") in EVENTS else {}
    return asked.opens("people:trainee_list", {**query, **asked.place, **asked.day, **period})


def _share(asked: Asked, label: "_StrPromise | str", counts: list[int], query: dict[str, str]) -> Share:
    """Numbers by kind and their sum."""
    return Share(label, (*counts, sum(counts)), roster_url(asked, query), _kinds(asked, query))


def _kinds(asked: Asked, query: dict[str, str]) -> tuple[str, ...]:
    return tuple(roster_url(asked, {**query, "kind": kind}) for kind in Kind.values)


def _count(condition: Q) -> Count:
    return Count("pk", filter=condition)
