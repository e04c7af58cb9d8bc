"""The calendar of what somebody has to do: per day and rule a count and a link, no name and no text."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from icalendar import Calendar, Event

from cadre_app.accounts.models import User
from cadre_app.core.reminding import reminder_rules
from cadre_app.reminders.channels import message_host, public_url
from cadre_app.reminders.models import Occurrence

AHEAD = timedelta(days=180)
ASKED_EVERY = timedelta(hours=1)


def calendar_of(user: User, path: str, today: date) -> bytes:
    """What `user` has to do from `today` (local date) for 180 days, what is overdue on `today`; `path` is the due list.

    The same bytes as long as nothing changed on that day.
    """
    with translation.override(user.language or settings.LANGUAGE_CODE):
        found = Calendar()
        found.add("prodid", "-//Qinglan//Reminders//ZH")
        found.add("version", "2.0")
        found.add("method", "PUBLISH")
        found.add("x-wr-calname", gettext("Qinglan: due items"))
        found.add("refresh-interval", ASKED_EVERY, parameters={"value": "DURATION"})
        found.add("x-published-ttl", "PT1H")
        for (day, rule), count in sorted(_counts(user, today).items()):
            found.add_component(_event(user, rule, day, count, public_url(path), today))
        content: bytes = found.to_ical()
        return content


def _counts(user: User, today: date) -> Counter[tuple[date, str]]:
    """How many items of each rule on each day; one query."""
    due = Occurrence.objects.open().to_act(user).filter(day__lte=today + AHEAD, rule__in=reminder_rules.keys())
    counts: Counter[tuple[date, str]] = Counter()
    for rule, day, count in due.order_by().values_list("rule", "day").annotate(count=Count("pk")):
        counts[max(day, today), rule] += count
    return counts


def _event(user: User, rule: str, day: date, count: int, link: str, today: date) -> Event:
    text = ngettext("%(rule)s: %(count)d due", "%(rule)s: %(count)d due", count)
    event = Event()
    event.add("uid", f"{rule}.{day:%Y%m%d}.{user.pk}@{message_host()}")
    event.add("dtstamp", datetime.combine(today, time(), tzinfo=timezone.get_current_timezone()).astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", text % {"rule": reminder_rules[rule].label, "count": count})
    event.add("url", link)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
