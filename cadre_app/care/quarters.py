"""季度谈话计划: who is due in a quarter, and a day and an interviewer proposed for each."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.care.models import Talk, TalkPlan, TalkTrigger
from cadre_app.care.services.bulk import plannable
from cadre_app.care.services.checks import workers_for_many
from cadre_app.core.busy import Taken, clashes
from cadre_app.core.days import add_months, end_of, start_of
from cadre_app.policy.models import CalendarDay
from cadre_app.policy.workdays import is_fixed_holiday

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST = 200
AHEAD = 4  # quarters that can be planned: this one and those that begin within a year
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Quarter:
    """Three months from `first`."""

    first: date

    @property
    def last(self) -> date:
        return add_months(self.first, 3) - DAY

    @property
    def key(self) -> str:
        """As addresses write it: 2026-4."""
        return f"{self.first.year}-{self.first.month // 3 + 1}"

    @property
    def label(self) -> str:
        return _("Quarter %(quarter)s of %(year)s") % {
            "year": self.first.year,
            "quarter": self.first.month // 3 + 1,
        }


@dataclass(frozen=True)
class Proposal:
    """Somebody who is due: by when, after which occasion (none: the regular talk), and what is proposed.

    `workers` may hold the talk; `taken` is what the person has to do in this quarter.
    """

    plan: TalkPlan
    trigger: TalkTrigger | None
    due_on: date
    day: date | None
    interviewer: UUID | None
    workers: set[UUID]
    taken: tuple[Taken, ...]

    def clashes_on(self, day: date) -> list[Taken]:
        """What is taken on a day of the quarter."""
        return [one for one in self.taken if one.starts < end_of(day) and one.ends > start_of(day)]


def quarters(today: date) -> list[Quarter]:
    """The quarter of `today` and the next ones."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return [Quarter(add_months(first, 3 * number)) for number in range(AHEAD)]


def proposals(plans: "QuerySet[TalkPlan]", quarter: Quarter, *, actor: "User") -> list[Proposal]:
    """Everybody of `plans` who is due by the end of the quarter and has nothing planned, with a day and an interviewer."""
    found = list(due_by(plans, quarter.last)[:MOST])
    files = [plan.trainee for plan in found]
    days = workdays_left(quarter)
    keys = [file.pk for file in files]
    taken = clashes(keys, start_of(max(quarter.first, timezone.localdate())), end_of(quarter.last))
    workers, last = workers_for_many(files), _last_interviewers(keys)
    dues = [_due(plan) for plan in found]
    spread_days = spread(dues, days, [_days_of(taken.get(key, ()), days) for key in keys])
    return [
        Proposal(
            plan=plan,
            trigger=_trigger(plan),
            due_on=due,
            day=day,
            interviewer=next(
                (who for who in (last.get(plan.trainee_id), actor.pk) if who in workers[plan.trainee_id]), None
            ),
            workers=workers[plan.trainee_id],
            taken=tuple(taken.get(plan.trainee_id, ())),
        )
        for plan, due, day in zip(found, dues, spread_days, strict=True)
    ]


def due_by(plans: "QuerySet[TalkPlan]", until: date) -> "QuerySet[TalkPlan]":
    """Plans whose day, or that of an open occasion, comes by then; the most pressing first."""
    waiting = TalkTrigger.objects.open().filter(trainee=OuterRef("trainee"), due_on__lte=until)
    open_ones = TalkTrigger.objects.open().filter(due_on__lte=until).order_by("due_on", "pk")
    rows = plannable(plans, until=until).annotate(is_triggered=Exists(waiting))
    related = rows.filter(first_due__lte=until).select_related("trainee__person", "trainee__home_unit")
    found: QuerySet[TalkPlan] = related.prefetch_related(
        Prefetch("trainee__talk_triggers", queryset=open_ones, to_attr="triggers_due")
    ).order_by("first_due", "pk")
    return found


def workdays_left(quarter: Quarter) -> list[date]:
    """The workdays of the quarter from today on, without holidays of a fixed date."""
    start = max(quarter.first, timezone.localdate())
    rows = CalendarDay.objects.filter(day__range=(start, quarter.last), is_workday=True)
    return [day for day in rows.order_by("day").values_list("day", flat=True) if not is_fixed_holiday(day)]


def spread(dues: Sequence[date], days: Sequence[date], taken: Sequence[Collection[date]]) -> list[date | None]:
    """A day for each, evenly over `days` in the order of `dues`: by the due day where it lies ahead, not on a day that is
    taken where another is free. None where no day is left.
    """
    load: Counter[date] = Counter()
    most = -(-len(dues) // max(len(days), 1))
    found: list[date | None] = []
    for number, (due, busy) in enumerate(zip(dues, taken, strict=True)):
        open_days = [day for day in days if day <= due] or list(days)
        aim = min(number * len(days) // max(len(dues), 1), len(open_days) - 1)
        ranked = [
            (at in busy, load[at] >= most, abs(number - aim), load[at], at) for number, at in enumerate(open_days)
        ]
        day = min(ranked)[-1] if ranked else None
        if day is not None:
            load[day] += 1
        found.append(day)
    return found


def _due(plan: TalkPlan) -> date:
    trigger = _trigger(plan)
    return min(plan.next_on, trigger.due_on) if trigger is not None else plan.next_on


def _trigger(plan: TalkPlan) -> TalkTrigger | None:
    """The first occasion that waits, as `due_by` fetched it."""
    waiting: list[TalkTrigger] = plan.trainee.triggers_due  # type: ignore[attr-defined]
    return waiting[0] if waiting else None


def _days_of(taken: Iterable[Taken], days: Sequence[date]) -> set[date]:
    times = list(taken)
    return {day for day in days if any(one.starts < end_of(day) and one.ends > start_of(day) for one in times)}


def _last_interviewers(trainees: Collection[UUID]) -> dict[UUID, UUID | None]:
    rows = (
        Talk.objects.held().filter(trainee__in=trainees).order_by("trainee_id", "-held_on", "pk").distinct("trainee_id")
    )
    return dict(rows.values_list("trainee_id", "interviewer_id"))
