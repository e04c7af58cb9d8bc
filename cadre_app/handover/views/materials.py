"""One material: entered, corrected, handed over, taken back, voided."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.handover import permissions
from cadre_app.handover.forms import HandOverForm, MaterialForm, NewMaterialForm
from cadre_app.handover.models import HandOverLine, Material
from cadre_app.handover.papers import record_url
from cadre_app.handover.services import materials as services
from cadre_app.handover.views.lists import require_list
from cadre_app.handover.wording import state_mark
from cadre_app.history.models import Entry

LIST = "handover:material_list"


@require_GET
def material_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One paper, with what may be done with it and what was changed."""
    material = _visible(request, pk)
    context: dict[str, Any] = {
        "material": material,
        "trainee": material.trainee,
        "mark": state_mark(material),
        "may_change": permissions.can_change(request.user, material),
        "may_restore": permissions.can_restore(request.user, material),
        "hand_overs": _hand_overs(material),
        "entries": Entry.objects.about(material).told(),
    }
    return render(request, "handover/material_detail.html", context)


@require_http_methods(["GET", "POST"])
def material_new(request: UserRequest) -> HttpResponse:
    """A paper that no record of ours makes, entered by hand; `?person=` is who it is of, to begin with."""
    require_list(request)
    require(permissions.can_hand_over_many(request.user))
    initial = {"formed_on": timezone.localdate(), "person": request.GET.get("person", "")}
    form = NewMaterialForm(request.POST or None, user=request.user, initial=initial)
    if done := submit(request, form, services.add_material):
        messages.success(request, _("The material is on the list."))
        return redirect("handover:material_detail", pk=done.result.pk) if done.result else redirect(LIST)
    return _shown(request, form, Page(_("Enter a material"), ""), reverse(LIST))


@require_http_methods(["GET", "POST"])
def material_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    material = _changeable(request, pk)
    form = MaterialForm(request.POST or None, instance=material)
    return _acted(
        request,
        material,
        form,
        services.change_material,
        Page(_("Correct the material"), _("The material was corrected.")),
    )


@require_http_methods(["GET", "POST"])
def material_hand_over(request: UserRequest, pk: UUID) -> HttpResponse:
    """移交, with the day and who signed for it."""
    material = _changeable(request, pk)
    if request.method == "GET" and material.handed_over_on is not None:
        messages.info(request, _("This paper was handed over already."))
        return redirect("handover:material_detail", pk=material.pk)
    form = HandOverForm(request.POST or None, instance=material, initial={"handed_over_on": timezone.localdate()})
    title = pgettext("material", "Hand over")
    page = Page(title, _("The hand-over is recorded."), title, notices=(material.title,))
    return _acted(request, material, form, services.hand_over, page)


@require_http_methods(["GET", "POST"])
def material_take_back(request: UserRequest, pk: UUID) -> HttpResponse:
    material = _changeable(request, pk)
    page = Page(
        pgettext("material", "Take the hand-over back"),
        _("The material waits to be handed over again."),
        pgettext("material", "Take the hand-over back"),
        question=_("Was the hand-over entered by mistake?"),
        consequence=_("The material waits again; its last day stays."),
    )
    return _acted(request, material, ReasonForm(request.POST or None, instance=material), services.take_back, page)


@require_http_methods(["GET", "POST"])
def material_void(request: UserRequest, pk: UUID) -> HttpResponse:
    material = _changeable(request, pk)
    page = Page(
        _("Void the material"),
        _("The material was voided."),
        _("Void"),
        question=_("Void this material?"),
        consequence=_("It stays readable among the voided ones and can be restored."),
        danger=True,
    )
    return _acted(request, material, ReasonForm(request.POST or None, instance=material), services.void_material, page)


@require_http_methods(["GET", "POST"])
def material_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    material = _visible(request, pk)
    require(permissions.can_restore(request.user, material))
    page = Page(
        _("Restore the material"), _("The material is on the list again."), _("Restore"),
        question=_("Restore this material?"),
    )  # fmt: skip
    form = RestoreForm(request.POST or None, instance=material)
    return _acted(request, material, form, services.restore_material, page)


def _hand_overs(material: Material) -> list[tuple[HandOverLine, str]]:
    """The goings that this paper was on the list of, that which stands first, with the page of each."""
    lines = material.hand_over_lines.select_related("hand_over").order_by(F("voided_at").desc(nulls_first=True), "-pk")
    return [(line, record_url(line.hand_over_id)) for line in lines]


def _visible(request: UserRequest, pk: UUID) -> Material:
    found = Material.objects.visible_to(request.user).select_related("trainee__person", "trainee__home_unit")
    return get_object_or_404(found, pk=pk)


def _changeable(request: UserRequest, pk: UUID) -> Material:
    material = _visible(request, pk)
    require(permissions.can_change(request.user, material))
    return material


def _acted(
    request: UserRequest, material: Material, form: BaseForm, service: Callable[..., Any], page: Page
) -> HttpResponse:
    """A page with one form about a paper; back on the paper when it is done."""
    if submit(request, form, service, material):
        messages.success(request, page.said)
        return redirect("handover:material_detail", pk=material.pk)
    back = reverse("handover:material_detail", kwargs={"pk": material.pk})
    return _shown(request, form, page, back, material)


def _shown(
    request: UserRequest, form: BaseForm, page: Page, back: str, material: Material | None = None
) -> HttpResponse:
    template = "handover/confirm.html" if page.question else "handover/form.html"
    trainee = material.trainee if material is not None else None
    context = {"form": form, "page": page, "trainee": trainee, "material": material, "back": back}
    return render(request, template, context)
