"""平时考核 The table of quarters by person, and how far each unit is with one quarter."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from cadre_app.appraisal.filters.annual import QuarterFilter, quarterly_of
from cadre_app.appraisal.models import QuarterlyAssessment
from cadre_app.appraisal.permissions import hands
from cadre_app.appraisal.services.quarterly import assessed_in, due_day, last_day, latest_quarter
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status
from cadre_app.org.models import Unit
from cadre_app.people.models import Status

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "appraisal.quarters"
QUARTERS_BACK = 12


def quarter_table(request: HttpRequest, user: "User") -> tuple[Table[Any], QuarterFilter]:
    """The quarters that `request` asks for, with the filter they went through."""
    found = quarterly_of(user, request.GET)
    empty = Empty(_("No quarterly assessment yet."), _("It is entered by unit, after the end of each quarter."))
    rows = found.qs.with_signer().select_related("trainee__person", "trainee__home_unit")
    table: Table[Any] = Table(
        request, rows, QUARTERS, name="quarters", empty=empty, default_sort="name", export_kind=EXPORT, keyset=True
    )
    return table, found


def exported_quarters(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, for its workbook. Raises ValidationError for a condition that is none."""
    table, found = quarter_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def quarter_choices() -> list[tuple[str, str]]:
    """The quarters that are over, the latest first: value 2026-3 and its name."""
    year, quarter = latest_quarter(timezone.localdate())
    found = []
    for _number in range(QUARTERS_BACK):
        found.append((f"{year}-{quarter}", quarter_name(year, quarter)))
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    return found


def chosen_quarter(query: QueryDict) -> tuple[int, int]:
    """The quarter of the address where it is one that is offered, else the latest."""
    known = [value for value, _label in quarter_choices()]
    value = query.get("quarter", "")
    year, _dash, quarter = (value if value in known else known[0]).partition("-")
    return int(year), int(quarter)


def quarter_name(year: int, quarter: int) -> str:
    return _("%(year)s, quarter %(quarter)s") % {"year": year, "quarter": quarter}


def unit_table(request: HttpRequest, user: "User", year: int, quarter: int) -> Table[Any]:
    """Units of the reader's scope with civil servants, how many of them are entered and confirmed."""
    rows = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    people = assessed_in(year, quarter).filter(home_unit=OuterRef("pk"))
    here = Q(
        trainees__status=Status.CIVIL_SERVANT,
        trainees__voided_at=None,
        trainees__departed_on=None,
        trainees__arrived_on__lte=last_day(year, quarter),
    )
    done = QuarterlyAssessment.objects.standing().filter(trainee=OuterRef("trainees__pk"), year=year, quarter=quarter)
    rows = rows.filter(Exists(people)).annotate(
        people=Count("trainees", filter=here),
        entered=Count("trainees", filter=here & Q(Exists(done))),
        confirmed=Count("trainees", filter=here & Q(Exists(done.filter(confirmed_on__isnull=False)))),
        own=Count("trainees", filter=here & Q(Exists(done.filter(~hands.to_check(user), confirmed_on=None)))),
    )
    empty = Empty(_("No civil servants to assess."), _("Staff of public institutions have no quarterly assessment."))
    table: Table[Any] = Table(
        request, rows, _unit_columns(year, quarter), name="units", empty=empty, default_sort="unit", size=100,
        tools=False,
    )  # fmt: skip
    return table


def _unit_columns(year: int, quarter: int) -> tuple[Column[Any], ...]:
    def named(unit: Unit) -> SafeString:
        url = reverse("appraisal:quarter_grid", kwargs={"pk": unit.pk, "year": year, "quarter": quarter})
        return format_html('<a class="nm" href="{}">{}</a>', url, unit.name)

    return (
        Column("unit", gettext_lazy("Unit"), lambda unit: unit.name, sort=("path",), html=named),
        Column("people", gettext_lazy("Civil servants with a file here"), lambda unit: unit.people, numeric=True),
        Column("entered", pgettext_lazy("quarterly assessment", "Entered"), lambda unit: unit.entered, numeric=True),
        Column(
            "confirmed", pgettext_lazy("quarterly assessment", "Confirmed"), lambda unit: unit.confirmed, numeric=True
        ),
        Column(
            "waits",
            pgettext_lazy("quarterly assessment", "Waits for"),
            lambda unit: _("; ").join(_waits_for(unit, due_day(year, quarter))),
        ),
    )


def _waits_for(unit: Any, due_on: date) -> list[str]:
    """Who is not entered, and why what is entered is not confirmed."""
    found, late = [], (timezone.localdate() - due_on).days
    if missing := unit.people - unit.entered:
        text = ngettext("%(count)d person not entered", "%(count)d people not entered", missing) % {"count": missing}
        over = ngettext("%(days)d day over", "%(days)d days over", late) % {"days": late}
        found.append(_("%(missing)s, %(over)s") % {"missing": text, "over": over} if late > 0 else text)
    if unit.entered > unit.confirmed:
        is_own = unit.own == unit.entered - unit.confirmed
        found.append(
            _("You entered it: somebody else of the department, or a leader, confirms it.")
            if is_own
            else _("To be confirmed by the department.")
        )
    return found


def state_of(one: QuarterlyAssessment) -> tuple[str, str]:
    """Mark and word."""
    if one.confirmed_on is not None:
        return "ok", pgettext("quarterly assessment", "Confirmed")
    return "wait", pgettext("quarterly assessment", "Entered, not confirmed")


def confirmed_text(one: QuarterlyAssessment, signer: str) -> str:
    """On which day it was confirmed, and where `signer` is told by whom, on paper or here; empty while it waits."""
    if one.confirmed_on is None:
        return ""
    known = {"name": signer, "day": formats.date_format(one.confirmed_on)}
    if one.paper_signatory:
        text = _("Confirmed on paper by %(name)s on %(day)s") if signer else _("Confirmed on paper on %(day)s")
    else:
        text = _("Confirmed by %(name)s on %(day)s") if signer else _("Confirmed on %(day)s")
    return text % known


def _name(one: QuarterlyAssessment) -> SafeString:
    url = reverse("appraisal:quarter_detail", kwargs={"pk": one.pk})
    return format_html('<a class="nm" href="{}">{}</a>', url, one.trainee.person.name)


QUARTERS: tuple[Column[Any], ...] = (
    Column("name", gettext_lazy("Full name"), lambda one: one.trainee.person.name, html=_name,
           sort=("trainee__stroke_key", "year", "quarter")),
    Column("quarter", gettext_lazy("Quarter"), lambda one: quarter_name(one.year, one.quarter),
           sort=("year", "quarter", "trainee__stroke_key")),
    Column("unit", gettext_lazy("Unit"), lambda one: one.trainee.home_unit.name),
    Column("grade", pgettext_lazy("assessment", "Grade"), lambda one: one.get_grade_display()),
    Column("state", gettext_lazy("State"), lambda one: state_of(one)[1],
           html=lambda one: SafeString(status(*state_of(one)))),
    Column("confirmed_on", gettext_lazy("Confirmed on"), lambda one: one.confirmed_on, shown=False),
    Column("confirmed_by", pgettext_lazy("quarterly assessment", "Confirmed by"), lambda one: one.signer or "",
           shown=False),
)  # fmt: skip
