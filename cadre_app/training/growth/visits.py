"""What study visits give to the growth file: those at which somebody was present."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import CharField, F
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre_app.core.growth import Access, Entries, GrowthSource, Row, Words, growth_sources
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.training.growth.kind import KIND
from cadre_app.training.hours_wording import plain
from cadre_app.training.models import VisitMember, VisitState
from cadre_app.training.models.choices import CAME

HELD = (VisitState.HELD, VisitState.POSTED)


def announce() -> None:
    """Called once, when the app is ready."""
    growth_sources.register("training.visit", GrowthSource((KIND,), visit_words, visits_seen, visits, order=75))


def visits_seen(access: Access) -> bool | None:
    """Business roles and the own file; mentors do not see training."""
    return True if access.reads(*BUSINESS_ROLES) else None


def visits(trainee: UUID, seen: bool) -> Entries:
    """Visits that were held, with this person there."""
    rows = VisitMember.objects.standing().filter(
        trainee=trainee, presence__in=CAME, visit__state__in=HELD, visit__voided_at=None
    )
    data: dict[str, Any] = {"title": "visit__title", "topic": "visit__topic", "spoke": "at_symposium"}
    data |= {"remarks": "remarks", "visit": F("visit_id"), "hours": Cast("visit__hours", CharField())}
    return Entries(rows, day="visit__visited_on", kind=KIND, data=data, status=F("visit__state"))


def visit_words(row: Row, access: Access) -> Words:
    known = row.data
    parts = []
    if known["topic"] and known["spoke"]:
        parts.append(_("At the symposium: %(topic)s") % known)
    elif known["topic"]:
        parts.append(_("Topic of the symposium: %(topic)s") % known)
    if known["remarks"]:
        parts.append(_("Remarks: %(remarks)s") % known)
    is_posted = row.status == VisitState.POSTED
    if is_posted and known["hours"]:
        parts.append(_("%(hours)s training hours") % {"hours": plain(Decimal(known["hours"]))})
    return Words(
        _("Study visit: %(title)s") % known,
        text=" · ".join(parts),
        state="ok" if is_posted else "",
        label=str(VisitState.POSTED.label) if is_posted else "",
        url=reverse("training:visit_detail", kwargs={"pk": known["visit"]}),
    )
