"""What accounts put on desks: requests and locks for the security administrator, answers for the department."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cadre_app.accounts import limits, lockout
from cadre_app.accounts.models import AccountRequest, User
from cadre_app.core.registries import DeskItem

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest

SHOWN = 10
ANSWERS_SHOWN_FOR = timedelta(days=7)


def waiting_requests(request: "UserRequest") -> list[DeskItem]:
    """Requests that wait for the security administrator, oldest first."""
    rows = AccountRequest.objects.visible_to(request.user).filter(status=AccountRequest.Status.WAITING)
    return [
        DeskItem(
            title=_("An account has been requested"),
            why=_("Requested on %(day)s for %(unit)s; accounts are activated by the security administrator.")
            % {"day": _day(row.created_at), "unit": row.unit.name},
            url=reverse("accounts:request_detail", args=[row.pk]),
            action=_("Handle"),
            subject=row.display_name,
        )
        for row in rows.select_related("unit").order_by("created_at")[:SHOWN]
    ]


def locked_accounts(request: "UserRequest") -> list[DeskItem]:
    """Accounts that are locked after failed sign-ins."""
    rows = User.objects.visible_to(request.user).filter(is_active=True, username__in=lockout.locked_usernames())
    return [
        DeskItem(
            title=_("The account is locked"),
            why=_("%(count)d failed sign-ins in a row; the lock ends by itself after %(minutes)d minutes.")
            % {"count": limits.lock_threshold(), "minutes": int(limits.lock_period().total_seconds() // 60)},
            url=reverse("accounts:detail", args=[row.pk]),
            action=_("View"),
            state="soon",
            subject=row.display_name,
        )
        for row in rows.order_by("username")[:SHOWN]
    ]


def answered_requests(request: "UserRequest") -> list[DeskItem]:
    """One's own requests that were answered in the last seven days, newest first."""
    answered = (AccountRequest.Status.ACTIVATED, AccountRequest.Status.DECLINED)
    rows = AccountRequest.objects.visible_to(request.user).filter(
        requested_by=request.user, status__in=answered, answered_at__gte=timezone.now() - ANSWERS_SHOWN_FOR
    )
    return [_answer(row) for row in rows.order_by("-answered_at")[:SHOWN]]


def _answer(row: AccountRequest) -> DeskItem:
    activated = row.status == AccountRequest.Status.ACTIVATED
    day = {"day": _day(row.answered_at), "answer": row.answer}
    return DeskItem(
        title=_("The account has been activated") if activated else _("The account request has been declined"),
        why=_("Answered on %(day)s; the slip is handed over by the security administrator.") % day
        if activated
        else _("Answered on %(day)s: %(answer)s") % day,
        url=reverse("accounts:request_detail", args=[row.pk]),
        action=_("View"),
        subject=row.display_name,
    )


def _day(moment: object) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")  # type: ignore[arg-type]
