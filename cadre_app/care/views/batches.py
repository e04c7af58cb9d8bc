"""季度谈话计划: a quarter's talks proposed for whole units, changed in a table, planned in one go and taken back in one go."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cadre_app.care import permissions
from cadre_app.care.filters import workers_in_scope
from cadre_app.care.forms.quarters import GridForm, QuarterForm
from cadre_app.care.models import TalkBatch, TalkPlan, TalkState
from cadre_app.care.models.choices import HELD, WAITING
from cadre_app.care.quarters import MOST, Proposal, Quarter, proposals, quarters
from cadre_app.care.services import batches as services
from cadre_app.care.services.batches import cell
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import LOOK_AGAIN, ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.org.paths import any_of
from cadre_app.policy.workdays import is_arranged


@require_http_methods(["GET", "POST"])
def quarter_plan(request: UserRequest) -> HttpResponse:
    """Who is due in the quarter that the address names, with a day and an interviewer proposed for each."""
    if not permissions.can_see_list(request.user):
        raise Http404
    require(permissions.can_plan_many(request.user))
    asked = _asked(request)
    if not asked.is_valid():
        return render(request, "care/quarter.html", {"asked": asked})
    quarter, unit = asked.cleaned_data["quarter"], asked.cleaned_data["unit"]
    plans = TalkPlan.objects.planned_by(request.user)
    if unit is not None:
        plans = plans.filter(any_of((unit.range,), "trainee__home_unit__path"))
    rows = proposals(plans, quarter, actor=request.user)
    form = GridForm(request.POST or None, rows=rows, workers=list(workers_in_scope(request.user)))
    done = submit(request, form, services.plan_quarter, plans, quarter_on=quarter.first, unit=unit)
    if done:
        count = done.result.talks.count() if done.result is not None else 0
        text = ngettext("%(count)s talk was planned.", "%(count)s talks were planned.", count)
        messages.success(request, text % {"count": count})
        return redirect(f"{reverse('care:quarter_plan')}?{request.GET.urlencode()}")
    context = {
        "asked": asked,
        "quarter": quarter,
        "form": form,
        "rows": [_row(form, row, quarter) for row in rows],
        "most": MOST if len(rows) == MOST else 0,
        "batches": _batches(request, quarter),
        "look_again": LOOK_AGAIN,
        "unarranged": quarter.first.year if rows and not is_arranged(quarter.first.year) else None,
    }
    return render(request, "care/quarter.html", context)


@require_http_methods(["GET", "POST"])
def batch_undo(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take back what was planned together."""
    found = TalkBatch.objects.visible_to(request.user).select_related("unit", "made_by")
    batch = get_object_or_404(found, pk=pk)
    require(permissions.can_undo_batch(request.user, batch))
    form = ReasonForm(request.POST or None, instance=batch)
    back = f"{reverse('care:quarter_plan')}?quarter={Quarter(batch.quarter_on).key}"
    if submit(request, form, services.undo_batch, batch):
        messages.success(request, _("The talks were taken back."))
        return redirect(back)
    waiting = batch.talks.standing().filter(state__in=WAITING).count()
    booked = batch.talks.standing().filter(state=TalkState.BOOKED).count()
    page = Page(
        _("Take the planned talks back"), "", _("Take back"), question=_("Take these talks back?"), danger=True,
        consequence=ngettext(
            "%(count)s talk that still waits is voided; those who are due can be planned anew.",
            "%(count)s talks that still wait are voided; those who are due can be planned anew.", waiting,
        ) % {"count": waiting},
        notices=_booked_text(booked),
    )  # fmt: skip
    return render(request, "care/batch_undo.html", {"form": form, "page": page, "back": back, "batch": batch})


def _booked_text(booked: int) -> tuple[str, ...]:
    if not booked:
        return ()
    text = ngettext(
        "%(count)s of them is arranged already: the person is told that it is off.",
        "%(count)s of them are arranged already: those people are told that they are off.", booked,
    )  # fmt: skip
    return (text % {"count": booked},)


def _asked(request: UserRequest) -> QuarterForm:
    known = quarters(timezone.localdate())
    units = permissions.units_of_planning(request.user)
    data = request.GET if "quarter" in request.GET else {"quarter": known[0].key, "unit": request.GET.get("unit", "")}
    return QuarterForm(data, quarters=known, units=units)


def _row(form: GridForm, row: Proposal, quarter: Quarter) -> dict[str, Any]:
    """One line of the table, with what the person has to do on the day that stands in it now."""
    key = row.plan.pk
    day = _day_in(form[cell("day", key)])
    is_within = day is not None and quarter.first <= day <= quarter.last
    return {
        "row": row,
        "pick": form[cell("pick", key)],
        "day": form[cell("day", key)],
        "who": form[cell("who", key)],
        "weekday": formats.date_format(day, "l") if day is not None else "",
        "clashes": row.clashes_on(day) if day is not None and is_within else [],
    }


def _day_in(field: BoundField) -> date | None:
    """The day that the cell shows; None for none and for what is not one."""
    try:
        day: date | None = field.field.to_python(field.value())
    except ValidationError:
        return None
    return day


def _batches(request: UserRequest, quarter: Quarter) -> Any:
    """What was planned together for this quarter, the latest first."""
    rows = TalkBatch.objects.visible_to(request.user).standing().filter(quarter_on=quarter.first)
    standing = Q(talks__voided_at=None)
    counted = rows.select_related("unit", "made_by").annotate(
        planned=Count("talks", filter=standing), held=Count("talks", filter=standing & Q(talks__state__in=HELD))
    )
    return counted.order_by("-created_at", "pk")[:20]
