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
from cadre_app.evaluation.services.box import LEAST, hold_box, keep_remarks, stir_box
from cadre_app.evaluation.services.checks import lock_campaign, refuse_own
from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Counts = list[list[int]]


@dataclass(frozen=True)
class Received:
    """How many sheets of one person count, and how many came by code that do not: fewer than ten in all (ADR 24)."""

    sheets: int
    left_out: int


@transaction.atomic
def settle_campaign(campaign: Campaign, *, version: int | None = None, actor: "User") -> Campaign:
    """有效 or 样本不足 Count the sheets of each person; with too few nothing of them is shown, and all of it waits for more.

    Raises Stale, ValidationError.
    """
    campaign = lock_campaign(campaign, version)
    refuse_own(campaign, actor)
    if campaign.state not in (CampaignState.CLOSED, CampaignState.SMALL) or campaign.kept_small_on is not None:
        raise ValidationError(_("Close the evaluation first."), code="not_closed")
    drafts = PaperBatch.objects.standing().filter(subject__campaign=campaign, state=BatchState.DRAFT)
    if drafts.exists():
        raise ValidationError(_("A batch is still being entered. Count or void it first."), code="drafts")
    hold_box(alone=True)
    rows = list(campaign.subjects.standing().exclude(outcome=Outcome.VALID).select_for_update(of=("self",)))
    received = received_of(rows)
    enough = [row for row in rows if received[row.pk].sheets >= campaign.least]
    stir_box(final=[row.pk for row in enough])
    with history.changes_many(rows, actor=actor, verb="evaluation.subject.counted") as subjects:
        for subject in subjects:
            _decide(campaign, subject, received[subject.pk], is_enough=subject in enough)
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
    added = rows.filter(pk__in=remarks, is_released=False).update(is_released=True)
    number = rows.filter(is_released=True).count()
    if added or not number:
        subject.released_on = timezone.localdate() if number else None
        subject.save(update_fields=["released_on", "updated_at"])
    history.record("evaluation.subject.remarks_released", actor=actor, obj=subject, after={"number": number})
    return subject


def received_of(subjects: "Collection[Subject]") -> dict[UUID, Received]:
    """By person how many sheets count, and how many are too few to; three queries.

    What left the box went ten at a time and ten were kept back: what is in it now are all that came by code, or enough.
    """
    keys = [subject.pk for subject in subjects]
    kept = _counted(Sheet.objects.filter(subject__in=keys).values_list("subject").annotate(Count("pk")))
    boxed = _counted(BoxedSheet.objects.filter(subject_key__in=keys).values_list("subject_key").annotate(Count("pk")))
    tallied = PaperBatch.objects.standing().filter(subject__in=keys, state=BatchState.COUNTED, kind=BatchKind.TALLY)
    added = _counted(tallied.order_by().values_list("subject").annotate(Sum("number")))
    found = {}
    for key in keys:
        by_code = boxed.get(key, 0)
        left_out = by_code if by_code < LEAST else 0
        found[key] = Received(kept.get(key, 0) + added.get(key, 0) + by_code - left_out, left_out)
    return found


DECIDED = ["outcome", "decided_on", "sheets", "satisfied", "judged", "counts", "codes_left_out", "filled_until"]


def _decide(campaign: Campaign, subject: Subject, received: Received, *, is_enough: bool) -> None:
    subject.decided_on = timezone.localdate()
    if not is_enough:
        subject.outcome = Outcome.SMALL
        return
    subject.codes_left_out, subject.filled_until = received.left_out, campaign.last_day
    keep_remarks([(subject.pk, text) for batch in _tallies(subject) for text in batch.comments])
    add_up(campaign, subject)


def add_up(campaign: Campaign, subject: Subject) -> None:
    """The result of what is kept of one person, not saved."""
    subject.outcome, sheet = Outcome.VALID, campaign.sheet
    counts = _counts_of(campaign, subject)
    judged = counts[sheet.satisfied_at - 1][:-1]
    subject.counts, subject.sheets = counts, sum(counts[0])
    subject.judged, subject.satisfied = sum(judged), sum(judged[: sheet.satisfied_by])


def _counts_of(campaign: Campaign, subject: Subject) -> Counts:
    counts = _added(campaign, Sheet.objects.filter(subject=subject).values_list("answers", flat=True))
    for batch in _tallies(subject):
        for line, added in zip(counts, batch.tally, strict=True):
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
