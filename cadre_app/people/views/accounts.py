"""The account of one person: asking for it, saying which one it is, taking a wrong link back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.people import permissions
from cadre_app.people.forms.accounts import LinkAccountForm, PersonAccountForm
from cadre_app.people.models import Person
from cadre_app.people.services import accounts, links
from cadre_app.people.views.files import require_edit
from cadre_app.people.views.persons import visible_file, visible_person
from cadre_app.people.writing.names import username_base


@require_http_methods(["GET", "POST"])
def account_request(request: UserRequest, pk: UUID) -> HttpResponse:
    """申请账号 The security administrator activates it; then it is linked by itself."""
    person = _manageable(request, pk)
    initial = {"username": username_base(person.name)}
    form = PersonAccountForm(request.POST or None, instance=person, initial=initial)
    if submit(request, form, accounts.request_person_account, person):
        messages.success(request, _("The request has been sent to the security administrator."))
        return redirect("people:person_detail", pk=pk)
    return render(request, "people/account_request.html", {"form": form, "person": person})


@require_http_methods(["GET", "POST"])
def account_link(request: UserRequest, pk: UUID) -> HttpResponse:
    """An account that exists already is this person's."""
    person = _manageable(request, pk)
    form = LinkAccountForm(request.POST or None, instance=person, initial={"account": ""}, user=request.user)
    if submit(request, form, links.link_account, person):
        messages.success(request, _("The account is linked."))
        return redirect("people:person_detail", pk=pk)
    return render(request, "people/account_link.html", {"form": form, "person": person})


@require_http_methods(["GET", "POST"])
def account_unlink(request: UserRequest, pk: UUID) -> HttpResponse:
    """The link was a mistake."""
    person = _manageable(request, pk)
    form = ReasonForm(request.POST or None, instance=person)
    if submit(request, form, links.unlink_account, person):
        messages.success(request, _("The link was taken back."))
        return redirect("people:person_detail", pk=pk)
    return render(request, "people/account_unlink.html", {"form": form, "person": person})


def _manageable(request: UserRequest, pk: UUID) -> Person:
    """A visible person whose account is the signed-in person's to ask for; 403 otherwise."""
    person = visible_person(request, pk)
    trainee = visible_file(request, person)
    if trainee is not None:
        require_edit(request, trainee)
    else:
        require(permissions.can_manage_account(request.user, person))
    return person
