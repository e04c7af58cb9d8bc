"""Settings of talks (PRODUCT.md, "Talks"; values marked ° there)."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import IntPolicy

TALK_RULE = _("Talks with young cadres: regularly, and whenever something happens")

TALK_MONTHS = register(
    IntPolicy(
        key="care.talk_months",
        label=_("A talk at least every"),
        group="care",
        default=6,
        unit="months",
        low=1,
        high=24,
        source=TALK_RULE,
        help=_("Counted from the last talk that was held, else from the arrival; a single person can differ."),
    )
)
TRIGGER_DAYS = register(
    IntPolicy(
        key="care.trigger_days",
        label=_("A talk after an occasion within"),
        group="care",
        default=30,
        unit="days",
        low=1,
        high=120,
        source=TALK_RULE,
        help=_("After a new post, an award, criticism, a setback, a complaint, or when the person asks for a talk."),
    )
)
PROBLEM_DAYS = register(
    IntPolicy(
        key="care.problem_days",
        label=_("A problem raised in a talk is answered within"),
        group="care",
        default=30,
        unit="days",
        low=1,
        high=180,
        source=TALK_RULE,
        help=_("Proposed when a problem is entered; a single one can differ."),
    )
)
CARE_RULE = _("The department's arrangement for care")
VISIT_MOST = register(
    IntPolicy(
        key="care.visit_most",
        label=_("A visit brings at most"),
        group="care",
        default=1000,
        unit="yuan",
        low=0,
        high=20000,
        source=CARE_RULE,
        help=_("A larger sum is refused; each sum names its basis."),
    )
)
