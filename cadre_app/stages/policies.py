"""Settings of the stages (PRODUCT.md, "Stages"; values marked ° there)."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import IntPolicy

GRADE_RULE = _("Rules on the grades of the camp")

SECOND_GRADE_YEARS = register(
    IntPolicy(
        key="stages.second_grade_years",
        label=_("Second grade from"),
        group="stages",
        default=1,
        unit="years",
        low=1,
        high=10,
        source=GRADE_RULE,
        help=_("Completed years of service on the reference date of the camp."),
    )
)
THIRD_GRADE_YEARS = register(
    IntPolicy(
        key="stages.third_grade_years",
        label=_("Third grade from"),
        group="stages",
        default=2,
        unit="years",
        low=1,
        high=10,
        source=GRADE_RULE,
        help=_("Completed years of service on the reference date, until the village term ends."),
    )
)
REFERENCE_MONTH = register(
    IntPolicy(
        key="stages.reference_month",
        label=_("Reference date of the camp: month"),
        group="stages",
        default=9,
        low=1,
        high=12,
        help=_("Grades change on this day of the year only."),
    )
)
REFERENCE_DAY = register(
    IntPolicy(
        key="stages.reference_day",
        label=_("Reference date of the camp: day"),
        group="stages",
        default=1,
        low=1,
        high=31,
        help=_("In a shorter month its last day counts."),
    )
)
