"""The result of one person, for the office and for the person; and which comments the person reads."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.evaluation import permissions
from cadre_app.evaluation.forms.campaigns import ReleaseForm
from cadre_app.evaluation.models import Remark
from cadre_app.evaluation.reading import spreads
from cadre_app.evaluation.services.results import release_remarks
from cadre_app.evaluation.views.pages import BOTH, visible_subject
from cadre_app.evaluation.wording import left_out_text
from cadre_app.people import permissions as people


@require_GET
def result_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """The spread of each question, of how many sheets; comments without what else stood on their sheets."""
    user, subject = request.user, visible_subject(request, pk)
    require(permissions.can_read_result(user, subject))
    reads_all = permissions.reads_remarks(user, subject)
    remarks = Remark.objects.filter(subject=subject).order_by("pk")
    context = {
        "subject": subject,
        "campaign": subject.campaign,
        "spreads": spreads(subject),
        "remarks": remarks if reads_all else remarks.filter(is_released=True),
        "left_out": left_out_text(subject.codes_left_out) if subject.codes_left_out else "",
        "reads_all": reads_all,
        "is_own": people.is_own(user, subject.trainee),
        "may_release": permissions.can_release(user, subject),
    }
    return render(request, "evaluation/result_detail.html", context)


@BOTH
def result_release(request: UserRequest, pk: UUID) -> HttpResponse:
    subject = visible_subject(request, pk)
    require(permissions.can_release(request.user, subject))
    rows = Remark.objects.filter(subject=subject).order_by("pk")
    released = [remark.pk for remark in rows if remark.is_released]
    form = ReleaseForm(request.POST or None, rows=rows, instance=subject, initial={"remarks": released})
    if submit(request, form, release_remarks, subject):
        messages.success(request, _("The person reads the comments that you chose."))
        return redirect("evaluation:result_detail", pk=subject.pk)
    context = {"form": form, "subject": subject, "campaign": subject.campaign}
    return render(request, "evaluation/result_release.html", context)
