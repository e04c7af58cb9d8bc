"""年度考核填报 Grades, cases and comments of a unit's people, all of a table or none of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.appraisal.models import AnnualAssessment, Grade, UnitQuota
from cadre_app.appraisal.permissions.rooms import ENTERING
from cadre_app.appraisal.services.checks import (
    label_of,
    lock_annual,
    lock_many,
    note_hand,
    over_quota,
    problems_of,
    raise_by_field,
    set_outcome,
    set_status,
)
from cadre_app.core.tables import joined
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

ENTERED = "appraisal.annualassessment.entered"
CELLS = ("outcome", "case_note", "comment")
WRITTEN = (
    "grade", "no_grade", "case_note", "comment", "notice_from", "notice_until", "entered_by", "entered_on", "hands",
    "returned_by", "returned_on", "return_reason",
)  # fmt: skip
STALE = "stale"


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What was typed of one person, on the version that the page showed."""

    outcome: str = ""
    case_note: str = ""
    comment: str = ""
    version: int | None = None

    def fits(self, one: AnnualAssessment) -> bool:
        return (self.outcome, self.case_note, self.comment) == (one.outcome, one.case_note, one.comment)


@dataclass(frozen=True)
class Recorded:
    """How many assessments changed."""

    count: int


def cell(name: str, key: UUID) -> str:
    """The field of one cell of the table."""
    return f"{name}_{key.hex}"


def enterable(user: "User", quota: UnitQuota) -> "QuerySet[AnnualAssessment]":
    """The assessments of a unit that `user` enters: not checked, never the own one or a relative's (回避)."""
    return AnnualAssessment.objects.worked_on(user, *ENTERING).in_entry().filter(quota=quota)


@transaction.atomic
def enter_unit(quota: UnitQuota, *, given: Mapping[UUID, Entered], actor: "User") -> Recorded:
    """The table of a unit: all of `given` (keys of assessments) or nothing.

    Raises ValidationError by cell (`outcome_<hex>`, `case_note_<hex>`, `comment_<hex>`), also where somebody else
    changed the row since the page was opened.
    """
    rows = {row.pk: row for row in lock_many(enterable(actor, quota).filter(pk__in=given))}
    found: dict[str, ValidationError] = {}
    for key, wanted in given.items():
        if key not in rows:
            message = _("This row was checked or moved to another unit meanwhile: it is no longer entered here.")
            found[cell("outcome", key)] = ValidationError(message, code="gone")
        elif wanted.version not in (None, rows[key].version) and not wanted.fits(rows[key]):
            message = _("Somebody else changed this row meanwhile: %(outcome)s. Save again to keep what stands here.")
            known = {"outcome": joined([label_of(rows[key].outcome), *filter(None, [rows[key].comment])])}
            found[cell("outcome", key)] = ValidationError(message, params=known, code=STALE)
    raise_by_field(found)
    changed = [rows[key] for key, wanted in given.items() if not wanted.fits(rows[key])]
    enter_many(changed, {key: given[key] for key in rows}, actor=actor)
    return Recorded(len(changed))


def enter_many(
    rows: list[AnnualAssessment], given: Mapping[UUID, Entered], *, actor: "User | None", reason: str = ""
) -> None:
    """Write what was entered to locked rows (`lock_many`). Raises ValidationError by cell, nothing written."""
    today = timezone.localdate()
    found: dict[str, ValidationError] = {}
    with history.changes_many(rows, actor=actor, verb=ENTERED, reason=reason) as listed:
        for row in listed:
            wanted = given[row.pk]
            set_outcome(row, wanted.outcome)
            row.case_note, row.comment = wanted.case_note.strip(), wanted.comment.strip()
            row.entered_by, row.entered_on = actor, today
            note_hand(row, actor)
            enter_again(row)
            found |= {cell(name, row.pk): error for name, error in problems_of(row).items()}
        raise_by_field(found | over_quotas(listed))
        write_fewer_first(listed, WRITTEN)


@transaction.atomic
def edit_annual(
    one: AnnualAssessment,
    *,
    status: str,
    outcome: str,
    status_note: str = "",
    case_note: str = "",
    comment: str = "",
    version: int | None = None,
    actor: "User",
) -> AnnualAssessment:
    """One assessment by itself, also what the person was in that year, with a reason where the file says otherwise.

    Raises Stale, ValidationError by field.
    """
    one = lock_annual(one, version)
    if not one.is_in_entry:
        raise ValidationError(_("This assessment is checked. It has to be sent back first."), code="checked")
    with history.change(one, actor=actor, verb=ENTERED):
        set_status(one, status, status_note)
        set_outcome(one, outcome)
        one.case_note, one.comment = case_note.strip(), comment.strip()
        one.entered_by, one.entered_on = actor, timezone.localdate()
        note_hand(one, actor)
        enter_again(one)
        found: dict[str, Any] = dict(problems_of(one))
        if status != one.trainee.status and not one.status_note:
            message = _("The growth file says otherwise: say in short why it was another one in that year.")
            found["status_note"] = ValidationError(message, code="required")
        if one.grade == Grade.EXCELLENT and (error := over_quota(one.quota, [one])):
            found["outcome"] = error
        raise_by_field(found)
        clean(one)
        one.save()
    return one


def write_fewer_first(rows: list[AnnualAssessment], fields: Iterable[str]) -> None:
    """Save locked rows, those who are no longer excellent first: the database counts after each statement."""
    for is_excellent in (False, True):
        part = [row for row in rows if (row.grade == Grade.EXCELLENT) == is_excellent]
        AnnualAssessment.objects.bulk_update(part, list(fields), batch_size=200)


def enter_again(one: AnnualAssessment) -> None:
    """What was sent back waits for the check again; not saved."""
    one.returned_by, one.returned_on, one.return_reason = None, None, ""


def over_quotas(rows: list[AnnualAssessment]) -> dict[str, ValidationError]:
    """Everybody who is excellent in a unit that gives too many: which of them is too many is for people to say."""
    by_quota: defaultdict[UUID, list[AnnualAssessment]] = defaultdict(list)
    all_of: defaultdict[UUID, list[AnnualAssessment]] = defaultdict(list)
    for row in rows:
        all_of[row.quota_id].append(row)
        if row.grade == Grade.EXCELLENT:
            by_quota[row.quota_id].append(row)
    found: dict[str, ValidationError] = {}
    for listed in by_quota.values():
        error = over_quota(listed[0].quota, listed, apart_from=all_of[listed[0].quota_id])
        if error is not None:
            found |= {cell("outcome", row.pk): error for row in listed}
    return found
