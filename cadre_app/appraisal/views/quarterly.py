"""平时考核: units × progress, the list, the table of a unit, one quarter of one person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.appraisal.forms.annual import ListedForm
from cadre_app.appraisal.forms.quarterly import QuarterForm
from cadre_app.appraisal.lists import quarterly as lists
from cadre_app.appraisal.models import QuarterlyAssessment
from cadre_app.appraisal.models.choices import QUARTERS
from cadre_app.appraisal.models.years import FIRST_YEAR
from cadre_app.appraisal.permissions import quarterly as permissions
from cadre_app.appraisal.permissions import rooms
from cadre_app.appraisal.services import quarterly as services
from cadre_app.appraisal.services.entries import cell
from cadre_app.appraisal.tabs import appraisal_tabs
from cadre_app.appraisal.views.pages import form_page, visible_quarter
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.org.models import Unit
from cadre_app.people import permissions as people
from cadre_app.people.models import of_scope

BOTH = require_http_methods(["GET", "POST"])


@require_GET
def quarter_board(request: UserRequest) -> HttpResponse:
    """Units × progress of one quarter."""
    if not rooms.can_see_appraisal(request.user):
        raise Http404
    year, quarter = lists.chosen_quarter(request.GET)
    context = {
        "table": lists.unit_table(request, request.user, year, quarter),
        "quarters": lists.quarter_choices(),
        "chosen": f"{year}-{quarter}",
        "name": lists.quarter_name(year, quarter),
        "due_on": services.due_day(year, quarter),
        "tabs": appraisal_tabs("appraisal:quarter_board"),
    }
    return render(request, page_or_fragment(request, "appraisal/quarter_board.html"), context)


@require_GET
def quarter_list(request: UserRequest) -> HttpResponse:
    """Quarters by person."""
    if not rooms.can_see_appraisal(request.user):
        raise Http404
    table, found = lists.quarter_table(request, request.user)
    context = {"table": table, "filter": found, "tabs": appraisal_tabs("appraisal:quarter_list")}
    return render(request, page_or_fragment(request, "appraisal/quarter_list.html"), context)


@BOTH
def quarter_grid(request: UserRequest, pk: UUID, year: int, quarter: int) -> HttpResponse:
    """One row per civil servant of the unit: what is entered, for those who enter it the form."""
    user, unit = request.user, _unit(request, pk, year, quarter)
    may_enter = permissions.can_enter_quarter(user, unit) and _is_over(year, quarter)
    if request.method == "POST":
        require(may_enter)
    theirs = list(services.enterable(user, unit, year, quarter).select_related("person")) if may_enter else []
    rows = (
        QuarterlyAssessment.objects.visible_to(user)
        .standing()
        .filter(
            of_scope(user, *BUSINESS_ROLES, prefix="trainee__"), trainee__home_unit=unit, year=year, quarter=quarter
        )
    )
    known = {row.trainee_id: row for row in rows}
    form = QuarterForm(request.POST or None, people=theirs, known=known)

    def enter(unit: Unit, **values: Any) -> Any:
        return services.enter_quarter(unit, year=year, quarter=quarter, **values)

    if done := submit(request, form, enter, unit):
        count = done.result.count if done.result is not None else 0
        text = ngettext("%(count)d person is entered.", "%(count)d people are entered.", count)
        messages.success(request, text % {"count": count} if count else _("Nothing was changed."))
        return redirect("appraisal:quarter_grid", pk=pk, year=year, quarter=quarter)
    if form.is_bound:
        form.renew(year, quarter)
    listed = services.assessed_in(year, quarter).in_scope(user, *BUSINESS_ROLES).filter(home_unit=unit)
    people = listed.select_related("person").order_by("rank_order", "stroke_key", "pk")
    may_confirm = permissions.can_confirm_quarter(user, unit)
    context = {
        "unit": unit,
        "name": lists.quarter_name(year, quarter),
        "year": year,
        "quarter": quarter,
        "is_over": _is_over(year, quarter),
        "due_on": services.due_day(year, quarter),
        "form": form if theirs else None,
        "rows": [_row(form, one, known.get(one.pk)) for one in people],
        "to_confirm": services.to_confirm(user, unit, year, quarter).count() if may_confirm else 0,
    }
    return render(request, "appraisal/quarter_grid.html", context)


@BOTH
def quarter_confirm(request: UserRequest, pk: UUID, year: int, quarter: int) -> HttpResponse:
    """Everybody of the unit whom others entered."""
    user, unit = request.user, _unit(request, pk, year, quarter)
    require(permissions.can_confirm_quarter(user, unit))
    rows = services.to_confirm(user, unit, year, quarter).select_related("trainee__person")
    listed = list(rows.order_by("trainee__stroke_key", "pk"))
    form = ListedForm(request.POST if request.method == "POST" else None, rows=listed)

    def confirm(unit: Unit, **values: Any) -> Any:
        return services.confirm_quarter(unit, year=year, quarter=quarter, **values)

    back = reverse("appraisal:quarter_grid", kwargs={"pk": pk, "year": year, "quarter": quarter})
    if done := submit(request, form, confirm, unit):
        count = done.result.count if done.result is not None else 0
        text = ngettext("%(count)d assessment is confirmed.", "%(count)d assessments are confirmed.", count)
        messages.success(request, text % {"count": count})
        return redirect(back)
    page = Page(
        _("Confirm the quarter"), "", _("Confirm"), question=_("Confirm all of these?"),
        consequence=_("From then on the people read their result. What you entered yourself is not among them."),
    )  # fmt: skip
    form.renew()
    subject = f"{unit.name} · {lists.quarter_name(year, quarter)}"
    context = {"form": form, "page": page, "back": back, "subject": subject, "listed": listed}
    return render(request, "appraisal/decide.html", context)


@require_GET
def quarter_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One quarter of one person."""
    user, one = request.user, visible_quarter(request, pk)
    reads_changes, is_own = permissions.can_read_changes(user, one), people.is_own(user, one.trainee)
    context = {
        "one": one,
        "name": lists.quarter_name(one.year, one.quarter),
        "mark": lists.state_of(one),
        "is_own": is_own,
        "confirmed": lists.confirmed_text(one, "" if is_own else one.signer_name),
        "may_void": permissions.can_void(user, one),
        "may_restore": permissions.can_restore(user, one),
        "entries": Entry.objects.about(one).told() if reads_changes else None,
    }
    return render(request, "appraisal/quarter_detail.html", context)


@BOTH
def quarter_void(request: UserRequest, pk: UUID) -> HttpResponse:
    one = visible_quarter(request, pk)
    require(permissions.can_void(request.user, one))
    page = Page(
        _("Void the quarter"), _("The quarter is voided."), _("Void"), danger=True,
        question=_("Void this quarterly assessment?"), consequence=_("It is then entered again; it can be restored."),
    )  # fmt: skip
    return _page(request, one, ReasonForm(request.POST or None, instance=one), services.void_quarter, page)


@BOTH
def quarter_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    one = visible_quarter(request, pk)
    require(permissions.can_restore(request.user, one))
    page = Page(
        _("Restore the quarter"), _("The quarter is restored."), _("Restore"),
        question=_("Restore this quarterly assessment?"),
    )  # fmt: skip
    return _page(request, one, RestoreForm(request.POST or None, instance=one), services.restore_quarter, page)


def _page(
    request: UserRequest, one: QuarterlyAssessment, form: ChangeForm, service: object, page: Page
) -> HttpResponse:
    back = reverse("appraisal:quarter_detail", kwargs={"pk": one.pk})
    subject = f"{one.trainee.person.name} · {lists.quarter_name(one.year, one.quarter)}"
    return form_page(request, one, form, service, page, back=back, subject=subject)  # type: ignore[arg-type]


def _row(form: QuarterForm, trainee: Any, row: QuarterlyAssessment | None) -> dict[str, Any]:
    is_asked = cell("grade", trainee.pk) in form.fields
    cells = {name: form[cell(name, trainee.pk)] if is_asked else None for name in ("grade", "remark", "version")}
    return {"trainee": trainee, "row": row, "mark": lists.state_of(row) if row is not None else None, **cells}


def _unit(request: UserRequest, pk: UUID, year: int, quarter: int) -> Unit:
    """A unit that one works for, and a quarter that can be asked for; or 404."""
    if quarter not in QUARTERS or not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    return get_object_or_404(Unit.objects.standing().within(request.user.unit_ranges(*BUSINESS_ROLES)), pk=pk)


def _is_over(year: int, quarter: int) -> bool:
    return services.last_day(year, quarter) < timezone.localdate()
