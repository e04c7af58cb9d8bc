"""试用期满考核 the table of probations: for the page and for the workbook."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cadre_app.core.probation import induction_columns
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status
from cadre_app.probation.filters import ProbationFilter, probations_of
from cadre_app.probation.models import Probation
from cadre_app.probation.wording import grading_text, mark_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "probation.probations"
RELATED = ("trainee__person", "trainee__home_unit")


def probation_table(request: HttpRequest, user: "User") -> tuple[Table[Any], ProbationFilter]:
    """The probations that `request` asks for, the earliest end first, with the filter they went through."""
    rows = Probation.objects.visible_to(user).annotate(**induction_columns("trainee_id"))
    found = probations_of(user, request.GET, rows)
    empty = Empty(
        _("Nobody is on probation."),
        _("Whoever reports for duty stands here until probation has ended and the first grading is signed off."),
    )
    table: Table[Any] = Table(
        request, found.qs.select_related(*RELATED), COLUMNS, name="probations", empty=empty, default_sort="ends_on",
        export_kind=EXPORT, keyset=True,
    )  # fmt: skip
    return table, found


def exported_probations(user: "User", query: QueryDict) -> Table[Any]:
    """The table of an export; ValidationError for conditions that name nothing."""
    table, found = probation_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def _person(row: Probation) -> SafeString:
    url = reverse("probation:detail", kwargs={"pk": row.pk})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, row.trainee.person.name)


def _mark(row: Probation) -> tuple[str, str]:
    return mark_of(row, timezone.localdate(), waits=True)


def _induction(row: Any) -> tuple[str, str]:
    if row.induction_on is not None:
        return "ok", pgettext("induction", "Completed")
    if row.waiver_reason:
        return "ok", pgettext("induction", "Waived")
    return "none", pgettext("induction", "Not completed")


def _grading(row: Probation) -> str:
    """Once signed off; before that it is the department's proposal, and stands on the page of the record."""
    return grading_text(row) if row.is_closed else ""


COLUMNS: tuple[Column[Any], ...] = (
    Column(
        "name",
        gettext_lazy("Full name"),
        lambda row: row.trainee.person.name,
        sort=("trainee__stroke_key",),
        html=_person,
    ),
    Column(
        "unit",
        gettext_lazy("Unit"),
        lambda row: row.trainee.home_unit.name,
        sort=("trainee__home_unit__path", "trainee__stroke_key"),
    ),
    Column(
        "arrived_on",
        gettext_lazy("Reported for duty on"),
        lambda row: row.trainee.arrived_on,
        sort=("trainee__arrived_on",),
    ),
    Column(
        "ends_on",
        gettext_lazy("Probation ends on"),
        lambda row: row.trainee.probation_ends_on,
        sort=("trainee__probation_ends_on",),
    ),
    Column(
        "induction",
        gettext_lazy("Induction training"),
        lambda row: _induction(row)[1],
        html=lambda row: SafeString(status(*_induction(row))),
    ),
    Column("summary_on", gettext_lazy("Own summary"), lambda row: row.summary_on or ""),
    Column("opinion_on", gettext_lazy("Opinion of the unit"), lambda row: row.opinion_on or ""),
    Column(
        "state",
        gettext_lazy("State"),
        lambda row: _mark(row)[1],
        sort=("state", "trainee__probation_ends_on"),
        html=lambda row: SafeString(status(*_mark(row))),
    ),
    Column("grading", pgettext_lazy("probation", "First post and rank"), _grading),
    Column(
        "document",
        gettext_lazy("Document number"),
        lambda row: row.document_number if row.is_closed else "",
        shown=False,
    ),
    Column(
        "signed_on", gettext_lazy("Signed off on"), lambda row: row.signed_on or "", sort=("signed_on",), shown=False
    ),
    Column("file_number", gettext_lazy("File number"), lambda row: row.trainee.file_number, shown=False),
)
