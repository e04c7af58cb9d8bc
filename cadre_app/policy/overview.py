"""The settings as the pages list them: what is in force, since when, on what basis, and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from cadre_app.policy.models import PolicyValue
from cadre_app.policy.registry import GROUPS, policies
from cadre_app.policy.specs import Policy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class ValueLine:
    """One value of a setting; `item` is None for the default."""

    item: PolicyValue | None
    text: str
    source: str
    valid_from: date | None
    state: str


@dataclass(frozen=True)
class SettingLine:
    policy: Policy[Any]
    now: ValueLine
    following: ValueLine | None


@dataclass(frozen=True)
class SettingGroup:
    label: "_StrPromise | str"
    lines: list[SettingLine]


def setting_groups(values: Iterable[PolicyValue], today: date) -> list[SettingGroup]:
    """Every setting by group, from `values` (standing, of all keys) as of a local date."""
    by_key: dict[str, list[PolicyValue]] = {}
    for value in values:
        by_key.setdefault(value.key, []).append(value)
    lines = [(policy.group, _setting_line(policy, by_key.get(policy.key, []), today)) for policy in policies.values()]
    groups = (SettingGroup(label, [line for key, line in lines if key == group]) for group, label in GROUPS.items())
    return [group for group in groups if group.lines]


def value_lines(policy: Policy[Any], values: Iterable[PolicyValue], today: date) -> list[ValueLine]:
    """Values of one setting, newest first, the default last; `state` is wait (to come), ok (in force) or idle (past)."""
    lines = []
    current_found = False
    for item in sorted(values, key=lambda value: value.valid_from, reverse=True):
        state = "wait" if item.valid_from > today else "idle" if current_found else "ok"
        current_found = current_found or state == "ok"
        text = policy.text(policy.from_json(item.value))
        lines.append(ValueLine(item, text, item.source, item.valid_from, state))
    default = policy.text(policy.default)
    lines.append(ValueLine(None, default, str(policy.source), None, "idle" if current_found else "ok"))
    return lines


def _setting_line(policy: Policy[Any], values: list[PolicyValue], today: date) -> SettingLine:
    lines = value_lines(policy, values, today)
    now = next(line for line in lines if line.state == "ok")
    coming = [line for line in lines if line.state == "wait"]
    return SettingLine(policy, now, coming[-1] if coming else None)
