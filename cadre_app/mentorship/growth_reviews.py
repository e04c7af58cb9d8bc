"""What reviews give to the growth file: those that were signed off, with the conclusion for its readers."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre_app.core.growth import Access, Entries, GrowthSource, Row, Words, growth_sources
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.mentorship.growth_notes import KIND
from cadre_app.mentorship.models import PairingReview
from cadre_app.mentorship.note_columns import shortened
from cadre_app.people.models.persons import own_keys

LONGEST = 120


class Seen(NamedTuple):
    """With the conclusion or without; `mine`: of the viewer's own running pairing only."""

    texts: bool
    mine: UUID | None


def announce() -> None:
    """Called once, when the app is ready; growth_notes comes first, which announces the kind of entries."""
    growth_sources.register("mentorship.review", GrowthSource((KIND,), review_words, reviews_seen, reviews, order=64))


def reviews_seen(access: Access) -> Seen | None:
    """All of them, a liaison without the conclusion; a mentor those of the own pairing while it runs."""
    if access.reads(*BUSINESS_ROLES):
        return Seen(texts=access.reads(Role.STAFF, Role.LEADER), mine=None)
    mine = own_keys(access.user)[0] if access.relations else None
    return Seen(texts=True, mine=mine) if mine is not None else None


def reviews(trainee: UUID, seen: Seen) -> Entries:
    """Signed-off reviews of every standing pairing of the file."""
    rows = PairingReview.objects.signed_off().filter(pairing__trainee=trainee, pairing__voided_at=None)
    if seen.mine is not None:
        rows = rows.filter(pairing__mentor=seen.mine, pairing__ended_on=None)
    data: dict[str, Any] = {"mentor": "pairing__mentor__name", "final": "is_final"}
    if seen.texts:
        data["conclusion"] = "conclusion"
    return Entries(rows, day=TruncDate("signed_off_at"), kind=KIND, data=data, at="signed_off_at")


def review_words(row: Row, access: Access) -> Words:
    known = row.data
    title = (
        _("Final pairing review signed off, pairing completed")
        if known["final"]
        else _("Half-year pairing review signed off")
    )
    url = reverse("mentorship:review_detail", kwargs={"pk": row.id})
    return Words(title, text=shortened(known.get("conclusion", ""), LONGEST), by=known["mentor"], url=url)
