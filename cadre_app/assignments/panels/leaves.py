"""Leave on pages that are one's own: the phone page, the card on the desk, the queue of whoever decides."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.leave_words import days_text, leave_mark, span_text
from cadre_app.assignments.models import Leave, LeaveKind, LeaveState
from cadre_app.assignments.models.leaves import WAITING
from cadre_app.assignments.permissions import leaves as permissions
from cadre_app.assignments.permissions import rooms
from cadre_app.assignments.policies import LEAVE_BY_UNIT_DAYS, LEAVE_COUNTED_FROM_DAYS
from cadre_app.assignments.services.leave_counting import counted, counted_kinds, days_within
from cadre_app.core.registries import DeskItem
from cadre_app.core.roles import Role
from cadre_app.core.tables import joined
from cadre_app.people import permissions as people
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import own_keys
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

AT_MOST, SHOWN, LONGEST_TYPED = 10, 50, 40
ANSWER_SHOWN = timedelta(days=7)
# After these days staff see what the unit has not confirmed: there may be no liaison.
LEFT_TO_UNIT = timedelta(days=3)


def own_leaves(user: "User") -> dict[str, Any]:
    """Own leave, newest first, with what can be done, and the days of this year; two queries beside the own file."""
    rows = Leave.objects.visible_to(user).standing().filter(trainee=own_keys(user)[1])
    found = list(rows.select_related("trainee__person", "trainee__home_unit", "term", "interruption")[:SHOWN])
    for row in found:
        row.near = found  # type: ignore[attr-defined]
    trainee = found[0].trainee if found else _own_file(user)
    year = timezone.localdate().year
    first, last = date(year, 1, 1), date(year, 12, 31)
    taken = rows.taking().filter(Q(ended_on__gte=first) | Q(ended_on=None, due_on__gte=first), started_on__lte=last)
    days = sum(days_within(row, first, last) for row in taken)
    return {
        "leaves": [_card(user, row) for row in found],
        "days": days,
        "own": trainee.pk,
        "may_ask": permissions.can_enter_leave(user, trainee),
        **rules_of(user, trainee),
    }


def _own_file(user: "User") -> Trainee:
    return Trainee.objects.select_related("person", "home_unit").get(person__account=user)


def rules_of(user: "User", trainee: Trainee) -> dict[str, Any]:
    """What the pages say of the way of a leave: who decides, and what is added to the village term."""
    today = timezone.localdate()
    kinds = counted_kinds(today)
    labels = [str(label) for value, label in LeaveKind.choices if value in kinds]
    is_own = people.is_own(user, trainee)
    return {
        "by_unit": LEAVE_BY_UNIT_DAYS.on(today),
        "counted_from": LEAVE_COUNTED_FROM_DAYS.on(today),
        "counted_kinds": joined(labels),
        "enters_as_staff": not is_own and user.holds(trainee.home_unit, Role.STAFF),
        "enters_as_liaison": not is_own and user.holds(trainee.home_unit, Role.LIAISON),
    }


def enterable(user: "User") -> "QuerySet[Trainee]":
    """For whom `user` may enter leave: people in development of the own units; oneself."""
    found = Trainee.objects.in_scope(user, *permissions.OFFICE).in_development().values("pk")
    return Trainee.objects.filter(Q(pk__in=found) | Q(pk=own_keys(user)[1]))


def choice(request: "UserRequest") -> dict[str, Any]:
    """Whom one can enter leave for, as far as the typed name leads; a few, never a list of everyone."""
    user, text = request.user, request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_TYPED]
    files = Trainee.objects.in_scope(user, *permissions.OFFICE).in_development()
    if text:
        files = files.filter(name_matches(text, "person"))
    found = list(files.select_related("person", "home_unit").order_by("stroke_key", "pk")[: AT_MOST + 1])
    has_own = own_keys(user)[1] is not None
    return {
        "typed": text,
        "found": found[:AT_MOST],
        "more": len(found) > AT_MOST,
        "own": own_keys(user)[1] if has_own else "",
    }


def desk_card(request: "UserRequest") -> dict[str, Any] | None:
    """The desk of somebody in development: leave that waits, is ahead, or runs; and the way to ask for one."""
    rows = Leave.objects.visible_to(request.user).standing().filter(trainee=own_keys(request.user)[1])
    live = rows.filter(state__in=(*WAITING, LeaveState.APPROVED)).order_by("started_on")
    return {"lines": [(row, leave_mark(row), span_text(row)) for row in live[:3]]}


def queue(request: "UserRequest") -> list[DeskItem]:
    """Leave that waits for the viewer, the earliest first day first; and answers of the last days to one's own."""
    user = request.user
    found: list[DeskItem] = []
    if rooms.confirms_for_unit(user):
        waits = Q(state=LeaveState.REQUESTED) | Q(return_waits=True)
        found += [_to_confirm(row) for row in _waiting(Leave.objects.confirmed_by_unit(user), waits)]
    if rooms.works_here(user):
        long_ago = timezone.localdate() - LEFT_TO_UNIT
        late = Q(state=LeaveState.REQUESTED, requested_on__lte=long_ago) | Q(
            return_waits=True, returned_on__lte=long_ago
        )
        waits = Q(state=LeaveState.CONFIRMED) | late
        found += [_to_decide(row) for row in _waiting(Leave.objects.worked_on(user), waits)]
    if permissions.can_see_own_leaves(user):
        found += _answers(user)
    return found


def _waiting(rows: Any, waits: Q) -> list[Leave]:
    here = rows.standing().filter(waits, trainee__departed_on=None, trainee__voided_at=None)
    return list(here.select_related("trainee__person").order_by("requested_on", "pk")[:AT_MOST])


def _to_confirm(row: Leave) -> DeskItem:
    title = _("Return from leave to be confirmed") if row.return_waits else _("Leave to be confirmed")
    return _item(row, title, pgettext("leave", "Look at it"))


def _to_decide(row: Leave) -> DeskItem:
    if row.state == LeaveState.CONFIRMED:
        return _item(row, _("Leave to be approved"), pgettext("leave", "Look at it"))
    late = _("Return from leave that the unit has not confirmed for days")
    title = late if row.return_waits else _("Leave that the unit has not confirmed for days")
    return _item(row, title, pgettext("leave", "Look at it"))


def _item(row: Leave, title: str, action: str) -> DeskItem:
    known = {"kind": row.get_kind_display(), "days": days_text(row.days), "span": span_text(row)}
    return DeskItem(
        title=title,
        why=_("%(kind)s, %(span)s, %(days)s") % known,
        url=_page(row),
        action=action,
        state="soon" if row.started_on <= timezone.localdate() else "none",
        subject=row.trainee.person.name,
    )


def _answers(user: "User") -> list[DeskItem]:
    """Own leave that was approved or declined in the last days and has not begun."""
    since = timezone.localdate() - ANSWER_SHOWN
    rows = Leave.objects.visible_to(user).standing().filter(trainee=own_keys(user)[1])
    decided = Q(state=LeaveState.APPROVED, approved_on__gte=since, started_on__gt=timezone.localdate())
    decided |= Q(state=LeaveState.DECLINED, updated_at__date__gte=since)
    return [_answer(row) for row in rows.filter(decided)[:3]]


def _answer(row: Leave) -> DeskItem:
    known = {"kind": row.get_kind_display(), "span": span_text(row), "reason": row.decline_reason}
    if row.state == LeaveState.DECLINED:
        title, why = _("Your leave was declined"), _("%(kind)s, %(span)s. Reason: %(reason)s") % known
    else:
        title, why = _("Your leave is approved"), _("%(kind)s, %(span)s") % known
    return DeskItem(title=title, why=why, url=_page(row), action=_("View"))


def _page(row: Leave) -> str:
    return reverse("assignments:leave_detail", kwargs={"pk": row.pk})


def _card(user: "User", row: Leave) -> dict[str, Any]:
    return {
        "leave": row,
        "mark": leave_mark(row),
        "span": span_text(row),
        "days": days_text(row.days),
        "counted": counted(row)
        if row.term_id is not None and row.state in (LeaveState.APPROVED, LeaveState.RETURNED)
        else None,
        "may_return": permissions.can_return_leave(user, row),
        "may_change": permissions.can_change_leave(user, row),
        "may_withdraw": permissions.can_withdraw_leave(user, row),
    }
