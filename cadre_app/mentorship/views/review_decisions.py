"""结对小结 What the department decides on reviews: conclusion, return, sign-off of one or many, sign-off taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.mentorship import review_lists
from cadre_app.mentorship.forms.reviews import (
    ConclusionForm,
    ReturnForm,
    SignOffForm,
    SignOffManyForm,
    TakeReturnBackForm,
    UnsignForm,
)
from cadre_app.mentorship.models import PairingReview
from cadre_app.mentorship.permissions import reviews as permissions
from cadre_app.mentorship.services import review_decisions as services
from cadre_app.mentorship.views.reviews import remarks_of, visible_review

MOST = 50
VERSION_OF = "@"


@require_http_methods(["GET", "POST"])
def review_conclude(request: UserRequest, pk: UUID) -> HttpResponse:
    """结论 With both parts before one's eyes."""
    review = visible_review(request, pk)
    require(permissions.can_conclude(request.user, review))
    form = ConclusionForm(request.POST or None, instance=review)
    if submit(request, form, services.conclude_review, review):
        messages.success(request, _("The conclusion is saved. A leader signs the review off."))
        return redirect("mentorship:review_detail", pk=pk)
    context = {"form": form, "review": review, "remarks": remarks_of(review)}
    return render(request, "mentorship/review_conclude.html", context)


@require_http_methods(["GET", "POST"])
def review_return(request: UserRequest, pk: UUID) -> HttpResponse:
    """退回补充 To mentor, mentee or both; what waits for the sign-off also to the department."""
    review = visible_review(request, pk)
    require(permissions.can_return(request.user, review))
    form = ReturnForm(request.POST or None, instance=review)
    if submit(request, form, services.return_review, review):
        messages.success(request, _("The review was returned for completion."))
        return redirect("mentorship:review_detail", pk=pk)
    return render(request, "mentorship/review_return.html", {"form": form, "review": review})


@require_http_methods(["GET", "POST"])
def review_return_back(request: UserRequest, pk: UUID) -> HttpResponse:
    """撤回退回 What was asked of mentor or mentee is no longer asked, with a reason."""
    review = visible_review(request, pk)
    require(permissions.can_take_return_back(request.user, review))
    form = TakeReturnBackForm(request.POST or None, instance=review)
    if submit(request, form, services.take_return_back, review):
        messages.success(request, _("The return was taken back."))
        return redirect("mentorship:review_detail", pk=pk)
    return render(request, "mentorship/review_return_back.html", {"form": form, "review": review})


@require_http_methods(["GET", "POST"])
def review_sign_off(request: UserRequest, pk: UUID) -> HttpResponse:
    """签批 The page says what follows: the next review, or the end of the pairing."""
    review = visible_review(request, pk)
    require(permissions.can_sign_off(request.user, review))
    form = SignOffForm(request.POST or None, instance=review)
    if submit(request, form, services.sign_off_review, review):
        done = _("The review is signed off, and the pairing is completed.") if review.is_final else ""
        messages.success(request, done or _("The review is signed off. The next one is open."))
        return redirect("mentorship:review_detail", pk=pk)
    return render(request, "mentorship/review_sign_off.html", {"form": form, "review": review})


@require_http_methods(["GET", "POST"])
def review_unsign(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take a sign-off back, with a reason."""
    review = visible_review(request, pk)
    require(permissions.can_unsign(request.user, review))
    form = UnsignForm(request.POST or None, instance=review)
    if submit(request, form, services.unsign_review, review):
        messages.success(request, _("The sign-off was taken back."))
        return redirect("mentorship:review_detail", pk=pk)
    return render(request, "mentorship/review_unsign.html", {"form": form, "review": review})


@require_POST
def review_sign_off_many(request: UserRequest) -> HttpResponse:
    """Say how many are signed off and what follows; sign them off once that is confirmed."""
    if not permissions.signs_off(request.user):
        raise Http404
    is_confirmed = "confirmed" in request.POST
    picks = _picked(request)
    form = SignOffManyForm(request.POST if is_confirmed else None, picks=picks)
    if is_confirmed and (done := submit(request, form, services.sign_off_reviews)):
        count = len(done.result or ())
        text = ngettext("%(count)s review is signed off.", "%(count)s reviews are signed off.", count)
        messages.success(request, text % {"count": count} if count else _("The reviews are signed off."))
        return redirect("mentorship:review_list")
    context = {
        "form": form,
        "picks": [(review, f"{review.pk}{VERSION_OF}{version}") for review, version in picks],
        "final": sum(review.is_final for review, _version in picks),
        "left_out": len(request.POST.getlist("pick")) - len(picks),
    }
    return render(request, "mentorship/review_sign_off_many.html", context)


def _picked(request: UserRequest) -> list[tuple[PairingReview, int]]:
    """Those that were picked and wait for this leader, each with the version that was looked at; one query."""
    wanted: dict[UUID, int | None] = {}
    for text in request.POST.getlist("pick")[:MOST]:
        key, _sign, version = text.partition(VERSION_OF)
        try:
            wanted[UUID(key)] = int(version) if version.isascii() and version.isdecimal() else None
        except ValueError:
            continue
    rows = PairingReview.objects.visible_to(request.user).filter(pk__in=wanted).select_related(*review_lists.RELATED)
    found = [row for row in rows.order_by("period_until", "pk") if permissions.can_sign_off(request.user, row)]
    return [(row, wanted[row.pk] or row.version) for row in found]
