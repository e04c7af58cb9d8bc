"""Somebody without a growth file, such as a mentor; and numbers in clear, for whoever says why."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import add_errors
from cadre_app.people import permissions
from cadre_app.people.models import OfficeHolding, Person, Trainee
from cadre_app.people.services import links
from cadre_app.people.writing import phones


@require_GET
def person_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """An office-holder: offices, phone, account. Whoever has a file is shown there."""
    user, person = request.user, visible_person(request, pk)
    trainee = visible_file(request, person)
    if trainee is not None:
        return redirect("growth:file", pk=trainee.pk)
    holdings = OfficeHolding.objects.visible_to(user).standing().filter(person=person)
    rows = holdings.select_related("office__unit").order_by("-since")
    context = {
        "person": person,
        "phone": phones.masked(person.phone),
        "may_reveal": permissions.can_reveal_person(user, person),
        "may_manage_account": permissions.can_manage_account(user, person),
        "offices": {"rows": list(rows), "may_open": permissions.can_see_offices(user)},
    }
    return render(request, "people/person_detail.html", context)


@require_http_methods(["GET", "POST"])
def reveal(request: UserRequest, pk: UUID, field: str) -> HttpResponse:
    """显示号码 An ID number or phone in clear, shown this once; who, when and why is on record before."""
    if field not in links.REVEALED:
        raise Http404
    person = visible_person(request, pk)
    trainee = visible_file(request, person)
    require(_may_reveal(request, person, trainee, field))
    form = ReasonForm(request.POST or None)
    label = getattr(Person, field).field.verbose_name
    context: dict[str, Any] = {"person": person, "label": label, "form": form, "value": None}
    if request.method == "POST" and form.is_valid():
        try:
            context["value"] = links.reveal(person, field=field, reason=form.cleaned_data["reason"], actor=request.user)
        except ValidationError as error:
            add_errors(form, error)
    return render(request, "people/reveal.html", context)


def _may_reveal(request: UserRequest, person: Person, trainee: Trainee | None, field: str) -> bool:
    user = request.user
    if trainee is None:
        return permissions.can_reveal_person(user, person)
    return permissions.can_reveal_phone(user, trainee) if field == "phone" else permissions.can_reveal(user, trainee)


def visible_person(request: UserRequest, pk: UUID) -> Person:
    """The person with account and account request, or 404."""
    found = Person.objects.visible_to(request.user).standing().select_related("account", "account_request")
    return get_object_or_404(found, pk=pk)


def visible_file(request: UserRequest, person: Person) -> Trainee | None:
    """The growth file of `person`, where there is one that the signed-in person may open."""
    files = Trainee.objects.visible_to(request.user).select_related("person", "home_unit")
    return files.filter(person=person).first()
