"""The lists of the room whose conditions can be kept under a name."""

from django.utils.translation import pgettext_lazy

from cadre_app.core.lists import ListPage, announce_lists, list_pages
from cadre_app.handover import permissions


def announce() -> None:
    """Called once, when the app is ready and its exports are announced."""
    announce_lists(
        {
            "handover:material_list": "handover.materials",
        },
        wider={
            "handover:material_list": ("state=voided",),
        },
    )
    list_pages.register(
        "handover:hand_over_list", ListPage(pgettext_lazy("material", "Hand-overs"), permissions.can_see_list)
    )
