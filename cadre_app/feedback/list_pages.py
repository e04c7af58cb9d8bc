"""The lists of the room whose conditions can be kept under a name."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.lists import ListPage, list_pages
from cadre_app.feedback import permissions


def announce() -> None:
    """Called once, when the app is ready and its exports are announced."""
    list_pages.register("feedback:inbox", ListPage(_("Feedback"), permissions.can_answer_any))
