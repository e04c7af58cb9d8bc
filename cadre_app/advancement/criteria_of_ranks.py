"""What the rank timeline says against a rule: the years in the rank, periods of effect counted as they stand."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.advancement import rank_words
from cadre_app.advancement.policies import RANK_YEARS
from cadre_app.advancement.rank_inputs import is_on_ladder, reckonings_with_periods
from cadre_app.advancement.ranks import Reckoning
from cadre_app.core.criteria import Criterion, Evidence, Finding, Standing, criteria
from cadre_app.people.models import Status
from cadre_app.policy import codes


def announce() -> None:
    """Called once, when the app is ready."""
    criteria.register(
        "advancement.rank",
        Criterion(gettext_lazy("Years in the rank for the next one"), 130, RANK_YEARS.source_on, years_of),
    )


def years_of(trainees: Collection[Any], day: date) -> dict[UUID, Finding]:
    """Of those who stand on the ladder; three queries."""
    known = reckonings_with_periods([one for one in trainees if is_on_ladder(one)])
    return {one.pk: _finding(one, known.get(one.pk), day) for one in trainees}


def _finding(trainee: Any, reckoning: Reckoning | None, day: date) -> Finding:
    if reckoning is None:
        is_institution = trainee.status == Status.INSTITUTION
        gap = _("Ranks are for civil servants.") if is_institution else _("No rank that leads on to a next one.")
        return Finding(Standing.UNKNOWN, gap=gap, is_lack=not is_institution)
    url = reverse("advancement:rank_detail", kwargs={"pk": trainee.pk})
    evidence = (Evidence(codes.label("rank", trainee.rank), trainee.rank_since, url),)
    if reckoning.due_on is not None and reckoning.due_on <= day:
        return Finding(Standing.MET, evidence)
    due = rank_words.due_text(reckoning)
    return Finding(
        Standing.NOT_MET, evidence, pgettext("rank timeline", "Reached on %(day)s at the earliest.") % {"day": due}
    )
