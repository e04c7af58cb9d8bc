"""The reckoning of a rank line by line in the viewer's language: on what it rests, what it moves, which rule says so."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cadre_app.advancement import policies
from cadre_app.advancement.ranks import Ground, Reason, Reckoning
from cadre_app.appraisal.models.choices import OUTCOMES

if TYPE_CHECKING:
    from cadre_app.policy.specs import Policy

LABELS = dict(OUTCOMES)
POLICIES: "dict[Ground, Policy[int] | Policy[bool]]" = {
    Ground.BASE: policies.RANK_YEARS,
    Ground.EXCELLENT: policies.RANK_EXCELLENT_MONTHS,
    Ground.BASIC: policies.RANK_SKIPS_BASIC,
    Ground.BELOW: policies.RANK_SKIPS_BASIC,
    Ground.NO_GRADE: policies.RANK_SKIPS_NO_GRADE,
    Ground.PERIOD: policies.RANK_SKIPS_PERIODS,
}


@dataclass(frozen=True)
class Line:
    """One line of the page: the fact, what follows, the rule with its source, the earliest day after it."""

    fact: str
    effect: str
    rule: str
    source: str
    due_on: date | None
    url: str = ""


def lines_of(reckoning: Reckoning) -> list[Line]:
    """Every ground in the order in which it was taken."""
    return [_line(one) for one in reckoning.reasons]


def summary(reckoning: Reckoning) -> str:
    """What moves the day, in one cell of a list."""
    return " ".join(_signed(one) for one in reckoning.reasons if one.months or one.days)


def due_text(reckoning: Reckoning) -> str:
    """The earliest day, or that it is open."""
    return formats.date_format(reckoning.due_on) if reckoning.due_on else pgettext("rank timeline", "open")


def _line(reason: Reason) -> Line:
    policy = POLICIES.get(reason.ground)
    today = timezone.localdate()
    source = policy.source_on(today) if policy is not None else ""
    return Line(_fact(reason), _effect(reason), _rule(policy, today), source, reason.due_on, _url(reason))


def _rule(policy: Any, today: date) -> str:
    """A setting in words; one that is simply in force says so by its name."""
    if policy is None or policy.on(today) is True:
        return str(policy or "")
    return f"{policy}{pgettext('label and value', ': ')}{policy.text(policy.on(today))}"


def _fact(reason: Reason) -> str:
    if reason.ground is Ground.BASE:
        return _("In this rank since %(day)s") % {"day": _day(reason.start)}
    if reason.ground is Ground.PERIOD:
        if reason.end is None:
            return _("Period of effect from %(first)s, without an end so far") % {"first": _day(reason.start)}
        known = {"first": _day(reason.start), "last": _day(reason.end)}
        return _("Period of effect from %(first)s to %(last)s") % known
    if reason.ground is Ground.OPEN and not reason.outcome:
        return _("%(year)s: no confirmed result yet") % {"year": reason.year}
    return _("%(year)s: %(outcome)s") % {"year": reason.year, "outcome": LABELS[reason.outcome]}


def _effect(reason: Reason) -> str:
    if reason.ground is Ground.BASE:
        return length(reason.months, 0)
    if reason.ground is Ground.OPEN:
        return _("counts for the time being; the day may change with the result")
    if reason.due_on is None:
        is_period = reason.ground is Ground.PERIOD
        return (
            _("no day can be said until the period has an end") if is_period else _("waits for the end of the period")
        )
    if reason.is_without_effect:
        return _("moves nothing: left out already, or after the day that was reached")
    if reason.ground is Ground.EXCELLENT:
        return _("shortened by %(time)s, not to a day within the year itself") % {"time": length(-reason.months, 0)}
    return _("%(time)s in the rank do not count") % {"time": length(reason.months, reason.days)}


def length(months: int, days: int) -> str:
    """Months and days in words."""
    of_months = ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    of_days = ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if months and days:
        return pgettext("length of time", "%(months)s %(days)s") % {"months": of_months, "days": of_days}
    return of_months if months else of_days


def _signed(reason: Reason) -> str:
    if reason.ground is Ground.BASE:
        return length(reason.months, 0)
    sign = "−" if reason.months < 0 else "+"
    moved = f"{sign} {length(abs(reason.months), reason.days)}"
    if not reason.is_held:
        return moved
    return pgettext("rank timeline", "%(moved)s (not before %(day)s)") % {"moved": moved, "day": _day(reason.due_on)}


def _url(reason: Reason) -> str:
    if reason.ground is Ground.PERIOD:
        return reason.key
    return reverse("appraisal:annual_detail", kwargs={"pk": reason.key}) if reason.key else ""


def _day(day: date | None) -> str:
    return formats.date_format(day) if day is not None else ""
