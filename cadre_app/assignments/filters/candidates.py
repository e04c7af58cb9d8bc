"""What the people who could be proposed can be narrowed to."""

from typing import TYPE_CHECKING

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.assignments.models import Posting, PostingMode, PostingState
from cadre_app.assignments.models.choices import PENDING
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee, VillageTerm
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Trainees = QuerySet[Trainee]
LONGEST_TYPED = 40
OVER, RUNNING, NEVER = "over", "running", "never"
PROPOSERS = (Role.STAFF, Role.LIAISON)


class CandidateFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, unit, where the village term stands, and whether another full-time posting takes them."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    unit = UnitFilter(path="home_unit__path", label=_("Unit"))
    village = django_filters.ChoiceFilter(
        choices=[
            (OVER, pgettext_lazy("village term of people", "Over")),
            (RUNNING, pgettext_lazy("village term of people", "Under way")),
            (NEVER, pgettext_lazy("village term of people", "None that counts")),
        ],
        method="by_village",
        label=_("Village term"),
        empty_label=_("All"),
    )
    free = django_filters.ChoiceFilter(
        choices=[("yes", _("Without a full-time posting"))],
        method="by_free",
        label=_("Other postings"),
        empty_label=_("With and without"),
    )

    class Meta:
        model = Trainee
        fields: list[str] = []

    def by_name(self, queryset: Trainees, name: str, value: str) -> Trainees:
        return queryset.filter(name_matches(value, "person"))

    def by_village(self, queryset: Trainees, name: str, value: str) -> Trainees:
        terms = VillageTerm.objects.standing().filter(trainee=OuterRef("pk"))
        is_open = Exists(terms.filter(ended_on=None))
        conditions = {RUNNING: is_open, OVER: Exists(terms) & ~is_open, NEVER: ~Exists(terms)}
        return queryset.filter(conditions[value])

    def by_free(self, queryset: Trainees, name: str, value: str) -> Trainees:
        taken = Posting.objects.standing().filter(trainee=OuterRef("pk"), mode=PostingMode.FULL)
        return queryset.exclude(Exists(taken.filter(state__in=(*PENDING, PostingState.APPROVED))))


def candidates_of(user: "User", data: "QueryDict") -> CandidateFilter:
    """Whom `user` may propose, as these URL parameters narrow them."""
    found = CandidateFilter(data, queryset=candidates(user))
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*PROPOSERS))
    return found


def candidates(user: "User") -> Trainees:
    """Everybody in development whom `user` may propose: own file and declared relatives are not among them."""
    return Trainee.objects.in_scope(user, *PROPOSERS).in_development().select_related("person", "home_unit")
