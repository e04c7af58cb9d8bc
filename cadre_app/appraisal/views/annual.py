"""年度考核 by person: the list, one assessment, the table of a unit, one's own."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.appraisal.forms.annual import GridForm
from cadre_app.appraisal.hints import hints_of
from cadre_app.appraisal.lists import annual as lists
from cadre_app.appraisal.models import AnnualAssessment, AnnualState, QuarterlyAssessment
from cadre_app.appraisal.models.choices import STATE_MARKS
from cadre_app.appraisal.panels import annual as panels
from cadre_app.appraisal.permissions import annual as permissions
from cadre_app.appraisal.permissions import rooms, years
from cadre_app.appraisal.services import entries as services
from cadre_app.appraisal.tabs import appraisal_tabs, own_tabs
from cadre_app.appraisal.views.pages import visible_annual, visible_quota
from cadre_app.appraisal.views.years import unit_url
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.phones import require_desk, says_phone
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.people import permissions as people
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from django.db.models import QuerySet

AT_ONCE, OWN_SHOWN, DIGITS = 100, 60, 6


@require_GET
def annual_list(request: UserRequest) -> HttpResponse:
    """Everybody's assessments, for business roles."""
    if not rooms.can_see_appraisal(request.user):
        raise Http404
    table, found = lists.annual_table(request, request.user, at_desk=not says_phone(request))
    context = {
        "table": table,
        "filter": found,
        "chips": lists.state_chips(request.user, request.GET),
        "tabs": appraisal_tabs("appraisal:annual_list"),
    }
    return render(request, page_or_fragment(request, "appraisal/annual_list.html"), context)


@require_GET
def annual_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One person and one year, with the chain."""
    user, one = request.user, visible_annual(request, pk)
    at_desk = not says_phone(request)
    is_kept = not at_desk and one.is_told_at_a_desk
    reads_changes = at_desk and permissions.can_read_changes(user, one)
    corrections = panels.corrections_of(user, one, at_desk=at_desk)
    about = [one, *(row["object"] for row in corrections)]
    office = permissions.reads_course(user, one)
    context: dict[str, Any] = {
        "one": one,
        "trainee": one.trainee,
        "is_own": people.is_own(user, one.trainee),
        "mark": (STATE_MARKS[AnnualState(one.state)], lists.state_label(one)),
        "steps": panels.steps_of(user, one),
        "is_kept_off": is_kept or any(row["is_kept_off"] for row in corrections),
        "outcome": one.outcome_told(at_desk=at_desk),
        "acts": panels.acts_of(user, one, at_desk=at_desk),
        "is_own_check": permissions.has_only_checked(user, one),
        "review": None if is_kept else panels.review_of(user, one),
        "review_until": panels.review_time(one),
        "corrections": corrections,
        "returned": panels.returned_text(one) if office and not is_kept else (),
        "reads_note": office and not is_kept,
        "hints": hints_of([one], at_desk=at_desk).get(one.pk, []) if office and one.confirmed_on is None else [],
        "entries": Entry.objects.about_any(about).told() if reads_changes else None,
    }
    return render(request, "appraisal/annual_detail.html", context)


@require_http_methods(["GET", "POST"])
def annual_grid(request: UserRequest, pk: UUID) -> HttpResponse:
    """One row per person of the unit; a page of a hundred, that of `?person=` where somebody is named."""
    user, quota = request.user, visible_quota(request, pk)
    require(years.can_enter_grid(user, quota))
    back = unit_url(quota), quota.unit.name
    require_desk(request, title=_("The table of a unit does not open on a phone"), back=back)
    ordered = services.enterable(user, quota).order_by("trainee__rank_order", "trainee__stroke_key", "pk")
    page = _page_with(request, ordered)
    found = list(
        ordered.select_related("trainee__person", "trainee__home_unit", "returned_by")[page : page + AT_ONCE + 1]
    )
    rows = found[:AT_ONCE]
    form = GridForm(request.POST or None, rows=rows)
    if done := submit(request, form, services.enter_unit, quota):
        count = done.result.count if done.result is not None else 0
        text = ngettext("%(count)d assessment is entered.", "%(count)d assessments are entered.", count)
        messages.success(request, text % {"count": count} if count else _("Nothing was changed."))
        return redirect(unit_url(quota))
    if form.is_bound:
        form.renew()
    hints = hints_of(rows)
    context = {
        "quota": quota,
        "form": form,
        "rows": [_grid_row(form, one, hints.get(one.pk, [])) for one in rows],
        "next": page + AT_ONCE if len(found) > AT_ONCE else None,
        "back": unit_url(quota),
    }
    return render(request, "appraisal/annual_grid.html", context)


@require_GET
def mine(request: UserRequest) -> HttpResponse:
    """我的考核: what is confirmed, newest first."""
    user = request.user
    if not rooms.can_see_own(user):
        raise Http404
    own, at_desk = own_keys(user)[1], not says_phone(request)
    annual = AnnualAssessment.objects.visible_to(user).standing().filter(trainee=own, confirmed_on__isnull=False)
    quarters = QuarterlyAssessment.objects.visible_to(user).standing().filter(trainee=own, confirmed_on__isnull=False)
    related = ("trainee__person", "trainee__home_unit", "quota__campaign")
    cards = [
        {
            "one": one,
            "outcome": one.outcome_told(at_desk=at_desk),
            "mark": (STATE_MARKS[AnnualState(one.state)], lists.state_label(one)),
            "is_kept_off": not at_desk and one.is_told_at_a_desk,
            "may_sign": (at_desk or not one.is_told_at_a_desk) and permissions.can_sign(user, one),
        }
        for one in annual.select_related(*related).order_by("-year")[:OWN_SHOWN]
    ]
    context = {
        "cards": cards,
        "quarters": quarters.order_by("-year", "-quarter")[:OWN_SHOWN],
        "tabs": own_tabs("appraisal:mine"),
    }
    return render(request, "appraisal/mine.html", context)


def _grid_row(form: GridForm, one: AnnualAssessment, hints: list[str]) -> dict[str, Any]:
    cells = {name: form[services.cell(name, one.pk)] for name in ("outcome", "case_note", "comment", "version", "was")}
    return {"one": one, "hints": [*panels.returned_text(one), *hints], **cells}


def _page_with(request: UserRequest, ordered: "QuerySet[AnnualAssessment]") -> int:
    """Where the hundred begins in which the person of `?person=` stands; else what `?from=` asks for."""
    named = request.GET.get("person", "")
    if named and "from" not in request.GET:
        keys = [str(key) for key in ordered.values_list("trainee", flat=True)]
        return keys.index(named) // AT_ONCE * AT_ONCE if named in keys else 0
    return _page_of(request)


def _page_of(request: UserRequest) -> int:
    text = request.GET.get("from", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0
