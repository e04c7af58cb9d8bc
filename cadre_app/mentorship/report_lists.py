"""The reports that were sent, over units: by half-year, in the order of units; never ranked."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.mentorship.models import Half, MentorReport, Pairing
from cadre_app.mentorship.models.reports import FIRST_YEAR, LAST_YEAR
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Reports = QuerySet[Any]

EXPORT = "mentorship.mentor_reports"
LONGEST_TYPED = 40


class ReportFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Mentor, year and half."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("Mentor"), max_length=LONGEST_TYPED)
    year = django_filters.NumberFilter(
        label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, decimal_places=0
    )
    half = django_filters.ChoiceFilter(choices=Half.choices, label=gettext_lazy("Half-year"))

    class Meta:
        model = MentorReport
        fields: list[str] = []

    def by_name(self, queryset: Reports, name: str, value: str) -> Reports:
        return queryset.filter(name_matches(value, "mentor"))


def table_of(request: HttpRequest, user: "User") -> tuple[Table[Any], ReportFilter]:
    """What `request` asks for."""
    pairings = Pairing.objects.standing().filter(mentor=OuterRef("mentor")).order_by("-started_on", "pk")
    rows: Any = MentorReport.objects.visible_to(user).standing().exclude(sent_at=None).select_related("mentor")
    rows = rows.annotate(
        unit_path=Subquery(pairings.values("trainee__home_unit__path")[:1]),
        unit_name=Subquery(pairings.values("trainee__home_unit__name")[:1]),
    )
    found = ReportFilter(request.GET, queryset=rows)
    empty = Empty(_("No report was sent yet."), _("Mentors make them from their records and send them each half-year."))
    table: Table[Any] = Table(
        request, found.qs, COLUMNS, name="mentor-reports", empty=empty, default_sort="unit", export_kind=EXPORT
    )
    return table, found


def report_table(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, as its export sees it. Raises ValidationError for a wrong condition."""
    table, found = table_of(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def _mentor(row: Any) -> SafeString:
    url = reverse("mentorship:report_detail", kwargs={"pk": row.pk})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, row.mentor.name)


COLUMNS: tuple[Column[Any], ...] = (
    Column(
        "mentor",
        gettext_lazy("Mentor"),
        lambda row: row.mentor.name,
        sort=("mentor__name_stroke_key", "first_day"),
        html=_mentor,
    ),
    Column("unit", gettext_lazy("Unit"), lambda row: row.unit_name or "", sort=("unit_path", "first_day")),
    Column("half", gettext_lazy("Half-year"), lambda row: row.period, sort=("first_day",)),
    Column("sent", pgettext_lazy("report", "Sent on"), lambda row: timezone.localdate(row.sent_at), sort=("sent_at",)),
)
