"""Sections of the person page: staff change them, the trainee and the unit's liaison propose."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.people import permissions
from cadre_app.people.forms.parts import ProposedEducationForm
from cadre_app.people.forms.sections import FORMS
from cadre_app.people.models import Proposal, Trainee
from cadre_app.people.services import proposals
from cadre_app.people.services.proposals import CHANGES, EDUCATION, SECTIONS
from cadre_app.people.views.files import back_to, require_edit, require_propose, visible_trainee


@require_http_methods(["GET", "POST"])
def section_edit(request: UserRequest, pk: UUID, section: str) -> HttpResponse:
    """One section, changed at once by staff."""
    trainee = _file(request, pk, section, FORMS)
    require_edit(request, trainee)
    form = FORMS[section](request.POST or None, instance=trainee.person)
    if submit(request, form, CHANGES[section], trainee.person):
        messages.success(request, _("The change was saved."))
        return back_to(trainee, section)
    return render(request, "people/section_edit.html", _context(form, trainee, section))


@require_http_methods(["GET", "POST"])
def section_propose(request: UserRequest, pk: UUID, section: str) -> HttpResponse:
    """The same form, kept as a proposal until staff answer."""
    trainee = _file(request, pk, section, SECTIONS)
    require_propose(request, trainee)
    form = (
        ProposedEducationForm(request.POST or None)
        if section == EDUCATION
        else FORMS[section](
            request.POST or None,
            instance=trainee.person,
            proposing=True,
            sees_numbers=permissions.can_reveal(request.user, trainee),
        )
    )
    if submit(request, form, _propose, trainee, section=section):
        messages.success(request, _("The proposal was sent. Department staff will answer it."))
        return back_to(trainee, section)
    return render(request, "people/section_propose.html", _context(form, trainee, section))


def _propose(trainee: Trainee, *, section: str, reason: str = "", version: int | None = None, **given: Any) -> Proposal:
    actor = given.pop("actor")
    return proposals.propose_change(trainee, section=section, values=given, reason=reason, version=version, actor=actor)


def _file(request: UserRequest, pk: UUID, section: str, known: dict[str, Any]) -> Trainee:
    if section not in known:
        raise Http404
    return visible_trainee(request, pk)


def _context(form: Any, trainee: Trainee, section: str) -> dict[str, Any]:
    return {"form": form, "trainee": trainee, "section": section, "label": SECTIONS[section]}
