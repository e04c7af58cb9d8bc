"""What leave gives to the growth file: what was approved or ended, for business roles and the own file."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, DateField, F, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre_app.assignments.growth.kind import LEAVE
from cadre_app.assignments.leave_words import days_text
from cadre_app.assignments.models import Leave, LeaveKind, LeaveState
from cadre_app.assignments.services.leaves import day_span
from cadre_app.core.growth import Access, Entries, GrowthSource, Row, Words, growth_sources
from cadre_app.core.roles import BUSINESS_ROLES


def announce() -> None:
    """Called once, when the app is ready."""
    growth_sources.register("assignments.leave", GrowthSource((LEAVE,), leave_words, leaves_seen, leaves, order=45))


def leaves_seen(access: Access) -> bool | None:
    """Business roles and the own file; mentors do not see leave."""
    return True if access.reads(*BUSINESS_ROLES) else None


def leaves(trainee: UUID, seen: bool) -> Entries:
    """Approved and ended leave."""
    counted = Case(
        When(interruption__voided_at=None, interruption__isnull=False, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    data: dict[str, Any] = {
        "kind": "kind",
        "last": Coalesce("ended_on", "due_on", output_field=DateField()),
        "place": "place",
        "counted": counted,
    }
    return Entries(
        Leave.objects.taking().filter(trainee=trainee), day="started_on", kind=LEAVE, data=data, status=F("state")
    )


def leave_words(row: Row, access: Access) -> Words:
    last = date.fromisoformat(row.data["last"])
    parts = [day_span(row.day, last), days_text((last - row.day).days + 1), row.data["place"]]
    if row.data["counted"]:
        parts.append(_("added to the village term"))
    is_over = row.status == LeaveState.RETURNED
    return Words(
        _("Leave: %(kind)s") % {"kind": LeaveKind(row.data["kind"]).label},
        text=" · ".join(part for part in parts if part),
        state="ok" if is_over else "idle",
        label=str(LeaveState(row.status).label),
        url=reverse("assignments:leave_detail", kwargs={"pk": row.id}),
    )
