"""What of a leave counts against the village term: an interruption of it, put in when the leave ends (PRODUCT.md)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Func, IntegerField, Q
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.assignments.models import Leave, LeaveKind, LeaveState, TermReview
from cadre_app.assignments.policies import LEAVE_COUNTED_FROM_DAYS, LEAVE_KINDS_COUNTED
from cadre_app.assignments.services.leave_stretches import OVER, TAKEN, neighbours, stretch_days
from cadre_app.history import services as history
from cadre_app.people.models import VillageTerm
from cadre_app.people.services.checks import refusal
from cadre_app.people.services.interruptions import interrupt_term, void_interruption

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

BREAKS = re.compile(r"[,，、;；\s]+")


@dataclass(frozen=True)
class Counted:
    """`days` that are added to the term, and its planned end `before` and `after`; `text` says it in one sentence."""

    days: int
    before: date | None
    after: date | None
    text: str


def calendar_days(until: Any, since: Any) -> Func:
    """Days from `since` to `until`, both included, of two date expressions."""
    return Func(until, since, template="(%(expressions)s + 1)", arg_joiner=" - ", output_field=IntegerField())


def days_within(leave: Leave, first: date, last: date) -> int:
    """Calendar days of the leave from `first` to `last`, both included."""
    return max(0, (min(leave.ended_on or leave.due_on, last) - max(leave.started_on, first)).days + 1)


def sick_and_personal_days(trainees: "Collection[UUID]", first: date, last: date) -> dict["UUID", int]:
    """病事假: calendar days of approved and ended leave of these kinds, by growth file; one query."""
    rows = Leave.objects.taking().filter(trainee__in=trainees, kind__in=(LeaveKind.SICK, LeaveKind.PERSONAL))
    rows = rows.filter(Q(ended_on__gte=first) | Q(ended_on=None, due_on__gte=first), started_on__lte=last)
    found: dict[UUID, int] = {}
    for leave in rows:
        found[leave.trainee_id] = found.get(leave.trainee_id, 0) + days_within(leave, first, last)
    return found


def counted_kinds(day: date) -> frozenset[str]:
    """Codes of the kinds that are added to the term, by the setting of that day; what is no code is left out."""
    return frozenset(BREAKS.split(LEAVE_KINDS_COUNTED.on(day))) & frozenset(LeaveKind.values)


def term_of(trainee: "Trainee", day: date) -> VillageTerm | None:
    """The standing village term in which `day` lies; one that was not ended runs on."""
    terms = trainee.village_terms.standing().filter(started_on__lte=day)
    return terms.filter(Q(ended_on=None) | Q(ended_on__gte=day)).order_by("-started_on").first()


def counted_span(leave: Leave, states: Collection[str] = TAKEN) -> tuple[date, date] | None:
    """First and last day that count, inside the term; None for a leave that does not count. How long it is, is asked of
    the whole stretch of leaves in these `states`.
    """
    term, first, last = leave.term, leave.started_on, leave.ended_on or leave.due_on
    if term is None or term.is_voided or leave.kind not in counted_kinds(first):
        return None
    if not _is_long(leave, states):
        return None
    if term.ended_on is not None:
        last = min(last, term.ended_on)
    is_past = (
        term.ended_on is None and leave.interruption_id is None and term.due_on is not None and first > term.due_on
    )
    return None if is_past else (first, last)


def counted(leave: Leave) -> Counted:
    """What pages say about it before and after the return; no query."""
    term, span = leave.term, counted_span(leave)
    if term is None:
        return Counted(0, None, None, _("It lies in no village term."))
    if leave.return_waits:
        return _once_confirmed(leave, span)
    if leave.state == LeaveState.RETURNED:
        item = leave.interruption
        stands = item is not None and not item.is_voided and item.ended_on is not None
        span = (item.started_on, item.ended_on) if item is not None and stands else None  # type: ignore[assignment]
    if span is None:
        return Counted(0, term.due_on, term.due_on, _why_not(leave))
    days = (span[1] - span[0]).days + 1
    if leave.state == LeaveState.RETURNED:
        text = ngettext(
            "%(days)d day was added to the village term.", "%(days)d days were added to the village term.", days
        )
        return Counted(days, None, term.due_on, _with_end(text % {"days": days}, term.due_on))
    after = term.due_on + timedelta(days=days) if term.due_on is not None and term.ended_on is None else term.due_on
    text = ngettext(
        "If it lasts as asked for, %(days)d day is added to the village term.",
        "If it lasts as asked for, %(days)d days are added to the village term.",
        days,
    )
    return Counted(days, term.due_on, after, _with_end(text % {"days": days}, after))


def _once_confirmed(leave: Leave, span: tuple[date, date] | None) -> Counted:
    """What the unit's word on the return will add to the term."""
    due_on = leave.term.due_on if leave.term is not None else None
    if span is None:
        return Counted(0, due_on, due_on, _why_not(leave))
    days = (span[1] - span[0]).days + 1
    text = ngettext(
        "Once the unit confirms the return, %(days)d day is added to the village term.",
        "Once the unit confirms the return, %(days)d days are added to the village term.",
        days,
    )
    return Counted(days, due_on, due_on, text % {"days": days})


def keep_interruption(leave: Leave, *, actor: "User") -> Leave:
    """Bring the interruptions of a locked leave, and of those that are or were one stretch with it, in line with them: put
    in, taken back, or put in anew. What staff took out of the term by hand stays out.

    A term whose review is filed stays as it is. Raises ValidationError where that would change what it was filed with; and
    one that names an interruption which covers these days already.
    """
    leave = _keep(leave, actor=actor)
    for other in _beside(leave):
        if other.interruption is None or not other.interruption.is_voided:
            _keep(other, actor=actor)
    return leave


def _beside(leave: Leave) -> list[Leave]:
    """Ended leaves that are one stretch with it now, and those that count by a stretch; in their order."""
    rows = Leave.objects.standing().filter(trainee=leave.trainee_id, state=LeaveState.RETURNED, return_waits=False)
    rows = rows.exclude(pk=leave.pk).select_related("trainee__person", "term", "interruption").order_by("started_on")
    joined = {one.pk for one in neighbours(leave, OVER)} if leave.state == LeaveState.RETURNED else set()
    found = [one for one in rows if one.pk in joined or one.interruption_id is not None]
    return [one for one in found if one.days < LEAVE_COUNTED_FROM_DAYS.on(one.started_on)]


def _keep(leave: Leave, *, actor: "User") -> Leave:
    is_over = leave.state == LeaveState.RETURNED and not leave.return_waits and not leave.is_voided
    span = counted_span(leave, OVER) if is_over else None
    old = leave.interruption
    if (
        old is not None
        and not old.is_voided
        and span == (old.started_on, old.ended_on)
        and old.term_id == leave.term_id
    ):
        return leave
    if _is_filed(old.term_id if old is not None else leave.term_id):
        if old is None or old.is_voided:
            return leave
        message = _(
            "The review of the village term is filed, with the days that this leave added to it. Take the filing back first."
        )
        raise ValidationError(message, code="term_filed")
    if old is not None:
        _link(leave, None, actor)
        if not old.is_voided:
            void_interruption(old, reason=_taken_back(), actor=actor)
    if span is not None and leave.term is not None:
        leave.term.refresh_from_db()
        _refuse_covered(leave.term, span)
        with translation.override(settings.LANGUAGE_CODE):
            reason = str(leave.get_kind_display())
        new = interrupt_term(leave.term, started_on=span[0], ended_on=span[1], reason=reason, actor=actor)
        _link(leave, new, actor)
    return leave


def _is_long(leave: Leave, states: Collection[str]) -> bool:
    """Alone, or with those that are one stretch with it."""
    least = LEAVE_COUNTED_FROM_DAYS.on(leave.started_on)
    return leave.days >= least or stretch_days(leave, states) >= least


def _is_filed(term: "UUID | None") -> bool:
    return TermReview.objects.standing().filter(term=term, filed_on__isnull=False).exists()


def _taken_back() -> str:
    """What is kept as the reason, in the language of the house whoever acts."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("The leave behind it was corrected or voided.")


def _link(leave: Leave, interruption: object, actor: "User") -> None:
    with history.change(leave, actor=actor, verb="assignments.leave.counted"):
        leave.interruption = interruption  # type: ignore[assignment]
        leave.save(update_fields=["interruption", "updated_at"])


def _refuse_covered(term: VillageTerm, span: tuple[date, date]) -> None:
    found = term.interruptions.standing().filter(started_on__lte=span[1])
    other = found.filter(Q(ended_on=None) | Q(ended_on__gte=span[0])).first()
    if other is None:
        return
    message = _(
        "An interruption of the village term from %(day)s (%(reason)s) covers these days. Correct it in the growth file first."
    )
    known = {"day": formats.date_format(other.started_on), "reason": other.reason}
    raise refusal("ended_on", message % known, code="interrupted")


def _why_not(leave: Leave) -> str:
    """Why it is not added to the term."""
    if leave.kind not in counted_kinds(leave.started_on):
        return _("Leave of this kind is not added to the village term.")
    days = LEAVE_COUNTED_FROM_DAYS.on(leave.started_on)
    if leave.interruption is not None and leave.interruption.is_voided:
        return _("It was taken out of the village term in the growth file.")
    if _is_long(leave, TAKEN):
        return _("It is not added to the village term, which was over by then.")
    text = ngettext(
        "It is not added to the village term: that begins with %(days)d day in one stretch.",
        "It is not added to the village term: that begins with %(days)d days in one stretch.",
        days,
    )
    return text % {"days": days}


def _with_end(text: str, day: date | None) -> str:
    if day is None:
        return text
    end = _("The term then ends on %(day)s.") % {"day": formats.date_format(day)}
    return _("%(first)s %(second)s") % {"first": text, "second": end}
