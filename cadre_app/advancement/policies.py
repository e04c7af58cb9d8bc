"""Settings of the outcome register (PRODUCT.md, "The reference year")."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import DatePolicy

GROUP = "advancement"
OUTCOME_RULE = _("Rules on the selection and appointment of leading cadres; results are entered once announced")
TERM_CHANGE_RULE = _("Term change of the district Party committee")

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
