"""Settings of rewards, discipline and admonition (values marked ° in PRODUCT.md)."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import IntPolicy

REWARD_RULE = _("Rules on rewards: a reward rests on the document of whoever gives it")
ADMONITION_RULE = _("Rules on reminders, inquiries and admonitions")

FOLLOWED_MONTHS = register(
    IntPolicy(
        key="conduct.followed_months",
        label=_("After a reminder, inquiry or admonition the person is followed up after"),
        group="conduct",
        default=6,
        unit="months",
        low=1,
        high=24,
        source=ADMONITION_RULE,
    )
)
NUMBER_DAYS = register(
    IntPolicy(
        key="conduct.number_days",
        label=_("The document number of a reward is entered within"),
        group="conduct",
        default=10,
        unit="days",
        low=1,
        high=120,
        source=REWARD_RULE,
    )
)
