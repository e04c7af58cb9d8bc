"""What the search finds of postings, for those who oversee them, and of field research, for those who follow it."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.addresses import page_of
from cadre_app.assignments.lists.research import mark_of
from cadre_app.assignments.models import ReportVersion, ResearchProject
from cadre_app.assignments.models.research import members_seen
from cadre_app.assignments.permissions import board as permissions
from cadre_app.assignments.permissions import research
from cadre_app.assignments.scope import postings_in_scope
from cadre_app.assignments.stretch_words import days_text, kind_with_level, stage_mark
from cadre_app.core.registries import Hit, SearchSource, search_sources
from cadre_app.core.typed import contains

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    search_sources.register(
        "assignments.postings", SearchSource(_("Postings"), 64, permissions.can_see_board, find_postings)
    )
    search_sources.register(
        "assignments.research", SearchSource(_("Field research"), 66, research.can_follow, find_reports)
    )


def find_postings(user: "User", text: str, limit: int) -> list[Hit]:
    """Standing postings in scope whose host or document number contains the text, the latest first."""
    hosts = contains(text, "host_name", "unit__name", "document_number")
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


def find_reports(user: "User", text: str, limit: int) -> list[Hit]:
    """Standing topics and reports whose title, now or in an earlier version, contains the text; the latest first.

    What one only reviews has no page to open.
    """
    titles = ReportVersion.objects.standing().filter(contains(text, "title"))
    rows = ResearchProject.objects.visible_to(user).standing().filter(pk__in=members_seen(user).values("project"))
    rows = rows.filter(contains(text, "title") | Q(pk__in=titles.values("project"))).select_related("call")
    return [
        Hit(
            one.title,
            " · ".join(str(part) for part in (one.get_kind_display(), one.call, mark_of(one)[1]) if part),
            reverse("assignments:project_detail", kwargs={"pk": one.pk}),
        )
        for one in rows.order_by("-created_at", "pk")[:limit]
    ]
