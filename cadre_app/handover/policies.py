"""Settings of the hand-over of materials (PRODUCT.md, "Materials to hand over")."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import IntPolicy

FILING_RULE = _("Regulations on the work with cadres' personnel archives: within one month of being formed")

FILING_MONTHS = register(
    IntPolicy(
        key="handover.months",
        label=_("Materials are handed over within"),
        group="handover",
        default=1,
        unit="months",
        low=1,
        high=12,
        source=FILING_RULE,
        help=_("Counted from the day on which the material was formed; papers on the list keep their day."),
    )
)
