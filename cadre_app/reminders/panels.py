"""What is due on the desk, and how things stand beside it."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.registries import DeskItem
from cadre_app.core.reminding import DueWords, reminder_rules
from cadre_app.reminders.dues import noticed
from cadre_app.reminders.models import Occurrence
from cadre_app.reminders.wording import live_words, state_of, when_text

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

SHOWN = 12


def due_items(request: "UserRequest") -> list[DeskItem]:
    """The first twelve things to do that are due or near, and a line that leads to all; one query, and one a rule."""
    user, today = request.user, timezone.localdate()
    elsewhere = [key for key, rule in reminder_rules.items() if not rule.on_desk]
    gathered = [key for key, rule in reminder_rules.items() if rule.gathered]
    mine = Occurrence.objects.to_act(user).open().filter(noticed(today)).exclude(rule__in=elsewhere, doer=user)
    items = mine.exclude(rule__in=gathered).order_by("day", "pk")
    first = list(items[: SHOWN + 1])
    words = live_words(first[:SHOWN], user)
    found = [_item(item, words[item.pk], today, user) for item in first[:SHOWN] if item.pk in words]
    if len(first) > SHOWN:
        found.append(_more(found[-1].state if found else "none"))
    return found


def _item(item: Occurrence, words: DueWords, day: date, user: "User") -> DeskItem:
    return DeskItem(
        title=words.title,
        why=words.why,
        url=words.url,
        action=words.action,
        state=state_of(item, day, user),
        when=when_text(item, day, user),
        subject=words.subject,
    )


def _more(state: str) -> DeskItem:
    return DeskItem(
        title=_("More is due"),
        why=_("The twelve that are due first stand above; the list has all of them, with filters."),
        url=reverse("reminders:due_list"),
        action=_("Open the list"),
        state=state,
    )
