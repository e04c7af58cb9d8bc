"""The lists of the room whose conditions can be kept under a name."""

from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.permissions import board, research
from cadre_app.core.lists import ListPage, announce_lists, list_pages


def announce() -> None:
    """Called once, when the app is ready and its exports are announced."""
    announce_lists(
        {
            "assignments:posting_list": "assignments.postings",
            "assignments:coverage": "assignments.coverage",
            "assignments:where": "assignments.where",
            "assignments:compliance": "assignments.compliance",
            "assignments:competition_list": "assignments.competitions",
            "assignments:leave_list": "assignments.leaves",
            "assignments:leave_days": "assignments.leave_days",
            "assignments:report_list": "assignments.research_reports",
            "assignments:prize_list": "assignments.research_prizes",
            "assignments:research_list": "assignments.research",
            "assignments:term_list": "assignments.terms",
        },
        wider={
            "assignments:posting_list": ("stage=voided",),
            "assignments:competition_list": ("state=voided",),
            "assignments:research_list": ("state=voided",),
            "assignments:term_list": ("stage=all",),
        },
    )
    list_pages.register("assignments:board", ListPage(_("Six front lines"), board.can_see_board))
    list_pages.register("assignments:timeline", ListPage(_("Posting timeline"), board.can_see_board))
    list_pages.register("assignments:research_board", ListPage(_("Field research"), research.can_follow))
