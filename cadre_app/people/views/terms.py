"""到村任职: village terms and their interruptions."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest
from cadre_app.core.roles import Role
from cadre_app.core.submit import submit
from cadre_app.org.models import Unit
from cadre_app.people.file.sections import term_row
from cadre_app.people.forms.terms import EndTermForm, TermForm
from cadre_app.people.models import VillageTerm
from cadre_app.people.policies import TERM_MONTHS
from cadre_app.people.services import terms as services
from cadre_app.people.views.files import require_edit, visible_trainee


@require_http_methods(["GET", "POST"])
def term_start(request: UserRequest, pk: UUID) -> HttpResponse:
    """A village term of this file, planned or begun."""
    trainee = visible_trainee(request, pk)
    require_edit(request, trainee)
    initial = {"role": services.fitting_role(trainee.person), "months": TERM_MONTHS.now()}
    form = TermForm(request.POST or None, instance=trainee, villages=_villages(request), initial=initial)
    if done := submit(request, form, services.start_term, trainee):
        messages.success(request, _("The village term is recorded."))
        _say_hint(request, done.result)
        return redirect("people:trainee_detail", pk=pk)
    return render(request, "people/term_start.html", {"form": form, "trainee": trainee})


@require_http_methods(["GET", "POST"])
def term_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    term = changeable_term(request, pk)
    form = TermForm(request.POST or None, instance=term, villages=_villages(request, term.village))
    if done := submit(request, form, services.change_term, term):
        messages.success(request, _("The village term was changed."))
        _say_hint(request, done.result)
        return redirect("people:trainee_detail", pk=term.trainee_id)
    return render(request, "people/term_edit.html", {"form": form, "term": term, "trainee": term.trainee})


@require_http_methods(["GET", "POST"])
def term_end(request: UserRequest, pk: UUID) -> HttpResponse:
    """The last day in the village; the term counts unless it ended early."""
    term = changeable_term(request, pk)
    today = timezone.localdate()
    last_day = term.due_on if term.due_on is not None and term.due_on <= today else today
    initial = {"ended_on": last_day, "is_cut_short": term.due_on is None or term.due_on > today}
    form = EndTermForm(request.POST or None, instance=term, initial=initial)
    if submit(request, form, services.end_term, term):
        messages.success(request, _("The end of the village term is recorded."))
        return redirect("people:trainee_detail", pk=term.trainee_id)
    return render(request, "people/term_end.html", {"form": form, "term": term, "trainee": term.trainee})


@require_http_methods(["GET", "POST"])
def term_reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    term = changeable_term(request, pk)
    form = ReasonForm(request.POST or None, instance=term)
    if submit(request, form, services.reopen_term, term):
        messages.success(request, _("The village term runs again."))
        return redirect("people:trainee_detail", pk=term.trainee_id)
    return render(request, "people/term_reopen.html", {"form": form, "term": term, "trainee": term.trainee})


@require_http_methods(["GET", "POST"])
def term_void(request: UserRequest, pk: UUID) -> HttpResponse:
    term = changeable_term(request, pk)
    form = ReasonForm(request.POST or None, instance=term)
    if submit(request, form, services.void_term, term):
        messages.success(request, _("The village term was voided."))
        return redirect("people:trainee_detail", pk=term.trainee_id)
    return render(request, "people/term_void.html", {"form": form, "term": term, "trainee": term.trainee})


def changeable_term(request: UserRequest, pk: UUID) -> VillageTerm:
    """A standing term of a file that one may change; 404 where it is out of sight."""
    found = VillageTerm.objects.visible_to(request.user).standing()
    term = get_object_or_404(found.select_related("village", "trainee__person", "trainee__home_unit"), pk=pk)
    require_edit(request, term.trainee)
    return term


def _villages(request: UserRequest, present: Unit | None = None) -> "QuerySet[Unit]":
    """Open villages and communities of one's scope; the present one stays although it was closed meanwhile."""
    units = Unit.objects.standing().filter(kind__in=services.VILLAGE_KINDS)
    mine = units.open_on(timezone.localdate()).within(request.user.unit_ranges(Role.STAFF))
    return mine if present is None else units.filter(Q(pk__in=mine.values("pk")) | Q(pk=present.pk))


def _say_hint(request: UserRequest, term: VillageTerm) -> None:
    """A role that does not fit is said, not refused."""
    hint = term_row(term, term.trainee, []).hint
    if hint:
        messages.warning(request, hint)
