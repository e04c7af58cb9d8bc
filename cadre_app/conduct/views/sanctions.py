"""党纪处分、政务处分、组织处理: for leaders and named staff at a desk; each reading is on record before it is answered."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.conduct import lists
from cadre_app.conduct.forms.restricted import LiftForm, RestrictedForm, SanctionForm, VoidForm
from cadre_app.conduct.models import Sanction
from cadre_app.conduct.services import sanctions as services
from cadre_app.conduct.views import restricted
from cadre_app.conduct.views.pages import entry_form, file_form
from cadre_app.conduct.wording import sanction_mark
from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest, require

BOTH = require_http_methods(["GET", "POST"])
DETAIL, LIST = "conduct:sanction_detail", "conduct:sanction_list"


@require_GET
def sanction_list(request: UserRequest) -> HttpResponse:
    """Over units for those who read them by office."""
    return restricted.listed(request, "sanctions", LIST, "conduct/sanction_list.html", lists.sanction_table)


@require_GET
def sanction_choose(request: UserRequest) -> HttpResponse:
    return restricted.chosen(request, _("Enter a disciplinary decision"), "conduct:sanction_new", LIST)


@sensitive_post_parameters()
@BOTH
def sanction_new(request: UserRequest, pk: UUID) -> HttpResponse:
    trainee = restricted.kept_trainee(request, pk)
    form = SanctionForm(request.POST or None, initial={"decided_on": timezone.localdate()})
    page = Page(_("Enter a disciplinary decision"), _("The decision is entered."))
    return file_form(request, trainee, form, services.enter_sanction, page, DETAIL, LIST)


@require_GET
def sanction_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One decision; the person concerned reads it on the own page."""
    sanction = restricted.visible_entry(request, Sanction, pk)
    context = {"sanction": sanction, "mark": sanction_mark(sanction)}
    return restricted.shown_entry(request, sanction, "conduct/sanction_detail.html", context)


@sensitive_post_parameters()
@BOTH
def sanction_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    sanction = restricted.changeable_entry(request, Sanction, pk)
    form = SanctionForm(request.POST or None, instance=sanction)
    page = Page(_("Correct the decision"), _("The decision was changed."))
    return entry_form(request, sanction, form, services.change_sanction, page, DETAIL)


@sensitive_post_parameters()
@BOTH
def sanction_lift(request: UserRequest, pk: UUID) -> HttpResponse:
    """解除."""
    sanction = restricted.changeable_entry(request, Sanction, pk)
    require(not sanction.is_final)
    day = sanction.lifted_on or timezone.localdate()
    form = LiftForm(request.POST or None, instance=sanction, initial={"lifted_on": day})
    page = Page(_("Lift the decision"), _("The decision is lifted."), pgettext("disciplinary decision", "Lift"))
    if sanction.lifted_on is not None:
        page = Page(_("Correct the lifting"), _("The lifting was corrected."))
    return entry_form(request, sanction, form, services.lift_sanction, page, DETAIL)


@BOTH
def sanction_void(request: UserRequest, pk: UUID) -> HttpResponse:
    sanction = restricted.changeable_entry(request, Sanction, pk)
    form = VoidForm(request.POST or None, instance=sanction)
    page = Page(
        _("Void the decision"), _("The decision was voided."), _("Void"), question=_("Void this decision?"),
        consequence=_("The person no longer sees it. It is kept and can be restored."), danger=True,
    )  # fmt: skip
    return entry_form(request, sanction, form, services.void_sanction, page, DETAIL)


@BOTH
def sanction_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    sanction = restricted.restorable_entry(request, Sanction, pk)
    form = RestrictedForm(request.POST or None, instance=sanction)
    page = Page(
        _("Restore the decision"), _("The decision stands again."), _("Restore"), question=_("Restore this decision?")
    )
    return entry_form(request, sanction, form, services.restore_sanction, page, DETAIL)
