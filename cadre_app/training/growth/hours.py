"""What training hours give to the growth file: verified outside courses, and the hours of the year in its head.

Business roles and the person concerned see them; mentors and trainers do not (ACCESS.md, "training, hours").
"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.growth import (
    Access,
    Entries,
    GrowthSource,
    HeadLine,
    HeadPart,
    Row,
    Words,
    YearPart,
    growth_sources,
    head_parts,
    year_parts,
)
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import Trainee
from cadre_app.training.growth.kind import KIND
from cadre_app.training.hours_wording import pace_mark, period, plain
from cadre_app.training.models import HoursEntry, Mode, OutsideCourse, OutsideState
from cadre_app.training.requirement import Pace, reckon
from cadre_app.training.requirement_sql import sums_of


def announce() -> None:
    """Called once, when the app is ready."""
    growth_sources.register(
        "training.outside", GrowthSource((KIND,), outside_words, outside_seen, outside_courses, order=57)
    )
    head_parts.register("training.hours", HeadPart(order=40, lines=hours_now))
    year_parts.register("training.hours", YearPart(order=40, lines=hours_of_year))


def outside_seen(access: Access) -> str | None:
    """Whoever sees it sees all of it."""
    return "everything" if access.reads(*BUSINESS_ROLES) else None


def outside_courses(trainee: UUID, seen: str) -> Entries:
    """Verified outside courses on their last day."""
    data: dict[str, Any] = {
        "title": "title", "organiser": "organiser", "hours": "hours", "mode": "mode",
        "certificate": "certificate_number", "induction": "is_induction", "by": "verified_by__display_name",
    }  # fmt: skip
    rows = OutsideCourse.objects.standing().filter(trainee=trainee, state=OutsideState.VERIFIED)
    return Entries(rows, day="ended_on", kind=KIND, data=data)


def outside_words(row: Row, access: Access) -> Words:
    known = row.data
    text = _("%(organiser)s, %(hours)s training hours (%(mode)s)")
    text = f"{text} · {_('Induction training')}" if known["induction"] else text
    numbered = _("certificate %(certificate)s")
    text = f"{text} · {numbered}" if known["certificate"] else text
    return Words(
        _("Outside course: %(title)s") % {"title": known["title"]},
        text=text
        % {
            "organiser": known["organiser"],
            "hours": plain(Decimal(str(known["hours"]))),
            "mode": str(Mode(known["mode"]).label),
            "certificate": known["certificate"],
        },
        by=_("verified by %(name)s") % {"name": known["by"]} if known["by"] else "",
        state="ok",
        label=str(OutsideState.VERIFIED.label),
        url=reverse("training:outside_detail", kwargs={"pk": row.id}),
    )


def hours_now(trainee: Trainee, access: Access) -> list[HeadLine]:
    """Hours of this year, of county level of five years, of those required; one query."""
    return [] if trainee.is_read_only else hours_of_year(trainee, access, timezone.localdate().year)


def hours_of_year(trainee: Trainee, access: Access, year: int) -> list[HeadLine]:
    """As `hours_now` of a year that has begun, for who had reported for duty and did not leave in it or before; nothing of
    years before any hours were kept here.
    """
    if not access.reads(*BUSINESS_ROLES) or not trainee.arrived_on.year <= year <= timezone.localdate().year:
        return []
    if trainee.departed_on is not None and trainee.departed_on.year <= year:
        return []
    if year < timezone.localdate().year and not _keeps_hours(year):
        return []
    found = reckon(trainee, sums_of(trainee, year), year=year)
    mark, label = pace_mark(found) if found.pace is not Pace.ON_COURSE else ("", "")
    url = "training:own_training" if access.is_own else "training:hours_of"
    address = reverse(url, kwargs={} if access.is_own else {"pk": trainee.pk})
    return [
        HeadLine(
            label=_("Training hours"),
            text=_("%(done)s of %(required)s") % {"done": plain(found.counted), "required": plain(found.required)},
            detail=pgettext("hours", "in %(period)s") % {"period": period(found)},
            note=_("%(hours)s still missing") % {"hours": plain(found.missing)} if found.missing else "",
            state=mark,
            state_label=label,
            url=address if year == timezone.localdate().year else f"{address}?year={year}",
        )
    ]


def _keeps_hours(year: int) -> bool:
    """Whether hours of anybody, of that year or before, are on record: one row of an index."""
    return HoursEntry.objects.standing().filter(earned_on__lte=date(year, 12, 31)).exists()
