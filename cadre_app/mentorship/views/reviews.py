"""结对小结 Reviews: the list over units, one review, and the parts that mentor and mentee write."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.mentorship import review_lists, review_panels
from cadre_app.mentorship.forms.reviews import MentorPartForm, TraineePartForm
from cadre_app.mentorship.models import GoalRemark, GoalSide, PairingGoal, PairingReview
from cadre_app.mentorship.permissions import reviews as permissions
from cadre_app.mentorship.services import review_parts

RELATED = (
    "pairing__trainee__person__account",
    "pairing__trainee__home_unit",
    "pairing__mentor__account",
    "mentor_entered_by",
    "trainee_entered_by",
    "concluded_by",
    "signed_off_by",
)


@require_GET
def review_list(request: UserRequest) -> HttpResponse:
    """Reviews over one's units: those that are due, unless another state is asked for."""
    if not permissions.can_see_list(request.user):
        raise Http404
    table, found = review_lists.table_of(request, request.user)
    context = {"table": table, "filter": found, "may_sign": permissions.signs_off(request.user)}
    return render(request, page_or_fragment(request, "mentorship/review_list.html"), context)


@require_GET
def review_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One review with the parts that its reader may read, and what is to be done next."""
    user, review = request.user, visible_review(request, pk)
    reads = permissions.reads(user, review)
    context = {
        "review": review,
        "pairing": review.pairing,
        "trainee": review.pairing.trainee,
        "mark": review_lists.mark_of(review),
        "reads": reads,
        "is_party": permissions.is_mentors(user, review) or permissions.is_trainees(user, review),
        "works": permissions.works_for(user, review),
        "may_see_list": permissions.can_see_list(user),
        "may": review_panels.acts_of(user, review),
        "remarks": remarks_of(review) if reads.mentor else [],
        "entries": Entry.objects.about(review).told() if permissions.can_read_history(user, review) else None,
    }
    return render(request, "mentorship/review_detail.html", context)


@require_http_methods(["GET", "POST"])
def review_mentor_part(request: UserRequest, pk: UUID) -> HttpResponse:
    """The mentor on the goals and the half-year; staff enter it from paper."""
    review = visible_review(request, pk)
    require(permissions.can_write_mentor_part(request.user, review))
    goals = PairingGoal.objects.standing().filter(pairing=review.pairing_id).exclude(side=GoalSide.BOTH)
    form = MentorPartForm(
        request.POST or None, instance=review, goals=list(goals.order_by("position", "pk")), remarks=remarks_of(review)
    )
    if submit(request, form, review_parts.write_mentor_part, review):
        messages.success(request, _("The mentor's part is saved. It can be changed until the conclusion."))
        return redirect("mentorship:review_detail", pk=pk)
    from_paper = not permissions.is_mentors(request.user, review)
    stands = review.mentor_text if review.completes_mentors_part else ""
    context = {"form": form, "review": review, "from_paper": from_paper, "stands": stands, **_returned(request, review)}
    return render(request, "mentorship/review_mentor_part.html", context)


@require_http_methods(["GET", "POST"])
def review_trainee_part(request: UserRequest, pk: UUID) -> HttpResponse:
    """The mentee's own part; staff enter it from paper."""
    review = visible_review(request, pk)
    require(permissions.can_write_trainee_part(request.user, review))
    form = TraineePartForm(request.POST or None, instance=review)
    if submit(request, form, review_parts.write_trainee_part, review):
        messages.success(request, _("The mentee's part is saved. It can be changed until the conclusion."))
        return redirect("mentorship:review_detail", pk=pk)
    from_paper = not permissions.is_trainees(request.user, review)
    stands = review.trainee_text if review.completes_trainees_part else ""
    context = {"form": form, "review": review, "from_paper": from_paper, "stands": stands, **_returned(request, review)}
    return render(request, "mentorship/review_trainee_part.html", context)


def visible_review(request: UserRequest, pk: UUID) -> PairingReview:
    """A standing review of a pairing that one sees, or 404."""
    rows = PairingReview.objects.visible_to(request.user).standing().select_related(*RELATED)
    found: PairingReview = get_object_or_404(rows, pk=pk)
    return found


def remarks_of(review: PairingReview) -> list[GoalRemark]:
    """What was said of each goal, in the order of the agreement."""
    rows = GoalRemark.objects.standing().filter(review=review).select_related("goal")
    return list(rows.order_by("goal__position", "pk"))


def _returned(request: UserRequest, review: PairingReview) -> dict[str, str]:
    """What the department asks for, for whom it asks."""
    return {"asked_for": review.returned_reason if permissions.reads(request.user, review).reason else ""}
