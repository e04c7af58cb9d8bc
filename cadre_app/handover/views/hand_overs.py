"""移交记录 one going of papers: what went, corrected or taken back as a whole."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.handover import permissions
from cadre_app.handover.forms import HandOverForm
from cadre_app.handover.models import HandOver, Material
from cadre_app.handover.papers import sheet_url
from cadre_app.handover.services import hand_overs as services
from cadre_app.handover.views.lists import require_list
from cadre_app.history.models import Entry


@require_GET
def hand_over_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """The papers of it that one reads, with what was struck out or voided since, and what was changed."""
    kept = _visible(request, pk)
    seen = kept.lines.filter(material__in=Material.objects.visible_to(request.user))
    lines = list(seen.select_related("material__trainee__person").order_by("number"))
    context: dict[str, Any] = {
        "kept": kept,
        "lines": lines,
        "went": sum(line.went for line in lines),
        "sheet": sheet_url(kept.pk),
        "may_change": permissions.can_change_hand_over(request.user, kept),
        "entries": Entry.objects.about(kept).told(),
    }
    return render(request, "handover/hand_over_detail.html", context)


@require_http_methods(["GET", "POST"])
def hand_over_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """The day and the signature, of all of its papers at once."""
    kept = _changeable(request, pk)
    initial = {"handed_over_on": kept.handed_over_on, "received_by": kept.received_by}
    form = HandOverForm(request.POST or None, instance=kept, initial=initial)
    if submit(request, form, services.correct_hand_over, kept):
        messages.success(request, _("The hand-over was corrected, with all of its materials."))
        return redirect("handover:hand_over_detail", pk=kept.pk)
    page = Page(pgettext("material", "Correct the hand-over"), "", notices=(_number(kept),))
    return render(request, "handover/form.html", _context(form, page, kept))


@require_http_methods(["GET", "POST"])
def hand_over_take_back(request: UserRequest, pk: UUID) -> HttpResponse:
    """All of its papers wait again, for one reason."""
    kept = _changeable(request, pk)
    form = ReasonForm(request.POST or None, instance=kept)
    if submit(request, form, services.take_hand_over_back, kept):
        messages.success(request, _("The materials wait to be handed over again."))
        return redirect("handover:hand_over_detail", pk=kept.pk)
    label = pgettext("material", "Take the hand-over back")
    page = Page(label, "", label, question=_("Was the whole hand-over entered by mistake?"), consequence=_number(kept))
    return render(request, "handover/confirm.html", _context(form, page, kept))


def _visible(request: UserRequest, pk: UUID) -> HandOver:
    require_list(request)
    return get_object_or_404(HandOver.objects.visible_to(request.user).select_related("given_by"), pk=pk)


def _changeable(request: UserRequest, pk: UUID) -> HandOver:
    kept = _visible(request, pk)
    require(permissions.can_change_hand_over(request.user, kept))
    return kept


def _number(kept: HandOver) -> str:
    count = kept.lines.standing().count()
    text = ngettext(
        "It is about %(count)s material handed over on %(day)s.",
        "It is about %(count)s materials handed over on %(day)s.", count,
    )  # fmt: skip
    return text % {"count": count, "day": formats.date_format(kept.handed_over_on)}


def _context(form: Any, page: Page, kept: HandOver) -> dict[str, Any]:
    back = reverse("handover:hand_over_detail", kwargs={"pk": kept.pk})
    return {"form": form, "page": page, "trainee": None, "material": None, "kept": kept, "back": back}
