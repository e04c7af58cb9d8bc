"""What the outcome register gives to the growth file: results that are signed off, for business roles and the own file."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cadre_app.advancement.models import Outcome, OutcomeKind, OutcomeState
from cadre_app.core.growth import Access, Entries, GrowthKind, GrowthSource, Row, Words, growth_kinds, growth_sources
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import PostRecord

KIND = "outcome"


def announce() -> None:
    """Called once, when the app is ready."""
    growth_kinds.register(KIND, GrowthKind(pgettext_lazy("growth file", "Outcomes"), "flag", 65, tone="o"))
    growth_sources.register(
        "advancement.outcome", GrowthSource((KIND,), outcome_words, outcomes_seen, outcomes, order=32)
    )


def outcomes_seen(access: Access) -> bool | None:
    """Business roles and the own file."""
    return True if access.reads(*BUSINESS_ROLES) else None


def outcomes(trainee: UUID, seen: bool) -> Entries:
    """Signed off, by the day they took effect."""
    data: dict[str, Any] = {
        "kind": "kind",
        "unit": "unit__name",
        "post": "post",
        "rank": "rank",
        "grade": "post_grade",
        "document": "document_number",
        "published": "published_on",
    }
    rows = Outcome.objects.in_file().filter(trainee=trainee)
    return Entries(rows, day="effective_on", kind=KIND, data=data, status=F("state"))


def outcome_words(row: Row, access: Access) -> Words:
    known = row.data
    place = f"{known['unit'] or ''} {known['post']}".strip()
    rank = PostRecord.word_of("rank", known["rank"]) if known["rank"] else known["grade"]
    published = parse_date(known["published"])
    day = _("announced on %(day)s") % {"day": formats.date_format(published)} if published is not None else ""
    return Words(
        str(OutcomeKind(known["kind"]).label),
        text=" · ".join(part for part in (place, rank, day) if part),
        by=known["document"],
        state="ok",
        label=str(OutcomeState(row.status).label),
        url=reverse("advancement:outcome_detail", kwargs={"pk": row.id}),
    )
