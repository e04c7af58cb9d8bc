"""党员发展与转正: everybody in development with their Party stage, its days, and when probation ends."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status
from cadre_app.org.models import Unit
from cadre_app.people.models import PartyStage, Trainee
from cadre_app.people.rules import party_probation_end
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

    Files = QuerySet[Trainee]

EXPORT = "people.party"
LONGEST_TYPED = 40
SOON, NONE = "soon", "none"
NEAR = timedelta(days=30)


class PartyFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, stage, unit, and whose probation ends soon."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("Full name"), max_length=LONGEST_TYPED)
    stage = django_filters.ChoiceFilter(
        choices=[*PartyStage.choices, (NONE, gettext_lazy("None recorded"))],
        method="by_stage",
        label=gettext_lazy("Party stage"),
        empty_label=gettext_lazy("All stages"),
    )
    unit = UnitFilter(path="home_unit__path", label=gettext_lazy("Unit"))
    case = django_filters.ChoiceFilter(
        choices=((SOON, gettext_lazy("Party probation ends within 30 days or is over")),),
        method="by_case",
        label=gettext_lazy("To look at"),
        empty_label=gettext_lazy("Everybody"),
    )

    class Meta:
        model = Trainee
        fields: list[str] = []

    def by_name(self, queryset: "Files", name: str, value: str) -> "Files":
        return queryset.filter(name_matches(value, "person"))

    def by_stage(self, queryset: "Files", name: str, value: str) -> "Files":
        return queryset.filter(person__party_stage="" if value == NONE else value)

    def by_case(self, queryset: "Files", name: str, value: str) -> "Files":
        last = timezone.localdate() + NEAR
        ending = queryset.annotate(probation_end=party_probation_end("person__")).filter(probation_end__lte=last)
        return ending.filter(person__party_stage=PartyStage.PROBATIONARY)


def stage_table(request: HttpRequest, user: "User") -> tuple[Table[Any], PartyFilter]:
    """Those in development in one's units, with the filter they went through."""
    rows = Trainee.objects.in_scope(user, *BUSINESS_ROLES).in_development().select_related("person", "home_unit")
    found = PartyFilter(request.GET, queryset=rows)
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    empty = Empty(_("Nobody is in development in your units."))
    table: Table[Any] = Table(
        request, found.qs, STAGES, name="party", empty=empty, default_sort="name", export_kind=EXPORT, keyset=True
    )
    return table, found


def exported_stages(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, for its workbook. Raises ValidationError for a condition that is none."""
    table, found = stage_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def _name(file: Trainee) -> SafeString:
    url = reverse("people:trainee_detail", kwargs={"pk": file.pk}) + "#party"
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, file.person.name)


def _stage(file: Trainee) -> str:
    return str(file.person.get_party_stage_display()) if file.person.party_stage else ""


def _end(file: Trainee) -> SafeString:
    day = file.person.party_probation_ends_on
    if day is None:
        return SafeString("—")
    left = day - timezone.localdate()
    mark = "over" if left < timedelta(0) else "soon" if left <= NEAR else ""
    shown = formats.date_format(day)
    return SafeString(status(mark, shown)) if mark else format_html("{}", shown)


def _day(name: str) -> Any:
    return lambda file: getattr(file.person, name)


STAGES: tuple[Column[Trainee], ...] = (
    Column("name", gettext_lazy("Full name"), lambda file: file.person.name, sort=("stroke_key",), html=_name),
    Column("unit", gettext_lazy("Unit"), lambda file: file.home_unit.name),
    Column("stage", gettext_lazy("Party stage"), _stage),
    Column("applied", pgettext_lazy("Party stage", "Applied"), _day("party_applied_on")),
    Column("activist", pgettext_lazy("Party stage", "Activist since"), _day("party_activist_on")),
    Column("candidate", pgettext_lazy("Party stage", "Candidate since"), _day("party_candidate_on")),
    Column(
        "joined",
        pgettext_lazy("Party stage", "Admitted"),
        _day("party_joined_on"),
        sort=("person__party_joined_on",),
    ),
    Column("ends", gettext_lazy("Party probation ends"), lambda file: file.person.party_probation_ends_on, html=_end),
    Column("full", pgettext_lazy("Party stage", "Full member since"), _day("party_full_on")),
)
