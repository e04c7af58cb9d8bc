"""The reviewer's pages: the results to score, one result with its form, handing in and taking back; also on the phone."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.accounts.models import User
from cadre_app.assignments.competition_page import lines_of
from cadre_app.assignments.forms.competitions import HandInForm, ScoreForm
from cadre_app.assignments.models import (
    CompetitionCriterion,
    CompetitionEntry,
    CompetitionMember,
    CompetitionReviewer,
    CompetitionScore,
    CompetitionState,
)
from cadre_app.assignments.models.choices import SCORED
from cadre_app.assignments.permissions import competitions as permissions
from cadre_app.assignments.services import competition_scores as services
from cadre_app.assignments.services.competition_entries import EVIDENCE
from cadre_app.assignments.views.research_pages import Act, form_page
from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.files.models import StoredFile

HAND_IN = Act(
    gettext_lazy("Hand in the scores"), gettext_lazy("Your scores are handed in. Thank you."), services.hand_in_scores,
    HandInForm, gettext_lazy("Hand in your scores?"),
    gettext_lazy("All results at once. You can take them back until the review is closed."),
)  # fmt: skip
TAKE_BACK = Act(
    gettext_lazy("Take the scores back"), gettext_lazy("You can change your scores again."), services.take_scores_back,
    ChangeForm, gettext_lazy("Take your scores back?"), gettext_lazy("What you gave stays; hand in again afterwards."),
)  # fmt: skip


@dataclass(frozen=True)
class Scored:
    """One result of a sheet; `is_changed`: what was given to it no longer counts, as the result was changed."""

    entry: CompetitionEntry
    scores: list[tuple[CompetitionCriterion, CompetitionScore | None]]
    is_changed: bool


@require_GET
def scoring_sheet(request: UserRequest, pk: UUID) -> HttpResponse:
    """All results with what one gave, what is left, and handing in; afterwards what one gave."""
    reviewer = _sheet_of(request, pk)
    require(permissions.can_open_sheet(request.user, reviewer))
    competition = reviewer.competition
    criteria = _criteria(request.user, reviewer)
    given: dict[Any, dict[Any, CompetitionScore]] = {}
    changed = set()
    for score in CompetitionScore.objects.visible_to(request.user).filter(reviewer=reviewer):
        if score.is_voided:
            changed.add(score.entry_id)
        else:
            given.setdefault(score.entry_id, {})[score.criterion_id] = score
    lines = [
        Scored(
            line.entry,
            [(one, given.get(line.entry.pk, {}).get(one.pk)) for one in criteria],
            is_changed=line.entry.pk in changed and line.entry.pk not in given,
        )
        for line in lines_of(request.user, competition)
        if line.mark[0] == "ok"
    ]
    left = sum(any(score is None for _one, score in line.scores) for line in lines)
    is_barred = reviewer.competition.state == CompetitionState.REVIEW and permissions.is_barred(reviewer)
    context = {
        "reviewer": reviewer,
        "competition": competition,
        "criteria": criteria,
        "lines": lines,
        "left": left,
        "is_barred": is_barred,
        "is_scored": competition.state == CompetitionState.REVIEW and not is_barred,
        "is_open": reviewer.handed_in_at is None,
    }
    return render(request, "assignments/competition_sheet.html", context)


@require_http_methods(["GET", "POST"])
def score_write(request: UserRequest, pk: UUID, entry: UUID) -> HttpResponse:
    """One result: what was done, its evidence, and the form by criterion; then the next one that is left."""
    reviewer = _own(request, pk)
    rows = CompetitionEntry.objects.visible_to(request.user).verified().filter(competition=reviewer.competition)
    result: CompetitionEntry = get_object_or_404(rows.select_related("front", "unit"), pk=entry)
    criteria = _criteria(request.user, reviewer)
    scores = CompetitionScore.objects.visible_to(request.user).standing().filter(reviewer=reviewer, entry=result)
    given = {score.criterion_id: score for score in scores}
    form = ScoreForm(request.POST or None, instance=reviewer, criteria=criteria, given=given)
    if submit(request, form, services.score_result, reviewer, result):
        messages.success(request, _("The scores of “%(name)s” are kept.") % {"name": str(result)})
        return redirect(_next(reviewer))
    members = CompetitionMember.objects.visible_to(request.user).standing().filter(team=result)
    context = {
        "reviewer": reviewer,
        "competition": reviewer.competition,
        "result": result,
        "members": list(members.select_related("trainee__person", "trainee__home_unit").order_by("created_at", "pk")),
        "files": StoredFile.objects.of(EVIDENCE, [result.pk]),
        "form": form,
        "is_open": reviewer.handed_in_at is None,
        "back": _sheet(reviewer),
    }
    return render(request, "assignments/competition_score.html", context)


@require_http_methods(["GET", "POST"])
def scores_hand_in(request: UserRequest, pk: UUID) -> HttpResponse:
    """With the declaration that there is no conflict."""
    return _of_sheet(request, pk, HAND_IN)


@require_http_methods(["GET", "POST"])
def scores_take_back(request: UserRequest, pk: UUID) -> HttpResponse:
    return _of_sheet(request, pk, TAKE_BACK)


def _of_sheet(request: UserRequest, pk: UUID, act: Act) -> HttpResponse:
    reviewer = _own(request, pk)
    form = act.form(request.POST or None, instance=reviewer)
    return form_page(request, form, act, reviewer, back=_sheet(reviewer), sub=reviewer.competition.title)


def _own(request: UserRequest, pk: UUID) -> CompetitionReviewer:
    """One's own sheet while one scores."""
    reviewer = _sheet_of(request, pk)
    require(permissions.can_score_results(request.user, reviewer))
    return reviewer


def _sheet_of(request: UserRequest, pk: UUID) -> CompetitionReviewer:
    """A sheet that one sees; whoever follows the comparison from above sees that there is one and does not open it."""
    rows = CompetitionReviewer.objects.visible_to(request.user).standing().filter(competition__state__in=SCORED)
    reviewer: CompetitionReviewer = get_object_or_404(rows.select_related("competition__unit", "person"), pk=pk)
    return reviewer


def _criteria(user: User, reviewer: CompetitionReviewer) -> list[CompetitionCriterion]:
    rows = CompetitionCriterion.objects.visible_to(user).standing().filter(competition=reviewer.competition)
    return list(rows.order_by("order", "pk"))


def _sheet(reviewer: CompetitionReviewer) -> str:
    return reverse("assignments:scoring_sheet", kwargs={"pk": reviewer.pk})


def _next(reviewer: CompetitionReviewer) -> str:
    """The next result that is not scored; the sheet when all are."""
    left = services.left_to_score(reviewer, reviewer.competition)
    if not left:
        return _sheet(reviewer)
    return reverse("assignments:score_write", kwargs={"pk": reviewer.pk, "entry": left[0].pk})
