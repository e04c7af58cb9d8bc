"""提醒导师 The mentors of the pairings that were picked, reminded once that is confirmed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.mentorship.permissions import pairings as permissions
from cadre_app.mentorship.services import reminding
from cadre_app.people.roster.picks import picked_keys
from cadre_app.reminders.wording import live_words


@require_POST
def pairing_remind(request: UserRequest) -> HttpResponse:
    """Say whom it reaches, of what, and whom not and why; remind them once that is confirmed."""
    if not permissions.can_see_suggestions(request.user):
        raise Http404
    keys = picked_keys(request.POST)
    is_confirmed = "confirmed" in request.POST
    form = ChangeForm(request.POST if is_confirmed else None)
    if is_confirmed and (done := submit(request, form, reminding.remind_mentors, keys=keys)):
        count = len(done.result or ())
        text = ngettext("%(count)d reminder was given.", "%(count)d reminders were given.", count)
        messages.success(request, text % {"count": count} if count else _("The mentors were reminded."))
        return redirect("mentorship:pairing_list")
    found = reminding.reminders_for(keys, actor=request.user)
    ready = [each for each in found if each.is_ready]
    words = live_words([each.item for each in ready if each.item is not None], request.user)
    context = {
        "form": form,
        "ready": [(each, words.get(each.item.pk)) for each in ready if each.item is not None],
        "others": [each for each in found if not each.is_ready],
    }
    return render(request, "mentorship/pairing_remind.html", context)
