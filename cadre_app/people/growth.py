"""What people give to the growth file: arrival, posts and ranks, transfers, the village term, steps to the Party.

Whoever reads the identity sees all of it; a mentor sees in which village the term runs, and since when (ACCESS.md).
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from cadre_app.core.days import add_years
from cadre_app.core.growth import (
    Access,
    Entries,
    Fact,
    GrowthKind,
    GrowthSource,
    Row,
    Words,
    growth_kinds,
    growth_sources,
)
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import joined
from cadre_app.people.access import shows
from cadre_app.people.models import Interruption, PostRecord, Trainee, Transfer, VillageTerm
from cadre_app.people.models.terms import TermRole
from cadre_app.people.models.transfers import TransferKind
from cadre_app.policy import codes

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EVERYTHING, PLACE = "everything", "place"
POSTS, PRACTICE, PARTY = "posts", "practice", "party"
KINDS = {
    POSTS: GrowthKind(pgettext_lazy("growth file", "Posts"), "person-check", 60, tone="o"),
    PRACTICE: GrowthKind(pgettext_lazy("growth file", "Village term"), "signpost-split", 30, tone="q"),
    PARTY: GrowthKind(pgettext_lazy("growth file", "Party"), "star", 70, tone="o"),
}
PARTY_STEPS: "dict[str, _StrPromise]" = {
    "party_applied_on": gettext_lazy("Applied for admission to the Party"),
    "party_activist_on": gettext_lazy("Named an activist for admission to the Party"),
    "party_candidate_on": gettext_lazy("Named a candidate for admission to the Party"),
    "party_joined_on": gettext_lazy("Admitted by the branch meeting as a probationary member"),
    "party_full_on": gettext_lazy("Became a full Party member"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for name, kind_of_entry in KINDS.items():
        growth_kinds.register(name, kind_of_entry)
    for key, kind, words, sees, entries, order in (
        ("arrival", POSTS, arrival_words, everything, arrivals, 10),
        ("transfer", POSTS, transfer_words, everything, transfers, 20),
        ("post", POSTS, post_words, everything, posts, 30),
        ("term.start", PRACTICE, term_start_words, terms_or_place, term_starts, 40),
        ("interruption", PRACTICE, gap_words, everything, interruptions, 42),
        ("term.end", PRACTICE, term_end_words, everything, term_ends, 44),
    ):
        growth_sources.register(f"people.{key}", GrowthSource((kind,), words, sees, entries, order=order))
    for number, field in enumerate(PARTY_STEPS):
        source = GrowthSource((PARTY,), party_words(field), facts=party_step(field), order=32 + number)
        growth_sources.register(f"people.{field}", source)
    extension = GrowthSource((PARTY,), extension_words, facts=party_extension, order=39)
    growth_sources.register("people.party_extended_to", extension)


def everything(access: Access) -> str | None:
    """All of it for whoever reads the identity."""
    return EVERYTHING if _reads(access) else None


def terms_or_place(access: Access) -> str | None:
    """As `everything`; for a mentor the place alone."""
    return everything(access) or (PLACE if shows(access, "term") else None)


def arrivals(trainee: UUID, seen: str) -> Entries:
    """Reporting for duty, at the unit from which the first transfer led away."""
    left = Transfer.objects.standing().filter(trainee=OuterRef("pk")).order_by("effective_on", "created_at")
    unit = Coalesce(Subquery(left.values("from_unit__name")[:1]), F("home_unit__name"))
    found = Trainee.objects.filter(pk=trainee)
    return Entries(found, day="arrived_on", kind=POSTS, data={"unit": unit})


def arrival_words(row: Row, access: Access) -> Words:
    title = _("Reported for duty at %(unit)s") % {"unit": row.data["unit"]}
    return Words(title, url=_record(access, "facts"))


def transfers(trainee: UUID, seen: str) -> Entries:
    """Transfers and the departure."""
    data = {
        "kind": "kind",
        "from": "from_unit__name",
        "to": "to_unit__name",
        "destination": "destination",
        "document": "document_number",
    }
    found = Transfer.objects.standing().filter(trainee=trainee)
    return Entries(found, day="effective_on", kind=POSTS, data=data)


def transfer_words(row: Row, access: Access) -> Words:
    known, url = row.data, _record(access, "transfers")
    if known["kind"] == TransferKind.INTERNAL:
        title = _("Transferred from %(from)s to %(to)s") % {"from": known["from"], "to": known["to"]}
        return Words(title, by=known["document"], url=url)
    title = _("Left the programme: %(kind)s") % {"kind": TransferKind(known["kind"]).label}
    return Words(title, text=known["destination"], by=known["document"], url=url)


def posts(trainee: UUID, seen: str) -> Entries:
    """Posts and ranks from the day they are held."""
    data = {"post": "post", "rank": "rank", "grade": "post_grade", "document": "document_number"}
    found = PostRecord.objects.standing().filter(trainee=trainee)
    return Entries(found, day="started_on", kind=POSTS, data=data)


def post_words(row: Row, access: Access) -> Words:
    known = row.data
    rank = codes.label("rank", known["rank"]) if known["rank"] else known["grade"]
    title = _("Post or rank: %(what)s") % {"what": joined(part for part in (known["post"], rank) if part)}
    return Words(title, by=known["document"], url=_record(access, "posts"))


def term_starts(trainee: UUID, seen: str) -> Entries:
    """The first day in the village; for a mentor where and since when, of the term that runs."""
    found = VillageTerm.objects.standing().filter(trainee=trainee)
    data = {"village": "village__name"}
    if seen == EVERYTHING:
        data |= {"role": "role", "months": "months", "document": "document_number"}
    else:
        found = found.filter(ended_on=None)
    return Entries(found, day="started_on", kind=PRACTICE, data=data)


def term_start_words(row: Row, access: Access) -> Words:
    known = row.data
    if "role" not in known:
        return Words(_("Went to %(village)s for the village term") % known)
    title = _("Went to %(village)s for the village term as %(role)s")
    months = ngettext("Length: %(months)d month", "Length: %(months)d months", known["months"]) % known
    names = {"village": known["village"], "role": TermRole(known["role"]).label}
    return Words(title % names, text=months, by=known["document"], url=_record(access, "terms"))


def term_ends(trainee: UUID, seen: str) -> Entries:
    """The last day of a village term that is over."""
    data = {"village": "village__name", "early": "is_cut_short"}
    found = VillageTerm.objects.standing().filter(trainee=trainee).exclude(ended_on=None)
    return Entries(found, day="ended_on", kind=PRACTICE, data=data, at="updated_at")


def term_end_words(row: Row, access: Access) -> Words:
    early = _("Village term in %(village)s ended early")
    title = early if row.data["early"] else _("Village term in %(village)s completed")
    return Words(title % row.data, url=_record(access, "terms"))


def interruptions(trainee: UUID, seen: str) -> Entries:
    """Days on which a village term stood still, from the first one."""
    data = {"until": "ended_on", "reason": "reason", "document": "document_number"}
    found = Interruption.objects.standing().filter(term__trainee=trainee, term__voided_at=None)
    return Entries(found, day="started_on", kind=PRACTICE, data=data)


def gap_words(row: Row, access: Access) -> Words:
    known = row.data
    title = _("Village term interrupted: %(reason)s") % known
    until = date.fromisoformat(known["until"]) if known["until"] else None
    last = _("until %(day)s") % {"day": formats.date_format(until)} if until else _("not ended")
    return Words(title, text=last, by=known["document"], url=_record(access, "terms"))


def party_extension(trainee: Trainee, access: Access) -> list[Fact]:
    """延长预备期, on the day on which the probation would have ended."""
    joined_on, extended_to = trainee.person.party_joined_on, trainee.person.party_extended_to
    if joined_on is None or extended_to is None or not _reads(access):
        return []
    day = add_years(joined_on, 1)
    return [Fact(day, PARTY, {"until": extended_to.isoformat()})] if day <= timezone.localdate() else []


def extension_words(row: Row, access: Access) -> Words:
    until = formats.date_format(date.fromisoformat(row.data["until"]))
    title = _("Probation as a Party member extended until %(day)s") % {"day": until}
    return Words(title, url=_record(access, "party"))


def party_step(field: str) -> Callable[[Trainee, Access], list[Fact]]:
    """A step of the way into the Party, on its day."""

    def facts(trainee: Trainee, access: Access) -> list[Fact]:
        day = getattr(trainee.person, field) if _reads(access) else None
        return [Fact(day, PARTY, {})] if day is not None else []

    return facts


def party_words(field: str) -> Callable[[Row, Access], Words]:
    return lambda row, access: Words(str(PARTY_STEPS[field]), url=_record(access, "party"))


def _reads(access: Access) -> bool:
    return access.reads(*BUSINESS_ROLES)


def _record(access: Access, section: str) -> str:
    return f"{_record_page(access.trainee)}#{section}" if _reads(access) else ""


@lru_cache(maxsize=256)
def _record_page(trainee: UUID) -> str:
    return reverse("people:trainee_detail", kwargs={"pk": trainee})
