"""The sweep of reminders: collect what is due, tell whom it concerns; safe to run twice, late or by two at a time."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from cadre_app.policy import snapshot
from cadre_app.reminders.policies import BACKLOG_DAYS
from cadre_app.reminders.services import collecting, telling
from cadre_app.reminders.services.hours import Hours
from cadre_app.reminders.services.plans import plans

LOCK = 706_501


@dataclass(frozen=True)
class Swept:
    """What one sweep did, and which rules could not be asked; all zero where another one was at work."""

    found: int = 0
    settled: int = 0
    told: int = 0
    failed: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return self.found + self.settled + self.told


@transaction.atomic
def sweep() -> Swept:
    """Bring occurrences and notices up to this minute (local day), in one transaction.

    The lock only spares a second sweep the work: uniqueness is the database's (one_occurrence_per_day,
    one_notice_per_step), so that nothing is told twice whatever runs beside it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return Swept()
    with snapshot.held():
        now, today = timezone.now(), timezone.localdate()
        every = plans()
        collected = collecting.collect(every, today=today, now=now)
        moment = telling.Moment(today, now, Hours.now().slots(now), BACKLOG_DAYS.now())
        told = telling.tell(every, moment)
    return Swept(collected.found, collected.settled, told, tuple(collected.failed))
