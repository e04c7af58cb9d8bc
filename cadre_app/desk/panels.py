"""What stands beside the list of due items: each figure in a sentence, each line opening the list it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.accounts import lockout
from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.days import last_of_month, start_of
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.history.models import Entry
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee
from cadre_app.policy.models import DayKind, Holiday
from cadre_app.policy.workdays import workdays_since
from cadre_app.runtime import health
from cadre_app.stages.labels import STAGE_CHOICES, parse
from cadre_app.stages.rules import Rules, StageKey
from cadre_app.stages.sql import in_stage

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest

LOG_DAYS = 7
HOLIDAYS_AHEAD = 3


@dataclass(frozen=True)
class Line:
    """One line: its name, the figure in words, a note below, the list it counts; `state` where something is amiss."""

    name: str
    text: str
    note: str = ""
    url: str = ""
    state: str = ""


def people(request: "UserRequest") -> Mapping[str, Any]:
    """People in development in the scope of the signed-in person, by stage of today; and the open units; two queries."""
    today = timezone.localdate()
    rules = Rules.on(today)
    stages = [choice for choice in STAGE_CHOICES if choice[0] != StageKey.LEFT]
    each = {
        value.replace("-", "_"): Count("pk", filter=in_stage(*parse(value), day=today, rules=rules))
        for value, _label in stages
    }
    scope = Trainee.objects.in_scope(request.user, *BUSINESS_ROLES).in_development().order_by()
    counted = scope.aggregate(**each)
    url = reverse("people:trainee_list")
    lines = [
        Line(str(label), _count_people(count), url=f"{url}?stage={value}")
        for value, label in stages
        if (count := counted[value.replace("-", "_")])
    ]
    if not lines:
        lines = [Line(_("People"), _("Nobody has been entered yet."), url=url)]
    open_units = Unit.objects.visible_to(request.user).standing().open_on(today).order_by().count()
    lines.append(Line(_("Units"), _count_units(open_units), url=reverse("org:unit_list")))
    return {"title": _("People in my scope"), "more_url": url, "more": _("Roster"), "lines": lines}


def calendar(request: "UserRequest") -> Mapping[str, Any]:
    """Workdays of this month, and the next holidays and make-up workdays of the published calendar."""
    today = timezone.localdate()
    first = today.replace(day=1)
    last = last_of_month(today)
    yesterday = timedelta(days=1)
    total, left = workdays_since((first - yesterday, today - yesterday), last)
    text = ngettext("%(total)d workday", "%(total)d workdays", total) % {"total": total}
    note = ngettext("%(left)d left, today included", "%(left)d left, today included", left) % {"left": left}
    lines = [Line(_("This month"), text, note)]
    coming = Holiday.objects.standing().filter(day__gte=today).order_by("day")
    lines += [_holiday_line(day, today) for day in _first_days(list(coming[:30]))]
    return {"title": _("Work calendar"), "lines": lines}


def accounts(request: "UserRequest") -> Mapping[str, Any]:
    """Accounts by kind, and those that are disabled or locked."""
    seen = User.objects.visible_to(request.user)
    counted = dict(seen.filter(is_active=True).order_by().values_list("kind").annotate(count=Count("pk")))
    url = reverse("accounts:list")
    lines = [
        Line(str(label), _count_accounts(counted[kind]), url=f"{url}?kind={kind}&state=active")
        for kind, label in AccountKind.choices
        if counted.get(kind)
    ]
    disabled = seen.filter(is_active=False).count()
    locked = seen.filter(is_active=True, username__in=lockout.locked_usernames()).count()
    lines.append(Line(_("Disabled"), _count_accounts(disabled), url=f"{url}?state=disabled"))
    lines.append(Line(_("Locked"), _count_accounts(locked), url=f"{url}?state=locked", state="soon" if locked else ""))
    return {"title": _("Accounts"), "more_url": url, "more": _("All accounts"), "lines": lines}


def log(request: "UserRequest") -> Mapping[str, Any]:
    """Entries of the last seven days by kind, and refused sign-ins among them."""
    since = timezone.localdate() - timedelta(days=LOG_DAYS - 1)
    recent = Entry.objects.filter(at__gte=start_of(since)).order_by()
    counted = dict(recent.values_list("kind").annotate(count=Count("pk")))
    url = reverse("history:entry_list")
    lines = [
        Line(str(label), _count_entries(counted.get(kind, 0)), url=f"{url}?kind={kind}&since={since}")
        for kind, label in Entry.Kind.choices
    ]
    failed = recent.filter(verb="accounts.user.sign_in_failed").count()
    address = f"{url}?verb=accounts.user.sign_in_failed&since={since}"
    lines.append(Line(_("Refused sign-ins"), _count_entries(failed), url=address, state="soon" if failed else ""))
    return {"title": _("Activity of the last 7 days"), "more_url": url, "more": _("Activity log"), "lines": lines}


def condition(request: "UserRequest") -> Mapping[str, Any]:
    """The parts of the system and their last sign of life."""
    lines = []
    for part in health.check():
        at = formats.date_format(timezone.localtime(part.at), "DATETIME_FORMAT") if part.at else ""
        lines.append(
            Line(str(part.label), _("Working") if part.ok else _("Down"), at, state="ok" if part.ok else "over")
        )
    return {"title": _("Health"), "more_url": reverse("runtime:health"), "more": _("Details"), "lines": lines}


def _holiday_line(entry: Holiday, today: date) -> Line:
    days = (entry.day - today).days
    away = _("today") if not days else ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    kind = "" if entry.kind == DayKind.HOLIDAY else str(DayKind.WORKDAY.label)
    return Line(
        entry.name, formats.date_format(entry.day, "DATE_FORMAT"), " · ".join(part for part in (kind, away) if part)
    )


def _first_days(entries: list[Holiday]) -> list[Holiday]:
    """The first day of each of the next holidays, and the make-up workdays before them."""
    found: list[Holiday] = []
    for entry in entries:
        if not any((entry.name, entry.kind) == (other.name, other.kind) for other in found):
            found.append(entry)
    return found[:HOLIDAYS_AHEAD]


def _count_people(count: int) -> str:
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


def _count_units(count: int) -> str:
    return ngettext("%(count)d unit", "%(count)d units", count) % {"count": count}


def _count_accounts(count: int) -> str:
    return ngettext("%(count)d account", "%(count)d accounts", count) % {"count": count}


def _count_entries(count: int) -> str:
    return ngettext("%(count)d entry", "%(count)d entries", count) % {"count": count}
