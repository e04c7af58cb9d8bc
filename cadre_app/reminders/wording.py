"""Due items in words: asked of the records as they stand now, for whoever looks, in the viewer's language."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.accounts.models import AccountKind
from cadre_app.core.reminding import DueWords, reminder_rules
from cadre_app.reminders.models import Occurrence

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

KINDLY = (AccountKind.MENTOR, AccountKind.TRAINEE)
SOON = 14


def live_words(items: Iterable[Occurrence], user: "User") -> "dict[UUID, DueWords]":
    """Words by key of those items that are still due and that `user` may see at this moment; one query a rule."""
    return _words(items, user, live=True)


def kept_words(items: Iterable[Occurrence], user: "User") -> "dict[UUID, DueWords]":
    """As `live_words`, also of items that are settled."""
    return _words(items, user, live=False)


def when_text(item: Occurrence, today: date, user: "User") -> str:
    """How far away its day is; mentors and trainees read 待补, never 已逾期 (demo-texts A7), of news when it was told."""
    days = (item.day - today).days
    if days < 0 and _is_news(item):
        return _("told on %(day)s") % {"day": day_text(item.day)}
    if days < 0:
        if user.kind in KINDLY:
            return _("To be made up")
        return ngettext("%(days)d day over", "%(days)d days over", -days) % {"days": -days}
    if days == 0:
        return _("today")
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


def state_of(item: Occurrence, today: date, user: "User") -> str:
    """The mark beside it: over, soon or none."""
    if item.day < today:
        return "soon" if user.kind in KINDLY or _is_news(item) else "over"
    return "soon" if (item.day - today).days <= SOON else "none"


def day_text(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")


def _is_news(item: Occurrence) -> bool:
    return item.definition is not None and item.definition.is_news


def _words(items: Iterable[Occurrence], user: "User", *, live: bool) -> "dict[UUID, DueWords]":
    by_rule: dict[str, list[Occurrence]] = {}
    for item in items:
        by_rule.setdefault(item.rule, []).append(item)
    found: dict[UUID, DueWords] = {}
    for key, own in by_rule.items():
        rule = reminder_rules.get(key)
        if rule is None:
            continue
        rows: Any = rule.dues(max(item.due_on for item in own)) if live else rule.rows()
        seen = {row.pk: row for row in rule.visible(rows.filter(pk__in={item.source for item in own}), user)}
        for item in own:
            row = seen.get(item.source)
            if row is not None and (not live or row.due_day == item.due_on):
                found[item.pk] = rule.words(row, item.due_on, user)
    return found
