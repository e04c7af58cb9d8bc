"""The lists of the room whose conditions can be kept under a name."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.lists import ListPage, list_pages
from cadre_app.evaluation import permissions


def announce() -> None:
    """Called once, when the app is ready and its exports are announced."""
    list_pages.register("evaluation:campaign_list", ListPage(_("Community evaluation"), permissions.can_list))
