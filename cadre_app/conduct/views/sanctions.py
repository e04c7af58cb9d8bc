"""党纪处分、政务处分、组织处理: for leaders and named staff at a desk; each reading is on record before it is answered."""

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
from cadre_app.conduct.forms.restricted import LiftForm, RestrictedForm, SanctionForm, VoidForm
from cadre_app.conduct.models import Sanction
from cadre_app.conduct.models.readers import files_kept_by
from cadre_app.conduct.permissions import restricted as permissions
from cadre_app.conduct.services import reading
from cadre_app.conduct.services import sanctions as services
from cadre_app.conduct.views.own import own_conduct
from cadre_app.conduct.views.pages import RELATED, entry_form, file_form, require_desk
from cadre_app.conduct.wording import sanction_mark
from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.history.models import Entry
from cadre_app.people import permissions as people
from cadre_app.people.views.files import visible_trainee

BOTH = require_http_methods(["GET", "POST"])
DETAIL, LIST = "conduct:sanction_detail", "conduct:sanction_list"


@require_GET
def sanction_list(request: UserRequest) -> HttpResponse:
    """Over units for those who read them by office."""
    if not permissions.can_list_restricted(request.user):
        raise Http404
    require_desk(request)
    reading.read_list("sanctions", actor=request.user)
    table, found = lists.sanction_table(request, request.user)
    context = {
        "table": table,
        "filter": found,
        "tabs": tabs.tabs_of(request.user, LIST),
        "may_enter": permissions.can_enter_restricted(request.user),
    }
    return render(request, page_or_fragment(request, "conduct/sanction_list.html"), context)


@require_GET
def sanction_choose(request: UserRequest) -> HttpResponse:
    if not permissions.can_list_restricted(request.user):
        raise Http404
    require(permissions.can_enter_restricted(request.user))
    require_desk(request)
    context = {
        "title": _("Enter a disciplinary decision"),
        "to": "conduct:sanction_new",
        "back": LIST,
        **choice(request, files_kept_by(request.user)),
    }
    return render(request, "conduct/choose.html", context)


@sensitive_post_parameters()
@BOTH
def sanction_new(request: UserRequest, pk: UUID) -> HttpResponse:
    trainee = visible_trainee(request, pk)
    require(permissions.can_enter_about(request.user, trainee))
    require_desk(request)
    form = SanctionForm(request.POST or None, initial={"decided_on": timezone.localdate()})
    page = Page(_("Enter a disciplinary decision"), _("The decision is entered."))
    return file_form(request, trainee, form, services.enter_sanction, page, DETAIL, LIST)


@require_GET
def sanction_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One decision; the person concerned reads it on the own page."""
    user, sanction = request.user, visible_sanction(request, pk)
    if people.is_own(user, sanction.trainee):
        return own_conduct(request)
    require_desk(request)
    reading.read_entry(sanction, actor=user)
    context: dict[str, Any] = {
        "sanction": sanction,
        "trainee": sanction.trainee,
        "mark": sanction_mark(sanction),
        "may_change": permissions.can_change_entry(user, sanction),
        "may_restore": permissions.can_restore_entry(user, sanction),
        "entries": Entry.objects.about(sanction).told(),
    }
    return render(request, "conduct/sanction_detail.html", context)


@sensitive_post_parameters()
@BOTH
def sanction_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    sanction = _changeable(request, pk)
    form = SanctionForm(request.POST or None, instance=sanction)
    page = Page(_("Correct the decision"), _("The decision was changed."))
    return entry_form(request, sanction, form, services.change_sanction, page, DETAIL)


@sensitive_post_parameters()
@BOTH
def sanction_lift(request: UserRequest, pk: UUID) -> HttpResponse:
    """解除."""
    sanction = _changeable(request, pk)
    form = LiftForm(request.POST or None, instance=sanction, initial={"lifted_on": timezone.localdate()})
    title = pgettext("disciplinary decision", "Lift")
    page = Page(title, _("The decision is lifted."), title)
    return entry_form(request, sanction, form, services.lift_sanction, page, DETAIL)


@BOTH
def sanction_void(request: UserRequest, pk: UUID) -> HttpResponse:
    sanction = _changeable(request, pk)
    form = VoidForm(request.POST or None, instance=sanction)
    page = Page(
        _("Void the decision"), _("The decision was voided."), _("Void"), question=_("Void this decision?"),
        consequence=_("The person no longer sees it. It is kept and can be restored."), danger=True,
    )  # fmt: skip
    return entry_form(request, sanction, form, services.void_sanction, page, DETAIL)


@BOTH
def sanction_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    sanction = visible_sanction(request, pk)
    require(permissions.can_restore_entry(request.user, sanction))
    require_desk(request)
    form = RestrictedForm(request.POST or None, instance=sanction)
    page = Page(
        _("Restore the decision"), _("The decision stands again."), _("Restore"), question=_("Restore this decision?")
    )
    return entry_form(request, sanction, form, services.restore_sanction, page, DETAIL)


def visible_sanction(request: UserRequest, pk: UUID) -> Sanction:
    """A decision that one sees, or 404."""
    found: Sanction = get_object_or_404(Sanction.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
    return found


def _changeable(request: UserRequest, pk: UUID) -> Sanction:
    """For whoever keeps it; opening the page is a reading as well."""
    sanction = visible_sanction(request, pk)
    require(permissions.can_change_entry(request.user, sanction))
    require_desk(request)
    reading.read_entry(sanction, actor=request.user)
    return sanction
