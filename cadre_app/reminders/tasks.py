"""Messages are sent beside the sweep, so that a mail server that hangs holds nothing else up."""

from celery import shared_task

from cadre_app.reminders.services.ringing import SEND
from cadre_app.reminders.services.sending import send_messages


@shared_task(name=SEND)
def send() -> None:
    """Send what is due; safe to run twice or late."""
    send_messages()
