"""Many annual assessments as they stand, for a district that begins with its past years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cadre_app.appraisal.models import AnnualAssessment, Grade
from cadre_app.appraisal.services import entries
from cadre_app.appraisal.services.checks import lock_many, note_hand, problems_of, raise_by_field, set_outcome
from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

WRITTEN = (
    "grade", "no_grade", "case_note", "comment", "self_report_on", "survey_on", "appraised_on", "notice_from",
    "notice_until", "entered_by", "entered_on", "hands", "checked_by", "checked_on", "confirmed_by", "confirmed_on", "filed_on",
    "filing_number", "signed_on", "opinion", "review_asked_on", "review_reason", "review_answered_on",
    "review_outcome", "review_answer",
)  # fmt: skip
PAPER = ("paper_signatory", "excellent_on_paper", "confirmed_on", "filed_on", "filing_number")
KEPT = (*entries.WRITTEN, *PAPER)
SAVED = frozenset({"version", "created_at", "updated_at"})
FILED_FROM_PAPER = "appraisal.annualassessment.entered_from_paper"
TAKEN_BACK = "appraisal.annualassessment.import_undone"


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """A result that was signed off on paper and filed before its year was opened here."""

    outcome: str
    case_note: str = ""
    comment: str = ""
    signatory: str
    signed_off_on: date
    filed_on: date
    filing_number: str = ""


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
        entries.write_fewer_first(listed, WRITTEN)
    return len(rows)


@transaction.atomic
def file_from_paper_many(
    rows: list[AnnualAssessment], given: Mapping[UUID, OnPaper], *, actor: "User", reason: str = ""
) -> None:
    """Locked rows that nobody has checked stand as filed from now on: no account signed them, nothing falls due after them.

    Raises ValidationError by cell, nothing written.
    """
    found: dict[str, ValidationError] = {}
    with history.changes_many(rows, actor=actor, verb=FILED_FROM_PAPER, reason=reason) as listed:
        for row in listed:
            paper = given[row.pk]
            set_outcome(row, paper.outcome)
            row.case_note, row.comment = paper.case_note.strip(), paper.comment.strip()
            row.entered_by, row.entered_on = actor, timezone.localdate()
            note_hand(row, actor)
            entries.enter_again(row)
            row.paper_signatory, row.confirmed_on = paper.signatory.strip(), paper.signed_off_on
            row.filed_on, row.filing_number = paper.filed_on, paper.filing_number.strip()
            row.excellent_on_paper = row.grade == Grade.EXCELLENT
            found |= {entries.cell(name, row.pk): error for name, error in problems_of(row).items()}
        raise_by_field(found)
        entries.write_fewer_first(listed, KEPT)


def kept_of(one: AnnualAssessment) -> dict[str, Any]:
    """What entering a result or filing it from paper changes, as JSON: `give_back_many` puts it there again."""
    return _as_json({name: getattr(one, one._meta.get_field(name).attname) for name in KEPT})  # type: ignore[union-attr]


def stands_of(one: AnnualAssessment) -> dict[str, Any]:
    """Everything that stands of an assessment as the database gave it, as JSON, but when and how often it was saved."""
    return _as_json(
        {field.name: getattr(one, field.attname) for field in one._meta.concrete_fields if field.name not in SAVED}
    )


def _as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [str(key) for key in value] if name == "hands" else value if value in (None, "") else str(value)
        for name, value in values.items()
    }


@transaction.atomic
def give_back_many(
    rows: list[AnnualAssessment], was: Mapping[UUID, Mapping[str, Any]], *, actor: "User", reason: str
) -> None:
    """Locked rows hold again what `kept_of` said of them. Raises ValidationError by cell where a quota is used up since."""
    with history.changes_many(rows, actor=actor, verb=TAKEN_BACK, reason=reason) as listed:
        for row in listed:
            row.excellent_on_paper = False  # imports of earlier versions did not keep it
            for name, value in was[row.pk].items():
                _give_back(row, name, value)
        raise_by_field(entries.over_quotas([row for row in listed if not row.paper_signatory]))
        entries.write_fewer_first(listed, KEPT)


def _give_back(row: AnnualAssessment, name: str, value: Any) -> None:
    if name == "hands":
        row.hands = [UUID(key) for key in value]
    else:
        field: Any = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(value))


def _put(row: AnnualAssessment, stands: Stands) -> None:
    set_outcome(row, stands.outcome)
    for name in WRITTEN:
        if name not in ("grade", "no_grade") and hasattr(stands, name):
            setattr(row, name, getattr(stands, name))
