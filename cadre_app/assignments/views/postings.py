"""派遣 One posting: chosen, proposed, read, changed."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.assignments import posting_page
from cadre_app.assignments.candidates import reasons_of
from cadre_app.assignments.forms.postings import CompleteForm, PostingForm
from cadre_app.assignments.lists.candidates import candidate_table
from cadre_app.assignments.models import Front, Posting, PostingKind, PostingMode, PostingState
from cadre_app.assignments.models.choices import PENDING
from cadre_app.assignments.permissions import hosts
from cadre_app.assignments.permissions import postings as permissions
from cadre_app.assignments.services import postings as services
from cadre_app.assignments.stretch_words import kind_with_level, stage_mark, time_left
from cadre_app.assignments.views.posting_pages import asked_front, host_units, tasks_of, visible_posting
from cadre_app.core.growth import head_parts
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.people.access import resolve
from cadre_app.people.models import Trainee


@require_GET
def posting_new(request: UserRequest) -> HttpResponse:
    """Choose the front or the kind first, then somebody among those whom one may propose."""
    if not permissions.can_see_queue(request.user) and not permissions.can_open_proposal(request.user):
        raise Http404
    require(permissions.can_open_proposal(request.user))
    front, kind = asked_front(request), asked_kind(request)
    if front is None and not kind:
        fronts = Front.objects.visible_to(request.user)
        return render(request, "assignments/posting_choose.html", {"fronts": fronts, "kinds": PostingKind.choices})
    query = urlencode({"front": front.key} if front is not None else {"kind": kind})
    table, found = candidate_table(request, request.user, front=front, kind=kind, query=query)
    context = {"table": table, "filter": found, "front": front, "kind": _kind_label(kind)}
    return render(request, page_or_fragment(request, "assignments/posting_people.html"), context)


@require_http_methods(["GET", "POST"])
def posting_propose(request: UserRequest, pk: UUID) -> HttpResponse:
    """拟定派遣 for one person, with the tasks of the front (`?front=`) or for a kind (`?kind=`)."""
    rows = Trainee.objects.visible_to(request.user).select_related("person", "home_unit")
    trainee = get_object_or_404(rows, pk=pk)
    require(permissions.can_propose(request.user, trainee))
    front, kind = asked_front(request), asked_kind(request)
    form = PostingForm(
        request.POST or None,
        request.FILES or None,
        initial={"kind": kind or PostingKind.TASK_FORCE, "mode": PostingMode.FULL},
        **_asked(request, trainee, front),
    )
    if done := submit(request, form, services.propose_posting, trainee, front=front):
        messages.success(request, _("The posting is proposed. It is checked and signed off next."))
        return redirect("assignments:posting_detail", pk=done.result.pk)
    context = {"form": form, **_beside(request, trainee, front, kind)}
    return render(request, "assignments/posting_propose.html", context)


@require_http_methods(["GET", "POST"])
def posting_propose_again(request: UserRequest, pk: UUID) -> HttpResponse:
    """What was declined, filled in as it was, to be proposed anew; files are attached anew."""
    posting = visible_posting(request, pk)
    require(permissions.can_propose_again(request.user, posting))
    asked = _asked(request, posting.trainee, posting.front, posting)
    form = PostingForm(request.POST or None, request.FILES or None, instance=posting, **asked)
    extra: dict[str, Any] = {"front": posting.front}
    if "supervisor" not in form.fields:
        extra["supervisor"] = posting.supervisor
    if done := submit(request, form, services.propose_again, posting, **extra):
        messages.success(request, _("The posting is proposed again. It is checked and signed off next."))
        return redirect("assignments:posting_detail", pk=done.result.pk)
    context = {"form": form, "declined": posting, **_beside(request, posting.trainee, posting.front, posting.kind)}
    return render(request, "assignments/posting_propose.html", context)


@require_GET
def posting_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """The whole page for those who oversee it; for the person and the host what concerns them."""
    user = request.user
    rows = posting_page.rows_with_notes().filter(pk__in=Posting.objects.visible_to(user).values("pk"))
    posting: Posting = get_object_or_404(rows, pk=pk)
    today = timezone.localdate()
    appraisal = posting_page.appraisal_of(posting, user)
    context: dict[str, Any] = {
        "posting": posting,
        "trainee": posting.trainee,
        "appraisal": appraisal,
        "mark": stage_mark(posting, today),
        "left": time_left(posting, today),
        "kind": kind_with_level(posting),
        "may": posting_page.acts_of(user, posting, appraisal),
        **posting_page.files_for(posting, user),
    }
    if not permissions.oversees(user, posting):
        context |= {"is_subject": permissions.is_subject(user, posting), "is_host": hosts.hosts(user, posting)}
        return render(request, "assignments/posting_brief.html", context)
    may_restore = context["may"]["take_return_back"]
    context |= {
        "notes": posting_page.notes_for(posting),
        "steps": posting_page.steps_of(posting, appraisal),
        "extensions": posting_page.extensions_of(posting),
        **posting_page.chain_of(posting),
        "voided_appraisal": posting_page.voided_appraisal(posting) if may_restore else None,
        "entries": posting_page.history_of(posting, user, appraisal),
        "rules": posting_page.rules_for(posting.kind, today),
        "is_pending": posting.state in PENDING,
        "is_proposer": posting.proposed_by_id == user.pk,
        "is_own_check": permissions.has_only_checked(user, posting),
        "gives_up_sign_off": permissions.can_check(user, posting) and permissions.signs(user, posting),
    }
    return render(request, "assignments/posting_detail.html", context)


@require_http_methods(["GET", "POST"])
def posting_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """A proposal is changed as a whole; what is signed off is completed."""
    posting = visible_posting(request, pk)
    if posting.state not in (*PENDING, PostingState.DECLINED):
        return _complete(request, posting)
    require(permissions.can_change(request.user, posting))
    front = asked_front(request) or posting.front
    asked = _asked(request, posting.trainee, front, posting)
    form = PostingForm(request.POST or None, request.FILES or None, instance=posting, **asked)
    extra: dict[str, Any] = {"front": front}
    if "supervisor" not in form.fields:
        extra["supervisor"] = posting.supervisor
    if submit(request, form, services.change_posting, posting, **extra):
        messages.success(request, _("The proposal was changed. It is checked anew."))
        return redirect("assignments:posting_detail", pk=pk)
    context = {"form": form, "posting": posting, "trainee": posting.trainee, "front": front}
    context |= {"fronts": Front.objects.visible_to(request.user), "is_checked": posting.state == PostingState.CHECKED}
    return render(request, "assignments/posting_edit.html", context)


def asked_kind(request: UserRequest) -> str:
    """The kind in the address, "" where it names none."""
    kind = request.GET.get("kind", "")
    return kind if kind in PostingKind.values else ""


def _complete(request: UserRequest, posting: Posting) -> HttpResponse:
    require(permissions.can_complete(request.user, posting))
    form = CompleteForm(request.POST or None, request.FILES or None, instance=posting, user=request.user)
    if submit(request, form, services.complete_posting, posting):
        messages.success(request, _("The posting was completed."))
        return redirect("assignments:posting_detail", pk=posting.pk)
    context = {"form": form, "posting": posting, "trainee": posting.trainee, "front": posting.front}
    return render(request, "assignments/posting_complete.html", context)


def _asked(
    request: UserRequest, trainee: Trainee, front: Front | None, posting: Posting | None = None
) -> dict[str, Any]:
    """What the form of a proposal is made with."""
    return {
        "units": host_units(request, trainee.arrived_on, posting.unit if posting is not None else None),
        "offered": tasks_of(front),
        "user": request.user,
        "names_hosts": permissions.names_hosts(request.user),
    }


def _beside(request: UserRequest, trainee: Trainee, front: Front | None, kind: str) -> dict[str, Any]:
    """What is known of the person beside a proposal, and the rules of the kind."""
    today = timezone.localdate()
    return {
        "trainee": trainee,
        "front": front,
        "reasons": reasons_of([trainee], front=front, kind=kind, today=today)[trainee.pk],
        "lines": _known_lines(request, trainee),
        "rules": posting_page.rules_for(kind or PostingKind.TASK_FORCE, today),
    }


def _known_lines(request: UserRequest, trainee: Trainee) -> list[Any]:
    """What other rooms say at the head of the growth file: mentors, training, talks."""
    access = resolve(request.user, trainee)
    parts = sorted(head_parts.values(), key=lambda part: part.order)
    return [line for part in parts for line in part.lines(trainee, access)]


def _kind_label(kind: str) -> str:
    return str(PostingKind(kind).label) if kind else ""
