"""Annual and quarterly assessment."""

from cadre_app.appraisal.models.annual import AnnualAssessment, is_asked_to_sign, is_assessed
from cadre_app.appraisal.models.choices import (
    SCALES,
    AnnualState,
    Grade,
    NoGrade,
    QuarterGrade,
    ReviewOutcome,
)
from cadre_app.appraisal.models.corrections import AnnualCorrection
from cadre_app.appraisal.models.quarterly import QuarterlyAssessment
from cadre_app.appraisal.models.years import AssessmentYear, UnitQuota

__all__ = [
    "SCALES",
    "AnnualAssessment",
    "AnnualCorrection",
    "AnnualState",
    "AssessmentYear",
    "Grade",
    "NoGrade",
    "QuarterGrade",
    "QuarterlyAssessment",
    "ReviewOutcome",
    "UnitQuota",
    "is_asked_to_sign",
    "is_assessed",
]
