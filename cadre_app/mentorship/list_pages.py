"""The lists of the room whose conditions can be kept under a name."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.lists import ListPage, announce_lists, list_pages
from cadre_app.mentorship.permissions import handovers, pairings


def announce() -> None:
    """Called once, when the app is ready and its exports are announced."""
    announce_lists(
        {
            "mentorship:pairing_table": "mentorship.pairings",
            "mentorship:mentor_list": "mentorship.mentors",
            "mentorship:note_list": "mentorship.notes",
            "mentorship:review_list": "mentorship.reviews",
            "mentorship:report_list": "mentorship.mentor_reports",
        },
        wider={
            "mentorship:pairing_table": ("state=all", "state=voided"),
            "mentorship:note_list": ("state=voided",),
            "mentorship:review_list": ("state=all",),
        },
    )
    list_pages.register("mentorship:pairing_list", ListPage(_("Pairing board"), pairings.can_see_board))
    list_pages.register("mentorship:suggestion_list", ListPage(_("Suggested pairings"), pairings.can_see_suggestions))
    list_pages.register("mentorship:handover_list", ListPage(_("Pairing hand-over"), handovers.can_see_hand_overs))
