"""简历 The derived lines beside the kept ones; whoever changes or proposes writes below them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.people import permissions
from cadre_app.people.access import roles_on
from cadre_app.people.file.resumes import Compared, compared_resume
from cadre_app.people.forms.sections import ResumeForm
from cadre_app.people.models import Proposal, Trainee
from cadre_app.people.services import persons, proposals
from cadre_app.people.services.openings import record_opening
from cadre_app.people.views.files import require_edit, require_propose, visible_trainee

SECTION = "resume"
TAKE = "take"


@require_http_methods(["GET", "POST"])
def resume(request: UserRequest, pk: UUID) -> HttpResponse:
    """Staff save what stands in the field, the trainee and the liaison propose it; others read."""
    trainee = visible_trainee(request, pk)
    require(permissions.can_read_identity(request.user, trainee))
    record_opening(trainee, actor=request.user, ties=roles_on(request.user, trainee))
    proposes = permissions.is_proposer(request.user, trainee)
    if request.method == "POST":
        (require_propose if proposes else require_edit)(request, trainee)
    found = compared_resume(request.user, trainee)
    waiting = _waiting(request, trainee)
    form = _form(request, trainee, found, proposes=proposes)
    if request.method == "GET" and proposes and any(one.proposed_by_id == request.user.pk for one in waiting):
        form = None
    if form is not None and _sent(request, form, trainee, proposes=proposes):
        return redirect("people:resume", pk=trainee.pk)
    context: dict[str, Any] = {"trainee": trainee, "compared": found, "form": form, "proposes": proposes}
    context["proposals"] = waiting
    return render(request, "people/resume.html", context)


def _waiting(request: UserRequest, trainee: Trainee) -> list[Proposal]:
    """What was proposed for the résumé and not answered, as far as this reader sees it."""
    rows = Proposal.objects.visible_to(request.user).waiting().filter(trainee=trainee, section=SECTION)
    return list(rows.select_related("proposed_by"))


def _form(request: UserRequest, trainee: Trainee, found: Compared, *, proposes: bool) -> ResumeForm | None:
    """The kept text to go on with, or the derived one; none for who only reads."""
    user = request.user
    may_write = permissions.can_propose(user, trainee) if proposes else permissions.can_edit(user, trainee)
    if request.method != "POST" and not may_write:
        return None
    initial = {SECTION: found.text} if TAKE in request.GET else {}
    return ResumeForm(request.POST or None, instance=trainee.person, initial=initial, proposing=proposes)


def _sent(request: UserRequest, form: ResumeForm, trainee: Trainee, *, proposes: bool) -> bool:
    if proposes:
        if submit(request, form, _propose, trainee) is None:
            return False
        messages.success(request, _("The proposal was sent. Department staff will answer it."))
    else:
        if submit(request, form, persons.change_resume, trainee.person) is None:
            return False
        messages.success(request, _("The change was saved."))
    return True


def _propose(trainee: Trainee, *, resume: str, reason: str, version: int | None = None, actor: Any) -> Any:
    return proposals.propose_change(
        trainee, section=SECTION, values={SECTION: resume}, reason=reason, version=version, actor=actor
    )
