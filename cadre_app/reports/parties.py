"""Those of whom something is asked that no other room announces: people with a growth file, and units."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.demands import PERSONS, UNITS, Party, parties
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.people.demands import with_unit_on
from cadre_app.people.figures import files_of
from cadre_app.reports.policies import CAP_OF_A_PERSON, CAP_OF_A_UNIT

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked


def announce() -> None:
    """Called once, when the app is ready."""
    parties.register(
        PERSONS,
        Party(
            label=pgettext_lazy("burden", "Young cadres"),
            heading=_("Full name"),
            place_heading=_("Unit"),
            order=10,
            rows=people,
            sort=("path_then", "rank_order", "stroke_key"),
            name=lambda trainee: str(trainee.person.name),
            place=lambda trainee: str(trainee.place_then),
            cap=CAP_OF_A_PERSON.on,
            cap_source=CAP_OF_A_PERSON.source_on,
        ),
    )
    parties.register(
        UNITS,
        Party(
            label=pgettext_lazy("burden", "Units"),
            heading=_("Unit"),
            place_heading=_("Superior unit"),
            order=30,
            rows=units,
            sort=("path",),
            name=lambda unit: str(unit.name),
            place=lambda unit: str(unit.parent.name) if unit.parent is not None else "",
            cap=CAP_OF_A_UNIT.on,
            cap_source=CAP_OF_A_UNIT.source_on,
        ),
    )


def people(asked: "Asked") -> "QuerySet[Any]":
    """Who was in development on a day of the period, with the unit of its last day."""
    files = files_of(asked, Role.STAFF, Role.LEADER).filter(arrived_on__lte=asked.as_of)
    stays = Q(departed_on=None) | Q(departed_on__gt=asked.since)
    return with_unit_on(files.filter(stays), asked.as_of).select_related("person")


def units(asked: "Asked") -> "QuerySet[Unit]":
    """Open on a day of the period, in the scope; one that closed since stays among them."""
    rows = Unit.objects.standing().filter(opened_on__lte=asked.as_of)
    rows = rows.filter(Q(closed_on=None) | Q(closed_on__gt=asked.since)).select_related("parent")
    if asked.user is not None:
        rows = rows.within(asked.user.unit_ranges(Role.STAFF, Role.LEADER))
    return rows if asked.unit is None else rows.within((asked.unit.range,))
