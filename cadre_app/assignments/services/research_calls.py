"""征集 Calls for research topics: planned with directions and criteria, opened, changed, closed."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.assignments.models import ResearchCall, ResearchProject, ResearchReview
from cadre_app.assignments.services.research_states import due_of
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
MOST_DIRECTIONS, LONGEST_DIRECTION = 30, 40
MOST_CRITERIA, LONGEST_CRITERION = 10, 20
ALL_POINTS = 100


@transaction.atomic
def create_call(
    *, title: str, directions: Sequence[str], criteria: Sequence[tuple[str, int]], actor: "User", **values: Any
) -> ResearchCall:
    """Plan a call: year, remark and the four days are in `values`. Raises ValidationError by field."""
    call = ResearchCall(title=title)
    with history.change(call, actor=actor, verb="assignments.researchcall.planned"):
        _fill(call, directions=directions, criteria=criteria, **values)
        call.save()
    return call


@transaction.atomic
def change_call(
    call: ResearchCall,
    *,
    title: str,
    directions: Sequence[str],
    criteria: Sequence[tuple[str, int]],
    version: int | None = None,
    actor: "User",
    **values: Any,
) -> ResearchCall:
    """Change a call; the reports that are being written follow its last day. Raises Stale, ValidationError by field."""
    call = _lock(call, version)
    before = call.criteria
    with history.change(call, actor=actor, verb="assignments.researchcall.changed"):
        call.title = title
        _fill(call, directions=directions, criteria=criteria, **values)
        if before != call.criteria and ResearchReview.objects.standing().filter(report__project__call=call).exists():
            raise refusal("criteria", _("Reviewers have these criteria already: they stay as they are."), code="used")
        call.save()
    _move_due_days(call, actor)
    return call


@transaction.atomic
def open_call(call: ResearchCall, *, version: int | None = None, actor: "User") -> ResearchCall:
    """征集 From now on topics are proposed. Raises Stale, ValidationError."""
    return _set_open(call, is_open=True, version=version, actor=actor)


@transaction.atomic
def close_call(call: ResearchCall, *, version: int | None = None, actor: "User") -> ResearchCall:
    """No more topics are proposed; what was proposed goes on. Raises Stale, ValidationError."""
    return _set_open(call, is_open=False, version=version, actor=actor)


@transaction.atomic
def void_call(call: ResearchCall, *, reason: str, version: int | None = None, actor: "User") -> ResearchCall:
    """Take back a call that was entered by mistake. Raises Stale; ValidationError once topics hang on it."""
    call = _lock(call, version)
    if call.projects.standing().exists():
        raise ValidationError(_("Topics belong to this call already. Close it instead."), code="has_topics")
    history.void(call, actor=actor, reason=reason)
    return ResearchCall.objects.get(pk=call.pk)


@transaction.atomic
def restore_call(call: ResearchCall, *, reason: str = "", version: int | None = None, actor: "User") -> ResearchCall:
    """Undo `void_call`. Raises Stale; ValidationError where the year has another call of this title by now."""
    call = ResearchCall.objects.lock(call.pk, version)
    if not call.is_voided:
        raise ValidationError(_("This call is not voided."), code="not_voided")
    history.restore(call, actor=actor, reason=reason)
    return ResearchCall.objects.get(pk=call.pk)


def _lock(call: ResearchCall, version: int | None) -> ResearchCall:
    call = ResearchCall.objects.lock(call.pk, version)
    if call.is_voided:
        raise ValidationError(_("This call is voided."), code="voided")
    return call


def _set_open(call: ResearchCall, *, is_open: bool, version: int | None, actor: "User") -> ResearchCall:
    call = _lock(call, version)
    verb = "assignments.researchcall.opened" if is_open else "assignments.researchcall.closed"
    with history.change(call, actor=actor, verb=verb):
        call.is_open = is_open
        call.save()
    return call


def _fill(
    call: ResearchCall,
    *,
    year: int,
    directions: Sequence[str],
    criteria: Sequence[tuple[str, int]],
    note: str = "",
    topics_until: date,
    drafts_until: date,
    reports_until: date,
    reviews_until: date,
) -> None:
    call.year, call.note = year, note
    call.directions = list(directions)
    call.criteria = [{"name": name, "points": points} for name, points in criteria]
    call.topics_until, call.drafts_until = topics_until, drafts_until
    call.reports_until, call.reviews_until = reports_until, reviews_until
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise refusal("year", _("Enter a year between 2000 and 2100."), code="year")
    _check_directions(call.directions)
    _check_criteria(criteria)
    clean(call)


def _check_directions(directions: Sequence[str]) -> None:
    if not directions:
        raise refusal("directions", _("Name at least one direction."), code="none")
    if len(directions) > MOST_DIRECTIONS or any(len(name) > LONGEST_DIRECTION for name in directions):
        raise refusal("directions", _("30 directions at most, each of 40 characters at most."), code="too_many")
    if len(set(directions)) < len(directions):
        raise refusal("directions", _("A direction stands here twice."), code="twice")


def _check_criteria(criteria: Sequence[tuple[str, int]]) -> None:
    names = [name for name, _points in criteria]
    if not names or len(names) > MOST_CRITERIA or any(not 0 < len(name) <= LONGEST_CRITERION for name in names):
        raise refusal("criteria", _("One to ten criteria, each with a name of 20 characters at most."), code="names")
    if len(set(names)) < len(names):
        raise refusal("criteria", _("A criterion stands here twice."), code="twice")
    points = [number for _name, number in criteria]
    if empty := next((name for name, number in criteria if number < 1), None):
        message = _("“%(name)s” has no points: give it one at least, or leave it out.") % {"name": empty}
        raise refusal("criteria", message, code="no_points")
    if sum(points) != ALL_POINTS:
        message = _("The points of the criteria are 100 together; these are %(sum)s.") % {"sum": sum(points)}
        raise refusal("criteria", message, code="sum")


def _move_due_days(call: ResearchCall, actor: "User") -> None:
    projects = list(
        ResearchProject.objects.open().filter(call=call).select_related("term").select_for_update(of=("self",))
    )
    with history.changes_many(projects, actor=actor, verb="assignments.researchproject.due_moved"):
        for project in projects:
            project.due_on = due_of(call, project.term)
        ResearchProject.objects.bulk_update(projects, ["due_on"])
