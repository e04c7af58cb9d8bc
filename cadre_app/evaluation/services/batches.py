"""Paper sheets: entered one by one or counted by question, checked against the cover, and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core.fields import validate_plain_text
from cadre_app.core.markings import validate_unmarked
from cadre_app.evaluation.models import BatchKind, BatchState, Campaign, PaperBatch, Respondent, Subject
from cadre_app.evaluation.services.box import Filled, keep_sheets
from cadre_app.evaluation.services.checks import is_evaluated, lock_campaign, refuse_own
from cadre_app.evaluation.services.codes import has_codes
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal, refuse_future, refuse_standing

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST_SHEETS, MOST_COUNTED = 60, 5_000
LONGEST_COMMENT, MOST_COMMENTS = 200, 500


@dataclass(frozen=True)
class Row:
    """One paper sheet as it is entered; `answers` may have gaps while it is."""

    answers: list[int | None]
    respondent: str = ""
    comment: str = ""


@transaction.atomic
def begin_batch(
    subject: Subject, *, kind: str, number: int, held_on: date, collected_by: str, codeless: bool = False, actor: "User"
) -> PaperBatch:
    """Begin to enter sheets about one person; `codeless`: none of them bears a code. Raises ValidationError by field."""
    subject = _locked(subject, actor)
    _require_codeless(subject, codeless)
    batch = PaperBatch(subject=subject, kind=kind, entered_by=actor)
    with history.change(batch, actor=actor, verb="evaluation.paperbatch.begun"):
        _write(batch, number=number, held_on=held_on, collected_by=collected_by)
        clean(batch)
        batch.save()
    return batch


@transaction.atomic
def change_batch(
    batch: PaperBatch,
    *,
    number: int,
    held_on: date,
    collected_by: str,
    codeless: bool = False,
    version: int | None = None,
    actor: "User",
) -> PaperBatch:
    """Change what the cover says, before the batch is counted. Raises Stale, ValidationError by field."""
    batch = _locked_draft(batch, version, actor)
    _require_codeless(batch.subject, codeless)
    with history.change(batch, actor=actor, verb="evaluation.paperbatch.changed"):
        _write(batch, number=number, held_on=held_on, collected_by=collected_by)
        clean(batch)
        batch.save()
    return batch


@transaction.atomic
def write_sheets(batch: PaperBatch, *, rows: Sequence[Row], version: int | None = None, actor: "User") -> PaperBatch:
    """Keep the sheets as they are entered, complete or not. Raises Stale, ValidationError."""
    batch = _locked_draft(batch, version, actor)
    with history.change(batch, actor=actor, verb="evaluation.paperbatch.entered"):
        batch.rows = [[row.answers, row.respondent, row.comment] for row in rows]
        batch.save(update_fields=["rows", "updated_at"])
    return batch


@transaction.atomic
def write_tally(
    batch: PaperBatch, *, tally: list[list[int]], comments: list[str], version: int | None = None, actor: "User"
) -> PaperBatch:
    """Keep how often each choice was made, question by question. Raises Stale, ValidationError."""
    batch = _locked_draft(batch, version, actor)
    _check_comments(comments)
    with history.change(batch, actor=actor, verb="evaluation.paperbatch.entered"):
        batch.tally, batch.comments = tally, comments
        batch.save(update_fields=["tally", "comments", "updated_at"])
    return batch


@transaction.atomic
def count_batch(batch: PaperBatch, *, version: int | None = None, actor: "User") -> PaperBatch:
    """Count a batch that agrees with its cover; what was entered sheet by sheet is kept as sheets, choices and comments
    parted, each in another order than it was entered in.

    Raises Stale, ValidationError.
    """
    batch = _locked_draft(batch, version, actor)
    wrong = problem_of(batch)
    if wrong:
        raise ValidationError(wrong, code="does_not_agree")
    if not batch.is_tally:
        keep_sheets([Filled(batch.subject_id, answers, who, comment) for answers, who, comment in batch.rows])
    with history.change(batch, actor=actor, verb="evaluation.paperbatch.counted"):
        batch.state, batch.rows = BatchState.COUNTED, []
        clean(batch)
        batch.save()
    return batch


@transaction.atomic
def void_batch(batch: PaperBatch, *, reason: str, version: int | None = None, actor: "User") -> PaperBatch:
    """Entered by mistake; sheets that are counted one by one cannot be told from the others. Raises Stale, ValidationError."""
    campaign = lock_campaign(batch.subject.campaign)
    refuse_own(campaign, actor)
    batch = PaperBatch.objects.lock(batch.pk, version)
    if batch.is_counted and (not batch.is_tally or not campaign.takes_paper):
        raise ValidationError(_("These sheets are mixed with the others and cannot be taken out."), code="mixed")
    history.void(batch, actor=actor, reason=reason, version=version)
    return PaperBatch.objects.get(pk=batch.pk)


@transaction.atomic
def restore_batch(batch: PaperBatch, *, reason: str = "", version: int | None = None, actor: "User") -> PaperBatch:
    """Undo `void_batch`. Raises Stale, ValidationError."""
    subject = _locked(batch.subject, actor)
    batch = PaperBatch.objects.lock(batch.pk, version)
    refuse_standing(batch)
    batch.subject = subject
    history.restore(batch, actor=actor, reason=reason)
    return PaperBatch.objects.get(pk=batch.pk)


def problem_of(batch: PaperBatch) -> str:
    """Why a batch does not agree with its cover; empty if it does."""
    return _tally_problem(batch) if batch.is_tally else _rows_problem(batch)


def _rows_problem(batch: PaperBatch) -> str:
    sheet = batch.subject.campaign.sheet
    whole = [row for row in batch.rows if sheet.fits([given or 0 for given in row[0]]) and row[1] in Respondent.values]
    if len(whole) != len(batch.rows):
        text = ngettext("%(count)s sheet is not complete.", "%(count)s sheets are not complete.", _rest(batch, whole))
        return text % {"count": _rest(batch, whole)}
    if len(batch.rows) != batch.number:
        known = {"number": batch.number, "entered": len(batch.rows)}
        return _("The cover says %(number)s sheets, %(entered)s are entered.") % known
    return ""


def _rest(batch: PaperBatch, whole: list[object]) -> int:
    return len(batch.rows) - len(whole)


def _tally_problem(batch: PaperBatch) -> str:
    sheet = batch.subject.campaign.sheet
    if len(batch.tally) != len(sheet.questions):
        return _("Nothing is entered yet.")
    for question, counts in zip(sheet.questions, batch.tally, strict=True):
        if len(counts) != len(question.choices) or sum(counts) != batch.number:
            known = {"question": question.number, "sum": sum(counts), "number": batch.number}
            return _("Question %(question)s has %(sum)s answers on %(number)s sheets.") % known
    if len(batch.comments) > batch.number:
        return _("There are more comments than sheets.")
    return ""


def _write(batch: PaperBatch, *, number: int, held_on: date, collected_by: str) -> None:
    most = MOST_COUNTED if batch.kind == BatchKind.TALLY else MOST_SHEETS
    if not 1 <= number <= most:
        raise refusal("number", _("From 1 to %(most)s sheets in one batch.") % {"most": most}, code="number")
    refuse_future("held_on", held_on)
    campaign = batch.subject.campaign
    if held_on < campaign.opens_on:
        raise refusal("held_on", _("The evaluation had not begun on this day."), code="too_early")
    if held_on > campaign.closes_on:
        known = {"day": formats.date_format(campaign.closes_on)}
        message = _("The last day of the evaluation was %(day)s. Extend it first, or correct the day.")
        raise refusal("held_on", message % known, code="too_late")
    _refuse_collector(campaign, collected_by)
    batch.number, batch.held_on, batch.collected_by = number, held_on, collected_by.strip()


def _require_codeless(subject: Subject, codeless: bool) -> None:
    """Where sheets with codes were handed out, whoever enters paper says that none of them is among it."""
    if has_codes(subject) and not codeless:
        message = _("Sheets with a one-time code are filled in by phone alone. Take them out and confirm it.")
        raise refusal("codeless", message, code="codes")


def _refuse_collector(campaign: Campaign, name: str) -> None:
    """Whoever is evaluated here collects nothing, neither about themself nor about the others."""
    if is_evaluated(campaign, name):
        message = _("This person is evaluated here and collects nothing. Name whoever else collected the sheets.")
        raise refusal("collected_by", message, code="own")


def _check_comments(comments: list[str]) -> None:
    if len(comments) > MOST_COMMENTS:
        raise refusal("comments", _("%(most)s comments at most.") % {"most": MOST_COMMENTS}, code="too_many")
    for text in comments:
        if len(text) > LONGEST_COMMENT:
            message = _("One comment has %(most)s characters at most: %(start)s…")
            raise refusal("comments", message % {"most": LONGEST_COMMENT, "start": text[:20]}, code="too_long")
        validate_plain_text(text)
        validate_unmarked(text)


def _locked(subject: Subject, actor: "User") -> Subject:
    """A person of a campaign that takes paper, the campaign locked."""
    campaign = lock_campaign(subject.campaign)
    refuse_own(campaign, actor)
    subject = Subject.objects.select_related("trainee__person").get(pk=subject.pk)
    if not campaign.takes_paper or subject.is_valid or subject.is_voided:
        raise ValidationError(_("No sheets are entered here any more, or not yet."), code="not_open")
    subject.campaign = campaign
    return subject


def _locked_draft(batch: PaperBatch, version: int | None, actor: "User") -> PaperBatch:
    subject = _locked(batch.subject, actor)
    batch = PaperBatch.objects.lock(batch.pk, version)
    if batch.is_voided or batch.is_counted:
        raise ValidationError(_("This batch is counted or voided: it is no longer changed."), code="counted")
    batch.subject = subject
    return batch
