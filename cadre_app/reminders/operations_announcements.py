"""What the engine room of the reminders announces to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.operations import operations_parts
from cadre_app.core.registries import verbs
from cadre_app.reminders import letters


def announce() -> None:
    """Called once, when the app is ready."""
    operations_parts.register("reminders.dead_letters", letters.DEAD_LETTERS)
    verbs.register("reminders.message.retried", _("Message given up is tried again"))
    verbs.register("reminders.message.all_retried", _("All messages given up are tried again"))
