"""Settings of rewards, discipline and admonition (values marked ° in PRODUCT.md)."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import IntPolicy

REWARD_RULE = _("Rules on rewards: a reward rests on the document of whoever gives it")
DISCIPLINE_RULE = _("Rules on discipline: each decision counts for the period of its kind")
REWARD_HINT_RULE = _("Rules on rewards: an excellent year is given a commendation")
MERIT_HINT_RULE = _("Rules on rewards of civil servants: three excellent years running are given merit, third class")
ADMONITION_HINT_RULE = _(
    "Regulations on assessment: a basically competent or qualified year calls for an admonition and does not count for the rank"
)
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
