"""What the lists of rewards, decisions and admonitions can be narrowed to."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.conduct import award_rows
from cadre_app.conduct.kinds import ADMONITION, SanctionCategory
from cadre_app.conduct.models import Admonition, Matter, Reward, Sanction
from cadre_app.core.awards import AwardCategory, AwardLevel, awards
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit
from cadre_app.people.filters.units import FilesUnitFilter, OfADay
from cadre_app.people.writing.names import name_matches
from cadre_app.policy import codes

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

LONGEST_TYPED = 40
VOIDED, BARE = "voided", "bare"
IN_EFFECT, OVER, LIFTED = "in_effect", "over", "lifted"
TO_ANSWER, TO_REVIEW = "to_answer", "to_review"
NAME = _("Full name")
STANDING = _("Not voided")


class PersonFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name and unit of the person."""

    q = django_filters.CharFilter(method="by_name", label=NAME, max_length=LONGEST_TYPED)
    unit = FilesUnitFilter(label=_("Unit"))

    def by_name(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return queryset.filter(name_matches(value, "trainee__person"))


class RewardFilter(PersonFilter, OfADay):
    """Name, unit, category, level, days, and what lacks its document; by the names of the common list."""

    category = django_filters.ChoiceFilter(
        choices=AwardCategory.choices, field_name="award_category", label=_("Category")
    )
    level = django_filters.ChoiceFilter(choices=AwardLevel.choices, field_name="award_level", label=_("Level"))
    since = django_filters.DateFilter(field_name="award_on", lookup_expr="gte", label=_("From"), widget=DayInput)
    until = django_filters.DateFilter(field_name="award_on", lookup_expr="lte", label=_("Until"), widget=DayInput)
    case = django_filters.ChoiceFilter(
        choices=((BARE, _("Without a document number")), (VOIDED, _("Voided"))),
        method="by_case",
        label=_("To look at"),
        empty_label=_("Everything"),
    )

    class Meta:
        model = Reward
        fields: list[str] = []

    def by_case(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return queryset.filter(award_document_number="") if value == BARE else queryset


class SanctionFilter(PersonFilter):
    """Name, unit, category, days, and whether it still counts."""

    category = django_filters.ChoiceFilter(choices=SanctionCategory.choices, label=_("Category"))
    since = django_filters.DateFilter(field_name="decided_on", lookup_expr="gte", label=_("From"), widget=DayInput)
    until = django_filters.DateFilter(field_name="decided_on", lookup_expr="lte", label=_("Until"), widget=DayInput)
    state = django_filters.ChoiceFilter(
        choices=(
            (IN_EFFECT, pgettext_lazy("period of effect", "In effect")),
            (OVER, pgettext_lazy("period of effect", "Over")),
            (LIFTED, pgettext_lazy("disciplinary decision", "Lifted")),
            (VOIDED, _("Voided")),
        ),
        method="by_state",
        label=_("State"),
        empty_label=STANDING,
    )

    class Meta:
        model = Sanction
        fields: list[str] = []

    def by_state(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        today = timezone.localdate()
        if value == LIFTED:
            return queryset.exclude(lifted_on=None)
        if value == OVER:
            return queryset.filter(lifted_on=None, ends_on__lt=today)
        if value == IN_EFFECT:
            return queryset.filter(Q(ends_on=None) | Q(ends_on__gte=today), lifted_on=None)
        return queryset


class AdmonitionFilter(PersonFilter):
    """Name, unit, way, kind of matter, days, and what is still to be done."""

    way = django_filters.ChoiceFilter(choices=lambda: codes.choices(ADMONITION), label=_("Way"))
    matter = django_filters.ChoiceFilter(choices=Matter.choices, label=_("Kind of matter"))
    since = django_filters.DateFilter(field_name="given_on", lookup_expr="gte", label=_("From"), widget=DayInput)
    until = django_filters.DateFilter(field_name="given_on", lookup_expr="lte", label=_("Until"), widget=DayInput)
    state = django_filters.ChoiceFilter(
        choices=(
            (IN_EFFECT, pgettext_lazy("period of effect", "In effect")),
            (TO_ANSWER, _("Correction to be reported")),
            (TO_REVIEW, _("To be followed up")),
            (VOIDED, _("Voided")),
        ),
        method="by_state",
        label=_("State"),
        empty_label=STANDING,
    )

    class Meta:
        model = Admonition
        fields: list[str] = []

    def by_state(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        if value == IN_EFFECT:
            return queryset.filter(ends_on__gte=timezone.localdate())
        if value == TO_ANSWER:
            return queryset.filter(answered_on=None).exclude(answer_due_on=None)
        return queryset.filter(reviewed_on=None) if value == TO_REVIEW else queryset


class FoundRewards:
    """The filter of the common list, and the united rows that went through it."""

    def __init__(self, user: "User", data: "QueryDict") -> None:
        self.form_filter = _bound(RewardFilter(data, queryset=Reward.objects.none()), user)
        if data.get("case") == VOIDED:
            rows = Reward.objects.visible_to(user).exclude(voided_at=None)
            own = award_rows.with_values(award_rows.SOURCE, awards[award_rows.SOURCE], rows)
            self.rows = self._narrowed(user, data, own).values(*award_rows.VALUES)
        else:
            self.rows = award_rows.united(lambda one: self._narrowed(user, data, one), user=user)

    def _narrowed(self, user: "User", data: "QueryDict", rows: Any) -> Any:
        return _bound(RewardFilter(data, queryset=award_rows.in_scope(user, rows)), user).qs


def sanctions_of(user: "User", data: "QueryDict") -> SanctionFilter:
    """Decisions that `user` reads by office, as these URL parameters narrow them."""
    rows = Sanction.objects.read_by(user).filter(voided_at__isnull=data.get("state") != VOIDED)
    found = SanctionFilter(data, queryset=_with_person(rows))
    _bound(found, user)
    return found


def admonitions_of(user: "User", data: "QueryDict") -> AdmonitionFilter:
    """Admonitions that `user` reads by office, as these URL parameters narrow them."""
    rows = Admonition.objects.read_by(user).filter(voided_at__isnull=data.get("state") != VOIDED)
    found = AdmonitionFilter(data, queryset=_with_person(rows))
    _bound(found, user)
    return found


def _with_person(rows: Any) -> Any:
    return rows.filter(trainee__voided_at=None).select_related("trainee__person", "trainee__home_unit")


def _bound(found: Any, user: "User") -> Any:
    """With the units that `user` may name."""
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    return found
