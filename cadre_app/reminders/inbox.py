"""消息 The inbox: what one was told, the latest first; the words are made when it is read."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import DueWords
from cadre_app.core.tables import Column, Empty, Table
from cadre_app.reminders import permissions
from cadre_app.reminders.dues import rule_choices
from cadre_app.reminders.models import Notice
from cadre_app.reminders.services.plans import Plan, plan_for, plans
from cadre_app.reminders.wording import kept_words, state_of, when_text

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

STATES = (("unread", gettext_lazy("Unread")), ("open", gettext_lazy("Not settled")))
RELATED = ("occurrence__trainee__home_unit",)


class InboxFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Unread or not settled, and by which rule."""

    state = django_filters.ChoiceFilter(choices=STATES, method="by_state", label=gettext_lazy("State"))
    rule = django_filters.ChoiceFilter(choices=rule_choices, field_name="occurrence__rule", label=gettext_lazy("Kind"))

    class Meta:
        model = Notice
        fields: list[str] = []

    def by_state(self, queryset: "QuerySet[Notice]", name: str, value: str) -> "QuerySet[Notice]":
        if value == "unread":
            return queryset.filter(read_at=None)
        return queryset.filter(occurrence__closed_at=None)


@dataclass(frozen=True)
class Line:
    """One notice as the page shows it; `words` is None where the item is settled and out of one's sight by now."""

    notice: Notice
    words: DueWords | None
    rule: str
    source: str
    when: str
    state: str

    @property
    def is_unread(self) -> bool:
        return self.notice.read_at is None

    @property
    def is_settled(self) -> bool:
        return self.notice.occurrence is not None and self.notice.occurrence.closed_at is not None


class InboxTable(Table[Notice]):
    """Pages of the own inbox, drawn as lines."""

    def __init__(self, request: HttpRequest, rows: "QuerySet[Notice]", user: "User") -> None:
        column: Column[Any] = Column("created_at", "", lambda notice: notice.created_at, sort=("created_at",))
        empty = Empty(_("No messages yet."), _("What falls due is told here, each line with the rule behind it."))
        super().__init__(
            request, rows, (column,), name="inbox", empty=empty, default_sort="-created_at", keyset=True, tools=False
        )
        self.user = user

    @property
    def lines(self) -> list[Line]:
        """The notices of this page in words; one query a rule, and one for the settings."""
        notices = [row.object for row in self.rows]
        words = kept_words([notice.occurrence for notice in notices if notice.occurrence], self.user)
        every, today = plans(), timezone.localdate()
        return [_line(notice, words.get(notice.occurrence_id), every, today, self.user) for notice in notices]


def filtered_inbox(data: QueryDict, *, user: "User") -> InboxFilter:
    """One's own notices as these URL parameters narrow them; whoever works for no unit chooses among what they were told."""
    mine = Notice.objects.visible_to(user)
    found = InboxFilter(data, queryset=mine.select_related(*RELATED))
    if not permissions.works_for_units(user):
        met = set(mine.order_by().values_list("occurrence__rule", flat=True).distinct())
        rules = [(key, label) for key, label in rule_choices() if key in met]
        found.form.fields["rule"].choices = [("", settings.FILTERS_EMPTY_CHOICE_LABEL), *rules]
    return found


def _line(notice: Notice, words: DueWords | None, every: list[Plan], today: date, user: "User") -> Line:
    item = notice.occurrence
    if item is None:
        return Line(notice, None, "", "", "", "over")
    path = item.trainee.home_unit.path if item.trainee is not None else None
    plan = plan_for(every, item.rule, path)
    rule = item.definition
    return Line(
        notice,
        words,
        rule=str(rule.label) if rule is not None else "",
        source=plan.source if plan is not None else "",
        when=when_text(item, today, user),
        state="idle" if item.closed_at is not None else state_of(item, today, user),
    )
