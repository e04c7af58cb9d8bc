"""实践锻炼 the list of postings: for the page and for the workbook."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from cadre_app.assignments.addresses import address, page_of
from cadre_app.assignments.compliance import notes_on
from cadre_app.assignments.filters.board import PostingFilter, postings_of
from cadre_app.assignments.models import Posting
from cadre_app.assignments.permissions import postings as permissions
from cadre_app.assignments.stretch_words import kind_with_level, stage_mark, time_left
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "assignments.postings"
RELATED = ("trainee__person", "trainee__home_unit", "unit", "front", "supervisor")


def posting_table(request: HttpRequest, user: "User") -> tuple[Table[Any], PostingFilter]:
    """The postings that `request` asks for, the latest first, with the filter they went through."""
    found = postings_of(user, request.GET)
    empty = Empty(
        _("No postings yet."),
        _(
            "A posting is proposed by staff or by the unit, checked and signed off; it then stands here until it is closed."
        ),
        address("posting_new") if permissions.can_open_proposal(user) else "",
        _("Propose posting"),
    )
    table: Table[Any] = Table(
        request,
        found.qs.select_related(*RELATED),
        columns_on(timezone.localdate()),
        name="postings",
        empty=empty,
        default_sort="-started",
        export_kind=EXPORT,
        density="dense",
        keyset=True,
    )
    return table, found


def exported_postings(user: "User", query: QueryDict) -> Table[Any]:
    """The table of an export; ValidationError for conditions that name nothing."""
    table, found = posting_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def columns_on(today: date) -> tuple[Column[Any], ...]:
    """All columns as of a local date; those shown unless others are chosen come first."""

    def stage(row: Posting) -> SafeString:
        mark, left = SafeString(status(*stage_mark(row, today))), time_left(row, today)
        return format_html('{}<small class="sub">{}</small>', mark, left) if left else mark

    def notes(row: Posting) -> str:
        return "; ".join(note.label for note in notes_on(row, today))

    def notes_html(row: Posting) -> SafeString:
        found = notes_on(row, today)
        if not found:
            return SafeString("")
        text = ngettext("%(count)d note", "%(count)d notes", len(found)) % {"count": len(found)}
        title = _("; ").join(note.label for note in found)
        return format_html('{}<small class="sub wrap">{}</small>', SafeString(status("miss", text)), title)

    return (
        Column(
            "person",
            gettext_lazy("Full name"),
            lambda row: row.trainee.person.name,
            sort=("trainee__stroke_key", "started_on"),
            html=_person,
        ),
        Column(
            "unit",
            gettext_lazy("Unit"),
            lambda row: row.trainee.home_unit.name,
            sort=("trainee__home_unit__path", "trainee__stroke_key"),
            shown=False,
        ),
        Column("kind", gettext_lazy("Kind of posting"), kind_with_level, sort=("kind", "started_on"), html=_kind),
        Column("front", gettext_lazy("Front"), lambda row: str(row.front) if row.front else "", shown=False),
        Column("host", pgettext_lazy("posting", "Host"), lambda row: row.host, html=_host),
        Column("started", gettext_lazy("From"), lambda row: row.started_on, sort=("started_on",)),
        Column("until", gettext_lazy("Until"), lambda row: row.covered_until or "", sort=("covered_until",)),
        Column("stage", pgettext_lazy("posting", "Stage"), lambda row: stage_mark(row, today)[1], html=stage),
        Column("document", gettext_lazy("Document number"), lambda row: row.document_number, unbroken=True),
        Column("notes", gettext_lazy("Compliance notes"), notes, html=notes_html),
        Column("mode", gettext_lazy("Working time"), lambda row: row.get_mode_display(), shown=False),
        Column("post", gettext_lazy("Post held there"), lambda row: row.post, shown=False),
        Column(
            "supervisor",
            gettext_lazy("Supervisor on site"),
            lambda row: row.supervisor.name if row.supervisor else "",
            shown=False,
        ),
        Column("tasks", gettext_lazy("Tasks"), lambda row: row.tasks, shown=False, html=_tasks),
        Column("document_on", gettext_lazy("Date of the document"), lambda row: row.document_on or "", shown=False),
        Column("level", gettext_lazy("Level of the host"), lambda row: row.get_host_level_display(), shown=False),
        Column(
            "due",
            pgettext_lazy("posting", "Planned until"),
            lambda row: row.due_on or "",
            sort=("due_on",),
            shown=False,
        ),
        Column("ended", gettext_lazy("Last day there"), lambda row: row.ended_on or "", shown=False),
        Column("extensions", gettext_lazy("Extensions"), lambda row: row.extensions, shown=False, numeric=True),
        Column("file_number", gettext_lazy("File number"), lambda row: row.trainee.file_number, shown=False),
    )


def _person(row: Posting) -> SafeString:
    url = page_of("posting_detail", row.pk, row.trainee_id)
    text = '<a class="nm" href="{}"><b>{}</b></a><small class="sub">{}</small>'
    return format_html(text, url, row.trainee.person.name, row.trainee.home_unit.name)


def _kind(row: Posting) -> SafeString:
    return format_html('{}<small class="sub">{}</small>', kind_with_level(row), row.get_mode_display())


def _host(row: Posting) -> SafeString:
    below = row.front or row.post
    return format_html('<span class="wrap">{}</span><small class="sub">{}</small>', row.host, below or "")


def _tasks(row: Posting) -> SafeString:
    return format_html('<span class="wrap">{}</span>', row.tasks)
