"""The list of order rounds."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cadre_app.core.tables import Column, Empty, Table
from cadre_app.core.templatetags.ql import status
from cadre_app.training.models import OrderRound


def table_of(request: HttpRequest, rows: Any, *, may_run: bool) -> Table[Any]:
    """`rows` with `ordered` and `people`; with the ways to change one where the viewer may."""
    empty = Empty(
        _("No round yet."),
        _("A round says from when to when people order, and how many courses each."),
        reverse("training:round_new") if may_run else "",
        _("New round") if may_run else "",
    )
    acts = Column[Any](
        "acts", gettext_lazy("What can be done"), lambda row: "", html=partial(_acts, day=timezone.localdate())
    )
    columns = (*COLUMNS, acts) if may_run else COLUMNS
    return Table(request, rows, columns, name="rounds", empty=empty, default_sort="-opens", tools=False)


def mark_of(row: OrderRound) -> tuple[str, str]:
    """Mark and word of where it stands today."""
    today = timezone.localdate()
    if row.opens_on > today:
        return "wait", pgettext("round", "To come")
    return ("idle", pgettext("round", "Closed")) if row.is_over_on(today) else ("ok", pgettext("round", "Open"))


def _title(row: OrderRound) -> SafeString:
    url = f"{reverse('training:order_list')}?round={row.pk}"
    note = format_html('<small class="sub">{}</small>', row.note) if row.note else ""
    return format_html('<span><a class="nm" href="{}"><b>{}</b></a>{}</span>', url, row.title, note)


def _state(row: OrderRound) -> SafeString:
    return SafeString(status(*mark_of(row)))


def _acts(row: Any, *, day: Any) -> SafeString:
    """Links to what can be done with it now."""
    ways = [("round_edit", _("Edit"))]
    if row.is_open_on(day):
        ways.append(("round_close", _("Close early")))
    if row.is_over_on(day):
        ways.append(("round_reopen", _("Reopen")))
    if not row.ordered:
        ways.append(("round_void", _("Void")))
    links = ((reverse(f"training:{name}", kwargs={"pk": row.pk}), label) for name, label in ways)
    return format_html(
        '<span class="row-acts row-flex wrap">{}</span>', format_html_join(" ", '<a href="{}">{}</a>', links)
    )


COLUMNS: tuple[Column[Any], ...] = (
    Column("title", pgettext_lazy("round", "Title"), lambda row: row.title, sort=("title",), html=_title),
    Column("opens", gettext_lazy("Opens on"), lambda row: row.opens_on, sort=("opens_on", "id")),
    Column("closes", gettext_lazy("Closes on"), lambda row: row.closes_on, sort=("closes_on", "id")),
    Column("state", gettext_lazy("State"), lambda row: mark_of(row)[1], html=_state),
    Column(
        "whom",
        pgettext_lazy("round", "For whom"),
        lambda row: _("Advanced plan") if row.for_advanced_only else _("Everybody"),
    ),
    Column("most", gettext_lazy("Courses per person"), lambda row: row.most, numeric=True),
    Column("people", pgettext_lazy("round", "People who ordered"), lambda row: row.people, numeric=True),
    Column("ordered", pgettext_lazy("round", "Orders"), lambda row: row.ordered, numeric=True),
)
