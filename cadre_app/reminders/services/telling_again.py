"""Telling the doer of an open item once more because somebody asked for it; never twice within a week."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from cadre_app.history import services as history
from cadre_app.policy import snapshot
from cadre_app.reminders.models import Channel, Notice, Occurrence
from cadre_app.reminders.services import packing
from cadre_app.reminders.services.hours import Hours
from cadre_app.reminders.services.preferences import wanted
from cadre_app.reminders.services.sql import named_sql

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

WEEK = timedelta(days=7)
TOLD_AGAIN = "reminders.occurrence.told_again"

TELL_SQL = """
WITH items AS (
    INSERT INTO reminders_notice (
        id, kind, occurrence_id, recipient_id, channel, step, due_on, made_on, count, created_at)
    SELECT gen_random_uuid(), 'item', due.id, due.doer_id, 'inbox', %(today)s - due.day, due.day, %(today)s, 1, %(now)s
    FROM reminders_occurrence AS due
    JOIN accounts_user AS account ON account.id = due.doer_id AND account.is_active
    WHERE due.id = ANY(%(keys)s) AND due.closed_at IS NULL
    ON CONFLICT (occurrence_id, recipient_id, step, channel, due_on) DO NOTHING
    RETURNING occurrence_id, recipient_id, step, due_on
), outside AS (
    INSERT INTO reminders_notice (
        id, kind, occurrence_id, recipient_id, channel, step, due_on, made_on, count, created_at)
    SELECT gen_random_uuid(), 'item', made.occurrence_id, made.recipient_id, wish.channel, made.step, made.due_on,
        %(today)s, 1, %(now)s
    FROM items AS made JOIN ({wishes}) AS wish ON wish.user_id = made.recipient_id
    ON CONFLICT DO NOTHING
)
SELECT occurrence_id FROM items
"""


def told_lately(items: Iterable[Occurrence]) -> set[UUID]:
    """The keys of those whose doer was told of them within the last seven days; one query."""
    since = timezone.now() - WEEK
    inbox = Notice.objects.filter(channel=Channel.INBOX, created_at__gt=since)
    rows = inbox.filter(occurrence__in=[item.pk for item in items])
    return {
        item for item, doer, told in rows.values_list("occurrence", "occurrence__doer", "recipient") if doer == told
    }


@transaction.atomic
def tell_again(items: Iterable[Occurrence], *, actor: "User") -> list[Occurrence]:
    """Tell the doers now, in the inbox and as they wish to be told outside; returns the items that were told.

    Left out, without a word: settled ones, those without an active account, those told of within a week.
    """
    asked = {item.pk: item for item in Occurrence.objects.select_for_update().filter(pk__in=[row.pk for row in items])}
    lately = told_lately(asked.values())
    with snapshot.held(), connection.cursor() as cursor:
        now = timezone.now()
        text, values = named_sql(wanted(), "wish")
        wishes = f"SELECT * FROM ({text}) AS wish (user_id, channel, mode)"  # noqa: S608 - Django's own SQL
        slots = Hours.now().slots(now)
        values |= {"today": timezone.localdate(), "now": now, "at_once_at": slots.at_once_at}
        values["keys"] = [pk for pk in asked if pk not in lately]
        cursor.execute(TELL_SQL.format(wishes=wishes), values)
        told = [asked[row[0]] for row in cursor.fetchall()]
        if told:
            packing.pack(cursor, slots, values, wishes)
    for item in told:
        history.record(TOLD_AGAIN, actor=actor, obj=item)
    return told
