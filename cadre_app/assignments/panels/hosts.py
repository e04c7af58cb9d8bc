"""Those whom somebody supervises on site: what they do until when, and whose appraisal is to be written."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import Posting, PostingAppraisal, PostingState
from cadre_app.assignments.stretch_words import Mark, kind_with_level, stage_mark, time_left
from cadre_app.core.registries import DeskItem
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest


@dataclass(frozen=True)
class Hosted:
    """One posting with the words of its line."""

    posting: Posting
    mark: Mark
    kind: str
    left: str
    appraisal: PostingAppraisal | None

    @property
    def may_write(self) -> bool:
        return self.posting.state == PostingState.RETURNED


def hosted_rows(user: "User", today: date) -> list[Hosted]:
    """What waits for the appraisal first, then by the planned end; two queries."""
    rows = Posting.objects.hosted_by(user).filter(trainee__voided_at=None, trainee__departed_on=None)
    rows = rows.exclude(trainee__person__in=avoided_persons(user)).select_related("trainee__person", "unit", "front")
    postings = sorted(rows, key=lambda one: (one.state != PostingState.RETURNED, one.due_on or date.max, str(one.pk)))
    written = PostingAppraisal.objects.standing().filter(posting__in=postings)
    known = {appraisal.posting_id: appraisal for appraisal in written}
    return [
        Hosted(one, stage_mark(one, today), kind_with_level(one), time_left(one, today), known.get(one.pk))
        for one in postings
    ]


def desk_panel(request: "UserRequest") -> dict[str, object] | None:
    """The card on a host's desk; None for everybody else."""
    lines = hosted_rows(request.user, timezone.localdate())
    return {"lines": lines} if lines else None


def desk_items(request: "UserRequest") -> list[DeskItem]:
    """Appraisals that the host still has to write or to complete."""
    return [_item(line) for line in hosted_rows(request.user, timezone.localdate()) if _waits(line)]


def _waits(line: Hosted) -> bool:
    return line.may_write and (line.appraisal is None or bool(line.appraisal.returned_reason))


def _item(line: Hosted) -> DeskItem:
    posting, asked = line.posting, line.appraisal.returned_reason if line.appraisal is not None else ""
    day = formats.date_format(posting.ended_on) if posting.ended_on is not None else ""
    return DeskItem(
        title=_("Appraisal to be completed") if asked else _("Appraisal to be written"),
        why=asked or _("The posting ended on %(day)s.") % {"day": day},
        url=reverse("assignments:appraisal_write", kwargs={"pk": posting.pk}),
        action=_("Write appraisal"),
        state="soon",
        subject=posting.trainee.person.name,
    )
