"""What symposiums and visits give to the growth file: those that somebody attended, visits that were made; no text that
is restricted, no remark of anybody.
"""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cadre_app.care.models import CareVisit, Invitation, SymposiumState, VisitState
from cadre_app.care.models.visits import OCCASIONS
from cadre_app.care.wording_meetings import SYMPOSIUM_MARKS, VISIT_MARKS
from cadre_app.core.growth import Access, Entries, GrowthKind, GrowthSource, Row, Words, growth_kinds, growth_sources
from cadre_app.core.roles import Role
from cadre_app.policy import codes

SYMPOSIUM, VISIT = "symposium", "visit"
WORKERS = (Role.STAFF, Role.LEADER)


def announce() -> None:
    """Called once, when the app is ready."""
    growth_kinds.register(SYMPOSIUM, GrowthKind(pgettext_lazy("growth file", "Symposiums"), "people", 51, tone="l"))
    growth_kinds.register(VISIT, GrowthKind(pgettext_lazy("growth file", "Visits"), "house", 52, tone="l"))
    growth_sources.register(
        "care.symposium", GrowthSource((SYMPOSIUM,), symposium_words, seen_of, symposiums, order=66)
    )
    growth_sources.register("care.visit", GrowthSource((VISIT,), visit_words, seen_of, visits, order=67))


def seen_of(access: Access) -> str | None:
    """Staff, leaders and the person concerned see the same of it."""
    return "everything public" if access.reads(*WORKERS) else None


def symposiums(trainee: UUID, seen: str) -> Entries:
    """Symposiums at which somebody was present."""
    data: dict[str, Any] = {"title": "symposium__title", "place": "symposium__place", "unit": "symposium__unit__name"}
    data |= {"symposium": F("symposium_id"), "path": "symposium__unit__path"}
    rows = Invitation.objects.attended().filter(trainee=trainee)
    return Entries(rows, day="symposium__day", kind=SYMPOSIUM, data=data, status=F("symposium__state"))


def symposium_words(row: Row, access: Access) -> Words:
    """It opens for whoever is on its list or works for the unit that held it."""
    known, state = row.data, SymposiumState(row.status)
    opens = access.is_own or any(known["path"] in item for item in access.user.unit_ranges(*WORKERS))
    return Words(
        known["title"],
        text=_("Present; %(place)s") % known,
        by=known["unit"],
        state=SYMPOSIUM_MARKS[state],
        label=str(state.label),
        url=reverse("care:symposium_detail", kwargs={"pk": known["symposium"]}) if opens else "",
    )


def visits(trainee: UUID, seen: str) -> Entries:
    """Visits that were made."""
    data: dict[str, Any] = {"occasion": "occasion", "subject": "subject", "brought": "brought", "summary": "summary"}
    data |= {"visitor": "visitor__display_name"}
    rows = CareVisit.objects.went().filter(trainee=trainee)
    return Entries(rows, day="held_on", kind=VISIT, data=data, status=F("state"))


def visit_words(row: Row, access: Access) -> Words:
    known, state = row.data, VisitState(row.status)
    occasion = codes.label(OCCASIONS, known["occasion"])
    return Words(
        _("Visit: %(what)s") % {"what": known["subject"] or occasion},
        text=" · ".join(part for part in (known["brought"], known["summary"]) if part),
        by=_("visited by %(name)s") % {"name": known["visitor"]},
        state=VISIT_MARKS[state],
        label=str(state.label),
        url=reverse("care:visit_detail", kwargs={"pk": row.id}),
    )
