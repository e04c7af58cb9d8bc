"""The lists of the room whose conditions can be kept under a name."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.lists import ListPage, announce_lists, list_pages
from cadre_app.training.permissions import courses, orders


def announce() -> None:
    """Called once, when the app is ready and its exports are announced."""
    announce_lists(
        {
            "training:session_list": "training.sessions",
            "training:induction_list": "training.induction",
            "training:course_list": "training.courses",
            "training:order_list": "training.orders",
            "training:hours_board": "training.hours",
            "training:hours_entries": "training.hours_entries",
            "training:outside_list": "training.outside",
            "training:visit_list": "training.visits",
        },
        wider={
            "training:session_list": ("state=voided",),
            "training:course_list": ("state=voided",),
            "training:outside_list": ("state=all", "state=voided"),
        },
    )
    # Its rows are groups made of many orders: there is nothing to compare a month later.
    list_pages.register("training:demand_board", ListPage(_("Demand board"), orders.can_see_demand))
    list_pages.register("training:teacher_list", ListPage(_("Teachers"), courses.can_see_preparation))
    list_pages.register("training:scenario_list", ListPage(_("Sand-table scenarios"), courses.can_see_preparation))
