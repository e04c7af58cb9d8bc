"""The talk, problem, occasion or file that a page is about, and the two kinds of pages that most of them are."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cadre_app.care import permissions
from cadre_app.care.models import Problem, Talk, TalkTrigger
from cadre_app.care.views.meeting_pages import VISIT_RELATED, meeting_form
from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.people.models import Trainee
from cadre_app.people.views.files import require_edit, visible_trainee

RELATED = ("trainee__person", "trainee__home_unit", "interviewer", "recorded_by", "trigger")
OF_PROBLEM = (
    "trainee__person",
    "symposium__unit",
    *(f"talk__{name}" for name in RELATED),
    *(f"visit__{name}" for name in VISIT_RELATED),
)
TEXTS_OF_PROBLEM = ("talk__content", "talk__response", "symposium__note", "visit__note")


def visible_talk(request: UserRequest, pk: UUID) -> Talk:
    """A talk that one sees at all, without its texts; 404 where it is out of sight."""
    found = Talk.objects.visible_to(request.user).without_texts().select_related(*RELATED)
    return get_object_or_404(found, pk=pk)


def changeable_talk(request: UserRequest, pk: UUID) -> Talk:
    """A standing talk that one may change; where only the file is closed, 403 says so."""
    talk = visible_talk(request, pk)
    _require_open(request, talk.trainee)
    require(permissions.can_change(request.user, talk))
    return talk


def changeable_problem(request: UserRequest, pk: UUID, *, voided: bool = False) -> Problem:
    """A problem whose source one may change; 404 where it is out of sight."""
    found = Problem.objects.visible_to(request.user).filter(voided_at__isnull=not voided)
    problem = get_object_or_404(found.select_related(*OF_PROBLEM).defer(*TEXTS_OF_PROBLEM), pk=pk)
    if problem.symposium is None and problem.trainee is not None:
        _require_open(request, problem.trainee)
    require(permissions.can_follow_up(request.user, problem))
    return problem


def problem_form(
    request: UserRequest, problem: Problem, form: BaseForm, service: Callable[..., Any], page: Page
) -> HttpResponse:
    """A page with one form about a problem; back on the talk, symposium or visit that it comes from."""
    source = problem.source
    if isinstance(source, Talk):
        return talk_form(request, source, form, service, page, problem)
    return meeting_form(request, source, form, service, page, problem)


def plannable_trainee(request: UserRequest, pk: UUID) -> Trainee:
    """A file for which one may plan talks; 403 as `changeable_talk`."""
    trainee = visible_trainee(request, pk)
    _require_open(request, trainee)
    require(permissions.can_plan(request.user, trainee))
    return trainee


def plannable_trigger(request: UserRequest, pk: UUID) -> TalkTrigger:
    """An occasion of a file for which one may plan talks."""
    found = TalkTrigger.objects.visible_to(request.user).standing()
    trigger = get_object_or_404(found.select_related("trainee__person", "trainee__home_unit"), pk=pk)
    _require_open(request, trigger.trainee)
    require(permissions.can_plan(request.user, trigger.trainee))
    return trigger


def talk_form(
    request: UserRequest, talk: Talk, form: BaseForm, service: Callable[..., Any], page: Page, *objects: Any
) -> HttpResponse:
    """A page with one form about a talk (or `objects` of it); back on the talk when it is done."""
    if submit(request, form, service, *(objects or (talk,))):
        messages.success(request, page.said)
        return redirect("care:talk_detail", pk=talk.pk)
    back = reverse("care:talk_detail", kwargs={"pk": talk.pk})
    return _shown(request, form, page, talk.trainee, back, talk=talk)


def file_form(
    request: UserRequest,
    trainee: Trainee,
    form: BaseForm,
    service: Callable[..., Any],
    page: Page,
    obj: Any = None,
    **extra: Any,
) -> HttpResponse:
    """A page with one form about somebody; on to the talk that it made, else to the list of people."""
    if done := submit(request, form, service, obj if obj is not None else trainee, **extra):
        messages.success(request, page.said)
        if isinstance(done.result, Talk):
            return redirect("care:talk_detail", pk=done.result.pk)
        return redirect("care:plan_list")
    return _shown(request, form, page, trainee, reverse("care:plan_list"))


def _shown(
    request: UserRequest, form: BaseForm, page: Page, trainee: Trainee, back: str, talk: Talk | None = None
) -> HttpResponse:
    template = "care/confirm.html" if page.question else "care/form.html"
    context = {"form": form, "page": page, "trainee": trainee, "talk": talk, "back": back}
    return render(request, template, context | page.extra)


def _require_open(request: UserRequest, trainee: Trainee) -> None:
    """Where the file was closed the page says so; who may not change it anyway is told nothing more than before."""
    if trainee.is_read_only and permissions.works_on(request.user, trainee):
        require_edit(request, trainee)
