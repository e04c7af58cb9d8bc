"""Settings of reminding (ARCHITECTURE.md, "Reminder rules"; values marked ° there)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import BoolPolicy, IntPolicy


@dataclass(frozen=True, kw_only=True)
class HourPolicy(IntPolicy):
    """A full hour of the local day, 0 to 23."""

    high: int = 23

    def text(self, value: int) -> str:
        return f"{value}:00"


QUIET_FROM = register(
    HourPolicy(
        key="reminders.quiet_from",
        label=_("Quiet hours begin at"),
        group="reminders",
        default=18,
        help=_("The hour from which no message is sent outside the system; the inbox knows no quiet hours."),
    )
)
QUIET_UNTIL = register(
    HourPolicy(
        key="reminders.quiet_until",
        label=_("Quiet hours end at"),
        group="reminders",
        default=8,
        help=_("The same hour as the beginning: there are no quiet hours."),
    )
)
DIGEST_HOUR = register(
    HourPolicy(
        key="reminders.digest_hour",
        label=_("Daily summary is sent at"),
        group="reminders",
        default=9,
        help=_("If this falls into the quiet hours, it is sent when they end."),
    )
)
MONTHLY_CAP = register(
    IntPolicy(
        key="reminders.monthly_cap",
        label=_("Messages outside the system for one person, per month at most"),
        group="reminders",
        default=20,
        low=0,
        high=200,
        help=_("Further ones are not sent, not later either; the inbox shows everything."),
    )
)
BACKLOG_DAYS = register(
    IntPolicy(
        key="reminders.backlog_days",
        label=_("Told in one summary when overdue by more than"),
        group="reminders",
        default=30,
        unit="days",
        low=1,
        high=365,
        help=_("For what became due long ago before it could be told, for instance after an import."),
    )
)
OUTSIDE_WORKDAYS_ONLY = register(
    BoolPolicy(
        key="reminders.outside_workdays",
        label=_("Messages outside the system only on workdays"),
        group="reminders",
        default=True,
    )
)
