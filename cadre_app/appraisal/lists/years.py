"""年度考核 by unit: how far each is, and its quota."""

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.appraisal.models import AnnualState, AssessmentYear, UnitQuota, is_assessed
from cadre_app.appraisal.policies import EXCELLENT_SHARE
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "appraisal.units"
SHOWN_STATES = (
    AnnualState.NOT_STARTED,
    AnnualState.ENTERED,
    AnnualState.RETURNED,
    AnnualState.NOTICE,
    AnnualState.TO_FILE,
    AnnualState.FILED,
    AnnualState.SIGNED,
    AnnualState.REVIEW,
)


def years_seen(user: "User") -> list[int]:
    """The years that have a campaign in the reader's scope, newest first; one query."""
    rows = AssessmentYear.objects.visible_to(user).standing().order_by().values_list("year", flat=True)
    return sorted(set(rows), reverse=True)


def chosen_year(query: QueryDict, years: list[int]) -> int:
    """The year of the address where there is one, else the newest, else this one."""
    known = {str(year): year for year in years}
    return known.get(query.get("year", ""), years[0] if years else timezone.localdate().year)


def unit_table(request: HttpRequest, user: "User", year: int) -> Table[Any]:
    """The units of the reader's scope in one year, each with its numbers."""
    rows = UnitQuota.objects.visible_to(user).of_open_years().filter(campaign__year=year)
    stands = Q(assessments__voided_at=None, assessments__trainee__voided_at=None) & is_assessed("assessments__")
    counts = {
        f"in_{state.value}": Count("assessments", filter=stands & Q(assessments__state=state)) for state in SHOWN_STATES
    }
    rows = rows.select_related("unit", "campaign").annotate(people=Count("assessments", filter=stands), **counts)
    empty = Empty(_("The assessment of this year is not open."), _("Staff open it; then every unit has a line here."))
    return Table(request, rows, UNITS, name="units", empty=empty, default_sort="unit", export_kind=EXPORT, size=100)


def exported_units(user: "User", query: QueryDict) -> Table[Any]:
    """The units of the year in the address, for their workbook."""
    return unit_table(asked(query), user, chosen_year(query, years_seen(user)))


def above_share(quota: UnitQuota) -> bool:
    """The approved number is above the usual share: a note, nothing is refused."""
    if quota.approved is None or not quota.participants:
        return False
    return quota.approved * 100 > quota.participants * EXCELLENT_SHARE.now()


def _unit(quota: UnitQuota) -> SafeString:
    url = reverse("appraisal:unit_detail", kwargs={"pk": quota.pk})
    return format_html('<a class="nm" href="{}">{}</a>', url, quota.unit.name)


def _approved(quota: UnitQuota) -> SafeString:
    if quota.approved is None:
        return SafeString(status("miss", _("Not entered")))
    if above_share(quota):
        return format_html("{} {}", quota.approved, status("soon", _("above the usual share")))
    return format_html("{}", quota.approved)


def _count(state: AnnualState) -> Any:
    def shown(row: Any) -> int | str:
        return getattr(row, f"in_{state.value}") or ""

    return shown


def _linked(state: AnnualState) -> Any:
    def shown(row: Any) -> SafeString:
        count = getattr(row, f"in_{state.value}")
        if not count:
            return SafeString("")
        query = urlencode({"year": row.campaign.year, "unit": str(row.unit_id), "state": state.value})
        return format_html('<a href="{}?{}">{}</a>', reverse("appraisal:annual_list"), query, count)

    return shown


UNITS: tuple[Column[Any], ...] = (
    Column("unit", gettext_lazy("Unit"), lambda row: row.unit.name, sort=("unit__path",), html=_unit),
    Column("participants", gettext_lazy("People to be assessed"), lambda row: row.participants, numeric=True),
    Column("approved", gettext_lazy("Approved number of excellent"), lambda row: row.approved, html=_approved,
           numeric=True),
    Column("excellents", pgettext_lazy("quota", "Excellent, with a file here"), lambda row: row.excellents or "",
           numeric=True),
    Column("approval", gettext_lazy("Approval number"), lambda row: row.approval_number, shown=False),
    Column("people", gettext_lazy("With a file here"), lambda row: row.people, numeric=True),
    *(
        Column(state.value, state.label, _count(state), html=_linked(state), numeric=True,
               shown=state is not AnnualState.REVIEW)
        for state in SHOWN_STATES
    ),
)  # fmt: skip
