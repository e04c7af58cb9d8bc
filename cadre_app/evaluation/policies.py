"""Settings of the community evaluation (PRODUCT.md, values marked °)."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import BoolPolicy, IntPolicy

EVALUATION_RULE = _("Community evaluation: anonymous, by village representatives, never a ranking")

LEAST_SHEETS = register(
    IntPolicy(
        key="evaluation.least_sheets",
        label=_("A result is shown from so many sheets on"),
        group="evaluation",
        default=10,
        low=10,
        high=100,
        source=EVALUATION_RULE,
        help=_("For each person. With fewer sheets nobody sees any of it."),
    )
)
CODES_ON = register(
    BoolPolicy(
        key="evaluation.codes_on",
        label=_("One-time codes on printed sheets"),
        group="evaluation",
        default=False,
        source=EVALUATION_RULE,
        help=_("Off: sheets are filled in on paper on the spot."),
    )
)
