"""What somebody in development sees of the own talks: time, topics, state, what follows; and asks for one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.care import permissions
from cadre_app.care.forms.problems import AskForm
from cadre_app.care.models import Talk
from cadre_app.care.own import own_context, seen_by_person
from cadre_app.care.policies import TRIGGER_DAYS
from cadre_app.care.services import triggers
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import own_keys


def own_talks(request: UserRequest) -> HttpResponse:
    """The own talks, the latest first; 404 for whoever has no file."""
    if not permissions.can_ask(request.user):
        raise Http404
    return render(request, "care/own.html", own_context(request.user))


def own_talk(request: UserRequest, talk: Talk) -> HttpResponse:
    """One own talk."""
    return render(request, "care/talk_own.html", {"seen": seen_by_person(talk)})


@require_http_methods(["GET", "POST"])
def talk_ask(request: UserRequest) -> HttpResponse:
    """本人要求谈话."""
    if not permissions.can_ask(request.user):
        raise Http404
    _person, key = own_keys(request.user)
    trainee = get_object_or_404(Trainee.objects.in_development().select_related("person"), pk=key)
    form = AskForm(request.POST or None)
    if submit(request, form, triggers.ask_for_talk, trainee):
        messages.success(request, _("Your request is with the organization department, which will arrange a talk."))
        return redirect("care:talk_list")
    context: dict[str, Any] = {
        "form": form,
        "back": reverse("care:talk_list"),
        "days": TRIGGER_DAYS.text(TRIGGER_DAYS.now()),
    }
    return render(request, "care/ask.html", context)
