"""The table of briefings."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.briefings import permissions
from cadre_app.briefings.filters import BriefingFilter, briefings_of
from cadre_app.briefings.models import Briefing
from cadre_app.briefings.wording import mark_of, period_of, serial_of
from cadre_app.core.tables import Column, Empty, Table
from cadre_app.core.templatetags.ql import status

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def briefing_table(request: HttpRequest, user: "User") -> tuple[Table[Any], BriefingFilter]:
    """The briefings that `request` asks for, with the filter they went through."""
    found = briefings_of(user, request.GET)
    may_start = permissions.can_start(user)
    empty = Empty(
        _("No briefing here yet."),
        _("Staff choose a unit and a period; figures and text follow from the records."),
        reverse("briefings:briefing_new") if may_start else "",
        _("Make briefing") if may_start else "",
    )
    rows = found.qs.select_related("unit", "written_by").defer("figures")
    table: Table[Any] = Table(
        request, rows, BRIEFINGS, name="briefings", empty=empty, default_sort="-as_of", keyset=True
    )
    return table, found


def _title(briefing: Briefing) -> SafeString:
    url = reverse("briefings:briefing_detail", kwargs={"pk": briefing.pk})
    return format_html('<a class="nm" href="{}">{}</a>', url, briefing.title)


def _state(briefing: Briefing) -> SafeString:
    return SafeString(status(*mark_of(briefing)))


def _issued(briefing: Briefing) -> str:
    return formats.date_format(briefing.issued_on) if briefing.issued_on is not None else ""


BRIEFINGS: tuple[Column[Briefing], ...] = (
    Column("title", pgettext_lazy("briefing", "Title"), lambda briefing: briefing.title, html=_title),
    Column("number", pgettext_lazy("briefing", "Number"), serial_of),
    Column("unit", gettext_lazy("Unit"), lambda briefing: briefing.unit.name),
    Column("as_of", pgettext_lazy("briefing", "Period"), period_of, sort=("as_of",)),
    Column("state", gettext_lazy("State"), lambda briefing: mark_of(briefing)[1], html=_state),
    Column("issued_on", pgettext_lazy("briefing", "Issued on"), _issued),
    Column("written_by", pgettext_lazy("briefing", "Written by"), lambda briefing: briefing.written_by.display_name),
)
