"""What blocks: periods of effect of discipline and of admonition. For pages that put the reading on record first."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.conduct.periods import ADMONITION, DISCIPLINE, PeriodOfEffect, admonitions_of, sanctions_of
from cadre_app.conduct.policies import ADMONITION_RULE, DISCIPLINE_RULE
from cadre_app.core.criteria import Criterion, Evidence, Finding, Standing, criteria


def announce() -> None:
    """Called once, when the app is ready."""
    criteria.register(
        "conduct.discipline",
        Criterion(
            gettext_lazy("Period of effect of discipline"),
            10,
            lambda day: str(DISCIPLINE_RULE),
            lambda trainees, day: _in_effect(trainees, sanctions_of(_keys(trainees)), day),
            is_blocker=True,
        ),
    )
    criteria.register(
        "conduct.admonition",
        Criterion(
            gettext_lazy("Period of effect of an admonition"),
            20,
            lambda day: str(ADMONITION_RULE),
            lambda trainees, day: _in_effect(trainees, admonitions_of(_keys(trainees)), day),
            is_blocker=True,
        ),
    )


def _keys(trainees: Collection[Any]) -> list[UUID]:
    return [one.pk for one in trainees]


def _in_effect(trainees: Collection[Any], periods: list[PeriodOfEffect], day: date) -> dict[UUID, Finding]:
    running: defaultdict[UUID, list[PeriodOfEffect]] = defaultdict(list)
    for one in periods:
        if one.covers(day):
            running[one.trainee].append(one)
    return {one.pk: _finding(running[one.pk]) for one in trainees}


def _finding(running: list[PeriodOfEffect]) -> Finding:
    if not running:
        return Finding(Standing.MET)
    names = {DISCIPLINE: _("Disciplinary decision"), ADMONITION: _("Reminder, inquiry or admonition")}
    evidence = tuple(Evidence(names[one.kind], one.start, one.url) for one in running)
    ends = [one.end for one in running]
    last = max((end for end in ends if end is not None), default=None)
    if last is None or None in ends:
        return Finding(Standing.NOT_MET, evidence, _("In effect; it has no end so far."))
    return Finding(Standing.NOT_MET, evidence, _("In effect until %(day)s.") % {"day": formats.date_format(last)})
