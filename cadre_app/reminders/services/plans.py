"""When a rule tells: its defaults or what the office has set, for everybody and for units with exceptions."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from cadre_app.core.reminding import ReminderRule, reminder_rules
from cadre_app.org.paths import PathRange
from cadre_app.reminders.models import RuleSetting

LONGEST_HOLIDAY = 10


@dataclass(frozen=True)
class Plan:
    """One rule as it holds for the files below a unit (`where`), or for all others (None); days count from the due day.

    `attention` is the day on which supervisors are told, None for never.
    """

    rule: str
    where: PathRange | None
    depth: int
    is_on: bool
    steps: tuple[int, ...]
    attention: int | None
    source: str

    @property
    def horizon(self) -> int:
        """How many days ahead of its day an item is looked for: a step may move before the longest holiday."""
        return max((-step for step in self.steps), default=0) + LONGEST_HOLIDAY


def plans() -> list[Plan]:
    """Every rule with its exceptions, one query; rules in their order, what holds for everybody first."""
    changed: dict[str, list[RuleSetting]] = {}
    for row in RuleSetting.objects.standing().select_related("unit"):
        changed.setdefault(row.rule, []).append(row)
    found = []
    for key, rule in sorted(reminder_rules.items(), key=lambda pair: pair[1].order):
        rows = changed.get(key, [])
        general = next((row for row in rows if row.unit is None), None)
        found.append(_of_setting(general) if general else _of_rule(key, rule))
        found += [_of_setting(row) for row in rows if row.unit is not None]
    return found


def plan_for(every: Iterable[Plan], rule: str, path: str | None) -> Plan | None:
    """The plan of the nearest unit above `path`; None for a rule that nobody announces any more."""
    fitting = [
        plan
        for plan in every
        if plan.rule == rule and (plan.where is None or (path is not None and path in plan.where))
    ]
    return max(fitting, key=lambda plan: plan.depth, default=None)


def source_text(row: RuleSetting) -> str:
    """The source of a setting; the rule's own in the viewer's language, whatever language it was confirmed in."""
    rule = reminder_rules.get(row.rule)
    return str(rule.source) if rule is not None and row.source in _in_all_languages(rule) else row.source


def _in_all_languages(rule: ReminderRule) -> set[str]:
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(str(rule.source))
    return found


def _of_rule(key: str, rule: ReminderRule) -> Plan:
    return Plan(
        rule=key,
        where=None,
        depth=0,
        is_on=rule.is_on,
        steps=_steps(rule.leads, rule.overdue),
        attention=rule.attention,
        source=str(rule.source),
    )


def _of_setting(row: RuleSetting) -> Plan:
    return Plan(
        rule=row.rule,
        where=row.unit.range if row.unit is not None else None,
        depth=len(row.unit.path) if row.unit is not None else 0,
        is_on=row.is_on,
        steps=_steps(row.leads, row.overdue),
        attention=row.attention,
        source=source_text(row),
    )


def _steps(leads: Iterable[int], overdue: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({-days for days in leads} | set(overdue)))
