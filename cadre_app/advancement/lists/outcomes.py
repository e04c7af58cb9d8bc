"""使用情况登记 the register as a table: for the page and for the workbook."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.advancement.filters.outcomes import OutcomeFilter, outcomes_of
from cadre_app.advancement.models import Outcome
from cadre_app.advancement.permissions import outcomes as permissions
from cadre_app.advancement.wording import mark_of, what_text
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "advancement.outcomes"
RELATED = ("trainee__person", "trainee__home_unit", "unit", "entered_by", "checked_by", "signed_by")


def outcome_table(request: HttpRequest, user: "User") -> tuple[Table[Any], OutcomeFilter]:
    """The outcomes that `request` asks for, the latest first, with the filter they went through."""
    found = outcomes_of(user, request.GET)
    may_enter = permissions.can_open_entry(user)
    empty = Empty(
        _("No outcomes yet."),
        _("Staff enter a result once it is formally announced; it is checked and signed off, and then stands here."),
        reverse("advancement:outcome_new") if may_enter else "",
        _("Enter an outcome") if may_enter else "",
    )
    table: Table[Any] = Table(
        request,
        found.qs.select_related(*RELATED),
        COLUMNS,
        name="outcomes",
        empty=empty,
        default_sort="-published",
        export_kind=EXPORT,
        keyset=True,
    )
    return table, found


def exported_outcomes(user: "User", query: QueryDict) -> Table[Any]:
    """The table of an export; ValidationError for conditions that name nothing."""
    table, found = outcome_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def _person(row: Outcome) -> SafeString:
    url = reverse("advancement:outcome_detail", kwargs={"pk": row.pk})
    return format_html(
        '<a class="nm" href="{}"><b>{}</b></a><small class="sub">{}</small>',
        url,
        row.trainee.person.name,
        row.trainee.home_unit.name,
    )


def _what(row: Outcome) -> SafeString:
    return format_html('<span class="wrap">{}</span>', what_text(row))


def _state(row: Outcome) -> SafeString:
    return SafeString(status(*mark_of(row)))


COLUMNS: tuple[Column[Outcome], ...] = (
    Column(
        "person",
        gettext_lazy("Full name"),
        lambda row: row.trainee.person.name,
        sort=("trainee__stroke_key", "published_on"),
        html=_person,
    ),
    Column(
        "unit",
        gettext_lazy("Unit"),
        lambda row: row.trainee.home_unit.name,
        sort=("trainee__home_unit__path", "trainee__stroke_key"),
        shown=False,
    ),
    Column(
        "kind",
        pgettext_lazy("outcome", "Kind"),
        lambda row: str(row.get_kind_display()),
        sort=("kind", "published_on"),
    ),
    Column("what", gettext_lazy("New post or rank"), what_text, html=_what),
    Column("document", gettext_lazy("Document number"), lambda row: row.document_number, unbroken=True),
    Column("published", pgettext_lazy("outcome", "Announced on"), lambda row: row.published_on, sort=("published_on",)),
    Column("effective", gettext_lazy("Takes effect on"), lambda row: row.effective_on, sort=("effective_on",)),
    Column("state", gettext_lazy("State"), lambda row: mark_of(row)[1], sort=("state", "published_on"), html=_state),
    Column("entered", gettext_lazy("Entered by"), lambda row: row.entered_by.display_name, shown=False),
    Column(
        "checked",
        gettext_lazy("Checked by"),
        lambda row: row.checked_by.display_name if row.checked_by else "",
        shown=False,
    ),
    Column(
        "signed",
        gettext_lazy("Signed off by"),
        lambda row: row.signed_by.display_name if row.signed_by else "",
        shown=False,
    ),
    Column("signed_on", gettext_lazy("Signed off on"), lambda row: row.signed_on or "", shown=False),
    Column("remark", gettext_lazy("Remark"), lambda row: row.remark, shown=False),
    Column("file_number", gettext_lazy("File number"), lambda row: row.trainee.file_number, shown=False),
)
