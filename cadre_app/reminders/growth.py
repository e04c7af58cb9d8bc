"""What rings about one person, among the days to come of the growth file."""

from typing import TYPE_CHECKING

from django.utils import timezone

from cadre_app.core.growth import Access, Coming, ComingPart, coming_parts
from cadre_app.core.reminding import reminder_rules
from cadre_app.reminders.models import Occurrence
from cadre_app.reminders.wording import live_words, state_of, when_text

if TYPE_CHECKING:
    from cadre_app.people.models import Trainee

MOST = 20
# The head reads these days from the file itself; the end of probation until it has come.
OF_THE_FILE = ("people.arrival", "people.village_term", "people.party_probation")
UNTIL_THE_DAY = ("people.probation", "probation.end")


def announce() -> None:
    """Called once, when the app is ready."""
    coming_parts.register("reminders", ComingPart(order=90, items=rings))


def rings(trainee: "Trainee", access: Access) -> list[Coming]:
    """Open items about this person that the viewer may see (on the own file those of one's own), no news and nothing
    restricted; one query, and one a rule.
    """
    user, today = access.user, timezone.localdate()
    told = {key for part in coming_parts.values() for key in part.rules} | set(OF_THE_FILE)
    left_out = {key for key, rule in reminder_rules.items() if rule.is_news or rule.restricted}
    rows = Occurrence.objects.open().filter(trainee=trainee.pk).exclude(rule__in=told | left_out)
    rows = rows.exclude(rule__in=UNTIL_THE_DAY, day__gte=today)
    seen = rows.filter(doer=user) if access.is_own else rows.visible_to(user)
    items = list(seen.order_by("day", "pk")[:MOST])
    words = live_words(items, user)
    return [
        Coming(
            said.title,
            item.day,
            said.why,
            state_of(item, today, user),
            when_text(item, today, user),
            url=said.url,
            on_paper=False,
        )
        for item in items
        if (said := words.get(item.pk)) is not None
    ]
