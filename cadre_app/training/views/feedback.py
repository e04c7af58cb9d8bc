"""训后评价: the sheet of whoever completed a session, and what the sheets come to."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.training.forms.feedback import FeedbackForm
from cadre_app.training.links import link
from cadre_app.training.models import CourseSession, Enrolment
from cadre_app.training.permissions import feedback as permissions
from cadre_app.training.policies import FEEDBACK_THRESHOLD
from cadre_app.training.services import feedback as services
from cadre_app.training.services.feedback_results import FEWEST, results_of


@sensitive_post_parameters("content", "teaching", "usefulness", "text")
@require_http_methods(["GET", "POST"])
def feedback_form(request: UserRequest, pk: UUID) -> HttpResponse:
    """The sheet while it is open; afterwards thanks, or that the time is over."""
    rows = Enrolment.objects.visible_to(request.user).standing()
    enrolment = get_object_or_404(rows.select_related("session__course", "trainee__person"), pk=pk)
    require(permissions.can_give_feedback(request.user, enrolment))
    session = enrolment.session
    is_given = services.is_given(enrolment)
    is_open = services.is_open(session, timezone.localdate()) and not is_given
    form = FeedbackForm(request.POST if request.method == "POST" and is_open else None)
    if is_open and submit(request, form, services.give_feedback, enrolment):
        return redirect("training:feedback_form", pk=pk)
    context = {
        "form": form,
        "session": session,
        "is_given": is_given,
        "is_open": is_open,
        "closes_on": services.closes_on(session),
        "threshold": max(FEEDBACK_THRESHOLD.now(), FEWEST),
        "back": link("own_training"),
    }
    return render(request, "training/feedback_form.html", context)


@require_GET
def feedback_results(request: UserRequest, pk: UUID) -> HttpResponse:
    """How many sheets are in, and from the threshold on what they come to."""
    rows = CourseSession.objects.visible_to(request.user).select_related("course", "teacher")
    session = get_object_or_404(rows, pk=pk)
    require(permissions.can_read_results(request.user, session))
    context = {"session": session, "results": results_of(session), "back": link("session_detail", pk=session.pk)}
    return render(request, "training/feedback_results.html", context)
