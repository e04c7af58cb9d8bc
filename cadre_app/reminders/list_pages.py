"""The lists of the room whose conditions can be kept under a name."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.lists import ListPage, announce_lists, list_pages
from cadre_app.reminders import permissions


def announce() -> None:
    """Called once, when the app is ready and its exports are announced."""
    announce_lists(
        {
            "reminders:due_list": "reminders.dues",
            "reminders:work_calendar": "reminders.work_calendar",
        },
        wider={
            "reminders:due_list": ("whose=all",),
        },
    )
    list_pages.register("reminders:inbox", ListPage(_("Inbox"), permissions.works_for_units))
