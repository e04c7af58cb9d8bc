"""试用期满考核: the list, one record, one's own, and the opening of a record."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.appraisal_tabs import appraisal_pages, own_appraisal_pages, tabs_in
from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.people import permissions as people
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import own_keys
from cadre_app.probation import lists, panels, permissions
from cadre_app.probation.models import Probation
from cadre_app.probation.services import records as services
from cadre_app.probation.services.steps import induction_of
from cadre_app.probation.wording import mark_of, steps_of

RELATED = (
    "trainee__person", "trainee__home_unit", "waived_by", "opinion_by", "entered_by", "checked_by", "signed_by",
)  # fmt: skip


@require_GET
def probation_list(request: UserRequest) -> HttpResponse:
    """Over units, for business roles: who is on probation, and how far the assessment of its end is."""
    if not permissions.can_list(request.user):
        raise Http404
    table, found = lists.probation_table(request, request.user)
    context = {"table": table, "filter": found, "tabs": tabs_in(appraisal_pages, "probation:list")}
    return render(request, page_or_fragment(request, "probation/list.html"), context)


@require_GET
def detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One probation with its steps, as far as its reader reads them."""
    user, one = request.user, visible_probation(request, pk)
    reads_changes, induction = permissions.can_read_changes(user, one), induction_of(one)
    context: dict[str, Any] = {
        "one": one,
        "trainee": one.trainee,
        "is_own": people.is_own(user, one.trainee),
        "oversees": permissions.oversees(user, one),
        "reads_work": permissions.reads_work(user, one),
        "mark": mark_of(one, timezone.localdate(), waits=permissions.oversees(user, one)),
        "steps": steps_of(user, one, induction),
        "acts": panels.acts_of(user, one, induction[0]),
        "papers": panels.papers_of(user, one),
        "earlier": panels.earlier_of(user, one),
        "is_own_entry": one.state == "waiting" and one.entered_by_id == user.pk,
        "is_own_check": permissions.has_only_checked(user, one),
        "entries": Entry.objects.about(one).told() if reads_changes else None,
        **panels.facts_of(user, one),
    }
    return render(request, "probation/detail.html", context)


@require_GET
def mine(request: UserRequest) -> HttpResponse:
    """我的试用期: the record of now, else that of before."""
    user = request.user
    if not permissions.can_see_own(user):
        raise Http404
    rows = Probation.objects.visible_to(user).standing().filter(trainee=own_keys(user)[1])
    today = timezone.localdate()
    cards = [
        {"one": one, "mark": mark_of(one, today), "may_write": permissions.can_write_summary(user, one)}
        for one in rows.select_related(*RELATED).order_by("-round")
    ]
    context = {"cards": cards, "tabs": tabs_in(own_appraisal_pages, "probation:mine")}
    return render(request, "probation/mine.html", context)


@require_http_methods(["GET", "POST"])
def probation_open(request: UserRequest, pk: UUID) -> HttpResponse:
    """One question, for a file whose record did not open by itself."""
    files = Trainee.objects.visible_to(request.user).standing().select_related("person", "home_unit")
    trainee: Trainee = get_object_or_404(files, pk=pk)
    require(permissions.can_open(request.user, trainee))
    present = Probation.objects.of_now().filter(trainee=trainee).first()
    if present is not None and request.method == "GET":
        return redirect("probation:detail", pk=present.pk)
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if done := submit(request, form, services.open_probation, trainee):
        messages.success(request, _("The end-of-probation assessment is open."))
        return redirect("probation:detail", pk=done.result.pk)
    return render(request, "probation/open.html", {"form": form, "trainee": trainee})


def visible_probation(request: UserRequest, pk: UUID) -> Probation:
    """A probation that one sees, or 404."""
    rows = Probation.objects.visible_to(request.user).filter(trainee__voided_at=None)
    found: Probation = get_object_or_404(rows.select_related(*RELATED), pk=pk)
    return found
