"""国情调研 The board by stage, one project with all that belongs to it, own research, and the first steps of a topic."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.assignments.filters.research import projects_of
from cadre_app.assignments.forms.research import EnteredTopicForm, PersonalForm, PlanForm, ProjectForm, TopicForm
from cadre_app.assignments.lists import research as lists
from cadre_app.assignments.models import (
    MentorReading,
    ProgressItem,
    ProjectKind,
    ProjectState,
    ReportRemark,
    ReportVersion,
    ResearchCall,
    ResearchMember,
    ResearchPrize,
    ResearchProject,
    ResearchReview,
)
from cadre_app.assignments.panels.research import own_research, steps_of
from cadre_app.assignments.permissions import reports as report_permissions
from cadre_app.assignments.permissions import research as permissions
from cadre_app.assignments.services import research as services
from cadre_app.assignments.services.report_reviews import points_of
from cadre_app.assignments.services.research_states import (
    DROPPABLE,
    PRIZE_GIVEN,
    REVIEWABLE,
    TEAM_CHANGES,
    TEAM_CORRECTIONS,
    WRITABLE,
    what_is_barred,
    why_not_reviewed,
)
from cadre_app.assignments.views.research_pages import Act, followed, form_page, tabs, visible_project
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.people.models import Trainee, VillageTerm
from cadre_app.people.models.persons import own_keys

EDIT = Act(gettext_lazy("Edit"), gettext_lazy("The topic was changed."), services.change_project, ProjectForm)
PLAN = Act(gettext_lazy("Research plan"), gettext_lazy("The plan is kept."), services.write_plan, PlanForm)


@require_GET
def research_board(request: UserRequest) -> HttpResponse:
    """Topics and personal reports in lanes by stage."""
    followed(request)
    found = projects_of(request.user, request.GET)
    prizes = (
        ResearchPrize.objects.visible_to(request.user).standing().filter(project__in=found.qs.order_by().values("pk"))
    )
    lanes = lists.lanes_of(found.qs)
    context = {
        "filter": found,
        "lanes": lanes,
        "total": sum(lane.count for lane in lanes),
        "prizes": list(prizes.select_related("project").order_by("-awarded_on", "pk")[: lists.CARDS]),
        "query": request.GET.urlencode(),
        "may_enter": permissions.can_plan_calls(request.user),
        **tabs("research_board"),
    }
    return render(request, page_or_fragment(request, "assignments/research_board.html"), context)


@require_GET
def research_list(request: UserRequest) -> HttpResponse:
    """The same as a table, with export."""
    followed(request)
    table, found = lists.project_table(request, request.user)
    may_enter = permissions.can_plan_calls(request.user)
    context = {"table": table, "filter": found, "may_enter": may_enter, **tabs("research_board")}
    return render(request, page_or_fragment(request, "assignments/research_list.html"), context)


@require_GET
def research_mine(request: UserRequest) -> HttpResponse:
    """我的调研 Own topics and reports, what is due, open calls."""
    if not permissions.can_propose(request.user):
        raise Http404
    return render(request, "assignments/research_mine.html", own_research(request.user))


@require_GET
def project_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """Team, plan, meetings, versions, reviews and prizes, as far as the reader sees them."""
    user, project = request.user, visible_project(request, pk)
    works = permissions.can_work_on(user, project)
    context = {
        "project": project,
        "mark": lists.mark_of(project),
        "due": lists.due_mark(project, timezone.localdate()),
        "is_personal": project.kind == ProjectKind.PERSONAL,
        "works": works,
        "follows": permissions.can_follow(user),
        "has_minutes": permissions.can_follow(user) or permissions.is_member(user, project),
        **_parts(user, project),
        "gone_prizes": _gone_prizes(user, project) if works else [],
        **_may(user, project, works=works),
        "steps": steps_of(project, reviewed=not why_not_reviewed(project)) if works else [],
        "entries": _entries(user, project),
    }
    return render(request, "assignments/research_detail.html", context)


@require_http_methods(["GET", "POST"])
def topic_new(request: UserRequest) -> HttpResponse:
    """A team topic: proposed by somebody in development, entered by staff."""
    user = request.user
    by_staff = permissions.can_plan_calls(user)
    if not by_staff and not permissions.can_propose(user):
        raise Http404
    calls = ResearchCall.objects.visible_to(user).standing()
    if by_staff:
        calls = calls.filter(is_open=True)
        form: TopicForm = EnteredTopicForm(request.POST or None, calls=calls, user=user)
        extra: dict[str, Any] = {"by_staff": True}
    else:
        calls = calls.filter(topics_until__gte=timezone.localdate())
        form = TopicForm(request.POST or None, calls=calls)
        extra = {"lead": get_object_or_404(Trainee, pk=own_keys(user)[1])}
    if done := submit(request, form, services.propose_topic, **extra):
        messages.success(request, _("The topic is proposed. The department decides whether it is taken up."))
        return redirect("assignments:project_detail", pk=done.result.pk)
    back = reverse("assignments:research_board" if by_staff else "assignments:research_mine")
    context = {"form": form, "has_calls": calls.exists(), "back": back, "by_staff": by_staff}
    return render(request, "assignments/research_topic.html", context)


@require_http_methods(["GET", "POST"])
def personal_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """Begin the personal report of a village term."""
    rows = VillageTerm.objects.visible_to(request.user).standing().select_related("trainee__person", "village")
    term: VillageTerm = get_object_or_404(rows, pk=pk)
    if not permissions.can_follow(request.user) and not permissions.can_propose(request.user):
        raise Http404
    require(permissions.can_start_report(request.user, term))
    calls = ResearchCall.objects.visible_to(request.user).standing().filter(is_open=True)
    form = PersonalForm(request.POST or None, calls=calls)
    if done := submit(request, form, services.start_personal, term):
        messages.success(request, _("The topic is proposed. The department decides whether it is taken up."))
        return redirect("assignments:project_detail", pk=done.result.pk)
    back = reverse("assignments:report_list" if permissions.can_follow(request.user) else "assignments:research_mine")
    act = Act(_("Research report of the village term"), "", services.start_personal, PersonalForm)
    sub = f"{term.trainee.person.name} · {term.village.name}"
    return render(request, "assignments/research_form.html", {"form": form, "page": act.page, "back": back, "sub": sub})


@require_http_methods(["GET", "POST"])
def project_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Another title or direction."""
    project = visible_project(request, pk)
    require(permissions.can_lead(request.user, project))
    form = ProjectForm(request.POST or None, instance=project)
    return form_page(request, form, EDIT, project, back=_page(pk), sub=project.title)


@require_http_methods(["GET", "POST"])
def project_plan(request: UserRequest, pk: UUID) -> HttpResponse:
    """开题 The plan, by the lead or by staff."""
    project = visible_project(request, pk)
    require(permissions.can_lead(request.user, project))
    form = PlanForm(request.POST or None, instance=project)
    return form_page(request, form, PLAN, project, back=_page(pk), sub=project.title)


def _page(pk: UUID) -> str:
    return reverse("assignments:project_detail", kwargs={"pk": pk})


def _parts(user: Any, project: ResearchProject) -> dict[str, Any]:
    """What belongs to the project, as far as `user` sees it; one query each."""
    members = (
        ResearchMember.objects.standing()
        .filter(project=project)
        .select_related("trainee__person", "trainee__home_unit")
    )
    readings = MentorReading.objects.visible_to(user).standing().filter(report__project=project)
    items = ProgressItem.objects.visible_to(user).standing().filter(project=project).select_related("meeting")
    versions = ReportVersion.objects.visible_to(user).standing().filter(project=project).select_related("handed_in_by")
    prizes = ResearchPrize.objects.visible_to(user).standing().filter(project=project)
    remarks = ReportRemark.objects.standing().filter(report__project=project).select_related("report", "said_by")
    return {
        "members": list(members.order_by("-is_lead", "joined_on", "created_at", "pk")),
        "versions": list(versions.defer("body").order_by("-number")),
        "readings": list(readings.select_related("mentor", "report").order_by("-report__number", "pk")),
        "remarks": list(remarks.order_by("-created_at", "pk")),
        "items": list(items.order_by("-meeting__held_on", "pk")),
        "prizes": list(prizes.order_by("-awarded_on", "pk")),
        **_reviews(user, project),
    }


def _gone_prizes(user: Any, project: ResearchProject) -> list[ResearchPrize]:
    """Prizes that were voided, for those who may restore them."""
    return list(
        ResearchPrize.objects.visible_to(user)
        .filter(project=project)
        .exclude(voided_at=None)
        .order_by("-awarded_on", "pk")
    )


def _reviews(user: Any, project: ResearchProject) -> dict[str, Any]:
    """All of them with names for those who oversee it; for the team what was released, without names."""
    names = permissions.oversees_it(user, project)
    if not report_permissions.reads_reviews(user, project):
        return {"reviews": [], "with_names": False, "barred": ""}
    rows = (
        ResearchReview.objects.standing()
        .filter(report__project=project)
        .select_related("reviewer", "report__project__call")
    )
    if not names:
        rows = rows.filter(report__number=project.versions_count, handed_in_at__isnull=False).impartial()
    ordered = list(rows.with_ties().order_by("-report__number", "created_at", "pk"))
    latest = [review for review in ordered if review.report.number == project.versions_count]
    return {
        "reviews": [(review, points_of(review)) for review in ordered],
        "with_names": names,
        "barred": what_is_barred(latest) if names else "",
    }


def _may(user: Any, project: ResearchProject, *, works: bool) -> dict[str, bool]:
    """What the reader can do beside the steps of staff."""
    stands = not project.is_voided
    leads = stands and (works or permissions.can_lead(user, project))
    writes = stands and (works or permissions.can_write(user, project))
    state = project.state
    return {
        "may_edit": leads and state in DROPPABLE,
        "may_plan": leads and state in (ProjectState.CALL, *WRITABLE),
        "may_change_team": leads and state in TEAM_CHANGES and project.kind == ProjectKind.TEAM,
        "may_correct_team": works and stands and state in TEAM_CORRECTIONS and project.kind == ProjectKind.TEAM,
        "may_hand_in": writes and state in WRITABLE,
        "may_name": works and stands and state in REVIEWABLE and project.versions_count > 0,
        "may_return": works and state == ProjectState.REVIEW and project.reviews_released_on is None,
        "may_award": works and stands and state in PRIZE_GIVEN and project.submitted_on is not None,
        "may_finish": leads,
        "may_read": report_permissions.can_read_for_mentee(user, project),
    }


def _entries(user: Any, project: ResearchProject) -> list[Entry] | None:
    """What was changed of it, its team, reviewers and prizes; for who follows it from above."""
    if not permissions.oversees_it(user, project):
        return None
    members = list(ResearchMember.objects.filter(project=project).select_related("trainee__person"))
    parts = [
        *ResearchReview.objects.filter(report__project=project).select_related("reviewer"),
        *ResearchPrize.objects.filter(project=project),
        *ReportRemark.objects.filter(report__project=project).select_related("report"),
    ]
    rows = Entry.objects.about_any([project, *members, *parts]).exclude(verb="assignments.researchproject.counted")
    entries: list[Entry] = rows.order_by("-at", "-id").told()
    names: dict[Any, str] = {each.pk: str(each) for each in parts}
    names |= {member.pk: member.trainee.person.name for member in members}
    for entry in entries:
        entry.subject = names.get(entry.object_id, "")
    return entries
