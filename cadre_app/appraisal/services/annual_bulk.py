"""Many annual assessments as they stand, for a district that begins with its past years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from cadre_app.appraisal.models import AnnualAssessment, Grade
from cadre_app.appraisal.services.checks import lock_many, problems_of, set_outcome
from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

WRITTEN = (
    "grade", "no_grade", "case_note", "comment", "self_report_on", "survey_on", "appraised_on", "notice_from",
    "notice_until", "entered_by", "entered_on", "hands", "checked_by", "checked_on", "confirmed_by", "confirmed_on", "filed_on",
    "filing_number", "signed_on", "opinion", "review_asked_on", "review_reason", "review_answered_on",
    "review_outcome", "review_answer",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Stands:
    """One assessment with the days of its chain; later steps are None while they wait."""

    outcome: str
    comment: str = ""
    case_note: str = ""
    self_report_on: date | None = None
    survey_on: date | None = None
    appraised_on: date | None = None
    notice_from: date | None = None
    notice_until: date | None = None
    entered_on: date | None = None
    checked_on: date | None = None
    confirmed_on: date | None = None
    filed_on: date | None = None
    filing_number: str = ""
    signed_on: date | None = None
    opinion: str = ""
    review_asked_on: date | None = None
    review_reason: str = ""
    review_answered_on: date | None = None
    review_outcome: str = ""
    review_answer: str = ""


@transaction.atomic
def set_annual_many(given: dict[UUID, Stands], *, entered_by: "User", checked_by: "User", confirmed_by: "User") -> int:
    """By key of the opened assessment. Raises ValidationError for a wrong scale or a year before arrival."""
    rows = lock_many(AnnualAssessment.objects.in_work().filter(pk__in=given))
    with history.changes_many(rows, actor=entered_by, verb="appraisal.annualassessment.entered") as listed:
        for row in listed:
            _put(row, given[row.pk])
            row.entered_by, row.hands = entered_by, [entered_by.pk]
            row.checked_by = checked_by if row.checked_on else None
            row.confirmed_by = confirmed_by if row.confirmed_on else None
            for error in problems_of(row).values():
                raise ValidationError(error.messages)
        for part in _fewer_first(listed):
            AnnualAssessment.objects.bulk_update(part, WRITTEN, batch_size=200)
    return len(rows)


def _put(row: AnnualAssessment, stands: Stands) -> None:
    set_outcome(row, stands.outcome)
    for name in WRITTEN:
        if name not in ("grade", "no_grade") and hasattr(stands, name):
            setattr(row, name, getattr(stands, name))


def _fewer_first(rows: Iterable[AnnualAssessment]) -> tuple[list[AnnualAssessment], list[AnnualAssessment]]:
    listed = list(rows)
    return (
        [row for row in listed if row.grade != Grade.EXCELLENT],
        [row for row in listed if row.grade == Grade.EXCELLENT],
    )
