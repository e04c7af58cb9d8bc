"""What is due becomes occurrences, what is no longer due is closed: two statements a rule, however many rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from cadre_app.core.reminding import ReminderRule, reminder_rules
from cadre_app.reminders.services.plans import Plan

LAST_DAY = date.max

# Rows that are collected already are left out before anything is written: ON CONFLICT alone would lock each of them.
COLLECT_SQL = """
INSERT INTO reminders_occurrence AS kept (
    id, created_at, updated_at, version, rule, source, due_on, trainee_id, doer_id, is_personal, next_on
)
SELECT gen_random_uuid(), %(now)s, %(now)s, 1, %(rule)s, due.source, due.due_on, due.trainee_id, due.doer_id,
       %(personal)s, %(today)s
FROM ({dues}) AS due
WHERE NOT EXISTS (
    SELECT FROM reminders_occurrence AS known
    WHERE known.rule = %(rule)s AND known.source = due.source AND known.due_on = due.due_on AND known.closed_at IS NULL
      AND known.trainee_id IS NOT DISTINCT FROM due.trainee_id AND known.doer_id IS NOT DISTINCT FROM due.doer_id
)
ON CONFLICT (rule, source, due_on) DO UPDATE
SET closed_at = NULL, trainee_id = excluded.trainee_id, doer_id = excluded.doer_id, next_on = excluded.next_on,
    said = CASE WHEN kept.doer_id IS NOT DISTINCT FROM excluded.doer_id THEN kept.said END,
    updated_at = excluded.updated_at
"""

CLOSE_SQL = """
WITH settled AS (
    UPDATE reminders_occurrence AS kept SET closed_at = %(now)s, updated_at = %(now)s
    WHERE kept.rule = %(rule)s AND kept.closed_at IS NULL AND NOT EXISTS (
        SELECT FROM ({dues}) AS due WHERE due.source = kept.source AND due.due_on = kept.due_on
    )
    RETURNING kept.id
), read AS (
    UPDATE reminders_notice AS told SET read_at = %(now)s
    FROM settled WHERE told.occurrence_id = settled.id AND told.channel = 'inbox' AND told.read_at IS NULL
)
SELECT count(*) FROM settled
"""

# A doer or a file that is nobody's comes as a NULL without a type.
CASTED_SQL = """
SELECT source::uuid, due_on::date, trainee_id::uuid, doer_id::uuid
FROM ({rows}) AS rows (source, due_on, trainee_id, doer_id)
"""

NOTHING_SQL = """
SELECT NULL::uuid AS source, NULL::date AS due_on, NULL::uuid AS trainee_id, NULL::uuid AS doer_id WHERE false
"""

# Where a rule is on for some units only: the nearest unit above the file decides.
NARROWED_SQL = """
SELECT due.* FROM ({dues}) AS due
LEFT JOIN people_trainee AS file ON file.id = due.trainee_id
LEFT JOIN org_unit AS unit ON unit.id = file.home_unit_id
WHERE (
    SELECT plan.is_on FROM unnest(%(first)s::text[], %(past)s::text[], %(depth)s::int[], %(is_on)s::bool[])
        AS plan (first, past, depth, is_on)
    WHERE plan.first = '' OR (unit.path >= plan.first AND unit.path < plan.past)
    ORDER BY plan.depth DESC LIMIT 1
)
"""


@dataclass(frozen=True)
class Collected:
    """How many items were found (or came back), and how many were settled."""

    found: int
    settled: int


def collect(every: Iterable[Plan], *, today: date, now: datetime) -> Collected:
    """Bring the occurrences up to what is due by every rule; needs a transaction."""
    found = settled = 0
    by_rule: dict[str, list[Plan]] = {}
    for plan in every:
        by_rule.setdefault(plan.rule, []).append(plan)
    with connection.cursor() as cursor:
        for key, own in by_rule.items():
            dues, values = _dues(reminder_rules[key], own, today)
            values |= {"rule": key, "personal": reminder_rules[key].personal, "now": now, "today": today}
            cursor.execute(COLLECT_SQL.format(dues=dues), values)
            found += cursor.rowcount
            cursor.execute(CLOSE_SQL.format(dues=dues), values)
            settled += cursor.fetchone()[0]
        cursor.execute(
            "UPDATE reminders_occurrence SET closed_at = %s WHERE closed_at IS NULL AND NOT rule = ANY(%s)",
            [now, list(by_rule)],
        )
        settled += cursor.rowcount
    return Collected(found, settled)


def _dues(rule: ReminderRule, own: list[Plan], today: date) -> tuple[str, dict[str, Any]]:
    """The rule's query as text with named values, narrowed to the units where it is on."""
    horizon = max((plan.horizon for plan in own if plan.is_on), default=0)
    until = today + timedelta(days=min(horizon, (LAST_DAY - today).days))
    rows = rule.dues(until).order_by().values_list("pk", "due_day", "trainee_key", "doer_key")
    if not any(plan.is_on for plan in own):
        rows = rows.none()
        return (
            "SELECT NULL::uuid AS source, NULL::date AS due_on, NULL::uuid AS trainee_id, NULL::uuid AS doer_id WHERE false",
            {},
        )
    try:
        text, given = rows.query.sql_with_params()
    except EmptyResultSet:
        return NOTHING_SQL, {}
    names = [f"due_{number}" for number in range(len(given))]
    # The query's own placeholders are positional; ours are named, so these are named as well.
    named = text % tuple(f"%({name})s" for name in names)
    dues = CASTED_SQL.format(rows=named)
    values: dict[str, Any] = dict(zip(names, given, strict=True))
    if all(plan.is_on for plan in own):
        return dues, values
    values |= {
        "first": [plan.where.start if plan.where else "" for plan in own],
        "past": [plan.where.end if plan.where else "" for plan in own],
        "depth": [plan.depth for plan in own],
        "is_on": [plan.is_on for plan in own],
    }
    return NARROWED_SQL.format(dues=dues), values
