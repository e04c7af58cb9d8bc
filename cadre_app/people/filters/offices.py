"""What the list of offices can be narrowed to."""

from typing import TYPE_CHECKING

import django_filters
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.forms import HiddenInput
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cadre_app.people.models import Office, OfficeHolding

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

Offices = QuerySet[Office]


class State:
    OCCUPIED, VACANT, VOIDED = "occupied", "vacant", "voided"
    CHOICES = ((OCCUPIED, _("Occupied")), (VACANT, _("Vacant")), (VOIDED, _("Voided")))


class Source:
    POLITICAL, COMMUNITY = "political", "community"
    CHOICES = ((POLITICAL, _("Political mentor")), (COMMUNITY, _("Community mentor")))


class OfficeFilter(django_filters.FilterSet):  # type: ignore[misc]
    """A text in the name of office, unit or holder; whether somebody holds it; whose mentor its holder becomes."""

    q = django_filters.CharFilter(method="by_text", label=_("Office, unit or holder"))
    state = django_filters.ChoiceFilter(
        choices=State.CHOICES, method="by_state", label=_("State"), empty_label=_("Not voided")
    )
    source = django_filters.ChoiceFilter(choices=Source.CHOICES, method="by_source", label=_("Source of mentors"))
    unit = django_filters.ChoiceFilter(choices=(), method="by_unit", label=_("Unit"), widget=HiddenInput)

    class Meta:
        model = Office
        fields: list[str] = []

    def by_text(self, queryset: Offices, name: str, value: str) -> Offices:
        text = value.strip()
        held = OfficeHolding.objects.current().filter(office=OuterRef("pk"), person__name__icontains=text)
        return queryset.filter(Q(name__icontains=text) | Q(unit__name__icontains=text) | Exists(held))

    def by_state(self, queryset: Offices, name: str, value: str) -> Offices:
        if value == State.VOIDED:
            return queryset
        held = Exists(OfficeHolding.objects.current().filter(office=OuterRef("pk")))
        return queryset.filter(held if value == State.OCCUPIED else ~held)

    def by_source(self, queryset: Offices, name: str, value: str) -> Offices:
        return queryset.filter(**{f"is_{value}_source": True})

    def by_unit(self, queryset: Offices, name: str, value: object) -> Offices:
        """Done by `filtered_offices`, which knows the chosen unit."""
        return queryset


def filtered_offices(data: QueryDict, *, user: "User", chosen: "Unit | None") -> OfficeFilter:
    """Offices at and below `chosen` that `user` sees, in official order, each with `holders_now`."""
    current = OfficeHolding.objects.visible_to(user).current().select_related("person")
    offices = Office.objects.visible_to(user).filter(voided_at__isnull=data.get("state") != State.VOIDED)
    if chosen is not None:
        offices = offices.filter(unit__path__gte=chosen.range.start, unit__path__lt=chosen.range.end)
    offices = offices.select_related("unit").prefetch_related(
        Prefetch("holdings", queryset=current, to_attr="holders_now")
    )
    found = OfficeFilter(data, queryset=offices.order_by("unit__path", "order", "name", "pk"))
    if chosen is not None:
        found.form.fields["unit"].choices = [(str(chosen.pk), chosen.name)]
    return found
