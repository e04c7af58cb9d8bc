"""Settings of the end of probation and the first grading (PRODUCT.md, "Arrival to grading")."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.policy.registry import register
from cadre_app.policy.specs import ChoicePolicy, IntPolicy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

GROUP = "probation"
PROBATION_RULE = _("Measures for the probation of newly recruited civil servants")
INSTITUTION_RULE = _("Regulations on personnel management of public institutions")
RULES_OF_BOTH = _(
    "Measures for the probation of newly recruited civil servants; for staff of public institutions the regulations on their personnel management"
)
GRADING_RULE = _("Rules on the first appointment and grading of newly recruited civil servants")
# Codes of the table of ranks that a first grading can give.
RANKS: "tuple[tuple[str, _StrPromise | str], ...]" = (
    ("08", pgettext_lazy("rank", "Principal section member, second class")),
    ("09", pgettext_lazy("rank", "Principal section member, third class")),
    ("10", pgettext_lazy("rank", "Principal section member, fourth class")),
    ("11", pgettext_lazy("rank", "Section member, first class")),
    ("12", pgettext_lazy("rank", "Section member, second class")),
)

ASSESS_DAYS = register(
    IntPolicy(
        key="probation.assess_days",
        label=_("The end of probation is assessed within"),
        group=GROUP,
        default=30,
        unit="days",
        low=1,
        high=180,
        source=PROBATION_RULE,
        help=_("Counted from the day on which probation ends."),
    )
)
OPEN_DAYS = register(
    IntPolicy(
        key="probation.open_days",
        label=_("The own summary can be written before the end of probation from"),
        group=GROUP,
        default=60,
        unit="days",
        low=0,
        high=180,
        help=_("From then on the unit can write its opinion as well."),
    )
)
OPINION_DAYS = register(
    IntPolicy(
        key="probation.opinion_days",
        label=_("The unit writes its opinion after the own summary within"),
        group=GROUP,
        default=7,
        unit="days",
        low=1,
        high=60,
    )
)
EXTENSION_MONTHS = register(
    IntPolicy(
        key="probation.extension_months",
        label=_("Probation is extended beyond its usual end by at most"),
        group=GROUP,
        default=6,
        unit="months",
        low=1,
        high=24,
        help=_("All extensions together."),
    )
)
EXTENSION_TIMES = register(
    IntPolicy(
        key="probation.extension_times",
        label=_("Probation can be extended"),
        group=GROUP,
        default=1,
        unit="times",
        low=0,
        high=4,
    )
)
RANK_OF_DOCTORS = register(
    ChoicePolicy(
        key="probation.rank_doctor",
        label=_("First rank with a doctor's degree"),
        group=GROUP,
        default="08",
        choices=RANKS,
        source=GRADING_RULE,
    )
)
RANK_OF_MASTERS = register(
    ChoicePolicy(
        key="probation.rank_master",
        label=_("First rank with a master's degree"),
        group=GROUP,
        default="10",
        choices=RANKS,
        source=GRADING_RULE,
    )
)
RANK_OF_BACHELORS = register(
    ChoicePolicy(
        key="probation.rank_bachelor",
        label=_("First rank with undergraduate education"),
        group=GROUP,
        default="11",
        choices=RANKS,
        source=GRADING_RULE,
        help=_("Also for postgraduate studies without a master's degree."),
    )
)
RANK_OF_OTHERS = register(
    ChoicePolicy(
        key="probation.rank_other",
        label=_("First rank with junior college education or less"),
        group=GROUP,
        default="12",
        choices=RANKS,
        source=GRADING_RULE,
    )
)
