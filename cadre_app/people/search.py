"""What the search finds of people: growth files, holders of offices, units as conditions of the roster.

Cheap and certain ways come first (file number, name, initials, full pinyin); other readings only if they found little.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace
from django.db.models.lookups import StartsWith
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.core.registries import Hit, SearchSource, search_sources
from cadre_app.core.typed import contains, narrow
from cadre_app.org.models import Unit
from cadre_app.people import permissions
from cadre_app.people.models import OfficeHolding, Trainee
from cadre_app.people.models.persons import name_parts
from cadre_app.people.policies import FILE_PREFIX
from cadre_app.people.writing.names import pinyin_matches, tidy_name

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LETTERS = re.compile(r"[a-z]+\Z")
SHORTEST_LATIN = 2
SHORTEST_UNDOTTED = 3  # as long as names with a dot begin to be written without it


def announce() -> None:
    """Called once, when the app is ready."""
    for key, label, order, find in (
        ("people.trainees", gettext_lazy("Growth files"), 10, find_trainees),
        ("people.holders", gettext_lazy("Holders of offices"), 20, find_holders),
        ("people.units", gettext_lazy("Units"), 30, find_units),
    ):
        asks_for = gettext_lazy("Name, pinyin initials, unit, number or words")
        source = SearchSource(label, order, permissions.can_see_roster, find, asks_for)
        search_sources.register(key, source)


def find_trainees(user: "User", text: str, limit: int) -> list[Hit]:
    """Growth files by name, pinyin, initials or file number; departed ones too, voided ones not."""
    files = Trainee.objects.visible_to(user).standing().select_related("person", "home_unit")
    return [_trainee_hit(trainee) for trainee in collect(files, chain(_number_ways(text), name_ways(text)), limit)]


def find_holders(user: "User", text: str, limit: int) -> list[Hit]:
    """Who holds an office now, by name, pinyin or initials."""
    held = OfficeHolding.objects.visible_to(user).current().filter(office__voided_at=None)
    held = held.select_related("person", "office__unit")
    return [
        Hit(
            title=holding.person.name,
            detail=f"{holding.office.unit.name} · {holding.office.name}",
            url=reverse("people:person_detail", args=[holding.person_id]),
        )
        for holding in collect(held, name_ways(text), limit)
    ]


def find_units(user: "User", text: str, limit: int) -> list[Hit]:
    """Units whose name contains the text; each opens the roster of its people."""
    units = Unit.objects.visible_to(user).standing().select_related("parent").in_official_order()
    found = units.filter(contains(text, "name", "short_name"))
    return [
        Hit(
            title=unit.name,
            detail=" · ".join(
                part for part in (unit.parent.name if unit.parent else "", _("people of this unit")) if part
            ),
            url=f"{reverse('people:trainee_list')}?unit={unit.pk}",
        )
        for unit in found[:limit]
    ]


Way = tuple[Q, str]


def collect(rows: "QuerySet[Any]", ways: Iterable[Way], limit: int) -> list[Any]:
    """The first `limit` rows, each once; a further way is asked only while rows are wanting."""
    found: dict[Any, Any] = {}
    for condition, order in ways:
        for row in rows.filter(condition).order_by(order, "pk")[:limit]:
            found.setdefault(row.pk, row)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def name_ways(text: str) -> Iterator[Way]:
    """Conditions on a person's name with the order that suits each, the most certain first; typed in any width."""
    text = narrow(text)
    latin = "".join(text.lower().replace("'", " ").split())
    if not LETTERS.match(latin):
        yield _name_contains(text), "person__name_stroke_key"
        if len(text) > SHORTEST_UNDOTTED:
            undotted = Replace("person__name", Value("·"), Value(""))
            typed = tidy_name(text).replace("·", "")
            yield Q(StartsWith(undotted, typed), person__name__contains="·"), "person__name_stroke_key"
    elif len(latin) >= SHORTEST_LATIN:
        yield Q(person__name_initials=latin), "person__name_stroke_key"
        yield Q(person__name_pinyin__startswith=latin), "person__name_pinyin"
        yield pinyin_matches(text, "person"), "person__name_pinyin"


def _name_contains(text: str) -> Q:
    """The text at the beginning of the name or of one of its parts; each place has an index."""
    text = tidy_name(text)
    found = Q(person__name__startswith=text)
    for part in name_parts("person").values():
        found |= Q(StartsWith(part, text))
    return found


def _number_ways(text: str) -> Iterator[Way]:
    """A file number, or its end without the prefix."""
    number = narrow(text).upper()
    if not any(character.isdigit() for character in number):
        return
    numbers = (number, f"{FILE_PREFIX.now()}-{number}")
    yield Q(file_number__startswith=numbers[0]) | Q(file_number__startswith=numbers[1]), "file_number"


def _trainee_hit(trainee: Trainee) -> Hit:
    parts = [trainee.home_unit.name, trainee.get_kind_display(), trainee.file_number]
    if trainee.departed_on is not None:
        parts.append(pgettext("stage", "Left"))
    return Hit(trainee.person.name, " · ".join(parts), reverse("growth:file", args=[trainee.pk]))
