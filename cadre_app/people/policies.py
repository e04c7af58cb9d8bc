"""Settings of persons and files (PRODUCT.md, "Domain rules"; values marked ° there)."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import IntPolicy, TextPolicy

RECRUITMENT_RULE = _("Regulations on the recruitment of civil servants")
VILLAGE_RULE = _("Rules on selected graduates working in villages")

FILE_PREFIX = register(
    TextPolicy(
        key="people.file_prefix",
        label=_("Prefix of file numbers"),
        group="people",
        default="WY",
        longest=8,
        help=_("A file number is prefix-year-four digits; numbers that exist keep theirs."),
    )
)
ARRIVAL_DAYS = register(
    IntPolicy(
        key="people.arrival_days",
        label=_("Arrival checklist complete within"),
        group="people",
        default=30,
        unit="days",
        low=1,
        high=180,
        help=_("Counted from reporting for duty."),
    )
)
PROBATION_MONTHS = register(
    IntPolicy(
        key="people.probation_months",
        label=_("Length of probation"),
        group="people",
        default=12,
        unit="months",
        low=1,
        high=36,
        source=RECRUITMENT_RULE,
        help=_(
            "Counted from reporting for duty; a single file can be extended with a reason. Staff of public institutions: 12 months for a first job with a contract of three years or more (Regulations on personnel management of public institutions, article 13)."
        ),
    )
)
TERM_MONTHS = register(
    IntPolicy(
        key="people.term_months",
        label=_("Length of a village term"),
        group="people",
        default=24,
        unit="months",
        low=6,
        high=60,
        source=VILLAGE_RULE,
        help=_("Counted from reporting to the village; interruptions are added."),
    )
)
MINIMUM_SERVICE_YEARS = register(
    IntPolicy(
        key="people.minimum_service_years",
        label=_("Minimum service"),
        group="people",
        default=5,
        unit="years",
        low=1,
        high=15,
        source=RECRUITMENT_RULE,
        help=_("Including probation. Leaving earlier needs a named approval."),
    )
)
