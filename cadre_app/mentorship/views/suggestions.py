"""结对建议 Suggestions: who would mentor whom by office, confirmed one or many; and choosing somebody else."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.mentorship import suggestion_lists
from cadre_app.mentorship.forms.pairings import ChooseForm, ConfirmForm
from cadre_app.mentorship.models import MentorKind
from cadre_app.mentorship.permissions import pairings as permissions
from cadre_app.mentorship.policies import CHECK_IN_DAYS, PAIRING_MONTHS
from cadre_app.mentorship.services import confirming, pairings
from cadre_app.mentorship.services.suggestions import suggestions_for, wanting
from cadre_app.people.models import Trainee
from cadre_app.people.views.files import visible_trainee


@require_GET
def suggestion_list(request: UserRequest) -> HttpResponse:
    """Everybody in one's scope who lacks a mentor, the newest first, with the reason or with what stands against it."""
    if not permissions.can_see_suggestions(request.user):
        raise Http404
    found = suggestion_lists.listed(request)
    template = page_or_fragment(request, "mentorship/suggestion_list.html")
    return render(request, template, {"found": found, "filter": found.filter})


@require_POST
def suggestion_confirm(request: UserRequest) -> HttpResponse:
    """Say how many pairings begin, with whom; begin them once that is confirmed."""
    if not permissions.can_see_suggestions(request.user):
        raise Http404
    picks = [pick for text in request.POST.getlist("pick")[: confirming.MOST] if (pick := confirming.parsed(text))]
    is_confirmed = "confirmed" in request.POST
    initial = {"started_on": timezone.localdate(), "months": PAIRING_MONTHS.now(), "check_in_days": CHECK_IN_DAYS.now()}
    form = ConfirmForm(request.POST if is_confirmed else None, picks=picks, initial=initial)
    if is_confirmed and picks and (done := submit(request, form, confirming.confirm_suggestions)):
        count = len(done.result or ())
        text = ngettext("%(count)s pairing was confirmed.", "%(count)s pairings were confirmed.", count)
        messages.success(request, text % {"count": count} if count else _("The pairings were confirmed."))
        return redirect("mentorship:pairing_list")
    wanted = confirming.still_as_shown(picks, actor=request.user)
    return render(request, "mentorship/suggestion_confirm.html", {"form": form, "wanted": wanted})


@require_http_methods(["GET", "POST"])
def pairing_new(request: UserRequest, pk: UUID, kind: str) -> HttpResponse:
    """另选导师 Somebody else than the holder of the office becomes the mentor, with a reason."""
    if kind not in MentorKind.values:
        raise Http404
    trainee = visible_trainee(request, pk)
    require(permissions.can_pair(request.user, trainee))
    initial = {
        "started_on": max(timezone.localdate(), trainee.arrived_on),
        "months": PAIRING_MONTHS.now(),
        "check_in_days": CHECK_IN_DAYS.now(),
    }
    form = ChooseForm(request.POST or None, instance=trainee, user=request.user, initial=initial)
    if done := submit(request, form, pairings.create_pairing, trainee, kind=kind):
        messages.success(request, _("The pairing is recorded."))
        return redirect("mentorship:pairing_detail", pk=done.result.pk)
    context = {"form": form, "trainee": trainee, "kind": MentorKind(kind), "suggestion": _suggestion(trainee, kind)}
    return render(request, "mentorship/pairing_new.html", context)


def _suggestion(trainee: Trainee, kind: str) -> object:
    """What the office says, beside the choice; None where this kind of mentor is not wanting."""
    files = wanting(Trainee.objects.filter(pk=trainee.pk), kind).select_related("person", "home_unit", "linked_village")
    return next(iter(suggestions_for(list(files), kind)), None)
