"""The people who could be proposed for a front or a kind of posting, in the official order."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.assignments.candidates import add_reasons
from cadre_app.assignments.filters.candidates import CandidateFilter, candidates_of
from cadre_app.assignments.models import Front
from cadre_app.core.tables import Column, Empty, Table
from cadre_app.core.templatetags.ql import status

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def candidate_table(
    request: HttpRequest, user: "User", *, front: Front | None, kind: str, query: str
) -> tuple[Table[Any], CandidateFilter]:
    """People with their reasons; `query` is what the address of their proposal carries on (front or kind)."""
    found = candidates_of(user, request.GET)
    empty = Empty(_("Nobody is found."), _("Choose another unit, or clear the filters."))
    table: Table[Any] = Table(
        request, found.qs, _columns(query), name="candidates", empty=empty, default_sort="unit", tools=False
    )
    add_reasons(table, front=front, kind=kind, today=timezone.localdate())
    return table, found


def _columns(query: str) -> tuple[Column[Any], ...]:
    def name(file: Any) -> SafeString:
        url = reverse("assignments:posting_propose", kwargs={"pk": file.pk})
        return format_html('<a class="nm" href="{}?{}">{}</a>', url, query, file.person.name)

    def reasons(file: Any) -> SafeString:
        lines = ((status(reason.state, reason.text),) for reason in file.reasons)
        return format_html('<ul class="reasons">{}</ul>', format_html_join("", "<li>{}</li>", lines))

    return (
        Column("name", gettext_lazy("Full name"), lambda file: file.person.name, sort=("stroke_key",), html=name),
        Column(
            "unit",
            gettext_lazy("Unit"),
            lambda file: file.home_unit.name,
            sort=("home_unit__path", "rank_order", "stroke_key"),
        ),
        Column("post", gettext_lazy("Post"), lambda file: file.post),
        Column("reasons", gettext_lazy("What is known"), lambda file: "", html=reasons),
    )
