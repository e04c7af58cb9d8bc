"""The comparison that a page is about, and what may be chosen in its forms."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import Competition, CompetitionEntry, Front
from cadre_app.assignments.permissions import competitions as permissions
from cadre_app.assignments.scope import postings_in_scope
from cadre_app.assignments.services.competition_entries import posted_in_season
from cadre_app.assignments.views.posting_pages import SMALL_KINDS
from cadre_app.core.http import UserRequest, require
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User


def visible_competition(request: UserRequest, pk: UUID) -> Competition:
    """A comparison that one sees; a voided one for those who run it alone."""
    rows = Competition.objects.visible_to(request.user).select_related("unit", "set_by", "signed_by")
    found: Competition = get_object_or_404(rows, pk=pk)
    if found.is_voided and not permissions.can_run_competition(request.user, found):
        raise Http404
    return found


def run_competition(request: UserRequest, pk: UUID) -> Competition:
    """A comparison that one runs as staff; 403 for those who only see it."""
    found = visible_competition(request, pk)
    require(permissions.can_run_competition(request.user, found))
    return found


def page_url(competition: Competition, part: str = "") -> str:
    return reverse("assignments:competition_detail", kwargs={"pk": competition.pk}) + part


def holding_units(user: "User", present: Unit | None = None) -> "QuerySet[Unit]":
    """Open units of which one is staff, without villages; a present one stays although it closed."""
    rows = Unit.objects.standing().within(user.unit_ranges(*permissions.SETTERS)).open_on(timezone.localdate())
    rows = rows.exclude(kind__in=SMALL_KINDS)
    return rows if present is None else Unit.objects.filter(pk=present.pk) | rows


def team_units(user: "User", competition: Competition, present: Unit | None = None) -> "QuerySet[Unit]":
    """Units of staff and liaisons that worked on a day of the season, without villages."""
    rows = Unit.objects.standing().within(user.unit_ranges(*permissions.ENTERING))
    rows = rows.filter(opened_on__lte=competition.ended_on).exclude(closed_on__lte=competition.started_on)
    rows = rows.exclude(kind__in=SMALL_KINDS)
    return rows if present is None else Unit.objects.filter(pk=present.pk) | rows


def fronts_of(competition: Competition) -> "QuerySet[Front]":
    return Front.objects.standing().filter(key__in=competition.front_keys).order_by("order")


def offered_members(user: "User", competition: Competition, entry: CompetitionEntry | None = None) -> Any:
    """Who can be ticked, by front: posted to it in the season, in one's scope; and whoever is in the team already."""
    fronts = list(fronts_of(competition))
    rows = posted_in_season(competition, fronts).filter(pk__in=postings_in_scope(user).order_by().values("pk"))
    rows = rows.filter(trainee__departed_on=None, trainee__voided_at=None)
    rows = rows.select_related("trainee__person", "trainee__home_unit", "unit").order_by("trainee__file_number", "pk")
    found: dict[Any, dict[str, str]] = {front.pk: {} for front in fronts}
    for posting in rows:
        words = (posting.trainee.person.name, posting.trainee.home_unit.name, posting.host)
        found[posting.front_id].setdefault(str(posting.trainee_id), " · ".join(words))
    groups = [(str(front), list(found[front.pk].items())) for front in fronts if found[front.pk]]
    known = {key for people in found.values() for key in people}
    members = entry.members.standing().select_related("trainee__person", "trainee__home_unit") if entry else ()
    kept = [
        (str(row.trainee_id), f"{row.trainee.person.name} · {row.trainee.home_unit.name}")
        for row in members
        if str(row.trainee_id) not in known
    ]
    return [*groups, *([(_("In the team already"), kept)] if kept else [])]
