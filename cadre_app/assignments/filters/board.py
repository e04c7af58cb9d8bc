"""What the list of postings can be narrowed to, and the unit by which the board and its sisters are narrowed."""

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.compliance import LABELS, noted_as, with_compliance
from cadre_app.assignments.models import (
    FrontKey,
    HostLevel,
    Posting,
    PostingKind,
    PostingMode,
    PostingStage,
)
from cadre_app.assignments.scope import (
    ABOVE,
    ANY_FRONT,
    ENDING,
    HERE,
    LONGEST_TYPED,
    OTHERS,
    SENT,
    VOIDED,
    ending,
    front_choices,
    here_on,
    postings_in_scope,
    sent,
    units_of,
    year_choices,
)
from cadre_app.core.widgets import DayInput
from cadre_app.people.filters.units import AsOfFilter, FilesUnitFilter, OfADay
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Postings = QuerySet[Any]

ANY_NOTE = "any"


class PostingFilter(OfADay):
    """Text, stage, kind, mode, front, unit of the person, year, level of the host, first days, what stands against it."""

    q = django_filters.CharFilter(method="by_text", label=_("Name, host or document"), max_length=LONGEST_TYPED)
    stage = django_filters.ChoiceFilter(
        choices=[
            (HERE, pgettext_lazy("posting", "There now")),
            (ENDING, pgettext_lazy("posting", "Ending soon")),
            *PostingStage.choices,
            (SENT, pgettext_lazy("posting", "Sent: begun and approved")),
            (VOIDED, _("Voided")),
        ],
        method="by_stage",
        label=pgettext_lazy("posting", "Stage"),
        empty_label=_("Not voided"),
    )
    kind = django_filters.ChoiceFilter(choices=PostingKind.choices, label=_("Kind of posting"), empty_label=_("All"))
    mode = django_filters.ChoiceFilter(choices=PostingMode.choices, label=_("Working time"), empty_label=_("All"))
    front = django_filters.ChoiceFilter(
        choices=FrontKey.choices, method="by_front", label=_("Front"), empty_label=_("All")
    )
    unit = FilesUnitFilter(label=_("Unit of the person"))
    year = django_filters.ChoiceFilter(choices=(), method="by_year", label=_("Year"), empty_label=_("All"))
    level = django_filters.ChoiceFilter(
        choices=[*HostLevel.choices, (ABOVE, _("City or above"))],
        method="by_level",
        label=_("Level of the host"),
        empty_label=_("All"),
    )
    notes = django_filters.ChoiceFilter(
        choices=[(ANY_NOTE, _("With compliance notes")), *LABELS.items()],
        method="by_notes",
        label=_("Compliance notes"),
        empty_label=_("With and without"),
    )
    since = django_filters.DateFilter(
        field_name="started_on", lookup_expr="gte", label=pgettext_lazy("posting", "Begun from"), widget=DayInput
    )
    until = django_filters.DateFilter(
        field_name="started_on", lookup_expr="lte", label=pgettext_lazy("posting", "Begun until"), widget=DayInput
    )
    as_of = AsOfFilter(label=_("As it stood on"))

    class Meta:
        model = Posting
        fields: list[str] = []

    def by_text(self, queryset: Postings, name: str, value: str) -> Postings:
        text = value.strip()
        hosts = Q(host_name__icontains=text) | Q(unit__name__icontains=text) | Q(document_number__icontains=text)
        return queryset.filter(hosts | name_matches(text, "trainee__person"))

    def by_stage(self, queryset: Postings, name: str, value: str) -> Postings:
        today = timezone.localdate()
        if value == VOIDED:
            return queryset
        if value == SENT:
            return queryset.filter(sent(self.day))
        if value == HERE:
            return queryset.filter(here_on(self.day))
        if value == ENDING:
            return queryset.filter(ending(today))
        return queryset.filter(pk__in=Posting.objects.in_stage(value, today).order_by().values("pk"))

    def by_front(self, queryset: Postings, name: str, value: str) -> Postings:
        if value in (OTHERS, ANY_FRONT):
            return queryset.filter(front__isnull=value == OTHERS)
        return queryset.filter(front__key=value)

    def by_year(self, queryset: Postings, name: str, value: str) -> Postings:
        """Those that took a day of the year."""
        first, last = date(int(value), 1, 1), date(int(value), 12, 31)
        return queryset.filter(Q(covered_until__gte=first) | Q(covered_until=None), started_on__lte=last)

    def by_level(self, queryset: Postings, name: str, value: str) -> Postings:
        return queryset.exclude(host_level=HostLevel.DISTRICT) if value == ABOVE else queryset.filter(host_level=value)

    def by_notes(self, queryset: Postings, name: str, value: str) -> Postings:
        """By what `postings_of` has annotated."""
        return queryset.filter(Q(is_noted=True) if value == ANY_NOTE else noted_as(value, timezone.localdate()))


def postings_of(user: "User", data: "QueryDict") -> PostingFilter:
    """The postings in scope as these URL parameters narrow them; page and export alike."""
    rows = postings_in_scope(user).filter(voided_at__isnull=data.get("stage") != VOIDED)
    found: Any = PostingFilter(data, queryset=with_compliance(rows, timezone.localdate()))
    none = pgettext_lazy("front", "On none of the fronts")
    any_front = pgettext_lazy("front", "On one of the fronts")
    found.filters["front"].extra["choices"] = [*front_choices(), (ANY_FRONT, any_front), (OTHERS, none)]
    found.filters["year"].extra["choices"] = year_choices(timezone.localdate())
    found.form.fields["unit"].queryset = units_of(user)
    return found  # type: ignore[no-any-return]
