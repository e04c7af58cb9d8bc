"""干部任免审批表 of one person: the drafts and what was issued, one form with its check, its changes, its .lrmx.

They open at a desk alone, and each reading is on record before it is answered.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.appointment import permissions
from cadre_app.appointment.checking import DOUBTFUL, MISSING, Finding, findings
from cadre_app.appointment.forms import FieldsForm
from cadre_app.appointment.lrmx.fields import FormFields
from cadre_app.appointment.models import AppointmentForm
from cadre_app.appointment.services import drafts, readings
from cadre_app.appointment.showing import file_name, lines_of, rows_of_family
from cadre_app.appointment.since import changes_since, missing_in_resume
from cadre_app.core import phones
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import require_step, submit
from cadre_app.documents.sending import file_answer
from cadre_app.history.models import Entry
from cadre_app.people.models import Trainee
from cadre_app.people.views.files import require_edit, visible_trainee

BOTH = require_http_methods(["GET", "POST"])
DETAIL = "appointment:form_detail"
LRMX_TYPE = "application/octet-stream"
LOOKED_AT = (MISSING, DOUBTFUL)
IN_CLEAR = gettext_lazy(
    "The file holds the ID number in clear. Your name, the time and the reason are put on record before it is sent."
)
RELATED = ("trainee__person", "trainee__home_unit", "made_by", "issued_by")


@require_GET
def form_list(request: UserRequest, pk: UUID) -> HttpResponse:
    """The draft, and the forms that were issued, the latest first."""
    trainee = _read_trainee(request, pk)
    rows = AppointmentForm.objects.visible_to(request.user).filter(trainee=trainee)
    context = {
        "trainee": trainee,
        "forms": list(rows.select_related("made_by", "issued_by").order_by("voided_at", "-created_at")[:200]),
        "may_make": permissions.can_make(request.user, trainee),
    }
    return render(request, "appointment/form_list.html", context)


@BOTH
def form_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """生成任免审批表 A draft from the file; the one that there is opens instead."""
    trainee = _read_trainee(request, pk)
    require_edit(request, trainee)
    form = ChangeForm(request.POST or None)
    if done := submit(request, form, drafts.make_draft, trainee):
        return redirect(DETAIL, pk=done.result.pk)
    page = Page(
        _("Make appointment form"), "", _("Make appointment form"), question=_("Fill a form from this growth file?"),
        consequence=_("Nothing in the file is changed. The form can be checked and edited before it is issued."),
    )  # fmt: skip
    return _shown(request, form, page, trainee, reverse("appointment:form_list", kwargs={"pk": trainee.pk}))


@require_GET
def form_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """The form field by field, with what is missing or doubtful on a draft."""
    form = _visible(request, pk)
    readings.read_form(form, actor=request.user)
    content, photo = drafts.content_of(form), drafts.photo_of(form)
    found = _findings(request, form, content) if form.is_draft and not form.is_voided else []
    may_edit = permissions.can_edit(request.user, form)
    context: dict[str, Any] = {
        "form": form,
        "trainee": form.trainee,
        "photo": photo if content.photo else None,
        "is_photo_lost": photo is not None and not content.photo,
        "lines": lines_of(content),
        "family": rows_of_family(content),
        "findings": found,
        "missing_count": sum(one.state == MISSING for one in found),
        "may_edit": may_edit,
        "may_take": permissions.can_take_file(request.user, form),
        "may_void": permissions.can_void(request.user, form),
        "may_restore": permissions.can_restore(request.user, form),
        "entries": Entry.objects.about(form).told(),
    }
    return render(request, "appointment/form_detail.html", context)


@sensitive_post_parameters()
@BOTH
def form_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Every field of a draft."""
    form = _editable(request, pk)
    readings.read_form(form, actor=request.user)
    page_form = FieldsForm(request.POST or None, request.FILES or None, instance=form)
    if submit(request, page_form, drafts.edit_draft, form):
        messages.success(request, _("The change was saved."))
        return redirect(DETAIL, pk=form.pk)
    context = {"form": page_form, "trainee": form.trainee, "back": reverse(DETAIL, kwargs={"pk": form.pk})}
    return render(request, "appointment/form_edit.html", context)


@BOTH
def form_refill(request: UserRequest, pk: UUID) -> HttpResponse:
    form = _editable(request, pk)
    page = Page(
        _("Fill anew from the file"), _("The form was filled anew."), _("Fill anew"),
        question=_("Fill the form anew from the growth file?"),
        consequence=_("What was edited on the form gives way to what the file says. The posts to take and to leave, the reason and the reporting unit stay, and so does what was typed at rewards and discipline."),
    )  # fmt: skip
    page_form = ChangeForm(request.POST or None, instance=form)
    if done := submit(request, page_form, drafts.refill_draft, form):
        messages.success(request, page.said)
        if isinstance(done.result, AppointmentForm) and drafts.has_typed_rewards(done.result):
            text = _("What was typed at rewards and discipline stays; rewards that are new in the records were added. Read it once more.")  # fmt: skip
            messages.info(request, text)
        return redirect(DETAIL, pk=form.pk)
    return _shown(request, page_form, page, form.trainee, reverse(DETAIL, kwargs={"pk": form.pk}))


def _findings(request: UserRequest, form: AppointmentForm, content: FormFields) -> list[Finding]:
    changed, lost = changes_since(request.user, form), drafts.lost_photo(form, content)
    underived = missing_in_resume(request.user, form)
    is_derived = content.resume == form.filled().resume
    return findings(
        content, form.trainee, form.pk, changed=changed, lost=lost, underived=underived, is_derived=is_derived
    )


def _said(finding: Finding) -> str:
    return _("%(name)s: %(text)s") % {"name": finding.label, "text": finding.text}


@BOTH
def form_issue(request: UserRequest, pk: UUID) -> HttpResponse:
    form = _editable(request, pk)
    readings.read_form(form, actor=request.user)
    found = _findings(request, form, drafts.content_of(form))
    missing, doubtful = ([_said(one) for one in found if one.state == state] for state in LOOKED_AT)
    page = Page(
        pgettext("appointment form", "Issue"), _("The form was issued."), pgettext("appointment form", "Issue"),
        question=_("Issue this form?"),
        consequence=_("It is kept as it is now and can no longer be edited. From then on it can be taken as .lrmx."),
        notices=tuple(missing), extra={"doubtful": doubtful},
    )  # fmt: skip
    return _acted(request, form, ChangeForm(request.POST or None, instance=form), drafts.issue_form, page)


@BOTH
def form_void(request: UserRequest, pk: UUID) -> HttpResponse:
    form = _visible(request, pk)
    _require_act(request, form, permissions.can_void(request.user, form))
    page = Page(
        _("Void the form"), _("The form was voided."), _("Void"), question=_("Void this form?"),
        consequence=_("It stays readable among the voided ones and can be restored."), danger=True,
    )  # fmt: skip
    return _acted(request, form, ReasonForm(request.POST or None, instance=form), drafts.void_form, page)


@BOTH
def form_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    form = _visible(request, pk)
    _require_act(request, form, permissions.can_restore(request.user, form))
    page = Page(_("Restore the form"), _("The form stands again."), _("Restore"), question=_("Restore this form?"))
    return _acted(request, form, RestoreForm(request.POST or None, instance=form), drafts.restore_form, page)


@BOTH
def form_lrmx(request: UserRequest, pk: UUID) -> HttpResponse:
    """The file for the program of the cadre office: the ID number stands in it in clear, so the reason is asked as for a reveal."""
    form = _visible(request, pk)
    require(permissions.can_take_file(request.user, form))
    why = ReasonForm(request.POST or None)
    if request.method == "POST" and why.is_valid():
        content = drafts.write(form)
        readings.take_file(form, reason=why.cleaned_data["reason"], actor=request.user)
        return file_answer(content, LRMX_TYPE, file_name(form), saved=True)
    page = Page(
        _("Take the form as .lrmx"),
        "",
        _("Download"),
        question=_("Take this form as .lrmx?"),
        consequence=str(IN_CLEAR),
    )
    context = {"form": why, "page": page, "trainee": form.trainee, "back": reverse(DETAIL, kwargs={"pk": form.pk})}
    return render(request, "appointment/take.html", context)


def require_desk(request: UserRequest) -> None:
    """403 with the reason on a phone; nothing is read there, and nothing is put on record."""
    back = reverse("desk:home"), _("Back to the desk")
    phones.require_desk(request, title=_("Appointment forms do not open on a phone"), back=back)


def _read_trainee(request: UserRequest, pk: UUID) -> Trainee:
    trainee = visible_trainee(request, pk)
    require(permissions.can_read_forms(request.user, trainee))
    require_desk(request)
    return trainee


def _visible(request: UserRequest, pk: UUID) -> AppointmentForm:
    found = AppointmentForm.objects.visible_to(request.user).select_related(*RELATED)
    form = get_object_or_404(found, pk=pk)
    require_desk(request)
    return form


def _editable(request: UserRequest, pk: UUID) -> AppointmentForm:
    form = _visible(request, pk)
    _require_act(request, form, permissions.can_edit(request.user, form))
    return form


def _require_act(request: UserRequest, form: AppointmentForm, allowed: bool) -> None:
    """For staff of the unit who come too late: that it was issued, voided or restored meanwhile."""
    duty = permissions.can_make(request.user, form.trainee)
    require_step(request, allowed, form, duty=duty, page=reverse(DETAIL, kwargs={"pk": form.pk}))


def _acted(
    request: UserRequest, record: AppointmentForm, form: BaseForm, service: Callable[..., Any], page: Page
) -> HttpResponse:
    if submit(request, form, service, record):
        messages.success(request, page.said)
        return redirect(DETAIL, pk=record.pk)
    return _shown(request, form, page, record.trainee, reverse(DETAIL, kwargs={"pk": record.pk}))


def _shown(request: UserRequest, form: BaseForm, page: Page, trainee: Trainee, back: str) -> HttpResponse:
    context = {"form": form, "page": page, "trainee": trainee, "back": back}
    return render(request, "appointment/confirm.html", context)
