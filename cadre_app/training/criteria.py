"""What training says against a rule: the hours of the last complete year."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.criteria import Criterion, Evidence, Finding, Standing, criteria
from cadre_app.people.models import Trainee
from cadre_app.training.hours_wording import plain
from cadre_app.training.policies import HOURS_PER_YEAR
from cadre_app.training.requirement_sql import with_hours


def announce() -> None:
    """Called once, when the app is ready."""
    criteria.register(
        "training.hours",
        Criterion(gettext_lazy("Training hours of the last year"), 150, HOURS_PER_YEAR.source_on, hours_of),
    )


def hours_of(trainees: Collection[Any], day: date) -> dict[UUID, Finding]:
    """Of the year before `day`; whoever reported for duty later has no complete year yet. One query."""
    year = day.year - 1
    rows = with_hours(Trainee.objects.filter(pk__in=[one.pk for one in trainees]), year)
    return {row.pk: _finding(row, year) for row in rows}


def _finding(row: Any, year: int) -> Finding:
    if row.arrived_on > date(year, 1, 1):
        return Finding(Standing.UNKNOWN, gap=_("No complete year of service before this one."), is_lack=False)
    known = {"year": year, "counted": plain(row.counted), "required": plain(row.required)}
    text = _("%(year)s: %(counted)s of %(required)s hours") % known
    evidence = (Evidence(text, url=reverse("training:hours_of", kwargs={"pk": row.pk})),)
    if not row.missing:
        return Finding(Standing.MET, evidence)
    return Finding(Standing.NOT_MET, evidence, _("%(hours)s hours are missing.") % {"hours": plain(row.missing)})
