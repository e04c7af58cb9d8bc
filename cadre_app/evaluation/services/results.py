"""The sheets of a closed campaign counted, and what of the comments the person may read."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.evaluation.models import (
    BatchKind,
    BatchState,
    BoxedSheet,
    Campaign,
    CampaignState,
    Outcome,
    PaperBatch,
    Remark,
    Sheet,
    Subject,
)
from cadre_app.evaluation.services.box import LEAST, hold_box, keep_remarks, stir_box, take_rest
from cadre_app.evaluation.services.checks import lock_campaign, refuse_own
from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Counts = list[list[int]]


@dataclass(frozen=True)
class Received:
    """How many sheets there are of one person, and how many of them wait in the box."""

    sheets: int
    boxed: int


@transaction.atomic
def settle_campaign(campaign: Campaign, *, version: int | None = None, actor: "User") -> Campaign:
    """有效 or 样本不足 Count the sheets of each person; with too few nothing of them is shown. Raises Stale, ValidationError."""
    campaign = lock_campaign(campaign, version)
    refuse_own(campaign, actor)
    if campaign.state not in (CampaignState.CLOSED, CampaignState.SMALL):
        raise ValidationError(_("Close the evaluation first."), code="not_closed")
    drafts = PaperBatch.objects.standing().filter(subject__campaign=campaign, state=BatchState.DRAFT)
    if drafts.exists():
        raise ValidationError(_("A batch is still being entered. Count or void it first."), code="drafts")
    hold_box(alone=True)
    rows = list(campaign.subjects.standing().exclude(outcome=Outcome.VALID).select_for_update(of=("self",)))
    received = received_of(rows)
    enough = [row for row in rows if received[row.pk].sheets >= campaign.least]
    stir_box(final=[row.pk for row in enough if received[row.pk].boxed >= LEAST])
    with history.changes_many(rows, actor=actor, verb="evaluation.subject.counted") as subjects:
        for subject in subjects:
            _decide(campaign, subject, is_enough=subject in enough, boxed=received[subject.pk].boxed)
        Subject.objects.bulk_update(subjects, DECIDED)
    with history.change(campaign, actor=actor, verb="evaluation.campaign.counted"):
        campaign.state = CampaignState.VALID if len(enough) == len(rows) else CampaignState.SMALL
        campaign.settled_on = timezone.localdate()
        campaign.save()
    return campaign


@transaction.atomic
def release_remarks(
    subject: Subject, *, remarks: "Collection[UUID]", version: int | None = None, actor: "User"
) -> Subject:
    """Say which comments the person may read: exactly these. Raises Stale, ValidationError."""
    campaign = lock_campaign(subject.campaign)
    refuse_own(campaign, actor)
    subject = Subject.objects.lock(subject.pk, version)
    if not subject.is_valid:
        raise ValidationError(_("There is no valid result."), code="not_valid")
    rows = Remark.objects.filter(subject=subject)
    rows.exclude(pk__in=remarks).filter(is_released=True).update(is_released=False)
    rows.filter(pk__in=remarks, is_released=False).update(is_released=True)
    number = rows.filter(is_released=True).count()
    history.record("evaluation.subject.remarks_released", actor=actor, obj=subject, after={"number": number})
    return subject


def received_of(subjects: "Collection[Subject]") -> dict[UUID, Received]:
    """By person how many sheets came in; three queries."""
    keys = [subject.pk for subject in subjects]
    kept = _counted(Sheet.objects.filter(subject__in=keys).values_list("subject").annotate(Count("pk")))
    boxed = _counted(BoxedSheet.objects.filter(subject_key__in=keys).values_list("subject_key").annotate(Count("pk")))
    tallied = PaperBatch.objects.standing().filter(subject__in=keys, state=BatchState.COUNTED, kind=BatchKind.TALLY)
    added = _counted(tallied.order_by().values_list("subject").annotate(Sum("number")))
    return {
        subject.pk: Received(
            kept.get(subject.pk, 0) + boxed.get(subject.pk, 0) + added.get(subject.pk, 0) + subject.rest_sheets,
            boxed.get(subject.pk, 0),
        )
        for subject in subjects
    }


DECIDED = ["outcome", "decided_on", "sheets", "satisfied", "judged", "counts", "rest_sheets", "rest_counts"]


def _decide(campaign: Campaign, subject: Subject, *, is_enough: bool, boxed: int) -> None:
    subject.decided_on = timezone.localdate()
    if not is_enough:
        subject.outcome = Outcome.SMALL
        return
    _keep_comments(campaign, subject, boxed)
    add_up(campaign, subject)


def add_up(campaign: Campaign, subject: Subject) -> None:
    """The result of what is kept of one person, not saved."""
    subject.outcome, sheet = Outcome.VALID, campaign.sheet
    counts = _counts_of(campaign, subject)
    judged = counts[sheet.satisfied_at - 1][:-1]
    subject.counts, subject.sheets = counts, sum(counts[0])
    subject.judged, subject.satisfied = sum(judged), sum(judged[: sheet.satisfied_by])


def _keep_comments(campaign: Campaign, subject: Subject, boxed: int) -> None:
    """Comments of tallies, and what of the box is too little for sheets: added up, its comments among the others."""
    tallies = _tallies(subject)
    comments = [text for batch in tallies for text in batch.comments]
    if 0 < boxed < LEAST:
        rest = take_rest(subject.pk)
        subject.rest_sheets = len(rest)
        subject.rest_counts = _added(campaign, [one.answers for one in rest])
        comments += [one.comment for one in rest]
    keep_remarks([(subject.pk, text) for text in comments])


def _counts_of(campaign: Campaign, subject: Subject) -> Counts:
    counts = _added(campaign, Sheet.objects.filter(subject=subject).values_list("answers", flat=True))
    for other in [*(batch.tally for batch in _tallies(subject)), subject.rest_counts]:
        for line, added in zip(counts, other, strict=False):
            line[:] = [one + more for one, more in zip(line, added, strict=True)]
    return counts


def _added(campaign: Campaign, sheets: "Collection[list[int]]") -> Counts:
    counts = [[0] * len(question.choices) for question in campaign.sheet.questions]
    for answers in sheets:
        for line, given in zip(counts, answers, strict=True):
            line[given - 1] += 1
    return counts


def _tallies(subject: Subject) -> list[PaperBatch]:
    rows = PaperBatch.objects.standing().filter(subject=subject, state=BatchState.COUNTED, kind=BatchKind.TALLY)
    return list(rows.order_by("held_on", "pk"))


def _counted(rows: "Collection[tuple[UUID, int]]") -> dict[UUID, int]:
    return dict(rows)
