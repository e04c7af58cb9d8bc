"""结对一览 The board: running pairings as cards in lanes, by how they go; the months of each with its notes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber, TruncMonth
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.core.days import add_months
from cadre_app.mentorship.health import STATES, Health, Limits
from cadre_app.mentorship.models import GuidanceNote, Pairing
from cadre_app.mentorship.pairing_columns import office_text
from cadre_app.mentorship.permissions.pairings import reads_kinship
from cadre_app.mentorship.services.refusals import of_relatives

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User
    from cadre_app.mentorship.pairing_lists import Listed

CARDS = 12
MONTHS = 12
RULES: "dict[str, _StrPromise]" = {
    Health.BEHIND: gettext_lazy("no note or check-in for twice as long as agreed"),
    Health.ENDING: gettext_lazy("planned last day near or past"),
    Health.QUIET: gettext_lazy("no note or check-in for longer than agreed"),
    Health.ON_TRACK: gettext_lazy("notes and check-ins as agreed"),
}


@dataclass(frozen=True)
class Month:
    """A calendar month of a pairing: `notes` written about it, None where it did not run."""

    first: date
    notes: int | None

    @property
    def css(self) -> str:
        return "off" if self.notes is None else "gap" if not self.notes else "many" if self.notes > 1 else "one"

    @property
    def text(self) -> str:
        """For those who hear the page: 11月2次."""
        month, count = formats.date_format(self.first, "M"), self.notes or 0
        if self.notes is None:
            return _("%(month)s not paired") % {"month": month}
        text = ngettext("%(month)s %(count)s note", "%(month)s %(count)s notes", count)
        return text % {"month": month, "count": count}


@dataclass(frozen=True)
class Card:
    pairing: Any
    office: str
    months: list[Month]
    hint: str

    @property
    def months_text(self) -> str:
        return _("; ").join(month.text for month in self.months)


@dataclass(frozen=True)
class Lane:
    """One way to go, with how many there are in all and the first of them."""

    key: str
    label: str
    state: str
    rule: str
    count: int
    cards: list[Card]

    @property
    def is_quiet(self) -> bool:
        """The mentors of this lane can be reminded."""
        return self.key in (Health.BEHIND, Health.QUIET)

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def lanes_of(listed: "Listed", user: "User") -> list[Lane]:
    """Four queries, however many pairings run: which come first in each lane, those, their months, and declared relatives."""
    first = list(_first_of_lanes(listed.rows))
    counts = {row["health"]: row["many"] for row in first}
    rows = listed.rows.in_bulk([row["pk"] for row in first])
    first = [row for row in first if row["pk"] in rows]  # one may have ended since
    shown = list(rows.values())
    months, kin = months_of(shown, user, listed.limits.day), kin_shown(shown, user)
    cards: dict[str, list[Card]] = {key: [] for key in Health.values}
    for each in first:
        row = rows[each["pk"]]
        hint = hint_of(row, listed.limits, is_kin=row.pk in kin)
        cards[each["health"]].append(Card(row, office_text(row), months[row.pk], hint))
    return [
        Lane(
            key=health.value,
            label=str(health.label),
            state=STATES[health],
            rule=str(RULES[health]),
            count=counts.get(health.value, 0),
            cards=cards[health.value],
        )
        for health in Health
    ]


def _first_of_lanes(running: Any) -> Any:
    """The keys of the first cards of each lane, with how many pairings the lane has; what is due first comes first."""
    order = (F("next_check_in_on").asc(nulls_last=True), F("pk").asc())
    lane = [F("health")]
    place = Window(RowNumber(), partition_by=lane, order_by=order)
    found = running.order_by().annotate(place=place, many=Window(Count("pk"), partition_by=lane))
    return found.filter(place__lte=CARDS).order_by("health", "place").values("pk", "health", "many")


def months_of(pairings: Sequence[Pairing], user: "User", day: date) -> dict[UUID, list[Month]]:
    """The last twelve months of each, with the notes that `user` may know of; one query."""
    this = day.replace(day=1)
    firsts = [add_months(this, step - MONTHS + 1) for step in range(MONTHS)]
    notes = GuidanceNote.objects.listed_for(user).counted()
    notes = notes.filter(pairing__in=[pairing.pk for pairing in pairings], happened_on__gte=firsts[0])
    found: Counter[tuple[UUID, date]] = Counter()
    rows = notes.order_by().annotate(month=TruncMonth("happened_on")).values_list("pairing", "month")
    for pairing, month, count in rows.annotate(count=Count("pk")):
        found[pairing, month] += count
    return {
        pairing.pk: [Month(first, _notes(pairing, first, found[pairing.pk, first])) for first in firsts]
        for pairing in pairings
    }


def _notes(pairing: Pairing, first: date, count: int) -> int | None:
    begun = pairing.started_on.replace(day=1) <= first
    over = pairing.ended_on is not None and pairing.ended_on < first
    return count if begun and not over else None


def kin_shown(pairings: Sequence[Pairing], user: "User") -> set[UUID]:
    """Of those in which `user` may know of it, the ones of declared relatives; one query at most."""
    return of_relatives([row for row in pairings if reads_kinship(user, row)])


def hint_of(row: Pairing, limits: Limits, *, is_kin: bool = False) -> str:
    """What is to be done about a running pairing that goes on by itself; `is_kin`: of declared relatives."""
    if not row.is_running:
        return ""
    if is_kin:
        names = {"mentor": row.mentor.name, "trainee": row.trainee.person.name}
        return _("%(mentor)s and %(trainee)s are declared relatives: end this pairing.") % names
    left = row.trainee.departed_on
    if left is not None:
        return _("The trainee left on %(day)s: end this pairing.") % {"day": formats.date_format(left)}
    if row.due_on < limits.day:
        text = _("Planned until %(day)s: complete it, or move that day.")
        return text % {"day": formats.date_format(row.due_on)}
    return ""
