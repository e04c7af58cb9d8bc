"""A new post that names a unit: another one than the present one, or the own one in other words, is told in the preview."""

import re

from django.utils.translation import gettext as _

from cadre_app.core.importing import ImportRow
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.importing.bodies import unit_elsewhere, without_party
from cadre_app.people.importing.units import UnitFinder
from cadre_app.people.writing.posts import place_and_post
from cadre_app.policy.values import CORE_CITY_NAME

GIVEN = re.compile(r"(?:任命为|担任|任)(?=.)")
LEAST_ALIKE = 3


def tell_place(row: ImportRow, place: Unit, units: UnitFinder) -> None:
    """Say what stands in the post besides the post; `place` is the unit in which the outcome puts it."""
    post = row.get("post", "")
    text = post[match.end() :] if (match := GIVEN.match(post)) else post
    named = units.at_head(text)
    others = [unit for unit in named if not _is_here(unit, place)]
    if others and len(others) == len(named):
        _tell_other(row, others[0], place)
        return
    whole = place_and_post(place.name, post)
    says_unit = whole.removeprefix(place.name).lstrip() == post
    if says_unit and (place in named or _is_alike(without_party(text), place)):
        message = _("With its unit the post reads “%(whole)s”. Write the post without the unit.")
        row.notes.append(message % {"whole": whole})
    elif says_unit and (over := next((unit for unit in named if _is_over(unit, place)), None)):
        _tell_other(row, over, place)
    elif not named and (unit := unit_elsewhere(text, CORE_CITY_NAME.now())):
        message = _(
            "The new post begins with “%(unit)s”, which is none of your units, but the unit of the person stays %(home)s. "
            "Check where the post is, and write it without the unit."
        )
        row.notes.append(message % {"unit": unit, "home": place.name})


def _tell_other(row: ImportRow, unit: Unit, place: Unit) -> None:
    message = _(
        "The new post begins with “%(unit)s”, but the unit of the person stays %(home)s. If the post is in %(unit)s, "
        "record the transfer first, write that unit in the column of the unit, and the post without it."
    )
    row.notes.append(message % {"unit": unit.name, "home": place.name})


def _is_here(unit: Unit, place: Unit) -> bool:
    """The place itself, a village or office of it, or the district over it, whose name may be part of the unit's."""
    return _is_over(unit, place) or unit.path in place.range


def _is_over(unit: Unit, place: Unit) -> bool:
    return unit.kind == UnitKind.DISTRICT and unit != place and place.path in unit.range


def _is_alike(text: str, place: Unit) -> bool:
    """The first characters of the post are such of the unit's name, in their order: 区政府办公室 of 区人民政府办公室."""
    return any(_alike(text, name) >= LEAST_ALIKE for name in (place.name, place.short_name) if name)


def _alike(text: str, name: str) -> int:
    """How many characters at the head of `text` follow each other in `name`."""
    rest = iter(name)
    return next((count for count, letter in enumerate(text) if letter not in rest), len(text))
