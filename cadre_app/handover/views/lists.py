"""材料归档清单: the list, the list that is signed when papers go, what went, and handing over many at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.documents.sending import file_answer
from cadre_app.documents.wording import mark_text
from cadre_app.files.checks.office import WORD_TYPE
from cadre_app.handover import lists, permissions
from cadre_app.handover.filters import materials_of
from cadre_app.handover.forms import HandOverForm
from cadre_app.handover.models import Material
from cadre_app.handover.papers import NAME, waiting_values, waiting_word
from cadre_app.handover.services import materials as services
from cadre_app.history import services as history
from cadre_app.people.roster.picks import MOST_PICKED, picked_keys


@require_GET
def material_list(request: UserRequest) -> HttpResponse:
    """For staff and leaders what waits, what is late and what went."""
    require_list(request)
    table, found = lists.material_table(request, request.user)
    context = {"table": table, "filter": found, "may_hand_over": permissions.can_hand_over_many(request.user)}
    return render(request, page_or_fragment(request, "handover/material_list.html"), context)


@require_GET
def material_sheet(request: UserRequest) -> HttpResponse:
    """材料移交清单 What waits among the rows that are asked for, on paper, to be signed by both sides."""
    require_list(request)
    context = {
        "v": _sheet_values(request),
        "marked": mark_text(request.user, timezone.now()),
        "may_hand_over": permissions.can_hand_over_many(request.user),
    }
    return render(request, "handover/material_sheet.html", context)


@require_GET
def material_sheet_word(request: UserRequest) -> HttpResponse:
    """As `material_sheet`, to be saved; that it was is on record before."""
    require_list(request)
    try:
        content = waiting_word(_sheet_values(request), user=request.user)
    except ValidationError as error:
        text = _("The Word template of this paper cannot be used: %(why)s")
        messages.error(request, text % {"why": error.messages[0]})
        return redirect(reverse("handover:material_sheet", query=request.GET))
    history.record_reading("handover.material.sheet_saved", actor=request.user)
    return file_answer(content, WORD_TYPE, f"{NAME}（{timezone.localdate():%Y%m%d}）.docx", saved=True)


@require_GET
def hand_over_list(request: UserRequest) -> HttpResponse:
    """移交记录 What went together and when, each with the list that was signed."""
    require_list(request)
    table, found = lists.hand_over_table(request, request.user)
    context = {"table": table, "filter": found}
    return render(request, page_or_fragment(request, "handover/hand_over_list.html"), context)


@require_POST
def material_hand_over_many(request: UserRequest) -> HttpResponse:
    """批量移交: say which, ask once, hand over what was named; what went already is left out."""
    require_list(request)
    require(permissions.can_hand_over_many(request.user))
    is_confirmed = "confirmed" in request.POST
    chosen = _chosen(request, is_confirmed=is_confirmed)
    form = HandOverForm(request.POST if is_confirmed else None, initial={"handed_over_on": timezone.localdate()})
    if is_confirmed and (done := submit(request, form, services.hand_over_many, _keys(chosen))):
        count = len(done.result or ())
        text = ngettext("%(count)s material was handed over.", "%(count)s materials were handed over.", count)
        messages.success(request, text % {"count": count})
        return redirect("handover:material_list")
    waiting = chosen.filter(handed_over_on=None)
    most = min(services.MOST, MOST_PICKED)
    rows = list(waiting.select_related("trainee__person").order_by("due_on", "pk")[:most])
    context: dict[str, Any] = {"form": form, "rows": rows, "left_out": chosen.count() - waiting.count()}
    return render(request, "handover/hand_over_many.html", context)


def _sheet_values(request: UserRequest) -> dict[str, Any]:
    """What waits of the rows asked for, as many as go at once; how many more there are is told."""
    waiting = materials_of(request.user, request.GET).qs.filter(handed_over_on=None, voided_at=None)
    rows = list(waiting.order_by(*services.SHEET_ORDER)[: services.MOST])
    total = waiting.count() if len(rows) == services.MOST else len(rows)
    return waiting_values(rows, total=total, today=timezone.localdate())


def _chosen(request: UserRequest, *, is_confirmed: bool) -> "QuerySet[Material]":
    """What was picked, or all of the list in `query`; nothing beyond what one works on as staff.

    Confirmed is what the question named, not what the list has come to hold since.
    """
    own = Material.objects.kept_by(request.user)
    if is_confirmed or not request.POST.get("all"):
        return own.filter(pk__in=picked_keys(request.POST))
    found = materials_of(request.user, QueryDict(request.POST.get("query", "")))
    return own.filter(pk__in=found.qs.values("pk"))


def _keys(chosen: "QuerySet[Material]") -> list[UUID]:
    return list(chosen.filter(handed_over_on=None).order_by("due_on", "pk").values_list("pk", flat=True))


def require_list(request: UserRequest) -> None:
    """404 for whoever has no list of materials."""
    if not permissions.can_see_list(request.user):
        raise Http404
