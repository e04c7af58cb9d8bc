"""The research project that a page is about, and the pages that are one form or one question."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadre_app.assignments.models import ResearchProject
from cadre_app.assignments.permissions import research as permissions
from cadre_app.assignments.tabs import research_tabs
from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.core.forms import ChangeForm

    Text = _StrPromise | str


MOST_VOIDED = 20


@dataclass(frozen=True)
class Act:
    """One step: its service, the form that asks for it, and what its page says. Without `question` it is a form page,
    whose button says `button`, or that it saves.
    """

    label: "Text"
    said: "Text"
    service: Callable[..., Any]
    form: "type[ChangeForm]"
    question: "Text" = ""
    consequence: "Text" = ""
    danger: bool = False
    button: "Text" = ""

    @property
    def page(self) -> Page:
        return Page(
            str(self.label), str(self.said), str(self.label if self.question else self.button), question=str(self.question),
            consequence=str(self.consequence), danger=self.danger,
        )  # fmt: skip


def visible_project(request: UserRequest, pk: UUID) -> ResearchProject:
    """A project that one sees; 404 where it is out of sight, 403 for those who only review it."""
    rows = ResearchProject.objects.visible_to(request.user).select_related("call", "term__village", "term__trainee")
    project: ResearchProject = get_object_or_404(rows, pk=pk)
    require(permissions.can_open(request.user, project))
    if project.is_voided and not permissions.oversees_it(request.user, project):
        raise Http404
    return project


def workable_project(request: UserRequest, pk: UUID) -> ResearchProject:
    """A project that one works on as staff."""
    project = visible_project(request, pk)
    require(permissions.can_work_on(request.user, project))
    return project


def followed(request: UserRequest) -> None:
    """The lists are for staff and leaders; nobody else learns that there are any."""
    if not permissions.can_follow(request.user):
        raise Http404


def planned(request: UserRequest) -> None:
    """As `followed`; 403 for those who only read."""
    followed(request)
    require(permissions.can_plan_calls(request.user))


def form_page(
    request: UserRequest, form: BaseForm, act: Act, *objects: Any, back: str, sub: str = "", **extra: Any
) -> HttpResponse:
    """A page with one form or question about `objects`; on to `back` when it is done."""
    page = act.page
    if submit(request, form, act.service, *objects, **extra):
        messages.success(request, page.said)
        return redirect(back)
    template = "assignments/research_confirm.html" if page.question else "assignments/research_form.html"
    return render(request, template, {"form": form, "page": page, "back": back, "sub": sub})


def voided(rows: Any) -> list[Any]:
    """What can be restored, the last that was voided first; not more than one looks through."""
    return list(rows.exclude(voided_at=None).order_by("-voided_at", "pk")[:MOST_VOIDED])


def tabs(current: str) -> dict[str, Any]:
    """The chips of field research, on the tab of `current`."""
    return {"tabs": research_tabs(f"assignments:{current}")}
