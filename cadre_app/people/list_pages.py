"""The lists of the room whose conditions can be kept under a name."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.lists import ListPage, announce_lists, list_pages
from cadre_app.people import permissions


def announce() -> None:
    """Called once, when the app is ready and its exports are announced."""
    announce_lists(
        {
            "people:trainee_list": "people.roster",
            "people:party_list": "people.party",
            "people:office_list": "people.offices",
        },
        wider={
            "people:trainee_list": ("state=left", "state=voided"),
            "people:office_list": ("state=voided",),
        },
    )
    list_pages.register("people:proposal_list", ListPage(_("Proposals"), permissions.can_see_proposals))
