"""进港扬帆训练营 Camps: the current one by grade, those of earlier years, planning one, and giving out its grades."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.people.filters.units import day_asked
from cadre_app.stages.labels import GRADE_LABELS
from cadre_app.stages.rules import Rules
from cadre_app.training.filters.camps import filtered_members
from cadre_app.training.forms.camps import CampForm, GradesForm, NewCampForm
from cadre_app.training.lists import camps as lists
from cadre_app.training.models import Camp, CampMember
from cadre_app.training.permissions import camps as permissions
from cadre_app.training.services import camps as services
from cadre_app.training.services.camp_previews import LEAVES, Preview, Step, preview
from cadre_app.training.tabs import tabs


@require_GET
def camp_current(request: UserRequest) -> HttpResponse:
    """The camp under way that one sees, today or on the day asked for, else the next one; without any, the way to start
    the camp of this year.
    """
    seen, day = Camp.objects.visible_to(request.user).standing(), day_asked(request.GET)
    begun = seen.begun(day)
    if day < timezone.localdate():
        begun = begun.filter(applied_on__isnull=False)
    camp = begun.first() or seen.last()
    if camp is not None:
        query = request.GET.urlencode()
        address = reverse("training:camp_detail", kwargs={"pk": camp.pk})
        return redirect(f"{address}?{query}" if query else address)
    if not permissions.can_see_camps(request.user):
        raise Http404
    year = timezone.localdate().year
    context = {
        "tabs": tabs("training:camp_current"),
        "year": year,
        "reference": Rules.on(timezone.localdate()).reference_in(year),
        "may_run": permissions.can_run_camps(request.user),
    }
    return render(request, "training/camp_current.html", context)


@require_GET
def camp_list(request: UserRequest) -> HttpResponse:
    """The camps of all years with how many are in each grade."""
    if not permissions.can_see_camps(request.user):
        raise Http404
    camps = list(Camp.objects.visible_to(request.user).standing())
    rows: Any = CampMember.objects.visible_to(request.user).standing().filter(camp__in=camps).order_by()
    rows = rows.values_list("camp", "grade").annotate(many=Count("pk"))
    counted = {(camp, grade): many for camp, grade, many in rows}
    lines = [
        (camp, [(label, counted.get((camp.pk, grade), 0)) for grade, label in GRADE_LABELS.items()]) for camp in camps
    ]
    context = {
        "tabs": tabs("training:camp_current"),
        "lines": lines,
        "grades": GRADE_LABELS.values(),
        "may_run": permissions.can_run_camps(request.user),
    }
    return render(request, "training/camp_list.html", context)


@require_http_methods(["GET", "POST"])
def camp_new(request: UserRequest) -> HttpResponse:
    if not permissions.can_see_camps(request.user):
        raise Http404
    require(permissions.can_run_camps(request.user))
    form = NewCampForm(request.POST or None, initial={"year": timezone.localdate().year})
    if done := submit(request, form, services.plan_camp):
        messages.success(request, _("The camp is planned. Look at the grades that follow from the dates."))
        return redirect("training:camp_grade", pk=done.result.pk)
    return render(request, "training/camp_new.html", {"form": form})


@require_GET
def camp_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """Three grades side by side, each person with the rule that says so; members see their own line."""
    camp = visible_camp(request, pk)
    oversees = permissions.can_see_camps(request.user)
    found = filtered_members(request.GET, user=request.user, rows=lists.member_rows(camp, request.user))
    members = list(found.qs[: lists.MOST_SHOWN + 1])
    context: dict[str, Any] = {
        "tabs": tabs("training:camp_current") if oversees else [],
        "camp": camp,
        "filter": found if oversees else None,
        "lanes": lists.lanes_of(camp, members[: lists.MOST_SHOWN], found.day),
        "most": lists.MOST_SHOWN if len(members) > lists.MOST_SHOWN else 0,
        "has_members": bool(members),
        "is_narrowed": found.is_bound and any(request.GET.get(name) for name in found.form.fields),
        "export_kind": lists.EXPORT,
        "export_query": _query(request, camp),
    }
    if permissions.can_run_camps(request.user):
        context |= _for_staff(request, camp)
    return render(request, page_or_fragment(request, "training/camp_detail.html"), context)


@require_http_methods(["GET", "POST"])
def camp_grade(request: UserRequest, pk: UUID) -> HttpResponse:
    """年级编排 What follows from the dates, and its application exactly as shown."""
    camp = runnable_camp(request, pk)
    form = GradesForm(request.POST or None, instance=camp)
    if submit(request, form, services.apply_grades, camp):
        messages.success(request, _("The list of the camp is as the dates say."))
        return redirect("training:camp_detail", pk=pk)
    found = Preview(camp, []) if services.is_past(camp) else preview(camp, request.user)
    # Whatever was sent, what is sent next is this preview.
    again = GradesForm(instance=camp, initial={"shown": found.digest})
    context = {
        "form": again,
        "refused": form.errors.get(NON_FIELD_ERRORS, []),
        "camp": camp,
        "groups": lists.told(found),
        "sums": [(GRADE_LABELS[grade], count) for grade, count in found.sums],
        "is_early": timezone.localdate() < camp.reference_on,
    }
    return render(request, "training/camp_grade.html", context)


@require_http_methods(["GET", "POST"])
def camp_take_back(request: UserRequest, pk: UUID) -> HttpResponse:
    camp = runnable_camp(request, pk)
    form = ReasonForm(request.POST or None, instance=camp)
    if submit(request, form, services.take_back_grades, camp):
        messages.success(request, _("The grades were taken back. The list of the camp is empty."))
        return redirect("training:camp_detail", pk=pk)
    return render(request, "training/camp_take_back.html", {"form": form, "camp": camp})


@require_http_methods(["GET", "POST"])
def camp_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    camp = runnable_camp(request, pk)
    form = CampForm(request.POST or None, instance=camp)
    if submit(request, form, services.change_camp, camp):
        messages.success(request, _("The remark was changed."))
        return redirect("training:camp_detail", pk=pk)
    return render(request, "training/camp_edit.html", {"form": form, "camp": camp})


@require_http_methods(["GET", "POST"])
def camp_void(request: UserRequest, pk: UUID) -> HttpResponse:
    camp = runnable_camp(request, pk)
    form = ReasonForm(request.POST or None, instance=camp)
    if submit(request, form, services.void_camp, camp):
        messages.success(request, _("The camp was voided."))
        return redirect("training:camp_list")
    return render(request, "training/camp_void.html", {"form": form, "camp": camp})


def visible_camp(request: UserRequest, pk: UUID) -> Camp:
    """A standing camp in sight, or 404."""
    return get_object_or_404(Camp.objects.visible_to(request.user).standing(), pk=pk)


def runnable_camp(request: UserRequest, pk: UUID) -> Camp:
    """As `visible_camp`, for those who run camps; 403 for others."""
    camp = visible_camp(request, pk)
    require(permissions.can_run_camps(request.user))
    return camp


def _for_staff(request: UserRequest, camp: Camp) -> dict[str, Any]:
    """What the dates say by now of the present camp, and what staff can do with it."""
    is_past = services.is_past(camp)
    found = Preview(camp, []) if is_past else preview(camp, request.user)
    return {
        "may_run": True,
        "leaving": found.of(*LEAVES) if camp.applied_on else [],
        "late": found.of(Step.LATE) if camp.applied_on else [],
        "back": found.of(Step.BACK),
        "open_changes": len(found.lines),
        "is_past": is_past,
        "may_take_back": camp.applied_on is not None and not is_past and not services.sessions_begun(camp),
        "entries": Entry.objects.about(camp).told(),
    }


def _query(request: UserRequest, camp: Camp) -> str:
    query = request.GET.copy()
    query["camp"] = str(camp.pk)
    return query.urlencode()
