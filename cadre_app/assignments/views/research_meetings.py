"""推进会 Progress meetings with their minutes and what was agreed for each report."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.assignments.forms.research import ItemForm, MeetingForm, NewItemForm
from cadre_app.assignments.models import ProgressItem, ProgressMeeting, ResearchCall, ResearchMember, ResearchProject
from cadre_app.assignments.permissions import research as permissions
from cadre_app.assignments.services import research_meetings as services
from cadre_app.assignments.views.research_pages import Act, followed, form_page, planned, tabs, voided
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit

PAGE = 20
NEW = Act(gettext_lazy("Record a progress meeting"), "", services.record_meeting, MeetingForm)
CHANGE = Act(
    gettext_lazy("Correct the minutes"),
    gettext_lazy("The minutes were corrected."),
    services.change_meeting,
    MeetingForm,
)
VOID = Act(
    gettext_lazy("Void the meeting"), gettext_lazy("The meeting is voided."), services.void_meeting, ReasonForm,
    gettext_lazy("Void this meeting with its items?"), danger=True,
)  # fmt: skip
ADD = Act(gettext_lazy("Add an item"), gettext_lazy("The item stands in the minutes."), services.add_item, NewItemForm)
RESTORE = Act(
    gettext_lazy("Restore the meeting"), gettext_lazy("The meeting stands again."), services.restore_meeting,
    RestoreForm, gettext_lazy("Restore this meeting?"), gettext_lazy("Its items come back with it."),
)  # fmt: skip
EDIT = Act(gettext_lazy("Correct the item"), gettext_lazy("The item was corrected."), services.change_item, ItemForm)
TAKE_OUT = Act(
    gettext_lazy("Take the item out"), gettext_lazy("The item was taken out of the minutes."), services.void_item,
    ReasonForm, gettext_lazy("Take this item out of the minutes?"), danger=True,
)  # fmt: skip

PUT_BACK = Act(
    gettext_lazy("Put the item back"), gettext_lazy("The item stands in the minutes again."), services.restore_item,
    RestoreForm, gettext_lazy("Put this item back into the minutes?"),
)  # fmt: skip


@require_GET
def meeting_list(request: UserRequest) -> HttpResponse:
    """The latest first."""
    followed(request)
    counted = Count("items", filter=Q(items__voided_at=None))
    rows = ProgressMeeting.objects.visible_to(request.user).standing().select_related("call").annotate(many=counted)
    page = Paginator(rows.order_by("-held_on", "pk"), PAGE).get_page(request.GET.get("page"))
    may_plan = permissions.can_plan_calls(request.user)
    gone = voided(ProgressMeeting.objects.visible_to(request.user)) if may_plan else []
    context = {"page": page, "gone": gone, "may_plan": may_plan, **tabs("meeting_list")}
    return render(request, "assignments/research_meetings.html", context)


@require_http_methods(["GET", "POST"])
def meeting_new(request: UserRequest) -> HttpResponse:
    """The minutes first, then an item for each report."""
    planned(request)
    form = MeetingForm(request.POST or None, calls=_calls(request))
    if done := submit(request, form, services.record_meeting):
        messages.success(request, _("The meeting is recorded. Now add what was agreed for each report."))
        return redirect("assignments:meeting_detail", pk=done.result.pk)
    context = {"form": form, "page": NEW.page, "back": reverse("assignments:meeting_list"), "sub": ""}
    return render(request, "assignments/research_form.html", context)


@require_GET
def meeting_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """The minutes, for those who follow research and for teams that were looked at; items of reports that one sees."""
    meeting = _meeting(request, pk)
    rows = ProgressItem.objects.visible_to(request.user).filter(meeting=meeting).select_related("project")
    mine = set(
        ResearchProject.objects.worked_on(request.user).filter(progress__meeting=meeting).values_list("pk", flat=True)
    )
    context = {
        "meeting": meeting,
        "items": [(item, item.project_id in mine) for item in rows.standing().order_by("created_at", "pk")],
        "gone": [item for item in voided(rows) if item.project_id in mine] if mine else [],
        "may_plan": permissions.can_plan_calls(request.user),
        "follows": permissions.can_follow(request.user),
    }
    return render(request, "assignments/research_meeting.html", context)


@require_http_methods(["GET", "POST"])
def meeting_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    planned(request)
    meeting = _meeting(request, pk)
    form = MeetingForm(request.POST or None, instance=meeting, calls=_calls(request))
    return form_page(request, form, CHANGE, meeting, back=_page(pk), sub=str(meeting))


@require_http_methods(["GET", "POST"])
def meeting_void(request: UserRequest, pk: UUID) -> HttpResponse:
    planned(request)
    meeting = _meeting(request, pk)
    form = ReasonForm(request.POST or None, instance=meeting)
    return form_page(request, form, VOID, meeting, back=reverse("assignments:meeting_list"), sub=str(meeting))


@require_http_methods(["GET", "POST"])
def meeting_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    planned(request)
    rows = ProgressMeeting.objects.visible_to(request.user).exclude(voided_at=None)
    meeting: ProgressMeeting = get_object_or_404(rows, pk=pk)
    form = RestoreForm(request.POST or None, instance=meeting)
    return form_page(request, form, RESTORE, meeting, back=_page(pk), sub=str(meeting))


@require_http_methods(["GET", "POST"])
def item_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """What was said of one report on which one works."""
    planned(request)
    meeting = _meeting(request, pk)
    rows = ResearchProject.objects.worked_on(request.user).open()
    rows = rows.exclude(progress__in=ProgressItem.objects.standing().filter(meeting=meeting))
    team = ResearchMember.objects.standing().filter(left_on=None).select_related("trainee__person")
    team = team.order_by("-is_lead", "joined_on", "created_at", "pk")
    rows = rows.prefetch_related(Prefetch("members", team, to_attr="team"))
    form = NewItemForm(request.POST or None, projects=rows.order_by("title", "pk"))
    return form_page(request, form, ADD, meeting, back=_page(pk), sub=str(meeting))


@require_http_methods(["GET", "POST"])
def item_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    item = _item(request, pk)
    form = ItemForm(request.POST or None, instance=item)
    return form_page(request, form, EDIT, item, back=_page(item.meeting_id), sub=item.project.title)


@require_http_methods(["GET", "POST"])
def item_void(request: UserRequest, pk: UUID) -> HttpResponse:
    item = _item(request, pk)
    form = ReasonForm(request.POST or None, instance=item)
    return form_page(request, form, TAKE_OUT, item, back=_page(item.meeting_id), sub=item.project.title)


@require_http_methods(["GET", "POST"])
def item_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    item = _item(request, pk, voided=True)
    form = RestoreForm(request.POST or None, instance=item)
    return form_page(request, form, PUT_BACK, item, back=_page(item.meeting_id), sub=item.project.title)


@require_POST
def item_done(request: UserRequest, pk: UUID) -> HttpResponse:
    """The step is done, or is not after all."""
    rows = ProgressItem.objects.visible_to(request.user).standing().select_related("project", "meeting")
    item: ProgressItem = get_object_or_404(rows, pk=pk)
    require(permissions.can_finish(request.user, item))
    if submit(request, ChangeForm(request.POST), services.finish_step, item):
        messages.success(request, _("The step was recorded."))
    return redirect("assignments:project_detail", pk=item.project_id)


def _meeting(request: UserRequest, pk: UUID) -> ProgressMeeting:
    rows = ProgressMeeting.objects.visible_to(request.user).standing().select_related("call")
    found: ProgressMeeting = get_object_or_404(rows, pk=pk)
    return found


def _item(request: UserRequest, pk: UUID, *, voided: bool = False) -> ProgressItem:
    """An item of a report on which one works, in the minutes of a meeting that stands."""
    rows = ProgressItem.objects.visible_to(request.user).filter(voided_at__isnull=not voided, meeting__voided_at=None)
    rows = rows.select_related("project", "meeting")
    item: ProgressItem = get_object_or_404(rows, pk=pk)
    require(permissions.can_work_on(request.user, item.project))
    return item


def _calls(request: UserRequest) -> "QuerySet[ResearchCall]":
    return ResearchCall.objects.visible_to(request.user).standing()


def _page(pk: UUID) -> str:
    return reverse("assignments:meeting_detail", kwargs={"pk": pk})
