"""What an outcome must keep to before it is kept: announced, of this person and of these days, in words that may stand."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.advancement.models import Outcome, OutcomeKind
from cadre_app.advancement.wordcheck import is_document_number, refuse_words
from cadre_app.core.days import add_months
from cadre_app.core.probation import posts_held, why_no_rank_yet
from cadre_app.people.models import PostRecord
from cadre_app.people.services.checks import clean, lock_open_file, refusal, refuse_before, refuse_standing
from cadre_app.people.services.current import rank_order
from cadre_app.people.services.identity import check_code
from cadre_app.people.services.posts import check_status_fits
from cadre_app.people.services.probation import end_of

if TYPE_CHECKING:
    from cadre_app.people.models import Trainee

AHEAD = timedelta(days=366)
SOONEST = 12  # months after probation: whatever gives a rank before that is the first grading
RISES = (OutcomeKind.PROMOTED, OutcomeKind.ADVANCED)
TEXTS = ("post", "post_grade", "document_number", "resume_text", "remark")


def lock_outcome(outcome: Outcome, version: int | None, *, voided: bool = False) -> Outcome:
    """The open file, then the outcome, locked. Raises Stale; ValidationError for a closed file and a voided entry."""
    trainee = lock_open_file(outcome.trainee_id)
    outcome = Outcome.objects.lock(outcome.pk, version)
    if voided:
        refuse_standing(outcome)
    elif outcome.is_voided:
        raise ValidationError(_("This entry is voided."), code="voided")
    outcome.trainee = trainee
    return outcome


@dataclass(frozen=True)
class Around:
    """What is recorded of a person besides the outcome: post and rank in order of time, why no rank is given yet, and on
    which of the records a first grading stands.
    """

    records: Sequence[PostRecord]
    why_ungraded: Callable[[], str]
    graded: Collection[UUID] = ()


def around(outcome: Outcome) -> Around:
    """Asked of the database, of one person."""
    trainee = outcome.trainee
    records = list(trainee.post_records.standing().order_by("started_on"))
    return Around(records, lambda: why_no_rank_yet(trainee, None), posts_held(records))


def check_all(outcome: Outcome, before: Outcome | None = None) -> None:
    """Raises ValidationError by field; `before` is the outcome as it was, whose codes may stay."""
    check_words(outcome, before)
    clean(outcome)
    check_news(outcome, around(outcome))


def check_words(outcome: Outcome, before: Outcome | None = None) -> None:
    """What the outcome says by itself, without asking the database. Raises ValidationError by field."""
    refuse_words({name: getattr(outcome, name) for name in TEXTS})
    if outcome.document_number.strip() and not is_document_number(outcome.document_number):
        message = _("Enter the whole number of the document, such as 望委干〔2026〕31号.")
        raise refusal("document_number", message, code="document_number")
    check_published(outcome.published_on, outcome.trainee)
    _check_effect(outcome)
    _check_unit(outcome)
    for name, table in outcome.coded.items():
        check_code(name, table, getattr(outcome, name), keep=getattr(before, name) if before is not None else "")
    check_status_fits(outcome.trainee.status, rank=outcome.rank, post_grade=outcome.post_grade)


def check_published(day: date, trainee: "Trainee") -> None:
    """公布日期 not after today, which the database says as well, and not before the person was here."""
    if day > timezone.localdate():
        message = _(
            "The day of announcement lies after today: this cannot be entered. "
            "Enter it once the result is formally announced."
        )
        raise refusal("published_on", message, code="not_announced")
    known = {"day": formats.date_format(trainee.arrived_on)}
    refuse_before("published_on", day, trainee.arrived_on, _("The person reported for duty on %(day)s.") % known)


def refuse_early(outcome: Outcome) -> None:
    """Post and rank are written on the day they take effect, not before. Raises ValidationError."""
    if outcome.effective_on > timezone.localdate():
        message = _("This takes effect on %(day)s: sign it off on that day or later.")
        raise ValidationError(message % {"day": formats.date_format(outcome.effective_on)}, code="not_in_effect")


def brought_by(outcome: Outcome) -> dict[str, str]:
    """Post, rank and post grade that the outcome says."""
    names = ("rank", "post_grade") if outcome.kind == OutcomeKind.ADVANCED else ("post", "rank", "post_grade")
    return {name: getattr(outcome, name) for name in names if getattr(outcome, name)}


def _check_effect(outcome: Outcome) -> None:
    day, arrived = outcome.effective_on, outcome.trainee.arrived_on
    message = _("It cannot take effect before the person reported for duty on %(day)s.")
    refuse_before("effective_on", day, arrived, message % {"day": formats.date_format(arrived)})
    if day > timezone.localdate() + AHEAD:
        message = _("What was announced takes effect within a year.")
        raise refusal("effective_on", message, code="too_late")


def _check_unit(outcome: Outcome) -> None:
    unit, day = outcome.unit, outcome.effective_on
    if unit is None:
        return
    if unit.is_voided or unit.opened_on > day or (unit.closed_on is not None and unit.closed_on <= day):
        message = _("“%(unit)s” is closed on that day. Choose another unit or another day.")
        raise refusal("unit", message % {"unit": unit.name}, code="closed")


def check_news(outcome: Outcome, known: Around) -> None:
    """An outcome brings something new; the first rank of all is 任职定级, and nobody rises before it. Raises
    ValidationError by field.
    """
    if outcome.rank or outcome.post_grade or outcome.kind in RISES:
        _refuse_ungraded(known)
    earlier = [record for record in known.records if record.started_on < outcome.effective_on]
    before = earlier[-1] if earlier else None
    if outcome.rank or outcome.post_grade:
        _check_graded(outcome, before, known)
    if outcome.kind == OutcomeKind.ADVANCED:
        _check_advance(outcome, before)
        _check_later(outcome, before, known)
    elif before is not None and before.post == outcome.post and _is_home(outcome):
        message = _("The person holds this post since %(day)s. An outcome names another post or another unit.")
        raise refusal("post", message % {"day": formats.date_format(before.started_on)}, code="same_post")
    else:
        _check_later(outcome, before, known)


def _check_later(outcome: Outcome, before: PostRecord | None, known: Around) -> None:
    """What was held before does not go on after the outcome as if it had brought nothing."""
    later = next((record for record in known.records if record.started_on > outcome.effective_on), None)
    if before is None or later is None:
        return
    for name, value in brought_by(outcome).items():
        if getattr(later, name) == getattr(before, name) not in {"", value}:
            message = _(
                "From %(day)s on the growth file goes on with what was held before this outcome. Correct that record of "
                "post and rank first."
            )
            raise refusal("effective_on", message % {"day": formats.date_format(later.started_on)}, code="left_behind")


def _refuse_ungraded(known: Around) -> None:
    if why := known.why_ungraded():
        raise refusal("kind", why, code="not_graded")


def _check_graded(outcome: Outcome, before: PostRecord | None, known: Around) -> None:
    """Whatever the kind, an outcome gives nobody the first rank; a file that begins with a later one was graded before."""
    if before is None or not (before.rank or before.post_grade):
        if (first := _begins_later(outcome, known)) is not None:
            _refuse_other(outcome, first)
            return
        message = _(
            "Before this day no rank is recorded: the first one is first appointment and grading, which is no outcome."
        )
        field = "rank" if outcome.rank else "post_grade"
        is_advance = outcome.kind == OutcomeKind.ADVANCED
        raise refusal("kind" if is_advance else field, message, code="first_grading")


def _begins_later(outcome: Outcome, known: Around) -> PostRecord | None:
    """The record with which rank begins in a file that was not kept from the grading on: on the day of the outcome or later,
    and the outcome so long after probation that it is not the grading itself.
    """
    first = next((record for record in known.records if record.rank or record.post_grade), None)
    if first is None or first.started_on < outcome.effective_on or first.pk in known.graded:
        return None
    return first if outcome.effective_on >= add_months(end_of(outcome.trainee), SOONEST) else None


def _refuse_other(outcome: Outcome, first: PostRecord) -> None:
    """What was announced agrees with what the file holds from that day on, or leads to it."""
    field = "rank" if outcome.rank else "post_grade"
    said, holds = getattr(outcome, field), getattr(first, field)
    if first.started_on == outcome.effective_on:
        agrees = said == holds
    else:
        agrees = not holds or (said != holds and rank_order(said) >= rank_order(holds))
    if not agrees:
        message = _(
            "From %(day)s on the growth file holds another rank or post grade, which does not agree with this result. Correct "
            "one of them first."
        )
        raise refusal(field, message % {"day": formats.date_format(first.started_on)}, code="disagrees")


def _check_advance(outcome: Outcome, before: PostRecord | None) -> None:
    if before is None:
        return
    field = "rank" if outcome.rank else "post_grade"
    if getattr(outcome, field) == getattr(before, field):
        message = _("The person holds this already, since %(day)s or earlier.")
        raise refusal(field, message % {"day": formats.date_format(before.started_on)}, code="same_rank")
    if outcome.rank and before.rank and rank_order(outcome.rank) > rank_order(before.rank):
        raise refusal("rank", _("This rank is below the one that the person holds."), code="lower_rank")
    _check_steps(outcome, before)


def _check_steps(outcome: Outcome, before: PostRecord) -> None:
    """Ranks rise one by one; another step is entered with its reason, so that no slip passes."""
    if not (outcome.rank and before.rank) or outcome.remark:
        return
    if rank_order(before.rank) - rank_order(outcome.rank) > 1:
        message = _("This is more than one rank above the one held since %(day)s. Write the reason in the remark.")
        raise refusal("remark", message % {"day": formats.date_format(before.started_on)}, code="many_ranks")


def _is_home(outcome: Outcome) -> bool:
    return outcome.unit_id is None or outcome.unit_id == outcome.trainee.home_unit_id
