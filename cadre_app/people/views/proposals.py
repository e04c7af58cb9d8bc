"""变更申请 Proposals: the list, and comparing, accepting, refusing or withdrawing one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import Conflict, add_errors, submit
from cadre_app.core.tables import Empty, Table
from cadre_app.people import permissions
from cadre_app.people.comparing import MASKS, lines_of
from cadre_app.people.filters.proposals import filtered_proposals
from cadre_app.people.forms.proposals import AcceptForm, RefuseForm
from cadre_app.people.models import Person, Proposal
from cadre_app.people.proposal_columns import PROPOSAL_COLUMNS, section_label
from cadre_app.people.services import proposals as services
from cadre_app.people.services.proposals import compared_state
from cadre_app.people.views.files import require_edit


@require_GET
def proposal_list(request: UserRequest) -> HttpResponse:
    """Proposals of one's scope to answer, those that wait first; one's own with their answers."""
    require(permissions.can_see_proposals(request.user))
    found = filtered_proposals(request.GET, user=request.user, waiting_first=permissions.can_create(request.user))
    empty = Empty(
        _("No proposals."),
        _("Trainees and liaisons propose changes on the growth file; department staff answer them here."),
    )
    table = Table(request, found.qs, PROPOSAL_COLUMNS, name="proposals", empty=empty, default_sort="-created")
    template = page_or_fragment(request, "people/proposal_list.html")
    return render(request, template, {"table": table, "filter": found})


@require_http_methods(["GET", "POST"])
def proposal_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """Then, now and proposed, line by line; staff take over all or some."""
    proposal = _visible(request, pk)
    may_answer = proposal.status == Proposal.Status.WAITING and permissions.can_answer(request.user, proposal)
    if request.method == "POST" and not may_answer:
        _refuse_answer(request, proposal)
    form, is_stale = _accept_form(request, proposal), False
    try:
        if submit(request, form, services.accept_proposal, proposal):
            messages.success(request, _("The proposal was accepted."))
            return redirect("people:proposal_list")
    except Conflict:
        is_stale, answer = True, request.POST.get("answer", "")
        proposal = _visible(request, pk)
        may_answer = may_answer and proposal.status == Proposal.Status.WAITING
        form = _accept_form(request, proposal, unsent=True, answer=answer)
    context = _context(request, proposal) | {"form": form, "may_answer": may_answer, "is_stale": is_stale}
    context["may_refuse"] = proposal.status == Proposal.Status.WAITING and permissions.can_refuse(
        request.user, proposal
    )
    context["may_withdraw"] = proposal.status == Proposal.Status.WAITING and permissions.can_withdraw(
        request.user, proposal
    )
    return render(request, "people/proposal_detail.html", context, status=409 if is_stale else 200)


@require_http_methods(["GET", "POST"])
def proposal_refuse(request: UserRequest, pk: UUID) -> HttpResponse:
    """Refuse with a comment that the proposer reads."""
    proposal = _visible(request, pk)
    require(permissions.can_refuse(request.user, proposal))
    form = RefuseForm(request.POST or None, instance=compared_state(proposal, proposal.trainee.person))
    if submit(request, form, services.refuse_proposal, proposal):
        messages.success(request, _("The proposal was refused."))
        return redirect("people:proposal_list")
    return render(request, "people/proposal_refuse.html", _context(request, proposal) | {"form": form})


@require_http_methods(["GET", "POST"])
def proposal_withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    proposal = _visible(request, pk)
    require(permissions.can_withdraw(request.user, proposal))
    form = ChangeForm(request.POST or None, instance=proposal)
    if submit(request, form, services.withdraw_proposal, proposal):
        messages.success(request, _("The proposal was withdrawn."))
        return redirect("people:proposal_list")
    return render(request, "people/proposal_withdraw.html", _context(request, proposal) | {"form": form})


@require_http_methods(["GET", "POST"])
def proposal_reveal(request: UserRequest, pk: UUID, field: str) -> HttpResponse:
    """显示号码 A proposed number in clear, shown this once; who, when and why is on record before."""
    if field not in MASKS:
        raise Http404
    proposal = _visible(request, pk)
    require(permissions.can_reveal(request.user, proposal.trainee))
    form = ReasonForm(request.POST or None)
    context = _context(request, proposal) | {"form": form, "value": None}
    context["field_label"] = Person._meta.get_field(field).verbose_name  # type: ignore[union-attr]
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            context["value"] = services.reveal_proposed(proposal, field=field, reason=reason, actor=request.user)
        except ValidationError as error:
            add_errors(form, error)
    return render(request, "people/proposal_reveal.html", context)


def _visible(request: UserRequest, pk: UUID) -> Proposal:
    found = Proposal.objects.visible_to(request.user).standing()
    related = ("trainee__person", "trainee__home_unit", "proposed_by", "answered_by")
    return get_object_or_404(found.select_related(*related), pk=pk)


def _refuse_answer(request: UserRequest, proposal: Proposal) -> None:
    """403; whoever could answer if the file were open reads that it is closed."""
    require(proposal.status == Proposal.Status.WAITING and proposal.proposed_by_id != request.user.pk)
    require_edit(request, proposal.trainee)


def _accept_form(request: UserRequest, proposal: Proposal, *, unsent: bool = False, answer: str = "") -> AcceptForm:
    person = proposal.trainee.person
    found = lines_of(proposal, person, sees_numbers=True)
    data = None if unsent else request.POST or None
    return AcceptForm(data, instance=compared_state(proposal, person), found=found, initial={"answer": answer})


def _context(request: UserRequest, proposal: Proposal) -> dict[str, Any]:
    trainee = proposal.trainee
    sees_numbers = permissions.can_reveal(request.user, trainee)
    return {
        "proposal": proposal,
        "trainee": trainee,
        "label": section_label(proposal),
        "is_new": proposal.section == services.EDUCATION,
        "lines": lines_of(proposal, trainee.person, sees_numbers=sees_numbers),
        "may_reveal": sees_numbers,
    }
