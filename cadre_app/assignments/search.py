"""What the search finds of postings, for those who oversee them: by host, document or person."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.addresses import page_of
from cadre_app.assignments.permissions import board as permissions
from cadre_app.assignments.scope import postings_in_scope
from cadre_app.assignments.stretch_words import days_text, kind_with_level, stage_mark
from cadre_app.core.registries import Hit, SearchSource, search_sources

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    search_sources.register(
        "assignments.postings", SearchSource(_("Postings"), 64, permissions.can_see_board, find_postings)
    )


def find_postings(user: "User", text: str, limit: int) -> list[Hit]:
    """Standing postings in scope whose host or document number contains the text, the latest first."""
    hosts = Q(host_name__icontains=text) | Q(unit__name__icontains=text) | Q(document_number__icontains=text)
    rows = postings_in_scope(user).filter(hosts, voided_at=None).select_related("unit", "trainee__person")
    today = timezone.localdate()
    return [
        Hit(
            f"{one.trainee.person.name} · {one.host}",
            " · ".join((kind_with_level(one), days_text(one.started_on, one.covered_until), stage_mark(one, today)[1])),
            page_of("posting_detail", one.pk, one.trainee_id),
        )
        for one in rows.order_by("-started_on", "pk")[:limit]
    ]
