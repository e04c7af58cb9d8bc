"""The bell for access tokens: their owner hears that one ends, before its program stands still."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.api.models import Token
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "api.token_ends",
        ReminderRule(
            label=gettext_lazy("Access token ends"),
            source=gettext_lazy("Last day of the own token"),
            rows=tokens,
            dues=ending,
            visible=as_own,
            words=token_words,
            order=910,
            leads=(14, 3),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
        ),
    )


def tokens() -> Rows:
    return Token.objects.select_related("owner")


def ending(until: date) -> Rows:
    """Those that still open something; one that is over is done with."""
    rows = tokens().standing().filter(expires_on__range=(timezone.localdate(), until), owner__is_active=True)
    return rows.annotate(due_day=F("expires_on"), trainee_key=NOBODY, doer_key=F("owner_id"))


def as_own(rows: Rows, user: "User") -> Rows:
    return rows.filter(owner=user)


def token_words(token: Token, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("The access token “%(name)s” ends") % {"name": token.name},
        why=_("Its program reads nothing any more after this day."),
        url=reverse("api:token_list"),
        action=_("Access tokens"),
    )
