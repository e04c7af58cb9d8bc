"""提醒、函询、诫勉: for leaders and named staff at a desk; each reading is on record before it is answered."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.conduct import lists
from cadre_app.conduct.forms.restricted import AdmonitionForm, AnswerForm, RestrictedForm, ReviewForm, VoidForm
from cadre_app.conduct.models import Admonition
from cadre_app.conduct.services import admonitions as services
from cadre_app.conduct.views import restricted
from cadre_app.conduct.views.pages import entry_form, file_form
from cadre_app.conduct.wording import admonition_mark
from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest

BOTH = require_http_methods(["GET", "POST"])
DETAIL, LIST = "conduct:admonition_detail", "conduct:admonition_list"


@require_GET
def admonition_list(request: UserRequest) -> HttpResponse:
    """Over units for those who read them by office."""
    return restricted.listed(request, "admonitions", LIST, "conduct/admonition_list.html", lists.admonition_table)


@require_GET
def admonition_choose(request: UserRequest) -> HttpResponse:
    return restricted.chosen(request, _("Enter a reminder, inquiry or admonition"), "conduct:admonition_new", LIST)


@sensitive_post_parameters()
@BOTH
def admonition_new(request: UserRequest, pk: UUID) -> HttpResponse:
    trainee = restricted.kept_trainee(request, pk)
    form = AdmonitionForm(request.POST or None, trainee=trainee, initial={"given_on": timezone.localdate()})
    page = Page(_("Enter a reminder, inquiry or admonition"), _("It is entered."))
    return file_form(request, trainee, form, services.enter_admonition, page, DETAIL, LIST)


@require_GET
def admonition_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One of them; the person concerned reads it on the own page."""
    admonition = restricted.visible_entry(request, Admonition, pk)
    context = {"admonition": admonition, "mark": admonition_mark(admonition)}
    return restricted.shown_entry(request, admonition, "conduct/admonition_detail.html", context)


@sensitive_post_parameters()
@BOTH
def admonition_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    admonition = restricted.changeable_entry(request, Admonition, pk)
    form = AdmonitionForm(request.POST or None, instance=admonition, trainee=admonition.trainee)
    page = Page(
        pgettext("restricted entry", "Correct the entry"), pgettext("restricted entry", "The entry was changed.")
    )
    return entry_form(request, admonition, form, services.change_admonition, page, DETAIL)


@sensitive_post_parameters()
@BOTH
def admonition_answer(request: UserRequest, pk: UUID) -> HttpResponse:
    """整改回告."""
    admonition = restricted.changeable_entry(request, Admonition, pk)
    form = AnswerForm(request.POST or None, instance=admonition)
    page = Page(_("Record the report on the correction"), _("The report on the correction is recorded."))
    return entry_form(request, admonition, form, services.record_answer, page, DETAIL)


@sensitive_post_parameters()
@BOTH
def admonition_review(request: UserRequest, pk: UUID) -> HttpResponse:
    """六个月后了解情况."""
    admonition = restricted.changeable_entry(request, Admonition, pk)
    form = ReviewForm(request.POST or None, instance=admonition)
    page = Page(_("Record the follow-up"), _("The follow-up is recorded."))
    return entry_form(request, admonition, form, services.record_review, page, DETAIL)


@BOTH
def admonition_void(request: UserRequest, pk: UUID) -> HttpResponse:
    admonition = restricted.changeable_entry(request, Admonition, pk)
    form = VoidForm(request.POST or None, instance=admonition)
    page = Page(
        pgettext("restricted entry", "Void the entry"), pgettext("restricted entry", "The entry was voided."), _("Void"), question=pgettext("restricted entry", "Void this entry?"),
        consequence=_("The person no longer sees it. It is kept and can be restored."), danger=True,
    )  # fmt: skip
    return entry_form(request, admonition, form, services.void_admonition, page, DETAIL)


@BOTH
def admonition_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    admonition = restricted.restorable_entry(request, Admonition, pk)
    form = RestrictedForm(request.POST or None, instance=admonition)
    page = Page(
        pgettext("restricted entry", "Restore the entry"),
        pgettext("restricted entry", "The entry stands again."),
        _("Restore"),
        question=pgettext("restricted entry", "Restore this entry?"),
    )
    return entry_form(request, admonition, form, services.restore_admonition, page, DETAIL)
