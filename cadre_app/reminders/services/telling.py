"""Who is told of what is due: notices in the inbox, and messages outside for whoever wants them (one pass, set-based).

A step is told on its day, on a workday: what lies before the due day moves to the workday before, what lies after it to
the next one. Of several steps that have passed meanwhile, only the last is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from cadre_app.core.reminding import reminder_rules
from cadre_app.reminders.services import packing
from cadre_app.reminders.services.hours import Slots
from cadre_app.reminders.services.plans import Plan
from cadre_app.reminders.services.preferences import wanted
from cadre_app.reminders.services.sql import named_sql

ANY_SQL = """
SELECT EXISTS (SELECT FROM reminders_found)
    OR EXISTS (SELECT FROM reminders_occurrence WHERE closed_at IS NULL AND next_on <= %s)
"""

RIPE_SQL = """
CREATE TEMPORARY TABLE reminders_ripe ON COMMIT DROP AS
WITH plan AS (
    SELECT * FROM unnest(%(no)s::int[], %(rule)s::text[], %(first)s::text[], %(past)s::text[], %(depth)s::int[])
        AS plan (no, rule, first, past, depth)
), step AS (
    SELECT * FROM unnest(%(step_no)s::int[], %(step_days)s::int[], %(step_attention)s::bool[])
        AS step (no, days, attention)
), waiting AS (
    SELECT due.*, file.person_id, unit.path
    FROM (
        SELECT id, rule, source, due_on, due_on AS day, trainee_id, doer_id, is_personal, NULL::smallint AS said,
            0 AS version
        FROM reminders_found
        UNION ALL
        SELECT id, rule, source, due_on, day, trainee_id, doer_id, is_personal, said, version
        FROM reminders_occurrence WHERE closed_at IS NULL AND next_on <= %(today)s
    ) AS due
    LEFT JOIN people_trainee AS file ON file.id = due.trainee_id
    LEFT JOIN org_unit AS unit ON unit.id = file.home_unit_id
), planned AS (
    SELECT DISTINCT ON (waiting.id) waiting.*, plan.no
    FROM waiting
    JOIN plan ON plan.rule = waiting.rule AND (plan.first = '' OR (waiting.path >= plan.first AND waiting.path < plan.past))
    ORDER BY waiting.id, plan.depth DESC
), dated AS (
    SELECT planned.id, planned.said, step.days, step.attention, coalesce(workday.day, aim.day) AS tell_on
    FROM planned
    JOIN step ON step.no = planned.no
    CROSS JOIN LATERAL (SELECT least(planned.day + step.days, DATE '9999-12-31') AS day) AS aim
    LEFT JOIN policy_calendarday AS calendar ON calendar.day = aim.day
    LEFT JOIN policy_calendarday AS workday ON workday.is_workday
        AND workday.ordinal = calendar.ordinal + CASE WHEN step.days > 0 AND NOT calendar.is_workday THEN 1 ELSE 0 END
), chosen AS (
    SELECT id,
        max(days) FILTER (WHERE NOT attention AND tell_on <= %(today)s AND days > coalesce(said, -32768)) AS item_step,
        max(days) FILTER (WHERE attention AND tell_on <= %(today)s AND days > coalesce(said, -32768)) AS attention_step,
        min(tell_on) FILTER (WHERE tell_on > %(today)s) AS next_on
    FROM dated GROUP BY id
)
SELECT waiting.*, chosen.item_step, chosen.attention_step, chosen.next_on,
    waiting.said IS NULL AND waiting.day < %(old_before)s AS is_backlog
FROM waiting LEFT JOIN chosen ON chosen.id = waiting.id
"""

# Nobody is told about oneself as an office, nor about a declared relative (回避).
TELL_SQL = """
WITH asked AS (
    SELECT * FROM unnest(%(role_rule)s::text[], %(role)s::text[], %(role_attention)s::bool[], %(role_joint)s::bool[])
        AS asked (rule, role, attention, joint)
), holder AS (
    SELECT DISTINCT held.role, held.user_id, unit.path
    FROM accounts_grant AS held
    JOIN accounts_user AS account ON account.id = held.user_id AND account.is_active
    LEFT JOIN org_unit AS unit ON unit.id = held.unit_id
    WHERE held.voided_at IS NULL AND held.valid_from <= %(today)s
      AND (held.valid_until IS NULL OR held.valid_until >= %(today)s)
), tie AS (
    SELECT person_id, other_id FROM people_relative WHERE voided_at IS NULL AND other_id IS NOT NULL
), kin AS (
    SELECT one.account_id AS user_id, tie.other_id AS person_id
    FROM tie JOIN people_person AS one ON one.id = tie.person_id WHERE one.account_id IS NOT NULL
    UNION
    SELECT one.account_id, tie.person_id
    FROM tie JOIN people_person AS one ON one.id = tie.other_id WHERE one.account_id IS NOT NULL
), avoided AS (
    SELECT user_id, person_id FROM kin
    UNION SELECT account_id, id FROM people_person WHERE account_id IS NOT NULL
), told AS MATERIALIZED (
    SELECT ripe.id, ripe.doer_id AS user_id, 'item' AS kind, ripe.item_step AS step, ripe.day, ripe.is_backlog
    FROM reminders_ripe AS ripe
    JOIN accounts_user AS account ON account.id = ripe.doer_id AND account.is_active
    WHERE ripe.item_step IS NOT NULL
      AND NOT EXISTS (SELECT FROM kin WHERE kin.user_id = ripe.doer_id AND kin.person_id = ripe.person_id)
    UNION
    SELECT ripe.id, holder.user_id, CASE WHEN asked.attention THEN 'attention' ELSE 'item' END,
        CASE WHEN asked.attention THEN ripe.attention_step ELSE ripe.item_step END, ripe.day, ripe.is_backlog
    FROM reminders_ripe AS ripe
    JOIN asked ON asked.rule = ripe.rule
    JOIN holder ON holder.role = asked.role
        AND (ripe.path IS NULL OR (ripe.path >= holder.path AND ripe.path < holder.path || '~'))
    WHERE NOT ripe.is_personal
      AND CASE WHEN asked.attention THEN ripe.attention_step IS NOT NULL AND NOT ripe.is_backlog
          ELSE ripe.item_step IS NOT NULL AND (asked.joint OR NOT EXISTS (
              SELECT FROM accounts_user AS account WHERE account.id = ripe.doer_id AND account.is_active)) END
      AND NOT EXISTS (
          SELECT FROM avoided WHERE avoided.user_id = holder.user_id AND avoided.person_id = ripe.person_id)
), items AS (
    INSERT INTO reminders_notice (
        id, kind, occurrence_id, recipient_id, channel, step, due_on, made_on, count, created_at)
    SELECT gen_random_uuid(), min(kind), id, user_id, 'inbox', step, day, %(today)s, 1, %(now)s
    FROM told WHERE NOT is_backlog GROUP BY id, user_id, step, day
    ON CONFLICT (occurrence_id, recipient_id, step, channel, due_on) DO NOTHING
    RETURNING kind, occurrence_id, recipient_id, step, due_on, count
), backlogs AS (
    INSERT INTO reminders_notice (id, kind, recipient_id, channel, step, due_on, made_on, count, created_at)
    SELECT gen_random_uuid(), 'backlog', user_id, 'inbox', 0, %(today)s, %(today)s, count(DISTINCT id), %(now)s
    FROM told WHERE is_backlog GROUP BY user_id
    ON CONFLICT (recipient_id, channel, made_on) WHERE occurrence_id IS NULL
        DO UPDATE SET count = reminders_notice.count + excluded.count, read_at = NULL
    RETURNING kind, occurrence_id, recipient_id, step, due_on, count
), outside AS (
    INSERT INTO reminders_notice (
        id, kind, occurrence_id, recipient_id, channel, step, due_on, made_on, count, created_at)
    SELECT gen_random_uuid(), made.kind, made.occurrence_id, made.recipient_id, wish.channel, made.step, made.due_on,
        %(today)s, made.count, %(now)s
    FROM (SELECT * FROM items UNION ALL SELECT * FROM backlogs) AS made
    JOIN ({wishes}) AS wish ON wish.user_id = made.recipient_id
    ON CONFLICT DO NOTHING
)
SELECT (SELECT count(*) FROM items) + (SELECT count(*) FROM backlogs)
"""

WRITE_SQL = """
INSERT INTO reminders_occurrence (
    id, created_at, updated_at, version, rule, source, due_on, trainee_id, doer_id, is_personal, postponed_why, said,
    next_on
)
SELECT id, %(now)s, %(now)s, 1, rule, source, due_on, trainee_id, doer_id, is_personal, '',
    greatest(item_step, attention_step), next_on
FROM reminders_ripe WHERE version = 0
"""

ADVANCE_SQL = """
UPDATE reminders_occurrence AS due
SET next_on = ripe.next_on, said = greatest(ripe.said, ripe.item_step, ripe.attention_step)
FROM reminders_ripe AS ripe WHERE due.id = ripe.id AND due.version = ripe.version
"""


@dataclass(frozen=True)
class Moment:
    """When the sweep runs: the local day, the time (UTC), and when a message made now may go out."""

    today: date
    now: datetime
    slots: Slots
    backlog_days: int


def tell(every: Iterable[Plan], moment: Moment) -> int:
    """Write the new items that `collecting` found, and the notices whose day has come; returns how many inboxes got.

    Needs the transaction of `collecting.collect`.
    """
    with connection.cursor() as cursor:
        cursor.execute(ANY_SQL, [moment.today])
        if not cursor.fetchone()[0]:
            cursor.execute("DROP TABLE reminders_found")
            return 0
        values = _values([plan for plan in every if plan.is_on], moment)
        wishes = _wishes(values)
        cursor.execute(RIPE_SQL, values)
        cursor.execute("ANALYZE reminders_ripe")
        cursor.execute(WRITE_SQL, values)
        cursor.execute(TELL_SQL.format(wishes=wishes), values)
        made: int = cursor.fetchone()[0]
        cursor.execute(ADVANCE_SQL)
        cursor.execute("DROP TABLE reminders_ripe, reminders_found")
        if made:
            packing.pack(cursor, moment.slots, values, wishes)
        return made


def _wishes(values: dict[str, Any]) -> str:
    """Who wants to be told outside, as text whose placeholders are named; adds their values."""
    text, named = named_sql(wanted(), "wish")
    values |= named
    return f"SELECT * FROM ({text}) AS wish (user_id, channel, mode)"  # noqa: S608 - Django's own SQL


def _values(every: list[Plan], moment: Moment) -> dict[str, Any]:
    steps = [(no, days, False) for no, plan in enumerate(every) for days in plan.steps]
    steps += [(no, plan.attention, True) for no, plan in enumerate(every) if plan.attention is not None]
    roles = [
        (key, role, attention, rule.joint)
        for key, rule in reminder_rules.items()
        for names, attention in ((rule.roles, False), (rule.supervisors, True))
        for role in names
    ]
    return {
        "today": moment.today,
        "now": moment.now,
        "old_before": moment.today - timedelta(days=moment.backlog_days),
        "no": list(range(len(every))),
        "rule": [plan.rule for plan in every],
        "first": [plan.where.start if plan.where else "" for plan in every],
        "past": [plan.where.end if plan.where else "" for plan in every],
        "depth": [plan.depth for plan in every],
        "step_no": [step[0] for step in steps],
        "step_days": [step[1] for step in steps],
        "step_attention": [step[2] for step in steps],
        "role_rule": [row[0] for row in roles],
        "role": [row[1] for row in roles],
        "role_attention": [row[2] for row in roles],
        "role_joint": [row[3] for row in roles],
        "at_once_at": moment.slots.at_once_at,
    }
