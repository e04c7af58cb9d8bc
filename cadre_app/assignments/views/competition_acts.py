"""The course of a comparison and its reviewers: one page for each step, all of the same shape."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cadre_app.assignments.forms.competitions import CompetitionReviewersForm, MoveScoresForm, StartReviewForm
from cadre_app.assignments.models import CompetitionReviewer
from cadre_app.assignments.permissions import competitions as permissions
from cadre_app.assignments.policies import REVIEW_DAYS
from cadre_app.assignments.services import (
    competition_course,
    competition_reviewers,
    competition_scores,
    competitions,
)
from cadre_app.assignments.views.competition_pages import page_url, run_competition, visible_competition
from cadre_app.assignments.views.research_pages import Act, form_page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require

SIGNING = ("sign", "send-back")
ACTS = {
    "open": Act(
        _("Open for results"), _("The comparison is open: results can be entered."),
        competition_course.open_competition, ChangeForm, _("Open this comparison for results?"),
        _("Its criteria are locked from then on."),
    ),
    "review": Act(
        _("Give to the reviewers"), _("The reviewers score the results."), competition_course.start_review,
        StartReviewForm,
    ),
    "move": Act(
        _("Move the last day for scores"), _("The last day for scores was moved."), competition_course.move_scores_until,
        MoveScoresForm,
    ),
    "close": Act(
        _("Close the review"), _("The review is closed: a leader signs off."), competition_course.close_review,
        ChangeForm, _("Close the review of this comparison?"), _("Scores can no longer be changed; a leader signs off."),
    ),
    "sign": Act(
        _("Sign off"), _("The comparison is signed off: it can be published."),
        competition_course.sign_off_competition, ChangeForm, _("Sign off this comparison?"),
        _("The department can then publish it. It names no titles and puts nobody in order."),
    ),
    "send-back": Act(
        _("Send back"), _("The comparison went back to the reviewers."), competition_course.send_back_competition,
        ReasonForm, _("Send this comparison back?"), _("The department and the reviewers read why; every reviewer hands in again."),
    ),
    "publish": Act(
        _("Publish"), _("The comparison is published."), competition_course.publish_competition, ChangeForm,
        _("Publish this comparison?"),
        _("Whoever was posted to the fronts in the season, their mentors, their liaisons and the reviewers read averages by"
          " criterion. That they took part stands in the growth files, without points."),
    ),
    "back": Act(
        _("One step back"), _("The comparison is one step back."), competition_course.step_back_competition, ReasonForm,
        _("Take this comparison one step back?"),
        _("What was entered stays. A publication that is taken back disappears from the growth files and the bell too."),
    ),
    "cancel": Act(
        _("Cancel the comparison"), _("The comparison is cancelled."), competitions.cancel_competition, ReasonForm,
        _("Cancel this comparison?"), _("It stays readable and can be carried on later."), danger=True,
    ),
    "resume": Act(
        _("Carry on with the comparison"), _("The comparison stands where it stood."),
        competitions.resume_competition, RestoreForm, _("Carry on with this comparison?"),
    ),
    "void": Act(
        _("Void the comparison"), _("The comparison is voided."), competitions.void_competition, ReasonForm,
        _("Void this comparison?"), _("Only for what was entered by mistake; it can be restored."), danger=True,
    ),
    "restore": Act(
        _("Restore the comparison"), _("The comparison stands again."), competitions.restore_competition, RestoreForm,
        _("Restore this comparison?"),
    ),
}  # fmt: skip
NAME = Act(
    _("Name reviewers"), _("The reviewers are named."), competition_reviewers.name_reviewers, CompetitionReviewersForm
)
OF_REVIEWER = {
    "release": Act(
        _("Release the reviewer"), _("The reviewer was released."), competition_reviewers.release_reviewer, ReasonForm,
        _("Release this reviewer?"), _("What was given no longer counts."), danger=True,
    ),
    "return": Act(
        _("Return the scores"), _("The reviewer scores on."), competition_scores.return_scores, ReasonForm,
        _("Return the scores to this reviewer?"), _("The reviewer reads why, and what was given stays."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def competition_act(request: UserRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of ACTS: by staff; those of SIGNING by a leader."""
    if act not in ACTS:
        raise Http404
    competition = visible_competition(request, pk)
    if act in SIGNING:
        require(permissions.can_sign_competition(request.user, competition))
    else:
        require(permissions.can_run_competition(request.user, competition))
    step, more = ACTS[act], {}
    if act == "review":
        more["initial"] = {"scores_until": timezone.localdate() + timedelta(days=REVIEW_DAYS.now())}
    form = step.form(request.POST or None, instance=competition, **more)
    return form_page(request, form, step, competition, back=page_url(competition), sub=competition.title)


@require_http_methods(["GET", "POST"])
def reviewers_name(request: UserRequest, pk: UUID) -> HttpResponse:
    """Nobody of a team, no declared relative of a member."""
    competition = run_competition(request, pk)
    form = CompetitionReviewersForm(request.POST or None, instance=competition, user=request.user)
    back = page_url(competition, "#reviewers")
    return form_page(request, form, NAME, competition, back=back, sub=competition.title)


@require_http_methods(["GET", "POST"])
def reviewer_act(request: UserRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of OF_REVIEWER, by staff."""
    if act not in OF_REVIEWER:
        raise Http404
    rows = CompetitionReviewer.objects.visible_to(request.user).standing()
    rows = rows.select_related("competition__unit", "person")
    reviewer: Any = get_object_or_404(rows, pk=pk)
    require(permissions.can_run_competition(request.user, reviewer.competition))
    form = OF_REVIEWER[act].form(request.POST or None, instance=reviewer)
    back, sub = page_url(reviewer.competition, "#reviewers"), f"{reviewer.person.name} · {reviewer.competition.title}"
    return form_page(request, form, OF_REVIEWER[act], reviewer, back=back, sub=sub)
