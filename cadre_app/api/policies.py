"""Settings of the read interface."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import IntPolicy

CALLS_A_MINUTE = register(
    IntPolicy(
        key="api.calls_a_minute",
        label=_("Calls with one access token, per minute at most"),
        group="accounts",
        default=60,
        low=1,
        high=1000,
        help=_("Further calls are refused until the minute is over."),
    )
)
