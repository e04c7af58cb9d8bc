"""The table of achievements over units, for page, workbook and print; how many stand in each state."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.achievements.filters import STATES, AchievementFilter, achievements_of
from cadre_app.achievements.models import Achievement
from cadre_app.achievements.words import mark_of
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "achievements.list"
STATE, PAGING = "state", ("page", "after", "before")
RELATED = ("trainee__person", "trainee__home_unit")


@dataclass(frozen=True)
class StateChip:
    """One state with its number; `query` is the address of these rows."""

    label: str
    count: int
    query: str
    is_on: bool


def achievement_table(request: HttpRequest, user: "User") -> tuple[Table[Any], AchievementFilter]:
    """The achievements that `request` asks for, with the filter it went through."""
    found = achievements_of(user, request.GET)
    empty = Empty(
        _("No work achievements yet."),
        _("People write their own ones on the phone or here; the unit verifies them, then the department."),
    )
    table: Table[Any] = Table(
        request, found.qs.select_related(*RELATED), COLUMNS, name="achievements", empty=empty,
        default_sort="-state_since", export_kind=EXPORT, keyset=True,
    )  # fmt: skip
    return table, found


def exported_achievements(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, for its workbook. Raises ValidationError for a condition that is none."""
    table, found = achievement_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def state_chips(user: "User", query: QueryDict) -> list[StateChip]:
    """Each state with its rows, the other conditions as they are; states without rows are left out. One query."""
    rows = achievements_of(user, _without(query)).qs
    counts = rows.order_by().aggregate(**{key: Count("pk", filter=Q(state=key)) for key, _label in STATES})
    chosen, found = query.get(STATE, ""), []
    for key, label in STATES:
        if counts[key]:
            address = _without(query)
            address[STATE] = key
            found.append(StateChip(str(label), counts[key], address.urlencode(), key == chosen))
    return found


def _without(query: QueryDict) -> QueryDict:
    """The conditions of the address without the state and the page."""
    found = query.copy()
    for name in (STATE, *PAGING):
        found.pop(name, None)
    return found


def _title(row: Achievement) -> SafeString:
    url = reverse("achievements:achievement_detail", kwargs={"pk": row.pk})
    return format_html('<a class="wrap clip-3" href="{}">{}</a>', url, row.title)


def _name(row: Achievement) -> SafeString:
    url = reverse("growth:file", kwargs={"pk": row.trainee_id})
    return format_html('<a class="nm" href="{}">{}</a>', url, row.trainee.person.name)


def _state(row: Achievement) -> SafeString:
    return SafeString(status(*mark_of(row)))


def _clipped(text: str) -> SafeString:
    return format_html('<span class="wrap clip-3">{}</span>', text)


COLUMNS: tuple[Column[Achievement], ...] = (
    Column(
        "name",
        gettext_lazy("Full name"),
        lambda row: row.trainee.person.name,
        sort=("trainee__stroke_key", "ended_on"),
        html=_name,
    ),
    Column(
        "unit",
        gettext_lazy("Unit"),
        lambda row: row.trainee.home_unit.name,
        sort=("trainee__home_unit__path", "ended_on"),
    ),
    Column("title", pgettext_lazy("achievement", "Title"), lambda row: row.title, html=_title),
    Column("started_on", pgettext_lazy("achievement", "From"), lambda row: row.started_on, shown=False),
    Column("ended_on", pgettext_lazy("achievement", "Until"), lambda row: row.ended_on, sort=("ended_on",)),
    Column("role", pgettext_lazy("achievement", "Own part"), lambda row: row.role, shown=False),
    Column(
        "done",
        pgettext_lazy("achievement", "What was done"),
        lambda row: row.done,
        shown=False,
        html=lambda row: _clipped(row.done),
    ),
    Column(
        "result",
        pgettext_lazy("achievement", "Result"),
        lambda row: row.result,
        html=lambda row: _clipped(row.result),
    ),
    Column("witness", pgettext_lazy("achievement", "Who can confirm"), lambda row: row.witness, shown=False),
    Column("state", gettext_lazy("State"), lambda row: mark_of(row)[1], html=_state),
    Column(
        "state_since",
        pgettext_lazy("achievement", "Since"),
        lambda row: row.state_since,
        sort=("state_since",),
    ),
    Column(
        "unit_verified_on",
        pgettext_lazy("achievement", "Verified by the unit"),
        lambda row: row.unit_verified_on,
        shown=False,
    ),
    Column(
        "verified_on",
        pgettext_lazy("achievement", "Verified by the department"),
        lambda row: row.verified_on,
        shown=False,
    ),
    Column(
        "return_comment",
        pgettext_lazy("achievement", "What is to be completed"),
        lambda row: row.return_comment,
        shown=False,
        html=lambda row: _clipped(row.return_comment),
    ),
)
