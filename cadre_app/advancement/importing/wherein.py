"""A new post that names a unit: another one than the present one, or the own one in other words, is told in the preview."""

import re

from django.utils.translation import gettext as _

from cadre_app.core.importing import ImportRow
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.importing.units import UnitFinder
from cadre_app.people.writing.posts import place_and_post

GIVEN = re.compile(r"(?:任命为|担任|任)(?=.)")
LEAST_ALIKE = 3


def tell_place(row: ImportRow, place: Unit, units: UnitFinder) -> None:
    """Say what stands in the post besides the post; `place` is the unit in which the outcome puts it."""
    post = row.get("post", "")
    text = post[match.end() :] if (match := GIVEN.match(post)) else post
    named = units.at_head(text)
    others = [unit for unit in named if not _is_here(unit, place)]
    if others and len(others) == len(named):
        told = {"unit": others[0].name, "home": place.name}
        message = _(
            "The new post begins with “%(unit)s”, but the unit of the person stays %(home)s. If the post is in %(unit)s, "
            "record the transfer first, write that unit in the column of the unit, and the post without it."
        )
        row.notes.append(message % told)
        return
    whole = place_and_post(place.name, post)
    if whole.removeprefix(place.name).lstrip() == post and (place in named or _is_alike(text, place)):
        message = _("With its unit the post reads “%(whole)s”. Write the post without the unit.")
        row.notes.append(message % {"whole": whole})


def _is_here(unit: Unit, place: Unit) -> bool:
    """The place itself, a village or office of it, or the district over it."""
    over = unit.kind == UnitKind.DISTRICT and place.path in unit.range
    return over or unit.path in place.range


def _is_alike(text: str, place: Unit) -> bool:
    """The first characters of the post are such of the unit's name, in their order: 区政府办公室 of 区人民政府办公室."""
    return any(_alike(text, name) >= LEAST_ALIKE for name in (place.name, place.short_name) if name)


def _alike(text: str, name: str) -> int:
    """How many characters at the head of `text` follow each other in `name`."""
    rest = iter(name)
    return next((count for count, letter in enumerate(text) if letter not in rest), len(text))
