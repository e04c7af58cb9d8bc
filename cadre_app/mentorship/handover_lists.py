"""The page of hand-overs: what waits, the longest first, with the successor or with what stands against one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.keyset import Keyset
from cadre_app.core.roles import Role
from cadre_app.mentorship.handing_over import Change, waiting_for
from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.services.waiting import RELATED, HandOver, hand_overs_for
from cadre_app.mentorship.suggestion_lists import COUNTED, LONGEST_TYPED, mend
from cadre_app.org.models import Unit
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

PAGE = 50
ORDER = ("due_day",)


class HandOverFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Names, unit, kind of mentor, and what happened."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("Mentee or mentor"), max_length=LONGEST_TYPED)
    unit = UnitFilter(path="trainee__home_unit__path", label=gettext_lazy("Unit"))
    kind = django_filters.ChoiceFilter(choices=MentorKind.choices, label=gettext_lazy("Kind of mentor"))
    change = django_filters.ChoiceFilter(choices=Change.choices, label=gettext_lazy("Reason"))

    class Meta:
        model = Pairing
        fields: list[str] = []

    def by_name(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(name_matches(value, "trainee__person") | name_matches(value, "mentor"))


@dataclass(frozen=True)
class Line:
    """A hand-over, with the page on which what stands against it is mended; empty where that is not one's own to do."""

    hand_over: HandOver
    url: str
    action: str


@dataclass(frozen=True)
class Listed:
    """One page; `count` goes to 1,000."""

    filter: HandOverFilter
    lines: list[Line]
    count: int
    previous: str
    next: str

    @property
    def confirmable(self) -> int:
        return sum(line.hand_over.successor is not None for line in self.lines)

    @property
    def count_text(self) -> str:
        return f"{COUNTED:,}+" if self.count > COUNTED else f"{self.count:,}"


def listed(request: "UserRequest") -> Listed:
    """The page that the URL asks for; a constant number of queries."""
    user, data = request.user, request.GET
    found = HandOverFilter(data, queryset=waiting_for(user).select_related(*RELATED))
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(Role.STAFF))
    keyset: Keyset[Pairing] = Keyset(found.qs, ORDER, descending=False, sort="due_day")
    page = keyset.page(after=data.get("after", ""), before=data.get("before", ""), size=PAGE)
    return Listed(
        filter=found,
        lines=[line_of(each, user) for each in hand_overs_for(page.items)],
        count=found.qs.order_by()[: COUNTED + 1].count(),
        previous=keyset.cursor(page.items[0]) if page.has_previous else "",
        next=keyset.cursor(page.items[-1]) if page.has_next else "",
    )


def line_of(each: HandOver, user: "User") -> Line:
    if each.is_kept:
        return Line(each, reverse("mentorship:handover_keep", kwargs={"pk": each.pairing.pk}), "")
    return Line(each, *mend(each.suggestion, user))
