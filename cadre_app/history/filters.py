"""What the audit log can be narrowed to; every field has its index."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cadre_app.core.days import end_of, start_of
from cadre_app.core.registries import verbs
from cadre_app.core.widgets import DayInput
from cadre_app.history.models import Entry


def verb_choices() -> list[tuple[str, str]]:
    return [(key, str(label)) for key, label in verbs.items()]


class EntryFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Period (local days, both included), kind, action and person."""

    since = django_filters.DateFilter(method="from_day", label=_("From"), widget=DayInput)
    until = django_filters.DateFilter(method="until_day", label=_("Until"), widget=DayInput)
    kind = django_filters.ChoiceFilter(choices=Entry.Kind.choices, label=_("Kind"))
    verb = django_filters.ChoiceFilter(choices=verb_choices, label=_("Action"))
    person = django_filters.CharFilter(method="by_person", label=_("Person"))

    class Meta:
        model = Entry
        fields: list[str] = []

    def from_day(self, queryset: "QuerySet[Entry]", name: str, value: date) -> "QuerySet[Entry]":
        return queryset.filter(at__gte=start_of(value))

    def until_day(self, queryset: "QuerySet[Entry]", name: str, value: date) -> "QuerySet[Entry]":
        return queryset if value == date.max else queryset.filter(at__lt=end_of(value))

    def by_person(self, queryset: "QuerySet[Entry]", name: str, value: str) -> "QuerySet[Entry]":
        """Name or user name begins with the text."""
        text = value.strip()
        return queryset.filter(actor__display_name__istartswith=text) | queryset.filter(
            actor__username__istartswith=text
        )


def filtered_entries(data: Any) -> EntryFilter:
    """The log as these URL parameters narrow it; used by the page and by its export alike."""
    return EntryFilter(data, queryset=Entry.objects.select_related("actor"))
