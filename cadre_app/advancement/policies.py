"""Settings of the outcome register and of the rank timeline (PRODUCT.md, "The reference year", "Rank timeline")."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import BoolPolicy, DatePolicy, IntPolicy

GROUP = "advancement"
OUTCOME_RULE = _("Rules on the selection and appointment of leading cadres; results are entered once announced")
TERM_CHANGE_RULE = _("Term change of the district Party committee")
RANK_RULE = _("Regulations on the parallel system of posts and ranks of civil servants")

FIGURES_SINCE = register(
    DatePolicy(
        key="advancement.figures_since",
        label=_("Outcomes count from the term change on"),
        group=GROUP,
        default=date(2021, 7, 1),
        source=TERM_CHANGE_RULE,
        help=_("The first day of announcement that counts in the overview and in the briefing."),
    )
)
RANK_YEARS = register(
    IntPolicy(
        key="advancement.rank_years",
        label=_("The next rank is possible after at least"),
        group=GROUP,
        default=2,
        unit="years",
        low=1,
        high=10,
        source=RANK_RULE,
        help=_("Years in the present rank; reaching them is a condition and not a claim."),
    )
)
RANK_EXCELLENT_MONTHS = register(
    IntPolicy(
        key="advancement.rank_excellent_months",
        label=_("Each excellent year shortens the time in a rank by"),
        group=GROUP,
        default=6,
        unit="months",
        low=0,
        high=12,
        source=RANK_RULE,
    )
)
RANK_SKIPS_BASIC = register(
    BoolPolicy(
        key="advancement.rank_skips_basic",
        label=_("A basically competent year does not count for the rank"),
        group=GROUP,
        default=True,
        source=RANK_RULE,
    )
)
RANK_SKIPS_NO_GRADE = register(
    BoolPolicy(
        key="advancement.rank_skips_no_grade",
        label=_("A year without a grade does not count for the rank"),
        group=GROUP,
        default=True,
        source=RANK_RULE,
        help=_(
            "Of a year on probation the part in the rank; a year assessed by another unit counts for the time being."
        ),
    )
)
RANK_SKIPS_PERIODS = register(
    BoolPolicy(
        key="advancement.rank_skips_periods",
        label=_("Periods of effect do not count for the rank"),
        group=GROUP,
        default=True,
        source=RANK_RULE,
        help=_("Of discipline and of admonitions; days in several of them are left out once."),
    )
)
