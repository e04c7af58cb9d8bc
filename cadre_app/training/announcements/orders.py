"""What orders announce to the registries."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.models import AccountKind
from cadre_app.core.registries import DeskPanel, JobKind, NavItem, desk_panels, job_kinds, nav, verbs
from cadre_app.training.lists import demand_export
from cadre_app.training.lists import orders as lists
from cadre_app.training.panels import orders as panels
from cadre_app.training.permissions import orders as permissions
from cadre_app.training.permissions.rooms import oversees
from cadre_app.training.rules import orders as rules

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

VERBS = {
    "training.orderround.created": _("Order round set"),
    "training.orderround.changed": _("Order round changed"),
    "training.orderround.closed": _("Order round closed early"),
    "training.orderround.reopened": _("Order round opened again"),
    "training.orderround.voided": _("Order round voided"),
    "training.orderround.restored": _("Order round restored"),
    "training.order.placed": _("Course ordered"),
    "training.order.withdrawn": _("Order withdrawn"),
    "training.order.placed_again": _("Course ordered again"),
    "training.order.moved": _("Priority of the order changed"),
    "training.order.answered": _("Order answered"),
    "training.order.answer_taken_back": _("Answer to the order taken back"),
    "training.order.assigned": _("Wish put to a course"),
    "training.order.opened_again": _("Order is open again"),
    "training.order.waits": _("Order waits for a place"),
    "training.order.scheduled": _("Order scheduled"),
    "training.order.served": _("Order served"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    rules.announce()
    job_kinds.register(
        lists.EXPORT, JobKind(label=_("Orders"), may_run=permissions.can_see_orders, table=lists.order_table)
    )
    job_kinds.register(
        demand_export.EXPORT,
        JobKind(label=_("Demand board"), may_run=permissions.can_see_demand, table=demand_export.demand_table),
    )
    desk_panels.register(
        "training.own_orders",
        DeskPanel(
            order=22,
            visible=permissions.can_order,
            items=panels.answer_items,
            template="training/_desk_orders.html",
            context=panels.desk_card,
        ),
    )
    nav.register(
        "own_orders",
        NavItem(
            label=_("Training to order"),
            short=pgettext_lazy("short", "Orders"),
            icon="mortarboard",
            url_name="training:order_own",
            group="development",
            order=131,
            visible=permissions.can_order,
        ),
    )
    nav.register(
        "demand",
        NavItem(
            label=_("Demand board"),
            short=pgettext_lazy("short", "Demand"),
            icon="mortarboard",
            url_name="training:demand_board",
            group="development",
            order=132,
            visible=_teaches_only,
        ),
    )


def _teaches_only(user: "User") -> bool:
    """Business roles find the board among the tabs of training; nothing is asked for other accounts."""
    return user.kind == AccountKind.TRAINER and permissions.can_see_demand(user) and not oversees(user)
