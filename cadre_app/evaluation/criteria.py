"""What the community evaluation says against a rule: a valid result, with the number of sheets behind it."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.criteria import Criterion, Evidence, Finding, Standing, criteria
from cadre_app.evaluation.models import Subject
from cadre_app.evaluation.policies import LEAST_SHEETS
from cadre_app.evaluation.wording import sheets_text


def announce() -> None:
    """Called once, when the app is ready."""
    criteria.register(
        "evaluation.valid",
        Criterion(gettext_lazy("Valid community evaluation"), 180, LEAST_SHEETS.source_on, results_of),
    )


def results_of(trainees: Collection[Any], day: date) -> dict[UUID, Finding]:
    """The latest valid result of each; whoever has none is unknown, for whatever reason. One query."""
    keys = [one.pk for one in trainees]
    rows = Subject.objects.valid().filter(trainee__in=keys, decided_on__lte=day).select_related("campaign")
    latest = {row.trainee_id: row for row in rows.order_by("decided_on", "pk")}
    missing = Finding(Standing.UNKNOWN, gap=_("No valid result is on record."))
    return {key: _finding(latest[key]) if key in latest else missing for key in keys}


def _finding(row: Subject) -> Finding:
    text = f"{row.campaign.title} · {sheets_text(row.sheets or 0)}"
    url = reverse("evaluation:result_detail", kwargs={"pk": row.pk})
    return Finding(Standing.MET, (Evidence(text, row.decided_on, url),))
