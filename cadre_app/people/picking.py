"""Persons found by typing: what a field that names somebody offers, never a list of everyone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core.fields import HIDDEN
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import joined
from cadre_app.core.typed import narrow
from cadre_app.people.models import OfficeHolding, Person, Trainee
from cadre_app.people.writing.names import pinyin_matches, tidy_name

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST_HITS = 10
LONGEST_TYPED = 40


@dataclass(frozen=True)
class PersonHit:
    """Somebody to choose: the name, and what tells them apart from others of that name."""

    pk: UUID
    name: str
    detail: str


def pickable(user: "User") -> "QuerySet[Person]":
    """Whom `user` may name in a record."""
    return Person.objects.visible_to(user).standing()


def persons_found(user: "User", text: str) -> list[PersonHit]:
    """At most ten persons whose name, pinyin or initials begin with `text`, as `user` may see them; four queries.

    Files and holders are asked apart, each by its own `visible_to`: together they would be worked out in full first.
    """
    text = narrow(text)[:LONGEST_TYPED]
    if not text or HIDDEN.search(text):
        return []
    condition = Q(person__name__startswith=tidy_name(text)) | pinyin_matches(text, "person")
    condition &= Q(person__voided_at=None)
    files = Trainee.objects.visible_to(user).standing().filter(condition).order_by("person__name", "person_id")
    holders = OfficeHolding.objects.visible_to(user).standing().filter(condition).order_by("person__name", "person_id")
    found = {pk for (pk,) in files.values_list("person_id")[:MOST_HITS]}
    found |= {pk for (pk,) in holders.values_list("person_id").distinct()[:MOST_HITS]}
    return hits_of(user, Person.objects.filter(pk__in=found).order_by("name", "pk")[:MOST_HITS])


def hits_of(user: "User", persons: "QuerySet[Person]") -> list[PersonHit]:
    """`persons` with their unit and office where `user` sees these, or the office that they held until lately; three
    queries however many.
    """
    seen = OfficeHolding.objects.visible_to(user).standing().filter(since__lte=timezone.localdate())
    seen = seen.select_related("office__unit").order_by("since", "pk")
    rows: Iterable[Person] = persons.select_related("trainee__home_unit").prefetch_related(
        Prefetch("holdings", queryset=seen, to_attr="offices_held")
    )
    return [PersonHit(person.pk, person.name, _detail(user, person)) for person in rows]


def _detail(user: "User", person: Person) -> str:
    held: list[OfficeHolding] = getattr(person, "offices_held", [])
    today = timezone.localdate()
    parts = [_office(item) for item in held if item.until is None or item.until >= today]
    over = [(item.until, _office(item)) for item in held if item.until is not None]
    if over and not parts:
        day, office = max(over)
        parts = [
            _("until %(day)s %(office)s, no longer in office") % {"day": formats.date_format(day), "office": office}
        ]
    trainee = getattr(person, "trainee", None)
    if trainee is not None and user.holds(trainee.home_unit, *BUSINESS_ROLES):
        parts.append(f"{trainee.home_unit.label} {trainee.file_number}")
    return joined(parts)


def _office(holding: OfficeHolding) -> str:
    return f"{holding.office.unit.label} {holding.office.name}"
