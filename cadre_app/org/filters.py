"""What the table of units can be narrowed to."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.core.filtering import OpeningChoiceFilter
from cadre_app.org.models import Unit, UnitKind

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Units = QuerySet[Unit]


class State:
    OPEN, CLOSED, VOIDED = "open", "closed", "voided"
    CHOICES = ((OPEN, _("In operation")), (CLOSED, _("Closed down")), (VOIDED, _("Voided")))


class UnitFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Kind, state on this day (local date), how deep, and a text in the name."""

    q = django_filters.CharFilter(method="by_text", label=_("Name contains"))
    kind = django_filters.ChoiceFilter(choices=UnitKind.choices, label=_("Kind"), empty_label=_("All kinds"))
    state = django_filters.ChoiceFilter(
        choices=State.CHOICES, method="by_state", label=_("State"), empty_label=_("Not voided")
    )
    below = OpeningChoiceFilter(
        choices=(("all", _("All below")),), method="by_depth", label=_("Depth"), empty_label=_("Directly below")
    )

    class Meta:
        model = Unit
        fields: list[str] = []

    def by_text(self, queryset: Units, name: str, value: str) -> Units:
        text = value.strip()
        return queryset.filter(Q(name__icontains=text) | Q(short_name__icontains=text))

    def by_state(self, queryset: Units, name: str, value: str) -> Units:
        today = timezone.localdate()
        conditions: dict[str, Callable[[], Q]] = {
            State.OPEN: lambda: Q(closed_on=None) | Q(closed_on__gt=today),
            State.CLOSED: lambda: Q(closed_on__lte=today),
            State.VOIDED: Q,
        }
        return queryset.filter(conditions[value]())

    def by_depth(self, queryset: Units, name: str, value: str) -> Units:
        """Done by `filtered_units`, which knows the chosen unit."""
        return queryset


def filtered_units(data: QueryDict, *, user: "User", chosen: Unit | None) -> UnitFilter:
    """The units that `user` sees at and below `chosen`, as these URL parameters narrow them; page and export alike."""
    units = Unit.objects.visible_to(user).select_related("parent")
    voided = data.get("state") == State.VOIDED
    units = units.filter(voided_at__isnull=not voided)
    if chosen is not None:
        everything = data.get("below") == "all" or data.get("q") or voided
        units = units.within((chosen.range,)).exclude(pk=chosen.pk) if everything else units.filter(parent=chosen)
    return UnitFilter(data, queryset=units.in_official_order())


def chosen_unit(key: str, *, user: "User") -> Unit | None:
    """The unit that the URL's `unit` names; None if that is no unit that `user` sees."""
    try:
        pk = UUID(key)
    except ValueError:
        return None
    return Unit.objects.visible_to(user).select_related("parent").filter(pk=pk).first()


def top_unit(user: "User") -> Unit | None:
    """The first unit in official order that `user` sees."""
    return Unit.objects.visible_to(user).standing().select_related("parent").in_official_order().first()
