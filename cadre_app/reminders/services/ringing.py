"""The part of the minute's sweep that belongs to reminders."""

import structlog
from celery import current_app
from kombu.exceptions import OperationalError

from cadre_app.core.registries import PartlyFailed
from cadre_app.reminders.services.sweeping import sweep

logger = structlog.get_logger("qinglan.reminders")

SEND = "reminders.send"
PATIENCE = 55


class RulesFailed(PartlyFailed):
    """Some rules could not be asked; everything else was done."""


def ring() -> int:
    """Sweep, then have messages sent by a task of its own; returns how many rows the sweep handled.

    A broker that is away loses nothing: the messages wait in their table for the next minute. Raises RulesFailed at the
    very end, so that the sweep is on record as partly failed.
    """
    swept = sweep()
    try:
        current_app.send_task(SEND, expires=PATIENCE, retry=False)
    except OperationalError as error:
        logger.warning("not_rung", error=str(error).strip())
    if swept.failed:
        raise RulesFailed(*swept.failed)
    return swept.total
