"""The part of the minute's sweep that belongs to reminders."""

from celery import current_app

from cadre_app.reminders.services.sweeping import sweep

SEND = "reminders.send"


def ring() -> int:
    """Sweep, then have messages sent by a task of its own; returns how many rows the sweep handled."""
    swept = sweep()
    current_app.send_task(SEND, expires=55)
    return swept.total
