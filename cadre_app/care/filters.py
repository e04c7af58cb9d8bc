"""What the lists of talks, plans and problems can be narrowed to; never by a restricted text."""

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.models import Grant, User
from cadre_app.care.fields import AccountField
from cadre_app.care.figures import raised_between, raised_in
from cadre_app.care.models import Occasion, Problem, ProblemState, Talk, TalkKind, TalkPlan, TalkState, TalkTrigger
from cadre_app.care.models.choices import HELD, IN_WORK, WAITING
from cadre_app.care.models.meeting_choices import Source
from cadre_app.care.models.plans import WORKERS
from cadre_app.care.wording import SOON
from cadre_app.core.days import last_of_month
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of, prefixes
from cadre_app.people.filters.units import FilesUnitFilter, OfADay
from cadre_app.people.forms.fields import MonthField
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from django.http import QueryDict

LONGEST_TYPED = 40
VOIDED = "voided"
NAME = _("Full name")


class MonthFilter(django_filters.Filter):  # type: ignore[misc]
    """Days of one month."""

    field_class = MonthField

    def filter(self, queryset: "QuerySet[Any]", value: date | None) -> "QuerySet[Any]":
        if value is None:
            return queryset
        return queryset.filter(**{f"{self.field_name}__range": (value, last_of_month(value))})


class AccountFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    """One of the accounts that `bind` offers."""

    field_class = AccountField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", User.objects.none())
        super().__init__(*args, **kwargs)


class TalkFilter(OfADay):
    """Name, month, state, kind, occasion, unit, interviewer, what is late, and the days between which it was held."""

    LATE, RETURN, MINE, HELD = "late", "return", "mine", "all_held"

    q = django_filters.CharFilter(method="by_name", label=NAME, max_length=LONGEST_TYPED)
    month = MonthFilter(field_name="planned_on", label=_("Month"))
    state = django_filters.ChoiceFilter(
        choices=[*TalkState.choices, (HELD, _("Held, whatever followed")), (VOIDED, _("Voided"))],
        method="by_state",
        label=_("State"),
        empty_label=_("Not voided"),
    )
    kind = django_filters.ChoiceFilter(choices=TalkKind.choices, label=_("Kind of talk"))
    occasion = django_filters.ChoiceFilter(choices=Occasion.choices, label=_("Occasion"))
    unit = FilesUnitFilter(label=_("Unit"))
    interviewer = AccountFilter(label=_("Interviewer"))
    case = django_filters.ChoiceFilter(
        choices=(
            (LATE, _("Not held on the day planned")),
            (RETURN, _("Return visit overdue")),
            (MINE, _("Held by me")),
        ),
        method="by_case",
        label=_("To look at"),
        empty_label=_("Everything"),
    )
    since = django_filters.DateFilter(field_name="held_on", lookup_expr="gte", label=_("Held from"), widget=DayInput)
    until = django_filters.DateFilter(field_name="held_on", lookup_expr="lte", label=_("Held until"), widget=DayInput)
    user: User

    class Meta:
        model = Talk
        fields: list[str] = []

    def by_name(self, queryset: "QuerySet[Talk]", name: str, value: str) -> "QuerySet[Talk]":
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_state(self, queryset: "QuerySet[Talk]", name: str, value: str) -> "QuerySet[Talk]":
        if value == self.HELD:
            return queryset.filter(state__in=HELD)
        return queryset if value == VOIDED else queryset.filter(state=value)

    def by_case(self, queryset: "QuerySet[Talk]", name: str, value: str) -> "QuerySet[Talk]":
        today = timezone.localdate()
        if value == self.LATE:
            return queryset.filter(state__in=WAITING, planned_on__lt=today)
        if value == self.RETURN:
            return queryset.filter(state=TalkState.FOLLOW_UP, follow_up_on__lt=today)
        return queryset.filter(interviewer=self.user)


class PlanFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, unit, and how far the next talk is."""

    LATE, NEAR, BARE, OCCASION, PAUSED = "late", "near", "bare", "occasion", "paused"

    q = django_filters.CharFilter(method="by_name", label=NAME, max_length=LONGEST_TYPED)
    unit = FilesUnitFilter(label=_("Unit"))
    case = django_filters.ChoiceFilter(
        choices=(
            (LATE, _("Talk overdue")),
            (NEAR, _("Talk due within 30 days")),
            (BARE, _("Due within 30 days, nothing planned")),
            (OCCASION, _("Open occasion")),
            (PAUSED, _("Paused")),
        ),
        method="by_case",
        label=_("To look at"),
        empty_label=_("Everybody"),
    )

    class Meta:
        model = TalkPlan
        fields: list[str] = []

    def by_name(self, queryset: "QuerySet[TalkPlan]", name: str, value: str) -> "QuerySet[TalkPlan]":
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_case(self, queryset: "QuerySet[TalkPlan]", name: str, value: str) -> "QuerySet[TalkPlan]":
        today = timezone.localdate()
        if value == self.LATE:
            return queryset.filter(next_on__lt=today)
        if value == self.PAUSED:
            return queryset.filter(paused_until__gte=today)
        if value == self.OCCASION:
            return queryset.filter(Exists(TalkTrigger.objects.open().filter(trainee=OuterRef("trainee"))))
        near = queryset.filter(next_on__lte=today + SOON)
        if value == self.NEAR:
            return near
        return near.filter(~Exists(Talk.objects.waiting().filter(trainee=OuterRef("trainee"))))


class RaisedInFilter(FilesUnitFilter):
    """Problems raised by somebody of a unit or below; those without a name count where the symposium was held."""

    def filter(self, queryset: "QuerySet[Any]", value: Unit | None) -> "QuerySet[Any]":
        return queryset if value is None else queryset.filter(raised_in(value, self.day))


class ProblemFilter(OfADay):
    """Name, source, unit, state, who follows it up, what is late, the days of source and closing."""

    LATE, OPEN, VISIT = "late", "open", "visit"

    q = django_filters.CharFilter(method="by_name", label=NAME, max_length=LONGEST_TYPED)
    state = django_filters.ChoiceFilter(
        choices=[*ProblemState.choices, (VOIDED, _("Voided"))],
        method="by_state",
        label=_("State"),
        empty_label=_("Not voided"),
    )
    source = django_filters.ChoiceFilter(
        choices=Source.choices,
        method="by_source",
        label=pgettext_lazy("problem", "Source"),
        empty_label=_("All sources"),
    )
    unit = RaisedInFilter(label=_("Unit"))
    handler = AccountFilter(label=pgettext_lazy("problem", "Followed up by"))
    month = MonthFilter(field_name="due_on", label=_("Answer due in"))
    case = django_filters.ChoiceFilter(
        choices=((OPEN, _("Not settled")), (LATE, _("Answer overdue")), (VISIT, _("Return visit to come"))),
        method="by_case",
        label=_("To look at"),
        empty_label=_("Everything"),
    )
    since = django_filters.DateFilter(method="by_first_day", label=_("Raised from"), widget=DayInput)
    until = django_filters.DateFilter(method="by_last_day", label=_("Raised until"), widget=DayInput)
    closed_until = django_filters.DateFilter(
        field_name="closed_on", lookup_expr="lte", label=_("Closed until"), widget=DayInput
    )

    class Meta:
        model = Problem
        fields: list[str] = []

    def by_name(self, queryset: "QuerySet[Problem]", name: str, value: str) -> "QuerySet[Problem]":
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_first_day(self, queryset: "QuerySet[Problem]", name: str, value: date) -> "QuerySet[Problem]":
        return queryset.filter(raised_between(value, date.max))

    def by_last_day(self, queryset: "QuerySet[Problem]", name: str, value: date) -> "QuerySet[Problem]":
        return queryset.filter(raised_between(date.min, value))

    def by_source(self, queryset: "QuerySet[Problem]", name: str, value: str) -> "QuerySet[Problem]":
        return queryset.filter(**{f"{value}__isnull": False})

    def by_state(self, queryset: "QuerySet[Problem]", name: str, value: str) -> "QuerySet[Problem]":
        return queryset if value == VOIDED else queryset.filter(state=value)

    def by_case(self, queryset: "QuerySet[Problem]", name: str, value: str) -> "QuerySet[Problem]":
        if value == self.LATE:
            return queryset.filter(state__in=IN_WORK, due_on__lt=timezone.localdate())
        if value == self.VISIT:
            return queryset.filter(state=ProblemState.ANSWERED)
        return queryset.exclude(state__in=(ProblemState.CLOSED, ProblemState.EXPLAINED))


def talks_of(user: User, data: "QueryDict") -> TalkFilter:
    """The talks that `user` works on, as these URL parameters narrow them; page and export alike."""
    rows = Talk.objects.worked_on(user).without_texts().filter(trainee__voided_at=None)
    rows = rows.filter(voided_at__isnull=data.get("state") != VOIDED)
    found = TalkFilter(data, queryset=rows.select_related("trainee__person", "trainee__home_unit", "interviewer"))
    found.user = user
    _bind(found, user, "interviewer")
    return found


def plans_of(user: User, data: "QueryDict") -> PlanFilter:
    """The plans of those in development whom `user` works on."""
    rows = TalkPlan.objects.visible_to(user).in_development()
    found = PlanFilter(data, queryset=rows.select_related("trainee__person", "trainee__home_unit"))
    _bind(found, user)
    return found


def problems_of(user: User, data: "QueryDict") -> ProblemFilter:
    """The problems raised in talks, at symposiums and on visits that `user` works on.

    Until another state or case is asked for it is what is not settled yet, the most overdue first.
    """
    asked = data.copy()
    if not {"case", "state", "since", "until", "closed_until"} & asked.keys():
        asked["case"] = ProblemFilter.OPEN
    rows = Problem.objects.visible_to(user).filter(trainee__voided_at=None)
    rows = rows.filter(voided_at__isnull=data.get("state") != VOIDED)
    rows = rows.select_related("trainee__person", "trainee__home_unit", "handler", "talk", "symposium__unit", "visit")
    found = ProblemFilter(
        asked, queryset=rows.defer("talk__content", "talk__response", "symposium__note", "visit__note")
    )
    _bind(found, user, "handler")
    return found


def workers_in_scope(user: User) -> "QuerySet[User]":
    """Staff and leaders of the units of `user`, and of those above."""
    ranges = user.unit_ranges(*WORKERS)
    above = [path for item in ranges for path in (*prefixes(item.start), item.start)]
    held = Grant.objects.in_force(timezone.localdate()).filter(role__in=WORKERS)
    held = held.filter(any_of(ranges, "unit__path") | Q(unit__path__in=above)).exclude(unit=None)
    found: QuerySet[User] = User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("username")
    return found


def _bind(found: Any, user: User, account: str = "") -> None:
    """With the units and accounts that `user` may name."""
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*WORKERS))
    if account:
        found.form.fields[account].queryset = workers_in_scope(user)
