"""The posting that a page is about, and the two kinds of pages that most of them are."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cadre_app.assignments.models import Front, Posting, PostingAppraisal
from cadre_app.assignments.posting_page import RELATED
from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.org.models import Unit, UnitKind
from cadre_app.org.paths import SEGMENT_WIDTH, PathRange

if TYPE_CHECKING:
    from django.db.models import QuerySet

SMALL_KINDS = (UnitKind.VILLAGE, UnitKind.COMMUNITY)


def visible_posting(request: UserRequest, pk: UUID, *, voided: bool = False) -> Posting:
    """A standing (or voided) posting that one sees; 404 where it is out of sight."""
    rows = Posting.objects.visible_to(request.user).select_related(*RELATED)
    found: Posting = get_object_or_404(rows.filter(voided_at__isnull=not voided), pk=pk)
    return found


def page_of(posting: Posting) -> str:
    return reverse("assignments:posting_detail", kwargs={"pk": posting.pk})


def visible_appraisal(request: UserRequest, pk: UUID, *, voided: bool = False) -> PostingAppraisal:
    """A standing (or voided) appraisal that one sees, with its posting."""
    related = [f"posting__{name}" for name in RELATED]
    rows = PostingAppraisal.objects.visible_to(request.user).select_related("written_by", *related)
    found: PostingAppraisal = get_object_or_404(rows.filter(voided_at__isnull=not voided), pk=pk)
    return found


def posting_form(
    request: UserRequest, posting: Posting, form: BaseForm, service: Callable[..., Any], page: Page, *objects: Any
) -> HttpResponse:
    """A page with one form about a posting (or `objects` of it); back on the posting when it is done."""
    if submit(request, form, service, *(objects or (posting,))):
        messages.success(request, page.said)
        return redirect("assignments:posting_detail", pk=posting.pk)
    template = "assignments/posting_confirm.html" if page.question else "assignments/posting_form.html"
    return render(request, template, {"form": form, "page": page, "posting": posting} | page.extra)


def host_units(request: UserRequest, since: date, present: Unit | None = None) -> "QuerySet[Unit]":
    """Units of one's own district that take people and were open on `since` or later, villages left out; a present host
    stays. Which days a closed one may be chosen for is the service's question.
    """
    roots = {unit.path[:SEGMENT_WIDTH] for unit in _own_units(request)}
    units = Unit.objects.standing()
    mine = units.within(tuple(PathRange.below(root) for root in sorted(roots)))
    mine = mine.filter(Q(closed_on=None) | Q(closed_on__gt=since)).exclude(kind__in=SMALL_KINDS)
    if present is not None:
        mine = units.filter(pk__in=[present.pk]) | mine
    return mine


def tasks_of(front: Front | None) -> list[str]:
    """The tasks that wait on a front, in their order."""
    if front is None:
        return []
    return list(front.tasks.standing().order_by("order", "text").values_list("text", flat=True))


def asked_front(request: UserRequest) -> Front | None:
    """The front in the address, by its key; None where there is none of that name."""
    return Front.objects.visible_to(request.user).filter(key=request.GET.get("front", "")).first()


def _own_units(request: UserRequest) -> list[Unit]:
    return [grant.unit for grant in request.user.standing_grants if grant.unit is not None]
