"""导师带教情况 Mentors with everybody whom they guide now, in the order of names: shown so that nobody has too many, never
compared (PRODUCT.md, "Boundaries")."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.policies import MAX_LOAD
from cadre_app.org.models import Unit
from cadre_app.people.conditions import of_unit
from cadre_app.people.models import Person, Trainee, of_scope
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Mentors = QuerySet[Any]

EXPORT = "mentorship.mentors"
LONGEST_TYPED = 40


class MentorFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By name, by the unit of a mentee, by kind."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("Name or pinyin"), max_length=LONGEST_TYPED)
    unit = UnitFilter(method="already_done", label=gettext_lazy("Unit"))
    kind = django_filters.ChoiceFilter(
        choices=MentorKind.choices, method="already_done", label=gettext_lazy("Kind of mentor")
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def by_name(self, queryset: Mentors, name: str, value: str) -> Mentors:
        return queryset.filter(name_matches(value, ""))

    def already_done(self, queryset: Mentors, name: str, value: object) -> Mentors:
        """Done by `filtered_mentors`, which narrows the pairings."""
        return queryset


def filtered_mentors(data: QueryDict, *, user: "User") -> MentorFilter:
    """Everybody who mentors somebody in the scope of `user`, each with `load` (all running pairings) and those in scope
    (`guided`); page and export alike.
    """
    units = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    here = of_scope(user, *BUSINESS_ROLES, prefix="trainee__") & Q(trainee__voided_at=None)
    guided = Pairing.objects.running().filter(here)
    asked_for = guided
    if data.get("kind") in MentorKind.values:
        asked_for = asked_for.filter(kind=data["kind"])
    unit = _unit(data.get("unit", ""), units)
    if unit is not None:
        asked_for = asked_for.filter(trainee__in=of_unit(Trainee.objects.order_by(), unit, timezone.localdate()))
    running = Q(mentor_pairings__ended_on=None, mentor_pairings__voided_at=None)
    shown = guided.select_related("trainee__person", "trainee__home_unit", "office__unit").order_by(
        "-kind", "started_on", "trainee__stroke_key", "pk"
    )
    rows = (
        Person.objects.filter(Exists(asked_for.filter(mentor=OuterRef("pk"))))
        .annotate(load=Count("mentor_pairings", filter=running))
        .prefetch_related(Prefetch("mentor_pairings", shown, to_attr="guided"))
    )
    found = MentorFilter(data, queryset=rows)
    found.form.fields["unit"].queryset = units
    return found


def mentor_table(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, as its export sees it. Raises ValidationError for what cannot be chosen."""
    found = filtered_mentors(query, user=user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table_of(asked(query), found)


def table_of(request: HttpRequest, found: MentorFilter) -> Table[Any]:
    """By the order of strokes: no column that would rank mentors can be sorted by."""
    empty = Empty(_("Nobody mentors yet."), _("Pairings are suggested by office; staff confirm them, one or many."))
    return Table(
        request,
        found.qs,
        columns(MAX_LOAD.now()),
        name="mentors",
        empty=empty,
        default_sort="mentor",
        export_kind=EXPORT,
    )


def columns(most: int) -> tuple[Column[Any], ...]:
    def load(row: Any) -> str:
        return _("%(load)d of at most %(most)d") % {"load": row.load, "most": most}

    return (
        Column("mentor", gettext_lazy("Mentor"), lambda row: row.name, sort=("name_stroke_key", "pk"), html=_mentor),
        Column("office", gettext_lazy("By office"), _offices),
        Column("load", gettext_lazy("Mentees now"), load),
        Column("mentees", gettext_lazy("Mentees"), _mentees, html=_mentees_html),
    )


def _unit(key: str, units: "QuerySet[Unit]") -> Unit | None:
    try:
        return units.filter(pk=key).first() if key else None
    except ValidationError:
        return None


def _mentor(row: Any) -> SafeString:
    url = f"{reverse('mentorship:pairing_table')}?mentor={row.pk}"
    return format_html('<a class="nm" href="{}">{}</a>', url, row.name)


def _offices(row: Any) -> str:
    return _("; ").join(dict.fromkeys(pairing.office.in_full for pairing in row.guided if pairing.office is not None))


def _mentees(row: Any) -> str:
    return _("; ").join(f"{each.trainee.person.name}（{each.get_kind_display()}）" for each in row.guided)


def _mentees_html(row: Any) -> SafeString:
    parts = format_html_join(
        " ",
        '<a class="chip" href="{}">{}<small class="ink3"> {}</small></a>',
        (
            (
                reverse("mentorship:pairing_detail", kwargs={"pk": each.pk}),
                each.trainee.person.name,
                each.trainee.home_unit.name,
            )
            for each in row.guided
        ),
    )
    return format_html('<div class="row-flex wrap">{}</div>', parts)
