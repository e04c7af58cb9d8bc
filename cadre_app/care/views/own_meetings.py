"""What somebody in development sees of symposiums and visits: the own invitations, the shared minutes, the own visits."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cadre_app.care import permissions
from cadre_app.care.forms.symposiums import AnswerForm
from cadre_app.care.models import CareVisit, Invitation, Remark, Symposium
from cadre_app.care.wording import problem_mark
from cadre_app.care.wording_meetings import presence_mark, speaker_text, symposium_mark, time_text, visit_mark
from cadre_app.core.http import UserRequest

AT_MOST = 100


def own_symposiums(request: UserRequest) -> HttpResponse:
    """The own invitations, the latest first; 404 for whoever has no file."""
    if not permissions.can_ask(request.user):
        raise Http404
    rows = _own(request).order_by("-symposium__day", "pk")[:AT_MOST]
    seen = [
        (one.symposium, time_text(one.symposium), symposium_mark(one.symposium), presence_mark(one)) for one in rows
    ]
    return render(request, "care/symposium_own_list.html", {"seen": seen, "shown": "symposiums"})


def own_symposium(request: UserRequest, symposium: Symposium) -> HttpResponse:
    """One own invitation: no other name of the list, no guest, nothing of the department; minutes once it took place."""
    invitation = _own(request).filter(symposium=symposium).first()
    if invitation is None:
        raise Http404
    remarks: list[Any] = []
    if symposium.has_taken_place:
        found = Remark.objects.visible_to(request.user).standing().filter(symposium=symposium)
        remarks = list(found.select_related("trainee__person").order_by("created_at", "pk"))
    raised = symposium.problems.standing().filter(trainee=invitation.trainee).order_by("due_on", "pk")
    may_answer = permissions.can_answer(request.user, invitation)
    context = {
        "symposium": symposium,
        "invitation": invitation,
        "mark": symposium_mark(symposium),
        "own": presence_mark(invitation),
        "time": time_text(symposium),
        "may_answer": may_answer,
        "form": AnswerForm(instance=invitation) if may_answer else None,
        "answer_url": reverse("care:invitation_answer", kwargs={"pk": invitation.pk}),
        "remarks": [(one, speaker_text(one)) for one in remarks],
        "problems": [(one, problem_mark(one)) for one in raised],
    }
    return render(request, "care/symposium_own.html", context)


def own_visits(request: UserRequest) -> HttpResponse:
    """The own visits that were made, the latest first; 404 for whoever has no file."""
    if not permissions.can_ask(request.user):
        raise Http404
    found = CareVisit.objects.visible_to(request.user).without_texts().filter(trainee__person__account=request.user)
    rows = found.select_related("visitor").order_by("-held_on", "pk")[:AT_MOST]
    return render(
        request, "care/visit_own_list.html", {"seen": [(one, visit_mark(one)) for one in rows], "shown": "visits"}
    )


def own_visit(request: UserRequest, visit: CareVisit) -> HttpResponse:
    """One own visit with what was raised."""
    raised = visit.problems.standing().order_by("due_on", "pk")
    context = {"visit": visit, "mark": visit_mark(visit), "problems": [(one, problem_mark(one)) for one in raised]}
    return render(request, "care/visit_own.html", context)


def _own(request: UserRequest) -> Any:
    rows = Invitation.objects.visible_to(request.user).standing().filter(trainee__person__account=request.user)
    return rows.select_related("symposium", "trainee__person").defer("symposium__note")
