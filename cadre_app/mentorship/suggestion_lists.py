"""The page of suggestions: who lacks which mentor, the newest first, and where to mend what stands against it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.filtering import OpeningChoiceFilter
from cadre_app.core.keyset import Keyset
from cadre_app.core.roles import Role
from cadre_app.mentorship.models import MentorKind
from cadre_app.mentorship.policies import NEWCOMER_MONTHS
from cadre_app.mentorship.services.suggestions import Hindrance, Suggestion, lacking_for, suggestions_for
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee
from cadre_app.people.permissions import can_manage_offices
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

PAGE = 50
COUNTED = 1_000
LONGEST_TYPED = 40
ORDER = ("arrived_on",)
EVERYBODY = "all"


class SuggestionFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, unit, kind of mentor, and whether those who arrived long ago are asked for too."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("Name or pinyin"), max_length=LONGEST_TYPED)
    unit = UnitFilter(path="home_unit__path", label=gettext_lazy("Unit"))
    kind = django_filters.ChoiceFilter(
        choices=MentorKind.choices, method="already_done", label=gettext_lazy("Kind of mentor")
    )
    who = OpeningChoiceFilter(
        choices=((EVERYBODY, gettext_lazy("Everybody")),),
        method="already_done",
        label=gettext_lazy("Who"),
        empty_label=gettext_lazy("New arrivals"),
    )

    class Meta:
        model = Trainee
        fields: list[str] = []

    def already_done(self, queryset: Any, name: str, value: object) -> Any:
        """Done by `listed`, which asks for those who lack them."""
        return queryset

    def by_name(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(name_matches(value, "person"))


@dataclass(frozen=True)
class Line:
    """A suggestion with the page on which what stands against it is mended; empty where that is not one's own to do."""

    suggestion: Suggestion
    url: str
    action: str
    choose_url: str

    @property
    def can_be_confirmed(self) -> bool:
        return not self.suggestion.hindrance


@dataclass(frozen=True)
class Listed:
    """One page; `people` counts those who lack a mentor, to 1,000; `months` after the arrival somebody counts as new."""

    filter: SuggestionFilter
    lines: list[Line]
    people: int
    previous: str
    next: str
    months: int

    @property
    def confirmable(self) -> int:
        return sum(line.can_be_confirmed for line in self.lines)

    @property
    def people_text(self) -> str:
        return f"{COUNTED:,}+" if self.people > COUNTED else f"{self.people:,}"


def listed(request: "UserRequest") -> Listed:
    """The page that the URL asks for; a constant number of queries."""
    user, data = request.user, request.GET
    kinds = [data["kind"]] if data.get("kind") in MentorKind.values else []
    files = lacking_for(user, *kinds, everybody=data.get("who") == EVERYBODY)
    found = SuggestionFilter(data, queryset=files.select_related("person", "home_unit", "linked_village"))
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(Role.STAFF))
    keyset: Keyset[Trainee] = Keyset(found.qs, ORDER, descending=True, sort="-arrived")
    page = keyset.page(after=data.get("after", ""), before=data.get("before", ""), size=PAGE)
    lines = [line_of(each, user) for each in suggestions_for(page.items, *kinds)]
    return Listed(
        filter=found,
        lines=lines,
        people=found.qs.order_by()[: COUNTED + 1].count(),
        previous=keyset.cursor(page.items[0]) if page.has_previous else "",
        next=keyset.cursor(page.items[-1]) if page.has_next else "",
        months=NEWCOMER_MONTHS.now(),
    )


def line_of(suggestion: Suggestion, user: "User") -> Line:
    trainee = suggestion.trainee
    choose = reverse("mentorship:pairing_new", kwargs={"pk": trainee.pk, "kind": suggestion.kind.value})
    url, action = mend(suggestion, user)
    return Line(suggestion, url, action, choose)


def mend(suggestion: Suggestion, user: "User") -> tuple[str, str]:
    """Address and label of the page on which what stands against it is mended."""
    if suggestion.hindrance == Hindrance.NO_VILLAGE:
        url = reverse("people:term_start", kwargs={"pk": suggestion.trainee.pk})
        return url, _("Enter the village term")
    if suggestion.place is None or not can_manage_offices(user, suggestion.place):
        return "", ""
    if suggestion.hindrance == Hindrance.NO_OFFICE:
        return f"{reverse('people:office_list')}?unit={suggestion.place.pk}", _("Mark an office")
    if suggestion.hindrance == Hindrance.VACANT and suggestion.office is not None:
        return reverse("people:office_appoint", kwargs={"pk": suggestion.office.pk}), _("Record a holder")
    return "", ""
