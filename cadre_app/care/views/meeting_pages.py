"""The symposium or visit that a page is about, and the pages with one form that most of them are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.care import permissions
from cadre_app.care.models import CareVisit, Symposium
from cadre_app.core import phones
from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.people.models import Trainee
from cadre_app.people.views.files import require_edit

SYMPOSIUM_RELATED = ("unit", "prepared_by", "recorded_by")
VISIT_RELATED = ("trainee__person", "trainee__home_unit", "visitor", "recorded_by")


@dataclass(frozen=True)
class About:
    """What a page is about: a line below its title, the list it belongs to, and the page to go back to."""

    text: str
    list_url: str
    list_label: str
    back: str


def about_symposium(symposium: Symposium) -> About:
    day = formats.date_format(symposium.day)
    back = reverse("care:symposium_detail", kwargs={"pk": symposium.pk})
    return About(f"{symposium.title} · {day}", reverse("care:symposium_list"), _("Symposiums"), back)


def about_visit(visit: CareVisit) -> About:
    text = f"{visit.trainee.person.name} · {visit.trainee.home_unit.name} · {formats.date_format(visit.day)}"
    back = reverse("care:visit_detail", kwargs={"pk": visit.pk})
    return About(text, reverse("care:visit_list"), _("Visits and care"), back)


def about(owner: Symposium | CareVisit) -> About:
    return about_symposium(owner) if isinstance(owner, Symposium) else about_visit(owner)


def visible_symposium(request: UserRequest, pk: UUID) -> Symposium:
    """A symposium that one sees at all, without its restricted text; 404 where it is out of sight."""
    found = Symposium.objects.visible_to(request.user).without_texts().select_related(*SYMPOSIUM_RELATED)
    return get_object_or_404(found, pk=pk)


def changeable_symposium(request: UserRequest, pk: UUID) -> Symposium:
    """A standing symposium that one may change; 403 for those who only read it."""
    symposium = visible_symposium(request, pk)
    require(permissions.can_change_symposium(request.user, symposium))
    return symposium


def visible_visit(request: UserRequest, pk: UUID) -> CareVisit:
    """A visit that one sees at all, without its restricted text; 404 where it is out of sight."""
    found = CareVisit.objects.visible_to(request.user).without_texts().select_related(*VISIT_RELATED)
    return get_object_or_404(found, pk=pk)


def changeable_visit(request: UserRequest, pk: UUID) -> CareVisit:
    """A standing visit that one may change; where only the file is closed, 403 says so."""
    visit = visible_visit(request, pk)
    require_open(request, visit.trainee)
    require(permissions.can_change_visit(request.user, visit))
    return visit


def require_open(request: UserRequest, trainee: Trainee) -> None:
    """Where the file was closed the page says so; who may not change it anyway is told nothing more than before."""
    if trainee.is_read_only and permissions.works_on(request.user, trainee):
        require_edit(request, trainee)


def require_desk(request: UserRequest, owner: Symposium | CareVisit) -> None:
    """403 with the reason on a phone; nothing is read there, and nothing is put on record."""
    back = about(owner).back, _("Back")
    phones.require_desk(request, title=_("Restricted text does not open on a phone"), back=back)


def meeting_form(
    request: UserRequest,
    owner: Symposium | CareVisit,
    form: BaseForm,
    service: Callable[..., Any],
    page: Page,
    *objects: Any,
) -> HttpResponse:
    """A page with one form about a symposium or visit (or `objects` of it); back on it when it is done."""
    known = about(owner)
    if submit(request, form, service, *(objects or (owner,))):
        messages.success(request, page.said)
        return redirect(known.back)
    return shown(request, form, page, known)


def shown(request: UserRequest, form: BaseForm, page: Page, known: About) -> HttpResponse:
    template = "care/meeting_confirm.html" if page.question else "care/meeting_form.html"
    return render(request, template, {"form": form, "page": page, "about": known, "back": known.back} | page.extra)
