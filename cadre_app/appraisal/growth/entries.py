"""What the appraisal gives to the growth file: confirmed assessments alone, for business roles and the own file."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cadre_app.appraisal.models import (
    AnnualAssessment,
    AnnualState,
    QuarterGrade,
    QuarterlyAssessment,
)
from cadre_app.appraisal.models.choices import STATE_MARKS, outcome_text
from cadre_app.core.growth import (
    Access,
    Entries,
    GrowthKind,
    GrowthSource,
    HeadLine,
    Row,
    Words,
    YearPart,
    growth_kinds,
    growth_sources,
    year_parts,
)
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import joined

APPRAISAL = "appraisal"


def announce() -> None:
    """Called once, when the app is ready."""
    kind = GrowthKind(pgettext_lazy("growth file", "Appraisal"), "clipboard-check", 45, tone="l")
    growth_kinds.register(APPRAISAL, kind)
    growth_sources.register("appraisal.annual", GrowthSource((APPRAISAL,), annual_words, seen, annual, order=54))
    growth_sources.register(
        "appraisal.quarterly", GrowthSource((APPRAISAL,), quarterly_words, seen, quarterly, order=53)
    )
    year_parts.register("appraisal", YearPart(order=10, lines=judged, sources=("appraisal.annual",)))


def seen(access: Access) -> bool | None:
    """Business roles and the own file; mentors do not see how somebody was assessed."""
    return True if access.reads(*BUSINESS_ROLES) else None


def annual(trainee: UUID, seen: bool) -> Entries:
    """Confirmed years, on the day on which what stands was signed."""
    rows = AnnualAssessment.objects.standing().filter(
        trainee=trainee, confirmed_on__isnull=False, quota__campaign__voided_at=None
    )
    data: dict[str, Any] = {"year": "year", "grade": "grade", "no_grade": "no_grade", "comment": "comment"}
    data |= {"by": "signer", "corrected": "corrected_on"}
    day = Coalesce(F("corrected_on"), F("confirmed_on"))
    return Entries(rows.with_signer(), day=day, kind=APPRAISAL, data=data, status=F("state"))


def quarterly(trainee: UUID, seen: bool) -> Entries:
    """Confirmed quarters."""
    rows = QuarterlyAssessment.objects.standing().filter(trainee=trainee, confirmed_on__isnull=False)
    data: dict[str, Any] = {"year": "year", "quarter": "quarter", "remark": "remark", "by": "signer"}
    return Entries(rows.with_signer(), day="confirmed_on", kind=APPRAISAL, data=data, status=F("grade"))


def annual_words(row: Row, access: Access) -> Words:
    grade, case = row.data["grade"], row.data["no_grade"]
    outcome = _outcome(grade, case, access)
    state = AnnualState(row.status)
    by = row.data["by"] or ""
    return Words(
        _title(bool(row.data["corrected"])) % {"year": row.data["year"], "outcome": outcome},
        text=row.data["comment"],
        by="" if access.is_own or not by else _("Signed off by %(name)s") % {"name": by},
        state=STATE_MARKS[state],
        label=str(state.label),
        url=reverse("appraisal:annual_detail", kwargs={"pk": row.id}),
    )


def _outcome(grade: str, case: str, access: Access) -> str:
    """The grade, or why there is none; an open case is told of at a desk alone."""
    return outcome_text(grade, case, at_desk=not (access.on_phone or access.on_paper))


def _title(is_corrected: bool) -> str:
    if is_corrected:
        return _("Annual assessment %(year)s: %(outcome)s (corrected)")
    return _("Annual assessment %(year)s: %(outcome)s")


def quarterly_words(row: Row, access: Access) -> Words:
    known = {"year": row.data["year"], "quarter": row.data["quarter"], "grade": QuarterGrade(row.status).label}
    by = row.data["by"] or ""
    return Words(
        _("Quarterly assessment %(year)s.%(quarter)s: %(grade)s") % known,
        text=row.data["remark"],
        by="" if access.is_own or not by else _("Confirmed by %(name)s") % {"name": by},
        url=reverse("appraisal:quarter_detail", kwargs={"pk": row.id}),
    )


def judged(trainee: Any, access: Access, year: int) -> list[HeadLine]:
    """What was confirmed about a year, whenever it was: the annual assessment and the quarters; two queries."""
    if seen(access) is None:
        return []
    rows = AnnualAssessment.objects.standing().filter(
        trainee=trainee, year=year, confirmed_on__isnull=False, quota__campaign__voided_at=None
    )
    lines = [
        HeadLine(
            label=_("Annual assessment"),
            text=_outcome(one.grade, one.no_grade, access),
            note=_comment(one, access),
            url=reverse("appraisal:annual_detail", kwargs={"pk": one.pk}),
        )
        for one in rows.with_signer().order_by("confirmed_on", "pk")
    ]
    quarters = QuarterlyAssessment.objects.standing().filter(trainee=trainee, year=year, confirmed_on__isnull=False)
    named = [
        _("quarter %(quarter)s %(grade)s") % {"quarter": one.quarter, "grade": QuarterGrade(one.grade).label}
        for one in quarters.order_by("quarter", "pk")
    ]
    return [*lines, HeadLine(label=_("Quarterly assessment"), text=joined(named))] if named else lines


def _comment(one: Any, access: Access) -> str:
    """The words of the year, whether they were corrected, and who signed what stands, which the person does not see."""
    by = "" if access.is_own else one.signer
    signed = _("Signed off by %(name)s") % {"name": by} if by else ""
    day = one.corrected_on
    corrected = _("Corrected on %(day)s") % {"day": formats.date_format(day)} if day is not None else ""
    return " · ".join(part for part in (one.comment, corrected, signed) if part)
