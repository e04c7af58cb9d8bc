"""申请账号: the accounts of those who were picked in the roster."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, asked
from cadre_app.people import permissions
from cadre_app.people.forms.roster import AccountRequestsForm
from cadre_app.people.roster.lists import roster_for
from cadre_app.people.roster.picks import chosen_query, picked_keys, roster_query
from cadre_app.people.services import accounts as services


@require_POST
def account_requests(request: UserRequest) -> HttpResponse:
    """Say how many accounts would be asked for and who is left out; ask once it is confirmed."""
    if not permissions.can_see_roster(request.user):
        raise Http404
    require(permissions.can_request_accounts(request.user))
    back = f"{reverse('people:trainee_list')}?{roster_query(QueryDict(request.POST.get('query', '')))}"
    is_confirmed = "confirmed" in request.POST
    form = AccountRequestsForm(request.POST if is_confirmed else None, keys=picked_keys(request.POST))
    if is_confirmed and (done := submit(request, form, services.request_trainee_accounts)):
        count = len(done.result or ())
        text = ngettext("%(count)s account was requested.", "%(count)s accounts were requested.", count)
        messages.success(request, text % {"count": count} if count else _("The accounts were requested."))
        return redirect(back)
    try:
        chosen = roster_for(request.user, asked(QueryDict(chosen_query(request.POST))), empty=Empty("")).table.queryset
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("people:trainee_list")
    found = list(services.requestable(chosen, actor=request.user)[: services.MOST + 1])
    context = {
        "form": form,
        "back": back,
        "query": request.POST.get("query", ""),
        "wanted": services.sorted_out(found),
        "too_many": len(found) > services.MOST,
        "most": services.MOST,
    }
    return render(request, "people/account_requests.html", context)
