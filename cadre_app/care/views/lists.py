"""谈心谈话: the lists over units, and planning for many."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from cadre_app.care import lists, permissions
from cadre_app.care.filters import ProblemFilter, plans_of, workers_in_scope
from cadre_app.care.forms.talks import PlanManyForm
from cadre_app.care.models import TalkPlan
from cadre_app.care.services import bulk
from cadre_app.care.views.own import own_talks
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.people.roster.picks import picked_keys


@require_GET
def talk_list(request: UserRequest) -> HttpResponse:
    """For staff and leaders the table over their units; for somebody in development the own talks."""
    if not permissions.can_see_list(request.user):
        return own_talks(request)
    table, found = lists.talk_table(request, request.user)
    context = {"table": table, "filter": found, "shown": "talks", **_may(request)}
    return render(request, page_or_fragment(request, "care/talk_list.html"), context)


@require_GET
def plan_list(request: UserRequest) -> HttpResponse:
    """按人员: last talk, next one, what is planned, open occasions."""
    _require_list(request)
    may = _may(request)
    table, found = lists.plan_table(request, request.user, acts=may["may_plan"])
    return render(
        request,
        page_or_fragment(request, "care/plan_list.html"),
        {"table": table, "filter": found, "shown": "plans", **may},
    )


@require_GET
def problem_list(request: UserRequest) -> HttpResponse:
    """问题诉求办理."""
    _require_list(request)
    may = _may(request)
    table, found = lists.problem_table(request, request.user, acts=may["may_plan"])
    context = {"table": table, "filter": found, "shown": "problems", "cases": _cases(found.data), **may}
    return render(request, page_or_fragment(request, "care/problem_list.html"), context)


@require_POST
def talk_plan_many(request: UserRequest) -> HttpResponse:
    """批量拟定计划: say for how many, ask once, plan; those who have a talk waiting are left out."""
    _require_list(request)
    require(permissions.can_plan_many(request.user))
    is_confirmed = "confirmed" in request.POST
    plans = _chosen(request)
    form = PlanManyForm(
        request.POST if is_confirmed else None,
        workers=workers_in_scope(request.user),
        initial={"planned_on": timezone.localdate()},
    )
    if is_confirmed and (done := submit(request, form, bulk.plan_talks_many, plans)):
        count = len(done.result or ())
        text = ngettext("%(count)s talk was planned.", "%(count)s talks were planned.", count)
        messages.success(request, text % {"count": count})
        return redirect("care:plan_list")
    wanted = bulk.plannable(plans).select_related("trainee__person")
    names = [plan.trainee.person.name for plan in wanted.order_by("next_on", "pk")[: bulk.MOST]]
    context = {
        "form": form,
        "names": names,
        "left_out": plans.count() - wanted.count(),
        "keys": [] if request.POST.get("all") else picked_keys(request.POST),
        "query": request.POST.get("query", ""),
        "all": bool(request.POST.get("all")),
        "most": bulk.MOST,
    }
    return render(request, "care/plan_many.html", context)


def _chosen(request: UserRequest) -> "QuerySet[TalkPlan]":
    """The plans that were picked, or all of the list in `query`; nothing beyond what one works on as staff."""
    if not request.POST.get("all"):
        return _as_staff(request).filter(pk__in=picked_keys(request.POST))
    found = plans_of(request.user, QueryDict(request.POST.get("query", "")))
    return _as_staff(request).filter(pk__in=found.qs.values("pk"))


def _as_staff(request: UserRequest) -> "QuerySet[TalkPlan]":
    return TalkPlan.objects.planned_by(request.user)


def _require_list(request: UserRequest) -> None:
    if not permissions.can_see_list(request.user):
        raise Http404


def _may(request: UserRequest) -> dict[str, Any]:
    return {"may_plan": permissions.can_plan_many(request.user)}


def _cases(asked: QueryDict) -> list[tuple[str, Any, bool]]:
    """What the list can be opened on with one press, and which one it is on."""
    choices = [*ProblemFilter.base_filters["case"].extra["choices"], ("", _("Everything"))]
    return [(f"?case={key}", label, key == asked.get("case", "")) for key, label in choices]
