"""What a posting must keep to before it is kept: days, host, limits of its kind, other postings, the village term."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.assignments.compliance import BY_SUPERIOR, ONE_DAY, is_cooling, most_months, takes_away
from cadre_app.assignments.models import Posting, PostingKind, PostingMode, PostingState
from cadre_app.assignments.models.choices import PENDING
from cadre_app.assignments.policies import MID_TERM_FROM_MONTHS, TEMPORARY_LEAST_MONTHS
from cadre_app.assignments.stretch_words import days_text
from cadre_app.core.days import add_months
from cadre_app.core.village_terms import Reopening
from cadre_app.people.models import Trainee, VillageTerm
from cadre_app.people.models.persons import relatives_of
from cadre_app.people.services.checks import (
    READ_ONLY,
    lock_file,
    refusal,
    refuse_before,
    refuse_future,
    refuse_standing,
)

if TYPE_CHECKING:
    from cadre_app.assignments.models.postings import PostingQuerySet

PLANNED_AHEAD = timedelta(days=366)
LONGEST = timedelta(days=5 * 366)
TOO_LONG = {
    PostingKind.SHADOW: gettext_lazy(
        "Shadow training lasts %(most)s months at most; it is extended once at most, with approval."
    ),
    PostingKind.LOAN: gettext_lazy("Borrowing lasts %(most)s months at most."),
    PostingKind.TEMPORARY_POST: gettext_lazy("A temporary post lasts %(most)s months at most."),
}


def lock_posting(
    posting: Posting, version: int | None = None, *, voided: bool = False, departed: bool = False
) -> Posting:
    """The open file (or that of somebody `departed`), then its standing (or `voided`) posting, locked in this order.

    Raises Stale, ValidationError.
    """
    trainee = lock_file(posting.trainee_id)
    if trainee.is_voided or (trainee.is_read_only and not departed):
        raise ValidationError(READ_ONLY, code="read_only")
    posting = Posting.objects.lock(posting.pk, version)
    if voided:
        refuse_standing(posting)
    elif posting.is_voided:
        raise ValidationError(_("This posting is voided."), code="voided")
    posting.trainee = trainee
    return posting


def check_all(posting: Posting, *, superior_files: int) -> None:
    """Raise ValidationError by field where the posting may not be kept as it stands; its file is locked."""
    check_days(posting)
    check_document(posting)
    check_host(posting)
    check_limits(posting)
    refuse_overlap(posting)
    check_superior(posting, superior_files)
    check_supervisor(posting)
    if posting.kind == PostingKind.SHADOW and not posting.plan:
        raise refusal("plan", _("Shadow training needs a study plan."), code="plan")


def check_supervisor(posting: Posting) -> None:
    """Nobody supervises, and later appraises, themselves or a declared relative (回避, ACCESS.md)."""
    if posting.supervisor_id is None:
        return
    if posting.supervisor_id == posting.trainee.person_id:
        raise refusal("supervisor", _("Nobody supervises their own posting."), code="own")
    if posting.supervisor_id in relatives_of([posting.trainee.person_id]):
        message = _("%(name)s is a declared relative of this person. Choose somebody else.")
        raise refusal("supervisor", message % {"name": posting.supervisor}, code="relative")


def check_days(posting: Posting) -> None:
    """The database cannot even build a period that ends before it starts, so that is asked first."""
    start, due, arrived = posting.started_on, posting.due_on, posting.trainee.arrived_on
    message = _("A posting cannot start before reporting for duty on %(day)s.")
    refuse_before("started_on", start, arrived, message % {"day": formats.date_format(arrived)})
    if start > timezone.localdate() + PLANNED_AHEAD:
        raise refusal("started_on", _("A posting is planned one year ahead at most."), code="too_late")
    if due is None:
        if posting.kind != PostingKind.TASK_FORCE:
            message = _("Enter the planned last day; only a task force may end with its task.")
            raise refusal("due_on", message, code="due_on")
        return
    if due < start:
        raise refusal("due_on", _("The planned last day lies before the first one."), code="before_start")
    if due > start + LONGEST:
        raise refusal("due_on", _("A posting lasts five years at most."), code="too_long")


def check_document(posting: Posting) -> None:
    """The date of a document: not to come, and not years before the posting."""
    if posting.document_on is None:
        return
    refuse_future("document_on", posting.document_on)
    message = _("The document is dated more than five years before the posting.")
    refuse_before("document_on", posting.document_on, posting.started_on - LONGEST, message)


def check_host(posting: Posting) -> None:
    """A unit of the tree has to be open on the first and on the last day; it is not the own one, unless beside the post."""
    unit = posting.unit
    if unit is None:
        return
    if unit.parent_id is None:
        raise refusal("unit", _("Choose the unit below the district that receives the person."), code="root")
    if unit.pk == posting.trainee.home_unit_id and posting.mode != PostingMode.BESIDE:
        message = _("This is the person's own unit. Who serves a front beside the own post is posted beside it.")
        raise refusal("unit", message, code="own_unit")
    last = posting.ended_on or posting.due_on or posting.started_on
    is_open = unit.opened_on <= posting.started_on and (unit.closed_on is None or unit.closed_on > last)
    if unit.is_voided or not is_open:
        message = _("“%(unit)s” is closed on these days. Choose another host unit or other days.")
        raise refusal("unit", message % {"unit": unit.name}, code="closed")


def check_limits(posting: Posting) -> None:
    """The longest and the shortest time of the kind, by the settings in force on the first day."""
    start, due = posting.started_on, posting.due_on
    most = most_months(posting, start)
    if most is None or due is None:
        return
    if due >= add_months(start, most):
        raise refusal("due_on", str(TOO_LONG[PostingKind(posting.kind)]) % {"most": most}, code="limit")
    least = TEMPORARY_LEAST_MONTHS.on(start)
    if posting.kind == PostingKind.TEMPORARY_POST and due < add_months(start, least) - ONE_DAY:
        message = _("A temporary post lasts %(least)s months at least.") % {"least": least}
        raise refusal("due_on", message, code="limit")


def refuse_overlap(posting: Posting, *, field: str = "started_on", since: date | None = None) -> None:
    """Two full-time postings of one person never overlap; the message names the other one with its days.

    `since`: only what lies on or after this day is asked about, for an end that is put off.
    """
    if posting.mode != PostingMode.FULL:
        return
    start, last = since or posting.started_on, posting.ended_on or posting.due_on
    others = Posting.objects.taking().filter(trainee=posting.trainee_id, mode=PostingMode.FULL).exclude(pk=posting.pk)
    others = others.select_related("unit").order_by("started_on")
    if last is not None:
        others = others.filter(started_on__lte=last)
    other = others.filter(Q(covered_until__gte=start) | Q(covered_until=None)).first()
    if other is not None:
        raise refusal(field, overlap_text(other), code="overlap")
    _refuse_unreturned(others, start, field)


def check_superior(posting: Posting, files: int) -> None:
    """Where the superior department has to approve: its number, and in the village term also its document."""
    number = posting.superior_document
    if village_term_of(posting.trainee, posting) is not None and takes_away(posting.kind, posting.mode):
        if not number or not files:
            message = _(
                "During the village term nobody is borrowed or sent to shadow training as a rule. "
                "Where it is necessary, upload the approval of the superior organization department."
            )
            if posting.kind not in BY_SUPERIOR:
                message = _(
                    "During the village term nobody is posted away full-time as a rule. "
                    "Where it is necessary, upload the approval of the superior organization department."
                )
            raise refusal("superior_files" if number else "superior_document", message, code="village_term")
    elif posting.kind == PostingKind.LOAN and not number:
        message = _("Borrowing is recorded only with the approval of the superior department: enter its number.")
        raise refusal("superior_document", message, code="loan")
    if posting.kind == PostingKind.SHADOW and not number:
        _refuse_cooling(posting)


def village_term_of(trainee: Trainee, posting: Posting) -> VillageTerm | None:
    """The standing village term into which days of the posting fall; past its planned end it goes on until it is ended."""
    terms = VillageTerm.objects.standing().filter(trainee=trainee)
    if posting.due_on is not None:
        terms = terms.filter(started_on__lte=posting.due_on)
    here = Q(ended_on__gte=posting.started_on)
    here |= Q(ended_on=None) & (Q(due_on=None) | Q(due_on__gte=posting.started_on) | Q(due_on__lt=timezone.localdate()))
    return terms.filter(here).order_by("started_on").first()


def refuse_posted_since(asked: Reopening) -> str:
    """Whoever was sent away for good reason because the term was over is not put back into it unawares."""
    rows = Posting.objects.taking().filter(trainee=asked.trainee, started_on__gt=asked.ended_on, superior_document="")
    for one in rows.select_related("unit").order_by("started_on"):
        if takes_away(one.kind, one.mode) and asked.reaches(one.started_on):
            message = _(
                "Since the term ended the person is posted at “%(unit)s”, from %(day)s: that would lie in the village term again. "
                "Take the posting back, or enter the superior department's document there first."
            )
            return message % {"unit": one.host, "day": formats.date_format(one.started_on)}
    return ""


def mid_term_day(posting: Posting) -> date | None:
    """Half-way, for postings of the setting's length; None for short ones and those without a planned end."""
    start, due = posting.started_on, posting.due_on
    if due is None or due < add_months(start, MID_TERM_FROM_MONTHS.on(start)) - ONE_DAY:
        return None
    return start + (due - start) // 2


def _refuse_cooling(posting: Posting) -> None:
    """Also where the other one lies after it, or begins on the same day: in what order they are entered says nothing."""
    others = Posting.objects.taking().filter(trainee=posting.trainee_id, kind=PostingKind.SHADOW).exclude(pk=posting.pk)
    end = posting.due_on or posting.started_on
    for other in others.order_by("-started_on"):
        first, second = sorted(((posting.started_on, end), (other.started_on, other.covered_until or date.max)))
        if is_cooling(second[0], first[1], posting.started_on):
            known = {"start": formats.date_format(other.started_on)}
            known["day"] = formats.date_format(other.covered_until) if other.covered_until is not None else ""
            message = _(
                "Another shadow training is from %(start)s to %(day)s: they lie too close together. "
                "With the approval of the superior department, enter its number."
            )
            raise refusal("superior_document", message % known, code="cooling")


def _refuse_unreturned(others: "PostingQuerySet", start: date, field: str) -> None:
    """Whoever should be back and whose return is not recorded is not sent elsewhere, neither now nor for a day to come."""
    today = timezone.localdate()
    late = others.filter(state=PostingState.APPROVED, due_on__lt=min(start, today)).last()
    if late is not None and late.due_on is not None:
        known = {"unit": late.host, "day": formats.date_format(late.due_on)}
        message = _(
            "The posting at “%(unit)s” was until %(day)s and its return is not recorded. Record the return first."
        )
        raise refusal(field, message % known, code="unreturned")


def overlap_text(other: Posting) -> str:
    """Where the other one stands, and the way out that there is from there."""
    if other.state in PENDING:
        text = _(
            "A full-time posting at “%(unit)s” is proposed (%(days)s): the times overlap. "
            "Change the days, or change, decline or void that proposal first."
        )
    elif other.state == PostingState.APPROVED and other.started_on > timezone.localdate():
        text = _(
            "A full-time posting at “%(unit)s” is approved (%(days)s) and has not begun: the times overlap. "
            "Change the days, or void that posting first."
        )
    elif other.state == PostingState.APPROVED:
        text = _(
            "This person is posted full-time at “%(unit)s” (%(days)s): the times overlap. "
            "Change the days, or record the return first."
        )
    else:
        text = _("This person was posted full-time at “%(unit)s” (%(days)s): the times overlap. Change the days.")
    return text % {"unit": other.host, "days": days_text(other.started_on, other.covered_until)}
