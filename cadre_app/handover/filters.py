"""What the lists of materials and of hand-overs can be narrowed to."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.widgets import DayInput
from cadre_app.handover.models import READERS, HandOver, HandOverLine, Material, MaterialKind
from cadre_app.org.models import Unit
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

    from cadre_app.accounts.models import User

LONGEST_TYPED = 40
WAITING, LATE, GONE, VOIDED = "waiting", "late", "gone", "voided"


class MaterialFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, kind, unit, state, the days between which a paper was formed, and by when it goes."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    kind = django_filters.ChoiceFilter(
        choices=MaterialKind.choices, label=pgettext_lazy("material", "Kind"), empty_label=_("All")
    )
    unit = UnitFilter(path="trainee__home_unit__path", label=_("Unit"))
    state = django_filters.ChoiceFilter(
        choices=(
            (WAITING, pgettext_lazy("material", "To be handed over")),
            (LATE, pgettext_lazy("material", "Overdue")),
            (GONE, pgettext_lazy("material", "Handed over")),
            (VOIDED, _("Voided")),
        ),
        method="by_state",
        label=_("State"),
        empty_label=_("Not voided"),
    )
    since = django_filters.DateFilter(
        field_name="formed_on", lookup_expr="gte", widget=DayInput, label=_("Formed on or after")
    )
    until = django_filters.DateFilter(
        field_name="formed_on", lookup_expr="lte", widget=DayInput, label=_("Formed on or before")
    )
    due_by = django_filters.DateFilter(
        field_name="due_on", lookup_expr="lte", widget=DayInput, label=_("To be handed over by")
    )

    class Meta:
        model = Material
        fields: list[str] = []

    def by_name(self, queryset: "QuerySet[Material]", name: str, value: str) -> "QuerySet[Material]":
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_state(self, queryset: "QuerySet[Material]", name: str, value: str) -> "QuerySet[Material]":
        if value == WAITING:
            return queryset.filter(handed_over_on=None)
        if value == LATE:
            return queryset.filter(handed_over_on=None, due_on__lt=timezone.localdate())
        return queryset.exclude(handed_over_on=None) if value == GONE else queryset


def materials_of(user: "User", data: "QueryDict") -> Any:
    """The materials that `user` may see, as these URL parameters narrow them; page, workbook and bulk alike.

    Until another state is asked for it is what waits, the overdue first.
    """
    asked = data.copy()
    if "state" not in asked:
        asked["state"] = WAITING
    rows = Material.objects.visible_to(user).filter(voided_at__isnull=data.get("state") != VOIDED)
    found = MaterialFilter(asked, queryset=rows.select_related("trainee__person", "trainee__home_unit"))
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*READERS))
    return found


class HandOverFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Whose paper went along, and the days between which it went."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    since = django_filters.DateFilter(
        field_name="handed_over_on", lookup_expr="gte", widget=DayInput, label=_("Handed over on or after")
    )
    until = django_filters.DateFilter(
        field_name="handed_over_on", lookup_expr="lte", widget=DayInput, label=_("Handed over on or before")
    )

    class Meta:
        model = HandOver
        fields: list[str] = []

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def by_name(self, queryset: "QuerySet[HandOver]", name: str, value: str) -> "QuerySet[HandOver]":
        named = Material.objects.visible_to(self.user).filter(name_matches(value, "trainee__person"))
        return queryset.filter(Exists(HandOverLine.objects.filter(hand_over=OuterRef("pk"), material__in=named)))


def hand_overs_of(user: "User", data: "QueryDict") -> Any:
    """The hand-overs that `user` may see, each with its papers that `user` reads: `papers` went, `struck` were
    taken back, `voided` were entered by mistake.
    """
    read = Q(lines__material__in=Material.objects.visible_to(user))
    rows = HandOver.objects.visible_to(user).select_related("given_by")
    counted = rows.annotate(
        papers=Count("lines", filter=read & Q(lines__voided_at=None, lines__material__voided_at=None)),
        voided=Count("lines", filter=read & Q(lines__voided_at=None, lines__material__voided_at__isnull=False)),
        struck=Count("lines", filter=read & Q(lines__voided_at__isnull=False)),
    )
    return HandOverFilter(data, queryset=counted, user=user)
