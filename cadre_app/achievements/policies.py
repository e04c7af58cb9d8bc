"""Settings of achievements (PRODUCT.md, "成长档案"; values marked ° there)."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import IntPolicy

ACHIEVEMENT_RULE = _("Work achievements are recorded as they happen, verified by the unit, then by the department")

UNIT_DAYS = register(
    IntPolicy(
        key="achievements.unit_days",
        label=_("The unit verifies an achievement within"),
        group="appraisal",
        default=7,
        unit="days",
        low=1,
        high=60,
        source=ACHIEVEMENT_RULE,
        help=_("Counted from the day it was submitted."),
    )
)
DEPARTMENT_DAYS = register(
    IntPolicy(
        key="achievements.department_days",
        label=_("The department verifies an achievement within"),
        group="appraisal",
        default=15,
        unit="days",
        low=1,
        high=90,
        source=ACHIEVEMENT_RULE,
        help=_("Counted from the day the unit verified it."),
    )
)
MOST_EVIDENCE = 9
