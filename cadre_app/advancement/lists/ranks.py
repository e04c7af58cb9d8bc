"""职级晋升时间表 as a table: for the page and for the workbook."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.advancement import rank_words
from cadre_app.advancement.filters.ranks import RankFilter, ranks_of
from cadre_app.advancement.ranks import Reckoning, next_rank
from cadre_app.core.tables import Column, Empty, Table, asked, joined
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

EXPORT = "advancement.ranks"


def rank_table(request: HttpRequest, user: "User") -> tuple[Table[Any], RankFilter]:
    """Whose rank `request` asks for, the earliest day first, with the filter they went through."""
    found, known = ranks_of(user, request.GET)
    empty = Empty(
        _("Nobody here has a rank that leads on to the next one."),
        _("Civil servants stand here from their first grading up to the rank below the last step."),
    )
    table: Table[Any] = Table(
        request,
        found.qs.select_related("person", "home_unit"),
        columns_of(known),
        name="ranks",
        empty=empty,
        default_sort="due",
        export_kind=EXPORT,
        note=_("Reaching the years is not advancing. Periods of effect are not reckoned in here."),
    )
    return table, found


def exported_ranks(user: "User", query: QueryDict) -> Table[Any]:
    """The table of an export; ValidationError for conditions that name nothing."""
    table, found = rank_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def columns_of(known: dict[UUID, Reckoning]) -> "tuple[Column[Trainee], ...]":
    """Columns over files whose reckonings are `known`; none of them orders by grades."""
    names = codes.names("rank")

    def label(code: str | None) -> str:
        return names.get(code, code) if code else ""

    return (
        Column("name", gettext_lazy("Full name"), lambda row: row.person.name, sort=("stroke_key",), html=_person),
        Column("unit", gettext_lazy("Unit"), lambda row: row.home_unit.name, sort=("home_unit__path", "stroke_key")),
        Column(
            "rank",
            gettext_lazy("Rank"),
            lambda row: label(row.rank),
            sort=("rank_order", "stroke_key"),
            html=lambda row: _wrapped(label(row.rank)),
        ),
        Column("since", gettext_lazy("In this rank since"), lambda row: row.rank_since, sort=("rank_since",)),
        Column(
            "next",
            gettext_lazy("Next rank"),
            lambda row: label(next_rank(row.rank)),
            html=lambda row: _wrapped(label(next_rank(row.rank))),
        ),
        Column(
            "due",
            pgettext_lazy("rank timeline", "Earliest possible on"),
            lambda row: known[row.pk].due_on,
            sort=("due_on", "stroke_key"),
        ),
        Column(
            "basis",
            pgettext_lazy("rank timeline", "Reckoned as"),
            lambda row: rank_words.summary(known[row.pk]),
            html=lambda row: format_html('<span class="wrap">{}</span>', rank_words.summary(known[row.pk])),
        ),
        Column(
            "open",
            pgettext_lazy("rank timeline", "Years without a result so far"),
            lambda row: joined(known[row.pk].open_years),
        ),
        Column("file_number", gettext_lazy("File number"), lambda row: row.file_number, shown=False),
    )


def _wrapped(text: str) -> SafeString:
    return format_html('<span class="wrap rank">{}</span>', text or "—")


def _person(row: "Trainee") -> SafeString:
    url = reverse("advancement:rank_detail", kwargs={"pk": row.pk})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, row.person.name)
