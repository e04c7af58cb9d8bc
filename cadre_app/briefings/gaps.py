"""What the records say is overdue, missing or did not happen, as sentences that 不足 may take over."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils import timezone, translation

from cadre_app.briefings.snapshots import (
    CHINESE,
    POSTING_GAPS,
    PROBLEMS_ANSWERED,
    Counted,
    asked_of,
    numbers_of,
)
from cadre_app.core.claims import claims
from cadre_app.core.figures import count_all, figures
from cadre_app.core.reminding import reminder_rules
from cadre_app.people.figures import files_of
from cadre_app.policy.registry import policies
from cadre_app.reminders.models import Occurrence

if TYPE_CHECKING:
    from cadre_app.org.models import Unit

MOST_RULES = 6
HOURS = "training.hours_per_year"
YEAR = timedelta(days=364)
# Figures that count what is missing, and what is said of them.
MISSING = (
    ("pairings_behind", "{n}对结对的帮带记录待补"),
    ("pairings_quiet", "{n}对结对近期无帮带记录"),
    ("arrival_open", "{n}名新录用人员报到事项尚未办结"),
)
OF_POSTINGS = dict(zip(POSTING_GAPS, ("个别派遣文号不全", "个别派遣超期未返", "个别派遣超期返回"), strict=True))
# Figures of which there should be some in a period.
NOT_HELD = (
    ("on_demand_sessions", "本期没有开设并完成的点单课程"),
    ("study_visits", "本期未开展现场教学"),
    ("talks", "本期未开展谈心谈话"),
    ("symposiums", "本期未组织座谈交流"),
    ("reports", "本期未形成国情调研报告"),
)


def gaps_of(unit: "Unit", since: date, as_of: date, counted: Counted) -> list[str]:
    """Sentences without a full stop, each from what was counted; none for a unit without people."""
    numbers = numbers_of(counted.figures)
    if not numbers["people_total"]:
        return []
    asked = asked_of(unit, since, as_of)
    missing = count_all(asked, {key: figures[key] for key, _said in MISSING})
    found = [said.format(n=missing[key]) for key, said in MISSING if missing[key]]
    found += [said for key, said in OF_POSTINGS.items() if claims[key](asked)]
    found += _of_problems(numbers, counted) + _of_hours(numbers, since, as_of)
    found += [said for key, said in NOT_HELD if not numbers[key]]
    return found + _overdue(unit, since, as_of)


def _of_problems(numbers: dict[str, int], counted: Counted) -> list[str]:
    left = numbers["problems"] - numbers["problems_closed"]
    if left <= 0 or PROBLEMS_ANSWERED in counted.borne_out:
        return []
    return [f"收集的意见建议中{left}条尚未办结"]


def _of_hours(numbers: dict[str, int], since: date, as_of: date) -> list[str]:
    """Hours are asked for by the year: of a shorter period nothing is said."""
    wanted = int(policies[HOURS].on(as_of))
    if as_of - since < YEAR or numbers["avg_hours"] >= wanted:
        return []
    return [f"人均集中培训{numbers['avg_hours']}学时，未达到每年{wanted}学时的要求"]


def _overdue(unit: "Unit", since: date, as_of: date) -> list[str]:
    """Due items that nobody has done, by rule; they are known as of today alone."""
    today = timezone.localdate()
    if as_of != today:
        return []
    told = {key: rule for key, rule in reminder_rules.items() if not (rule.personal or rule.restricted or rule.is_news)}
    rows: Any = Occurrence.objects.open().filter(rule__in=list(told), is_personal=False, day__lt=today)
    rows = rows.filter(trainee__in=files_of(asked_of(unit, since, as_of)).values("pk")).order_by().values("rule")
    numbers = {row["rule"]: row["many"] for row in rows.annotate(many=Count("pk"))}
    with translation.override(CHINESE):
        found = sorted(numbers, key=lambda key: (-numbers[key], told[key].order))
        return [f"“{told[key].label}”有{numbers[key]}项超期未办" for key in found[:MOST_RULES]]
