"""The words of the annual and the quarterly assessment (PRODUCT.md, "Annual assessment"; demo-texts A3)."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import pgettext, pgettext_lazy

from cadre_app.people.models import Status

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Grade(models.TextChoices):
    """等次 of civil servants and 档次 of public institutions; which of them fit follows from the status."""

    EXCELLENT = "excellent", pgettext_lazy("annual assessment", "Excellent")
    COMPETENT = "competent", pgettext_lazy("annual assessment", "Competent")
    BASIC_COMPETENT = "basic_competent", pgettext_lazy("annual assessment", "Basically competent")
    INCOMPETENT = "incompetent", pgettext_lazy("annual assessment", "Not competent")
    QUALIFIED = "qualified", pgettext_lazy("annual assessment", "Qualified")
    BASIC_QUALIFIED = "basic_qualified", pgettext_lazy("annual assessment", "Basically qualified")
    UNQUALIFIED = "unqualified", pgettext_lazy("annual assessment", "Not qualified")


SCALES: dict[str, tuple[Grade, ...]] = {
    Status.CIVIL_SERVANT: (Grade.EXCELLENT, Grade.COMPETENT, Grade.BASIC_COMPETENT, Grade.INCOMPETENT),
    Status.INSTITUTION: (Grade.EXCELLENT, Grade.QUALIFIED, Grade.BASIC_QUALIFIED, Grade.UNQUALIFIED),
}
BASIC = (Grade.BASIC_COMPETENT, Grade.BASIC_QUALIFIED)


class NoGrade(models.TextChoices):
    """The four cases without a grade."""

    PROBATION = "probation", pgettext_lazy("annual assessment", "On probation: comment, no grade")
    AWAY = "away", pgettext_lazy("annual assessment", "Away for more than half the year: no grade")
    CASE_OPEN = "case_open", pgettext_lazy("annual assessment", "Case open: neither comment nor grade")
    TRANSFERRED = "transferred", pgettext_lazy("annual assessment", "Transferred: assessed by the new unit")


# An open case is told of at a desk alone, as discipline is (ACCESS.md). On phones and on paper the case beside it reads the
# same: words of its own would tell of the other.
TOLD_AT_A_DESK = (NoGrade.CASE_OPEN, NoGrade.AWAY)


def outcome_text(grade: str, case: str, *, at_desk: bool = True) -> str:
    """The grade, or why there is none; empty while neither is known."""
    if grade or not case:
        return str(Grade(grade).label) if grade else ""
    if not at_desk and case in TOLD_AT_A_DESK:
        return pgettext("annual assessment", "No grade")
    return str(NoGrade(case).label)


OUTCOMES: "tuple[tuple[str, _StrPromise | str], ...]" = (*Grade.choices, *NoGrade.choices)


class AnnualState(models.TextChoices):
    """未开始 → 已填报（已退回） → 公示 → 待备案 → 已备案 → 本人已签；申请复核."""

    NOT_STARTED = "not_started", pgettext_lazy("state of an annual assessment", "Not started")
    ENTERED = "entered", pgettext_lazy("state of an annual assessment", "Entered")
    RETURNED = "returned", pgettext_lazy("state of an annual assessment", "Sent back")
    NOTICE = "notice", pgettext_lazy("state of an annual assessment", "On display")
    TO_FILE = "to_file", pgettext_lazy("state of an annual assessment", "To be filed")
    FILED = "filed", pgettext_lazy("state of an annual assessment", "Filed")
    SIGNED = "signed", pgettext_lazy("state of an annual assessment", "Signed by the person")
    REVIEW = "review", pgettext_lazy("state of an annual assessment", "Review requested")


STATE_MARKS = {
    AnnualState.NOT_STARTED: "none",
    AnnualState.ENTERED: "wait",
    AnnualState.RETURNED: "soon",
    AnnualState.NOTICE: "wait",
    AnnualState.TO_FILE: "soon",
    AnnualState.FILED: "ok",
    AnnualState.SIGNED: "ok",
    AnnualState.REVIEW: "soon",
}


class ReviewOutcome(models.TextChoices):
    """复核结果."""

    KEPT = "kept", pgettext_lazy("review of an assessment", "The result stands")
    CHANGED = "changed", pgettext_lazy("review of an assessment", "The result was corrected")


class QuarterGrade(models.TextChoices):
    """平时考核 好/较好/一般/较差, civil servants only."""

    GOOD = "good", pgettext_lazy("quarterly assessment", "Good")
    FAIR = "fair", pgettext_lazy("quarterly assessment", "Fairly good")
    AVERAGE = "average", pgettext_lazy("quarterly assessment", "Average")
    POOR = "poor", pgettext_lazy("quarterly assessment", "Rather poor")


QUARTERS = (1, 2, 3, 4)
LONGEST_COMMENT, LONGEST_NOTE = 1000, 200
# Values of conditions in the address of the list.
NONE, ASSESSED, IS_BASIC, SIGNED_OFF, OPEN, KEPT = "none", "assessed", "basic", "signed_off", "open", "away_or_case"
