"""What is due is found, what is no longer due is settled: one statement a rule, however many rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction

from cadre_app.core.reminding import ReminderRule, reminder_rules
from cadre_app.reminders.services.plans import Plan
from cadre_app.reminders.services.sql import named_sql

logger = structlog.get_logger("qinglan.reminders")

LAST_DAY = date.max

FOUND_SQL = """
CREATE TEMPORARY TABLE reminders_found (
    id uuid, rule text, source uuid, due_on date, trainee_id uuid, doer_id uuid, is_personal boolean
) ON COMMIT DROP
"""

# What came back has its last notice unread again: it is not told twice, but not silent either.
# What is due is asked once: new items are set down to be written together with their first step, known ones that came
# back or changed hands are told again, and what is no longer due is settled with its unread notices.
COLLECT_SQL = """
WITH due AS MATERIALIZED ({dues}), fresh AS (
    INSERT INTO reminders_found
    SELECT gen_random_uuid(), %(rule)s, due.source, due.due_on, due.trainee_id, due.doer_id, %(personal)s
    FROM due WHERE NOT EXISTS (
        SELECT FROM reminders_occurrence AS known
        WHERE known.rule = %(rule)s AND known.source = due.source AND known.due_on = due.due_on
    )
    RETURNING id
), changed AS (
    UPDATE reminders_occurrence AS known
    SET closed_at = NULL, trainee_id = due.trainee_id, doer_id = due.doer_id, is_personal = %(personal)s,
        next_on = %(today)s, updated_at = %(now)s,
        said = CASE WHEN known.doer_id IS NOT DISTINCT FROM due.doer_id THEN known.said END
    FROM due
    JOIN reminders_occurrence AS before ON before.rule = %(rule)s AND before.source = due.source
        AND before.due_on = due.due_on
    WHERE known.id = before.id AND (
        before.closed_at IS NOT NULL OR before.trainee_id IS DISTINCT FROM due.trainee_id
        OR before.doer_id IS DISTINCT FROM due.doer_id OR before.is_personal <> %(personal)s
    )
    RETURNING known.id, before.said, before.closed_at IS NOT NULL AS came_back
), again AS (
    UPDATE reminders_notice AS told SET read_at = NULL
    FROM changed WHERE changed.came_back AND told.occurrence_id = changed.id AND told.step = changed.said
        AND told.channel = 'inbox'
), settled AS (
    UPDATE reminders_occurrence AS known SET closed_at = %(now)s, updated_at = %(now)s
    WHERE known.rule = %(rule)s AND known.closed_at IS NULL AND NOT EXISTS (
        SELECT FROM due WHERE due.source = known.source AND due.due_on = known.due_on
    )
    RETURNING known.id
), read AS (
    UPDATE reminders_notice AS told SET read_at = %(now)s
    FROM settled WHERE told.occurrence_id = settled.id AND told.channel = 'inbox' AND told.read_at IS NULL
)
SELECT (SELECT count(*) FROM fresh) + (SELECT count(*) FROM changed), (SELECT count(*) FROM settled)
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


@dataclass
class Collected:
    """How many items were found (or came back), how many were settled, and which rules could not be asked."""

    found: int = 0
    settled: int = 0
    failed: list[str] = field(default_factory=list)


def collect(every: Iterable[Plan], *, today: date, now: datetime) -> Collected:
    """Bring known items up to what is due by every rule, and set the new ones down in `reminders_found`, which
    `telling` writes. A rule that fails leaves its items as they are. Needs a transaction.
    """
    done = Collected()
    by_rule: dict[str, list[Plan]] = {}
    for plan in every:
        by_rule.setdefault(plan.rule, []).append(plan)
    with connection.cursor() as cursor:
        cursor.execute(FOUND_SQL)
    for key, own in by_rule.items():
        try:
            with transaction.atomic():
                found, settled = _collect_one(key, own, today=today, now=now)
        except Exception:
            # One rule must not keep the others from telling; without its transaction the sweep itself has failed.
            if connection.get_rollback():
                raise
            logger.exception("rule_failed", rule=key)
            done.failed.append(key)
        else:
            done.found += found
            done.settled += settled
    done.settled += _close_forgotten(list(by_rule), now)
    return done


def _collect_one(key: str, own: list[Plan], *, today: date, now: datetime) -> tuple[int, int]:
    dues, values = _dues(reminder_rules[key], own, today)
    values |= {"rule": key, "personal": reminder_rules[key].personal, "now": now, "today": today}
    with connection.cursor() as cursor:
        cursor.execute(COLLECT_SQL.format(dues=dues), values)
        found, settled = cursor.fetchone()
    return found, settled


def _close_forgotten(known: list[str], now: datetime) -> int:
    """What a rule left open that nobody announces any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reminders_occurrence SET closed_at = %s WHERE closed_at IS NULL AND NOT rule = ANY(%s)",
            [now, known],
        )
        closed: int = cursor.rowcount
    return closed


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
        text, values = named_sql(rows, "due")
    except EmptyResultSet:
        return NOTHING_SQL, {}
    dues = CASTED_SQL.format(rows=text)
    if all(plan.is_on for plan in own):
        return dues, values
    values |= {
        "first": [plan.where.start if plan.where else "" for plan in own],
        "past": [plan.where.end if plan.where else "" for plan in own],
        "depth": [plan.depth for plan in own],
        "is_on": [plan.is_on for plan in own],
    }
    return NARROWED_SQL.format(dues=dues), values
