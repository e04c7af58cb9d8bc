"""近三年年度考核 in the printed roster: what was signed off by its day."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from cadre_app.appraisal.models import AnnualAssessment, Grade, NoGrade
from cadre_app.core.rosters import RosterColumn, roster_columns

YEARS = 3


def announce() -> None:
    """Called once, when the app is ready."""
    roster_columns.register("annual", RosterColumn(_("Annual assessments of three years"), 180, results, width=9))


def results(files: Collection[UUID], day: date) -> Mapping[UUID, str]:
    """2023称职；2024优秀；2025称职: the last three years before the one of `day`, or with it where it is signed off."""
    rows = AnnualAssessment.objects.standing().filter(
        trainee__in=files, confirmed_on__lte=day, year__gte=day.year - YEARS, quota__campaign__voided_at=None
    )
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for trainee, year, grade, case in rows.order_by("year").values_list("trainee_id", "year", "grade", "no_grade"):
        if text := _result(grade, case):
            found[trainee].append(gettext("%(year)s %(result)s") % {"year": year, "result": text})
    return {trainee: gettext("; ").join(texts[-YEARS:]) for trainee, texts in found.items()}


def _result(grade: str, case: str) -> str:
    """The grade, or that there is none; who was assessed elsewhere has no result here."""
    if grade:
        return str(Grade(grade).label)
    if case == NoGrade.PROBATION:
        return pgettext("annual assessment", "No grade (probation)")
    return "" if case == NoGrade.TRANSFERRED else pgettext("annual assessment", "No grade")
