"""意见建议: write one, see one's own with their answers; staff answer."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, Table
from cadre_app.feedback import permissions, services
from cadre_app.feedback.columns import OWN_COLUMNS, STAFF_COLUMNS
from cadre_app.feedback.filters import FeedbackFilter
from cadre_app.feedback.forms import AnswerForm, FeedbackForm
from cadre_app.feedback.models import Feedback


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """Write a suggestion about the page that one came from."""
    form = FeedbackForm(request.POST or None, initial={"page": _known_page(request.GET.get("page", ""))})
    if submit(request, form, services.give_feedback):
        messages.success(request, _("Thank you. Your suggestion was passed on; the answer will stand here."))
        return redirect("feedback:mine")
    return render(request, "feedback/new.html", {"form": form})


@require_GET
def mine(request: UserRequest) -> HttpResponse:
    """One's own suggestions with their answers."""
    empty = Empty(
        _("You have written no suggestions yet."),
        _("Tell us what takes too long or is unclear."),
        reverse("feedback:new"),
        _("Write a suggestion"),
    )
    own = Feedback.objects.visible_to(request.user).own(request.user)
    table = Table(request, own, OWN_COLUMNS, name="feedback", empty=empty, default_sort="-created_at")
    return render(request, page_or_fragment(request, "feedback/mine.html"), {"table": table})


@require_GET
def inbox(request: UserRequest) -> HttpResponse:
    """Suggestions from the units in one's scope."""
    require(permissions.can_answer_any(request.user))
    others = Feedback.objects.to_answer(request.user).select_related("author__unit")
    found = FeedbackFilter(request.GET, queryset=others)
    empty = Empty(_("No suggestions here."), _("New ones appear on the desk."))
    table = Table(request, found.qs, STAFF_COLUMNS, name="feedback", empty=empty, default_sort="-created_at")
    return render(request, page_or_fragment(request, "feedback/inbox.html"), {"table": table, "filter": found})


@require_http_methods(["GET", "POST"])
def answer(request: UserRequest, pk: UUID) -> HttpResponse:
    """Answer one suggestion."""
    visible = Feedback.objects.visible_to(request.user).select_related("author__unit", "answered_by")
    feedback = get_object_or_404(visible, pk=pk)
    require(permissions.can_answer(request.user, feedback))
    form = AnswerForm(request.POST or None, instance=feedback)
    if submit(request, form, services.answer_feedback, feedback):
        messages.success(request, _("The answer was sent."))
        return redirect("feedback:inbox")
    return render(request, "feedback/answer.html", {"form": form, "feedback": feedback})


def _known_page(path: str) -> str:
    """`path` if it is a path of this system, else nothing."""
    field = FeedbackForm().fields["page"]
    try:
        return str(field.clean(path))
    except ValidationError:
        return ""
