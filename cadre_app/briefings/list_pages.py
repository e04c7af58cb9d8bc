"""The lists of the room whose conditions can be kept under a name."""

from django.utils.translation import gettext_lazy as _

from cadre_app.briefings import permissions
from cadre_app.core.lists import ListPage, list_pages


def announce() -> None:
    """Called once, when the app is ready."""
    list_pages.register("briefings:briefing_list", ListPage(_("Briefing"), permissions.can_list))
