"""夺旗争先 the list of comparisons: for the page and for the workbook."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.assignments.filters.competitions import CompetitionFilter, competitions_of
from cadre_app.assignments.models import Competition, CompetitionEntry, CompetitionState, EntryState
from cadre_app.assignments.permissions import competitions as permissions
from cadre_app.assignments.scope import front_choices
from cadre_app.assignments.stretch_words import days_text
from cadre_app.core.tables import Column, Empty, Table, asked, joined
from cadre_app.core.templatetags.ql import status

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "assignments.competitions"
MARKS: "dict[str, str]" = {
    CompetitionState.DRAFT: "idle",
    CompetitionState.OPEN: "none",
    CompetitionState.REVIEW: "wait",
    CompetitionState.CLOSED: "wait",
    CompetitionState.SIGNED: "wait",
    CompetitionState.PUBLISHED: "ok",
    CompetitionState.CANCELLED: "idle",
}


def mark_of(competition: Competition) -> tuple[str, str]:
    """The mark and the word of its state."""
    if competition.is_voided:
        return "idle", _("Voided")
    return MARKS[competition.state], str(competition.get_state_display())


def fronts_text(competition: Competition, names: dict[str, str]) -> str:
    """The fronts by their names, in their order."""
    return joined(name for key, name in names.items() if key in competition.front_keys)


def competition_table(request: HttpRequest, user: "User") -> tuple[Table[Any], CompetitionFilter]:
    """The comparisons that `request` asks for, the latest season first, with the filter they went through."""
    found = competitions_of(user, request.GET)
    may_plan = permissions.can_plan_competitions(user)
    empty = Empty(
        _("No comparison of results yet."),
        _("Plan one for a front and a season, set its criteria, open it, and results can be entered."),
        reverse("assignments:competition_new") if may_plan else "",
        _("Plan a comparison") if may_plan else "",
    )
    table: Table[Any] = Table(
        request,
        found.qs.select_related("unit").annotate(**_counts(user)),
        columns_of(dict(front_choices())),
        name="competitions",
        empty=empty,
        default_sort="-season",
        export_kind=EXPORT,
        keyset=True,
    )
    return table, found


def exported_competitions(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, for its workbook. Raises ValidationError for a condition that is none."""
    table, found = competition_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def columns_of(names: dict[str, str]) -> tuple[Column[Any], ...]:
    """All columns; `names`: of the fronts by key."""

    def fronts(row: Competition) -> str:
        return fronts_text(row, names)

    def wrapped(row: Competition) -> SafeString:
        return format_html('<span class="wrap">{}</span>', fronts(row))

    return (
        Column("title", pgettext_lazy("competition", "Title"), lambda row: row.title, html=_title),
        Column("fronts", gettext_lazy("Fronts"), fronts, html=wrapped),
        Column(
            "season",
            pgettext_lazy("competition", "Season"),
            lambda row: days_text(row.started_on, row.ended_on),
            sort=("ended_on",),
        ),
        Column("results", pgettext_lazy("competition", "Results"), lambda row: row.results, numeric=True),
        Column("verified", pgettext_lazy("competition", "Verified"), lambda row: row.verified, numeric=True),
        Column("state", pgettext_lazy("competition", "State"), lambda row: mark_of(row)[1], html=_state),
        Column("since", pgettext_lazy("competition", "Since"), lambda row: row.state_since, shown=False),
        Column("unit", pgettext_lazy("competition", "Held by"), lambda row: row.unit.name, shown=False),
        Column("published", gettext_lazy("Published on"), lambda row: row.published_on, shown=False),
    )


def _counts(user: "User") -> dict[str, Any]:
    """How many results there are, as far as `user` sees them."""
    rows = CompetitionEntry.objects.visible_to(user).standing().filter(competition=OuterRef("pk")).order_by()

    def counted(condition: Q) -> Coalesce:
        each = rows.filter(condition).values("competition").annotate(many=Count("pk")).values("many")
        return Coalesce(Subquery(each), 0)

    return {"results": counted(Q()), "verified": counted(Q(state=EntryState.VERIFIED))}


def _title(row: Competition) -> SafeString:
    url = reverse("assignments:competition_detail", kwargs={"pk": row.pk})
    return format_html('<a class="nm wrap" href="{}">{}</a>', url, row.title)


def _state(row: Competition) -> SafeString:
    return SafeString(status(*mark_of(row)))
