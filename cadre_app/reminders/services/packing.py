"""Notices outside are put into messages: one for each, or one for all of a person's day."""

from typing import Any

from cadre_app.reminders.services.hours import Slots

PACK_SQL = """
INSERT INTO reminders_message (id, recipient_id, channel, key, created_at, send_at, state, tries, error)
SELECT gen_random_uuid(), gathered.*, 'waiting', 0, '' FROM (
    SELECT DISTINCT told.recipient_id, told.channel,
        CASE WHEN wish.mode = 'daily' THEN %(day)s ELSE told.id::text END, %(now)s::timestamptz,
        CASE WHEN wish.mode = 'daily' THEN %(gathered_at)s::timestamptz ELSE %(at_once_at)s::timestamptz END
    FROM reminders_notice AS told
    JOIN ({wishes}) AS wish ON wish.user_id = told.recipient_id AND wish.channel = told.channel
    WHERE told.message_id IS NULL AND told.channel <> 'inbox'
) AS gathered
ON CONFLICT (recipient_id, channel, key) DO NOTHING
"""

# A gathered message takes more only while nobody has begun to send it; locked, so that nobody begins before the commit.
LINK_SQL = """
WITH told AS MATERIALIZED (
    SELECT id, recipient_id, channel FROM reminders_notice WHERE message_id IS NULL AND channel <> 'inbox'
), gathered AS MATERIALIZED (
    SELECT message.id, message.recipient_id, message.channel
    FROM (SELECT DISTINCT recipient_id, channel FROM told) AS person
    JOIN reminders_message AS message ON message.recipient_id = person.recipient_id
        AND message.channel = person.channel AND message.key = %(day)s
    WHERE message.state = 'waiting' AND message.tries = 0 AND message.lease_until IS NULL
    FOR UPDATE OF message
), linked AS (
    SELECT told.id, gathered.id AS message_id FROM told
    JOIN gathered ON gathered.recipient_id = told.recipient_id AND gathered.channel = told.channel
    UNION ALL
    SELECT told.id, message.id FROM told
    JOIN reminders_message AS message ON message.recipient_id = told.recipient_id
        AND message.channel = told.channel AND message.key = told.id::text
)
UPDATE reminders_notice AS notice SET message_id = linked.message_id FROM linked WHERE notice.id = linked.id
"""

LEFT_SQL = "SELECT EXISTS (SELECT FROM reminders_notice WHERE message_id IS NULL AND channel <> 'inbox')"


def pack(cursor: Any, slots: Slots, values: dict[str, Any], wishes: str) -> None:
    """Every notice gets its message; gathered ones that of the next day to which something can still be added.

    `wishes` is SQL over (user_id, channel, mode), with its values among `values`.
    """
    for day, gathered_at in slots.gathered:
        values |= {"day": day.isoformat(), "gathered_at": gathered_at}
        cursor.execute(PACK_SQL.format(wishes=wishes), values)
        cursor.execute(LINK_SQL, values)
        cursor.execute(LEFT_SQL)
        if not cursor.fetchone()[0]:
            break
