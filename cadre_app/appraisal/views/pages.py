"""What the views of the room share: the object that one sees, one form or one question about it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cadre_app.appraisal.models import AnnualAssessment, AnnualCorrection, QuarterlyAssessment, UnitQuota
from cadre_app.core import phones
from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit

if TYPE_CHECKING:
    from collections.abc import Callable

    from cadre_app.core.forms import ChangeForm

RELATED = (
    "trainee__person", "trainee__home_unit", "quota__unit", "quota__campaign__unit", "entered_by", "checked_by",
    "confirmed_by", "returned_by",
)  # fmt: skip


def visible_quota(request: UserRequest, pk: UUID) -> UnitQuota:
    """A unit's year that one sees, or 404."""
    rows = UnitQuota.objects.visible_to(request.user).of_open_years().select_related("unit", "campaign__unit")
    return get_object_or_404(rows, pk=pk)


def visible_annual(request: UserRequest, pk: UUID) -> AnnualAssessment:
    """An assessment that one sees, or 404."""
    rows = AnnualAssessment.objects.visible_to(request.user).filter(trainee__voided_at=None)
    return get_object_or_404(rows.select_related(*RELATED), pk=pk)


def visible_quarter(request: UserRequest, pk: UUID) -> QuarterlyAssessment:
    """A quarter that one sees, or 404."""
    rows = QuarterlyAssessment.objects.visible_to(request.user).filter(trainee__voided_at=None)
    related = ("trainee__person", "trainee__home_unit", "unit", "entered_by", "confirmed_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def require_desk(request: UserRequest, about: AnnualAssessment | AnnualCorrection, *, back: str) -> None:
    """403 with the reason on a phone, where `about` would say why there is no grade: an open case is told of at a desk.

    The person concerned signs at any desk, whatever their account is made for.
    """
    if about.is_told_at_a_desk and phones.says_phone(request):
        phones.require_desk(request, title=_("This does not open on a phone"), back=(back, _("Back to the assessment")))


def form_page(
    request: UserRequest,
    target: Any,
    form: "ChangeForm",
    service: "Callable[..., Any]",
    page: Page,
    *,
    back: str,
    subject: str,
) -> HttpResponse:
    """A page with one form about `target`, or one question; both lead `back`."""
    if submit(request, form, service, target):
        messages.success(request, page.said)
        return redirect(back)
    template = "appraisal/confirm.html" if page.question else "appraisal/form.html"
    context = {"form": form, "page": page, "back": back, "subject": subject}
    return render(request, template, context | page.extra)
