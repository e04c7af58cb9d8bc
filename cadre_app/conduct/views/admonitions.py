"""提醒、函询、诫勉: for leaders and named staff at a desk; each reading is on record before it is answered."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.conduct import lists, tabs
from cadre_app.conduct.choosing import choice
from cadre_app.conduct.forms.restricted import AdmonitionForm, AnswerForm, RestrictedForm, ReviewForm, VoidForm
from cadre_app.conduct.models import Admonition
from cadre_app.conduct.models.readers import files_kept_by
from cadre_app.conduct.permissions import restricted as permissions
from cadre_app.conduct.services import admonitions as services
from cadre_app.conduct.services import reading
from cadre_app.conduct.views.own import own_conduct
from cadre_app.conduct.views.pages import RELATED, entry_form, file_form, require_desk
from cadre_app.conduct.wording import admonition_mark
from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.history.models import Entry
from cadre_app.people import permissions as people
from cadre_app.people.views.files import visible_trainee

BOTH = require_http_methods(["GET", "POST"])
DETAIL, LIST = "conduct:admonition_detail", "conduct:admonition_list"


@require_GET
def admonition_list(request: UserRequest) -> HttpResponse:
    """Over units for those who read them by office."""
    if not permissions.can_list_restricted(request.user):
        raise Http404
    require_desk(request)
    reading.read_list("admonitions", actor=request.user)
    table, found = lists.admonition_table(request, request.user)
    context = {
        "table": table,
        "filter": found,
        "tabs": tabs.tabs_of(request.user, LIST),
        "may_enter": permissions.can_enter_restricted(request.user),
    }
    return render(request, page_or_fragment(request, "conduct/admonition_list.html"), context)


@require_GET
def admonition_choose(request: UserRequest) -> HttpResponse:
    if not permissions.can_list_restricted(request.user):
        raise Http404
    require(permissions.can_enter_restricted(request.user))
    require_desk(request)
    context = {
        "title": _("Enter a reminder, inquiry or admonition"),
        "to": "conduct:admonition_new",
        "back": LIST,
        **choice(request, files_kept_by(request.user)),
    }
    return render(request, "conduct/choose.html", context)


@sensitive_post_parameters()
@BOTH
def admonition_new(request: UserRequest, pk: UUID) -> HttpResponse:
    trainee = visible_trainee(request, pk)
    require(permissions.can_enter_about(request.user, trainee))
    require_desk(request)
    form = AdmonitionForm(request.POST or None, trainee=trainee, initial={"given_on": timezone.localdate()})
    page = Page(_("Enter a reminder, inquiry or admonition"), _("It is entered."))
    return file_form(request, trainee, form, services.enter_admonition, page, DETAIL, LIST)


@require_GET
def admonition_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One of them; the person concerned reads it on the own page."""
    user, admonition = request.user, visible_admonition(request, pk)
    if people.is_own(user, admonition.trainee):
        return own_conduct(request)
    require_desk(request)
    reading.read_entry(admonition, actor=user)
    context: dict[str, Any] = {
        "admonition": admonition,
        "trainee": admonition.trainee,
        "mark": admonition_mark(admonition),
        "may_change": permissions.can_change_entry(user, admonition),
        "may_restore": permissions.can_restore_entry(user, admonition),
        "entries": Entry.objects.about(admonition).told(),
    }
    return render(request, "conduct/admonition_detail.html", context)


@sensitive_post_parameters()
@BOTH
def admonition_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    admonition = _changeable(request, pk)
    form = AdmonitionForm(request.POST or None, instance=admonition, trainee=admonition.trainee)
    page = Page(
        pgettext("restricted entry", "Correct the entry"), pgettext("restricted entry", "The entry was changed.")
    )
    return entry_form(request, admonition, form, services.change_admonition, page, DETAIL)


@sensitive_post_parameters()
@BOTH
def admonition_answer(request: UserRequest, pk: UUID) -> HttpResponse:
    """整改回告."""
    admonition = _changeable(request, pk)
    form = AnswerForm(request.POST or None, instance=admonition)
    page = Page(_("Record the report on the correction"), _("The report on the correction is recorded."))
    return entry_form(request, admonition, form, services.record_answer, page, DETAIL)


@sensitive_post_parameters()
@BOTH
def admonition_review(request: UserRequest, pk: UUID) -> HttpResponse:
    """六个月后了解情况."""
    admonition = _changeable(request, pk)
    form = ReviewForm(request.POST or None, instance=admonition)
    page = Page(_("Record the follow-up"), _("The follow-up is recorded."))
    return entry_form(request, admonition, form, services.record_review, page, DETAIL)


@BOTH
def admonition_void(request: UserRequest, pk: UUID) -> HttpResponse:
    admonition = _changeable(request, pk)
    form = VoidForm(request.POST or None, instance=admonition)
    page = Page(
        pgettext("restricted entry", "Void the entry"), pgettext("restricted entry", "The entry was voided."), _("Void"), question=pgettext("restricted entry", "Void this entry?"),
        consequence=_("The person no longer sees it. It is kept and can be restored."), danger=True,
    )  # fmt: skip
    return entry_form(request, admonition, form, services.void_admonition, page, DETAIL)


@BOTH
def admonition_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    admonition = visible_admonition(request, pk)
    require(permissions.can_restore_entry(request.user, admonition))
    require_desk(request)
    form = RestrictedForm(request.POST or None, instance=admonition)
    page = Page(
        pgettext("restricted entry", "Restore the entry"),
        pgettext("restricted entry", "The entry stands again."),
        _("Restore"),
        question=pgettext("restricted entry", "Restore this entry?"),
    )
    return entry_form(request, admonition, form, services.restore_admonition, page, DETAIL)


def visible_admonition(request: UserRequest, pk: UUID) -> Admonition:
    """One that somebody sees, or 404."""
    found: Admonition = get_object_or_404(Admonition.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
    return found


def _changeable(request: UserRequest, pk: UUID) -> Admonition:
    """For whoever keeps it; opening the page is a reading as well."""
    admonition = visible_admonition(request, pk)
    require(permissions.can_change_entry(request.user, admonition))
    require_desk(request)
    reading.read_entry(admonition, actor=request.user)
    return admonition
