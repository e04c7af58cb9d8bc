"""走访慰问: the list, planning for one or many, one visit."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.care import permissions
from cadre_app.care.filters import workers_in_scope
from cadre_app.care.filters_meetings import people, people_of
from cadre_app.care.forms.problems import ProblemForm
from cadre_app.care.forms.visits import HeldVisitForm, PlanVisitForm, RecordVisitForm
from cadre_app.care.lists_meetings import people_table, visit_table
from cadre_app.care.models import CareVisit, VisitState
from cadre_app.care.policies import PROBLEM_DAYS
from cadre_app.care.services import problems
from cadre_app.care.services import visits as services
from cadre_app.care.services.checks import workers_for
from cadre_app.care.views.meeting_pages import (
    About,
    changeable_visit,
    meeting_form,
    require_open,
    shown,
    visible_visit,
)
from cadre_app.care.views.own_meetings import own_visit, own_visits
from cadre_app.care.views.symposiums import note_context
from cadre_app.care.wording import problem_mark
from cadre_app.care.wording_meetings import visit_mark
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.people.models import Trainee
from cadre_app.people.roster.picks import picked_keys
from cadre_app.people.views.files import visible_trainee


@require_GET
def visit_list(request: UserRequest) -> HttpResponse:
    """For staff and leaders the table of their units; for somebody in development the own ones that were made."""
    if not permissions.can_see_list(request.user):
        return own_visits(request)
    table, found = visit_table(request, request.user)
    may_plan = permissions.can_plan_many(request.user)
    context = {"table": table, "filter": found, "shown": "visits", "may_plan": may_plan}
    return render(request, page_or_fragment(request, "care/visit_list.html"), context)


@require_GET
def visit_people(request: UserRequest) -> HttpResponse:
    """People by unit, kind, year, grade or name with their last visit, to be picked from."""
    _require_planner(request)
    table, found = people_table(request, request.user)
    context = {"table": table, "filter": found, "shown": "visits"}
    return render(request, page_or_fragment(request, "care/visit_people.html"), context)


@require_POST
def visit_plan_many(request: UserRequest) -> HttpResponse:
    """批量安排: say for how many, ask once, plan."""
    _require_planner(request)
    is_confirmed = "confirmed" in request.POST
    chosen = _chosen(request)
    form = PlanVisitForm(
        request.POST if is_confirmed else None,
        workers=workers_in_scope(request.user),
        initial={"planned_on": timezone.localdate() + timedelta(days=7)},
    )
    if is_confirmed and (done := submit(request, form, services.plan_visits_many, chosen)):
        count = len(done.result or ())
        text = ngettext("%(count)s visit was planned.", "%(count)s visits were planned.", count)
        messages.success(request, text % {"count": count})
        return redirect("care:visit_list")
    names = [file.person.name for file in chosen.order_by("stroke_key", "pk")[: services.MOST]]
    context = {
        "form": form,
        "names": names,
        "keys": [] if request.POST.get("all") else picked_keys(request.POST),
        "query": request.POST.get("query", ""),
        "all": bool(request.POST.get("all")),
    }
    return render(request, "care/visit_plan_many.html", context)


@require_GET
def visit_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """For staff and leaders the whole page without its restricted text; for the person what is theirs."""
    user, visit = request.user, visible_visit(request, pk)
    if not permissions.works_on(user, visit.trainee):
        return own_visit(request, visit)
    raised = list(visit.problems.select_related("handler").order_by("due_on", "pk"))
    may_change = permissions.can_change_visit(user, visit)
    is_held = visit.state == VisitState.HELD
    context: dict[str, Any] = {
        "visit": visit,
        "owner": visit,
        "trainee": visit.trainee,
        "mark": visit_mark(visit),
        "problems": [(one, problem_mark(one)) for one in raised if not one.is_voided],
        "voided_problems": [one for one in raised if one.is_voided],
        "may_change": may_change,
        "may_follow_up": may_change and is_held,
        "may_close": may_change and is_held and all(one.is_settled for one in raised if not one.is_voided),
        "may_restore": permissions.can_restore_visit(user, visit),
        "close_form": ChangeForm(instance=visit),
        "entries": Entry.objects.about_any([visit, *raised]).told(),
        **note_context(request, visit),
    }
    return render(request, "care/visit_detail.html", context)


@require_http_methods(["GET", "POST"])
def visit_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """Plan a visit to one person."""
    trainee = _plannable(request, pk)
    initial = {"planned_on": timezone.localdate()}
    form = PlanVisitForm(request.POST or None, workers=workers_for(trainee), initial=initial)
    page = Page(pgettext("care visit", "Plan a visit"), _("The visit is planned."), pgettext("care visit", "Plan"))
    return _file_form(request, trainee, form, services.plan_visit, page)


@require_http_methods(["GET", "POST"])
def visit_add_held(request: UserRequest, pk: UUID) -> HttpResponse:
    """登记走访 A visit that nobody had planned."""
    trainee = _plannable(request, pk)
    initial = {"held_on": timezone.localdate()}
    form = HeldVisitForm(request.POST or None, workers=workers_for(trainee), initial=initial)
    page = Page(_("Record a visit"), _("The visit is recorded."), _("Record a visit"))
    return _file_form(request, trainee, form, services.add_held_visit, page)


@require_http_methods(["GET", "POST"])
def visit_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    visit = changeable_visit(request, pk)
    form = PlanVisitForm(request.POST or None, instance=visit, workers=workers_for(visit.trainee))
    if visit.state != VisitState.PLANNED:
        form.fields.pop("planned_on")
    return meeting_form(
        request, visit, form, services.change_visit, Page(_("Edit the visit"), _("The visit was changed."))
    )


@require_http_methods(["GET", "POST"])
def visit_record(request: UserRequest, pk: UUID) -> HttpResponse:
    """登记走访, also to correct what was recorded."""
    visit = changeable_visit(request, pk)
    initial = {"held_on": visit.held_on or min(visit.planned_on, timezone.localdate())}
    form = RecordVisitForm(request.POST or None, instance=visit, workers=workers_for(visit.trainee), initial=initial)
    page = Page(_("Record the visit"), _("The visit is recorded."), _("Record the visit"))
    return meeting_form(request, visit, form, services.record_visit, page)


@require_http_methods(["GET", "POST"])
def visit_cancel(request: UserRequest, pk: UUID) -> HttpResponse:
    visit = changeable_visit(request, pk)
    form = ReasonForm(request.POST or None, instance=visit)
    page = Page(
        _("Cancel the visit"), _("The visit was cancelled."), _("Cancel the visit"), question=_("Cancel this visit?"),
        consequence=_("It can be taken up again."), danger=True,
    )  # fmt: skip
    return meeting_form(request, visit, form, services.cancel_visit, page)


@require_http_methods(["GET", "POST"])
def visit_reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    """A cancelled or closed visit is taken up again."""
    visit = changeable_visit(request, pk)
    form = ReasonForm(request.POST or None, instance=visit)
    page = Page(
        _("Take the visit up again"), _("The visit is open again."), _("Take up again"),
        question=_("Take this visit up again?"),
    )  # fmt: skip
    return meeting_form(request, visit, form, services.reopen_visit, page)


@require_POST
def visit_close(request: UserRequest, pk: UUID) -> HttpResponse:
    """办结."""
    visit = changeable_visit(request, pk)
    label = pgettext("care visit", "Close")
    page = Page(label, _("The visit is closed."), label, question=_("Close this visit?"))
    return meeting_form(request, visit, ChangeForm(request.POST, instance=visit), services.close_visit, page)


@require_http_methods(["GET", "POST"])
def visit_void(request: UserRequest, pk: UUID) -> HttpResponse:
    visit = changeable_visit(request, pk)
    form = ReasonForm(request.POST or None, instance=visit)
    page = Page(
        _("Void the visit"), _("The visit was voided."), _("Void"), question=_("Void this visit?"),
        consequence=_("It leaves the growth file and the lists. It is kept and can be restored."), danger=True,
    )  # fmt: skip
    return meeting_form(request, visit, form, services.void_visit, page)


@require_http_methods(["GET", "POST"])
def visit_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    visit = visible_visit(request, pk)
    require(permissions.can_restore_visit(request.user, visit))
    form = RestoreForm(request.POST or None, instance=visit)
    page = Page(_("Restore the visit"), _("The visit was restored."), _("Restore"), question=_("Restore this visit?"))
    return meeting_form(request, visit, form, services.restore_visit, page)


@require_http_methods(["GET", "POST"])
def visit_problem_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """What the person raised on this visit."""
    visit = changeable_visit(request, pk)
    initial = {"due_on": timezone.localdate() + timedelta(days=PROBLEM_DAYS.now())}
    form = ProblemForm(request.POST or None, workers=workers_for(visit.trainee), initial=initial)
    page = Page(_("Enter a problem"), _("The problem is entered."))
    return meeting_form(request, visit, form, problems.add_problem, page)


def _require_planner(request: UserRequest) -> None:
    if not permissions.can_see_list(request.user):
        raise Http404
    require(permissions.can_plan_many(request.user))


def _plannable(request: UserRequest, pk: UUID) -> Trainee:
    """A file for which one may plan visits; 403 for those who only read it."""
    trainee = visible_trainee(request, pk)
    require_open(request, trainee)
    require(permissions.can_plan(request.user, trainee))
    return trainee


def _file_form(request: UserRequest, trainee: Trainee, form: Any, service: Any, page: Page) -> HttpResponse:
    if done := submit(request, form, service, trainee):
        messages.success(request, page.said)
        key = done.result.pk if isinstance(done.result, CareVisit) else None
        return redirect("care:visit_detail", pk=key) if key else redirect("care:visit_list")
    url = reverse("care:visit_list")
    text = f"{trainee.person.name} · {trainee.home_unit.name}"
    return shown(request, form, page, About(text, url, _("Visits and care"), url))


def _chosen(request: UserRequest) -> "QuerySet[Trainee]":
    """The people who were picked, or all of the list in `query`; nobody beyond whom one works on as staff."""
    files = people(request.user)
    if not request.POST.get("all"):
        return files.filter(pk__in=picked_keys(request.POST))
    asked = people_of(request.user, QueryDict(request.POST.get("query", "")))
    return files.filter(pk__in=asked.qs.values("pk"))
