"""What the audit log can be narrowed to; every field has its index."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import verbs
from cadre_app.history.models import Entry


def verb_choices() -> list[tuple[str, str]]:
    return [(key, str(label)) for key, label in verbs.items()]


class EntryFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Period (local days, both included), kind, action and person."""

    since = django_filters.DateFilter(
        field_name="at", lookup_expr="date__gte", label=_("From"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        field_name="at", lookup_expr="date__lte", label=_("Until"), widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = django_filters.ChoiceFilter(choices=Entry.Kind.choices, label=_("Kind"))
    verb = django_filters.ChoiceFilter(choices=verb_choices, label=_("Action"))
    person = django_filters.CharFilter(method="by_person", label=_("Person"))

    class Meta:
        model = Entry
        fields: list[str] = []

    def by_person(self, queryset: "QuerySet[Entry]", name: str, value: str) -> "QuerySet[Entry]":
        """Name or user name begins with the text."""
        text = value.strip()
        return queryset.filter(actor__display_name__istartswith=text) | queryset.filter(
            actor__username__istartswith=text
        )


def filtered_entries(data: Any) -> EntryFilter:
    """The log as these URL parameters narrow it; used by the page and by its export alike."""
    return EntryFilter(data, queryset=Entry.objects.select_related("actor"))
