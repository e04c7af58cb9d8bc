"""The orders over units: list, workbook and print; and how an order is shown."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status
from cadre_app.training.filters.orders import OrderFilter, filtered_orders
from cadre_app.training.models import Order, OrderState

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User

EXPORT = "training.orders"
DEFAULT_SORT = "-day"
MARKS = {
    OrderState.OPEN: "none",
    OrderState.WAITING: "soon",
    OrderState.SCHEDULED: "wait",
    OrderState.SERVED: "ok",
    OrderState.WITHDRAWN: "idle",
    OrderState.ANSWERED: "ok",
}


def mark_of(order: Order, day: "date | None" = None) -> tuple[str, str]:
    """Mark and word of its state; an open order whose round has closed is 已汇总. `order.round` is loaded."""
    if order.is_voided:
        return "idle", _("Voided")
    state = OrderState(order.state)
    if state == OrderState.OPEN and order.round.is_over_on(day or timezone.localdate()):
        return "none", pgettext("training order", "Grouped")
    return MARKS[state], str(state.label)


def text_of(order: Order) -> str:
    """The course; a wish that was put to a course says both."""
    if order.course is None:
        return order.wish
    if order.wish:
        return _("%(course)s (wish: %(wish)s)") % {"course": order.course.title, "wish": order.wish}
    return order.course.title


def order_table(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, as its export sees it.

    Raises ValidationError where one of them names nothing that can be chosen.
    """
    table, found = table_of(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def table_of(request: HttpRequest, user: "User") -> tuple[Table[Any], OrderFilter]:
    """The list that `request` asks for."""
    found = filtered_orders(request.GET, user=user)
    empty = Empty(_("Nobody has ordered yet."), _("Orders come in while a round is open; paper orders can be entered."))
    table: Table[Any] = Table(
        request,
        found.qs,
        COLUMNS,
        name="orders",
        empty=empty,
        default_sort=DEFAULT_SORT,
        export_kind=EXPORT,
        keyset=True,
    )
    return table, found


def _name(row: Order) -> SafeString:
    url = reverse("training:order_detail", kwargs={"pk": row.pk})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, row.trainee.person.name)


def _what(row: Order) -> SafeString:
    return format_html('<span>{}<small class="sub">{}</small></span>', text_of(row), row.get_kind_display())


def _state(row: Order) -> SafeString:
    return SafeString(status(*mark_of(row)))


COLUMNS: tuple[Column[Any], ...] = (
    Column(
        "name",
        gettext_lazy("Full name"),
        lambda row: row.trainee.person.name,
        sort=("trainee__stroke_key", "ordered_on", "id"),
        html=_name,
    ),
    Column(
        "unit",
        gettext_lazy("Unit"),
        lambda row: row.trainee.home_unit.name,
        sort=("trainee__home_unit__path", "ordered_on", "id"),
    ),
    Column("what", gettext_lazy("Course or wish"), text_of, html=_what),
    Column(
        "kind",
        gettext_lazy("Kind of course"),
        lambda row: row.get_kind_display(),
        sort=("kind", "ordered_on", "id"),
        shown=False,
    ),
    Column("priority", gettext_lazy("Priority"), lambda row: row.priority, numeric=True),
    Column("day", gettext_lazy("Ordered on"), lambda row: row.ordered_on, sort=("ordered_on", "id")),
    Column("round", gettext_lazy("Order round"), lambda row: row.round.title),
    Column("state", gettext_lazy("State"), lambda row: mark_of(row)[1], html=_state),
    Column("answer", pgettext_lazy("order", "Answer"), lambda row: row.answer, shown=False),
    Column("closed", pgettext_lazy("order", "Closed on"), lambda row: row.closed_on, shown=False),
)
