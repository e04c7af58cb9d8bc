"""The rules as the pages list them: what holds for everybody, and the units that differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.reminding import ReminderRule, reminder_rules
from cadre_app.reminders.days import shown_days
from cadre_app.reminders.models import RuleSetting
from cadre_app.reminders.services.plans import source_text


@dataclass(frozen=True)
class Ringing:
    """How a rule rings, from the rule itself or from a setting."""

    is_on: bool
    leads: tuple[int, ...]
    overdue: tuple[int, ...]
    attention: int | None
    source: str
    setting: RuleSetting | None = None

    @classmethod
    def of_rule(cls, rule: ReminderRule) -> Self:
        return cls(rule.is_on, rule.leads, rule.overdue, rule.attention, str(rule.source))

    @classmethod
    def of_setting(cls, row: RuleSetting) -> Self:
        return cls(row.is_on, tuple(row.leads), tuple(row.overdue), row.attention, source_text(row), row)

    @property
    def leads_text(self) -> str:
        return shown_days(self.leads, zero=_("on the day"))

    @property
    def overdue_text(self) -> str:
        return shown_days(self.overdue, zero=_("on the day"))

    @property
    def attention_text(self) -> str:
        return pgettext("supervisor", "not told") if self.attention is None else str(self.attention)

    def values(self) -> dict[str, Any]:
        """What a form begins with."""
        return {
            "is_on": self.is_on,
            "leads": list(self.leads),
            "overdue": list(self.overdue),
            "attention": self.attention,
            "source": self.source,
        }


@dataclass(frozen=True)
class RuleLine:
    """One rule: `general` for everybody, `units` for units with all below them, in official order."""

    key: str
    rule: ReminderRule
    general: Ringing
    units: list[Ringing]


def rule_lines(settings: Iterable[RuleSetting]) -> list[RuleLine]:
    """Every rule in its order, with the standing `settings` (of all rules, units joined)."""
    found: dict[str, list[RuleSetting]] = {}
    for row in settings:
        found.setdefault(row.rule, []).append(row)
    rules = sorted(reminder_rules.items(), key=lambda pair: (pair[1].order, pair[0]))
    return [rule_line(key, rule, found.get(key, [])) for key, rule in rules]


def rule_line(key: str, rule: ReminderRule, settings: Iterable[RuleSetting]) -> RuleLine:
    """One rule with its standing `settings`."""
    rows = list(settings)
    general = next((Ringing.of_setting(row) for row in rows if row.unit is None), Ringing.of_rule(rule))
    units = sorted((row for row in rows if row.unit is not None), key=lambda row: row.unit.path if row.unit else "")
    return RuleLine(key, rule, general, [Ringing.of_setting(row) for row in units])
