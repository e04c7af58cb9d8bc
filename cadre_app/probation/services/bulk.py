"""Many probations as they stand, for a district that begins with its past years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from cadre_app.history import services as history
from cadre_app.people.models import PostRecord, Trainee
from cadre_app.probation.models import CLOSED, Conclusion, Probation, State

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Stands:
    """One round with its days; later steps are None while they wait. `post_record` stands in the file already."""

    trainee: Trainee
    round: int = 1
    waiver_reason: str = ""
    summary: str = ""
    summary_on: date | None = None
    opinion: str = ""
    opinion_on: date | None = None
    conclusion: str = ""
    comment: str = ""
    post: str = ""
    rank: str = ""
    rank_reason: str = ""
    post_grade: str = ""
    extended_to: date | None = None
    reason: str = ""
    document_number: str = ""
    document_on: date | None = None
    entered_on: date | None = None
    checked_on: date | None = None
    signed_on: date | None = None
    ended_on: date | None = None
    post_record: PostRecord | None = None

    @property
    def state(self) -> State:
        if self.signed_on is not None:
            return CLOSED[Conclusion(self.conclusion)]
        if self.entered_on is not None:
            return State.WAITING
        return State.UNDER_WAY if self.summary_on is not None else State.OPEN


@transaction.atomic
def add_probations_many(
    given: Iterable[Stands], *, opinion_by: "User", entered_by: "User", checked_by: "User", signed_by: "User"
) -> list[Probation]:
    """Records over what stands in the files already; no paper is put on the list and no talk asked for."""
    rows = []
    for one in given:
        row = Probation(state=one.state, **vars(one))
        row.waived_by, row.waived_on = (entered_by, one.entered_on) if one.waiver_reason else (None, None)
        row.opinion_by = opinion_by if one.opinion_on is not None else None
        row.entered_by = entered_by if one.entered_on is not None else None
        row.checked_by = checked_by if one.checked_on is not None else None
        row.signed_by = signed_by if one.signed_on is not None else None
        rows.append(row)
    Probation.objects.bulk_create(rows, batch_size=200)
    history.record_created_many(rows, actor=entered_by, verb="probation.probation.opened")
    return rows
