"""Settings of the annual and the quarterly assessment (PRODUCT.md, "Annual assessment")."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import IntPolicy

ANNUAL_RULE = _("Regulations on the assessment of civil servants; rules on the assessment of public institution staff")
QUARTER_RULE = _("Measures for the regular assessment of civil servants")
GROUP = "appraisal"

ENTRY_MONTH = register(
    IntPolicy(
        key="appraisal.entry_month",
        label=_("The annual assessment begins in month"),
        group=GROUP,
        default=12,
        low=1,
        high=12,
        source=ANNUAL_RULE,
        help=_("On its first day, in the year that is assessed; each campaign can say otherwise."),
    )
)
ENTRY_DAYS = register(
    IntPolicy(
        key="appraisal.entry_days",
        label=_("The annual assessment is entered after the end of the year within"),
        group=GROUP,
        default=31,
        unit="days",
        low=0,
        high=180,
        source=ANNUAL_RULE,
    )
)
NOTICE_DAYS = register(
    IntPolicy(
        key="appraisal.notice_days",
        label=_("Public notice of those who are excellent"),
        group=GROUP,
        default=5,
        unit="days",
        low=1,
        high=20,
        source=ANNUAL_RULE,
        help=_("Working days at least."),
    )
)
SIGNATURE_DAYS = register(
    IntPolicy(
        key="appraisal.signature_days",
        label=_("The person signs the annual assessment within"),
        group=GROUP,
        default=15,
        unit="days",
        low=1,
        high=90,
    )
)
REVIEW_DAYS = register(
    IntPolicy(
        key="appraisal.review_days",
        label=_("The person can ask for a review of the annual assessment within"),
        group=GROUP,
        default=30,
        unit="days",
        low=1,
        high=180,
        source=ANNUAL_RULE,
        help=_("Counted from the day of filing; the department answers within the same time."),
    )
)
EXCELLENT_SHARE = register(
    IntPolicy(
        key="appraisal.excellent_share",
        label=_("Share of excellent among those assessed, in percent"),
        group=GROUP,
        default=20,
        low=0,
        high=100,
        source=ANNUAL_RULE,
        help=_("A note stands beside an approved number above it; the approved number decides."),
    )
)
AWAY_DAYS = register(
    IntPolicy(
        key="appraisal.away_days",
        label=_("No grade is given to whoever was on sick or personal leave for more than"),
        group=GROUP,
        default=182,
        unit="days",
        low=30,
        high=366,
        source=ANNUAL_RULE,
    )
)
QUARTER_DAYS = register(
    IntPolicy(
        key="appraisal.quarter_days",
        label=_("The quarterly assessment is entered after the end of the quarter within"),
        group=GROUP,
        default=15,
        unit="days",
        low=1,
        high=60,
        source=QUARTER_RULE,
    )
)
CRITERIA_YEARS = register(
    IntPolicy(
        key="appraisal.criteria_years",
        label=_("The criteria check looks at the annual assessments of the last"),
        group=GROUP,
        default=3,
        unit="years",
        low=1,
        high=5,
        source=ANNUAL_RULE,
    )
)
