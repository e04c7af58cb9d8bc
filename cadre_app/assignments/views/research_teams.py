"""Who works on a topic: taken in, named with their part, leading, leaving."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cadre_app.assignments.forms.research import CorrectMembersForm, LeaveTeamForm, MembersForm, ShareForm
from cadre_app.assignments.models import ResearchMember, ResearchProject
from cadre_app.assignments.permissions import research as permissions
from cadre_app.assignments.services import research_teams as services
from cadre_app.assignments.services.research_states import TEAM_CORRECTIONS
from cadre_app.assignments.views.research_pages import Act, form_page, visible_project
from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.http import UserRequest, require

ADD = Act(_("Take people into the team"), _("The team was changed."), services.add_members, MembersForm)
CORRECT = Act(_("Correct the team"), _("The team was changed."), services.add_members, CorrectMembersForm)
ACTS = {
    "share": Act(_("Part of the work"), _("The team was changed."), services.change_share, ShareForm),
    "leave": Act(
        _("Has left the team"), _("The team was changed."), services.leave_team, LeaveTeamForm,
        _("Has this person left the team?"),
        _("The part of the work stays on record; with a part named, a prize of the report is theirs too."),
    ),
    "rejoin": Act(
        _("Back in the team"), _("The team was changed."), services.rejoin_team, ChangeForm,
        _("Is this person in the team again?"),
    ),
    "lead": Act(
        _("Lead the team"), _("The team has another lead."), services.make_lead, ChangeForm,
        _("Shall this person lead the team?"), _("Whoever led it stays in the team."),
    ),
    "remove": Act(
        _("Take out"), _("The team was changed."), services.remove_member, ReasonForm,
        _("Take this person out of the team?"),
        _("Only for somebody entered by mistake: nothing stays in their file."), danger=True,
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def member_add(request: UserRequest, pk: UUID) -> HttpResponse:
    """Names, one in a line; once the report is with reviewers staff correct the team, with a reason."""
    project = visible_project(request, pk)
    corrects = project.state in TEAM_CORRECTIONS
    require(_may_change(request, project))
    form = (CorrectMembersForm if corrects else MembersForm)(request.POST or None, instance=project)
    return form_page(request, form, CORRECT if corrects else ADD, project, back=_project(pk), sub=project.title)


@require_http_methods(["GET", "POST"])
def member_act(request: UserRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of ACTS."""
    if act not in ACTS:
        raise Http404
    rows = ResearchMember.objects.visible_to(request.user).standing().select_related("trainee__person")
    rows = rows.filter(project__voided_at=None).select_related("project")
    member: ResearchMember = get_object_or_404(rows, pk=pk)
    project = member.project
    require(_may_change(request, project))
    form = ACTS[act].form(request.POST or None, instance=member)
    sub = f"{member.trainee.person.name} · {project.title}"
    return form_page(request, form, ACTS[act], member, back=_project(project.pk), sub=sub)


def _may_change(request: UserRequest, project: ResearchProject) -> bool:
    """The lead's until the report goes to reviewers, then for staff alone."""
    if project.state in TEAM_CORRECTIONS:
        return permissions.can_work_on(request.user, project)
    return permissions.can_lead(request.user, project)


def _project(pk: UUID) -> str:
    return reverse("assignments:project_detail", kwargs={"pk": pk})
