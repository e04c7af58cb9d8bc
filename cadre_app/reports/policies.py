"""Settings of reports: how much a month may hold of what is asked (PRODUCT.md, "Boundaries"; local values)."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.demands import RELIEF_RULE
from cadre_app.policy.registry import register
from cadre_app.policy.specs import IntPolicy

CAP_OF_A_PERSON = register(
    IntPolicy(
        key="reports.cap_of_a_person",
        label=_("What a young cadre may be asked for in a month"),
        group="reports",
        default=12,
        unit="times",
        low=1,
        high=200,
        source=RELIEF_RULE,
        help=_("Talks, training days, reports, summaries and reminders; more than that is marked on the burden page."),
    )
)
CAP_OF_A_UNIT = register(
    IntPolicy(
        key="reports.cap_of_a_unit",
        label=_("What a unit may be asked for in a month"),
        group="reports",
        default=15,
        unit="times",
        low=1,
        high=999,
        source=RELIEF_RULE,
        help=_("Verifications, opinions, lists and reminders; more than that is marked on the burden page."),
    )
)
