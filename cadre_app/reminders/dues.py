"""到期事项 The list of what is due: for whoever acts, and for offices everything in their scope."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

import django_filters
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.days import last_of_month
from cadre_app.core.filtering import OpeningChoiceFilter, require_asked
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import Empty, Row, Table, asked
from cadre_app.core.typed import narrow
from cadre_app.org.models import Unit
from cadre_app.people.writing.names import tidy_name
from cadre_app.reminders import permissions
from cadre_app.reminders.due_columns import columns_for
from cadre_app.reminders.models import Occurrence
from cadre_app.reminders.wording import live_words

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Items = QuerySet[Occurrence]

EXPORT = "reminders.dues"
LONGEST_TYPED = 40
AT_A_TIME = 500
AHEAD = timedelta(days=14)
WEEK = timedelta(days=6)
RELATED = ("trainee__person", "trainee__home_unit", "doer")


class Whose:
    MINE, ALL = "mine", "all"
    CHOICES = ((ALL, _("All in my scope")),)


class When:
    OVER, TODAY, WEEK, MONTH, POSTPONED = "over", "today", "week", "month", "postponed"
    CHOICES = (
        (OVER, _("Overdue")),
        (TODAY, _("Due today")),
        (WEEK, _("Due within a week")),
        (MONTH, _("Due this month")),
        (POSTPONED, _("Postponed")),
    )


def rule_choices() -> list[tuple[str, Any]]:
    ordered = sorted(reminder_rules.items(), key=lambda pair: pair[1].order)
    return [(key, rule.label) for key, rule in ordered]


class DueFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Whose, when, by which rule, of which unit, about whom."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    whose = OpeningChoiceFilter(choices=Whose.CHOICES, method="by_whose", label=_("Whose"), empty_label=_("Mine to do"))
    when = django_filters.ChoiceFilter(choices=When.CHOICES, method="by_when", label=_("When"))
    rule = django_filters.ChoiceFilter(choices=rule_choices, label=_("Kind"))
    unit = UnitFilter(path="trainee__home_unit__path", label=_("Unit"))

    class Meta:
        model = Occurrence
        fields: list[str] = []

    def by_name(self, queryset: Items, name: str, value: str) -> Items:
        text = tidy_name(narrow(value))
        return queryset.filter(trainee__person__name__startswith=text)

    def by_whose(self, queryset: Items, name: str, value: str) -> Items:
        return queryset  # decided before, in `filtered_dues`

    def by_when(self, queryset: Items, name: str, value: str) -> Items:
        today = timezone.localdate()
        conditions = {
            When.OVER: Q(day__lt=today) & ~Q(rule__in=_news()),
            When.TODAY: Q(day=today),
            When.WEEK: Q(day__range=(today, today + WEEK)),
            When.MONTH: Q(day__lte=last_of_month(today)),
            When.POSTPONED: Q(postponed_to__isnull=False),
        }
        return queryset.filter(conditions[value])


def noticed(today: date) -> Q:
    """What people should see by now: told already, or near."""
    return Q(said__isnull=False) | Q(day__lte=today + AHEAD) | Q(postponed_to__isnull=False)


def filtered_dues(data: QueryDict, *, user: "User") -> DueFilter:
    """Open items as these URL parameters narrow them; page and export alike."""
    everything = data.get("whose") == Whose.ALL and permissions.works_for_units(user)
    mine = Occurrence.objects.visible_to(user) if everything else Occurrence.objects.to_act(user)
    found = DueFilter(data, queryset=mine.open().filter(noticed(timezone.localdate())).select_related(*RELATED))
    if permissions.works_for_units(user):
        units = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
        found.form.fields["unit"].queryset = units
    else:
        for name in ("whose", "unit", "q"):
            del found.form.fields[name]
        found.form.fields["rule"].choices = [("", settings.FILTERS_EMPTY_CHOICE_LABEL), *_rules_met(user)]
        kindly = [(key, _("To be made up") if key == When.OVER else label) for key, label in When.CHOICES]
        found.form.fields["when"].choices = [("", settings.FILTERS_EMPTY_CHOICE_LABEL), *kindly]
    return found


def _news() -> list[str]:
    return [key for key, rule in reminder_rules.items() if rule.is_news]


def _rules_met(user: "User") -> list[tuple[str, Any]]:
    """Of the rules those that have ever given `user` something to do: the others would be empty choices."""
    met = set(Occurrence.objects.to_act(user).order_by().values_list("rule", flat=True).distinct())
    return [(key, label) for key, label in rule_choices() if key in met]


class DueTable(Table[Occurrence]):
    """Each row with its words (`row.words`), asked once for a page; None for what was settled a moment ago."""

    def __init__(self, request: HttpRequest, queryset: Items, user: "User", **options: Any) -> None:
        super().__init__(
            request, queryset, columns_for(user, timezone.localdate()), name="dues", default_sort="day", **options
        )
        self.user = user

    @cached_property
    def rows(self) -> list[Row]:
        self._put_words(self._page.items)
        return [self._row(item) for item in self._page.items]

    def export_rows(self) -> Iterator[list[Any]]:
        yield [str(column.label) for column in self.columns]
        rows: Iterator[Any] = self._ordered().iterator(chunk_size=AT_A_TIME)
        while items := list(islice(rows, AT_A_TIME)):
            self._put_words(items)
            yield from ([column.value(item) for column in self.columns] for item in items if item.words)

    def _put_words(self, items: list[Any]) -> None:
        words = live_words(items, self.user)
        for item in items:
            item.words = words.get(item.pk)


def due_table(user: "User", query: QueryDict) -> Table[Occurrence]:
    """The list with these URL parameters, as its export sees it: only what `user` may see.

    Raises ValidationError where one of them names nothing that can be chosen.
    """
    found = filtered_dues(query, user=user)
    require_asked(found)
    return DueTable(asked(query), found.qs, user, empty=Empty(""))
