"""名单: people come onto a roster, move up, leave; and what the person concerned says to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import own_keys
from cadre_app.training.forms.rosters import AddPeopleForm, CampForm, DeclineForm, SignUpForm
from cadre_app.training.models import Place
from cadre_app.training.permissions import sessions as permissions
from cadre_app.training.services import rosters, seats
from cadre_app.training.services.rosters import Placed
from cadre_app.training.services.sign_up_checks import sign_up_refusal
from cadre_app.training.session_words import days_text
from cadre_app.training.views.session_pages import (
    fillable_session,
    session_form,
    shown_form,
    visible_place,
    visible_session,
)


@require_http_methods(["GET", "POST"])
def roster_add(request: UserRequest, pk: UUID) -> HttpResponse:
    """People by name: a pasted list, or one found by typing."""
    session = fillable_session(request, pk)
    form = AddPeopleForm(request.POST or None, session=session, user=request.user)
    if done := submit(request, form, rosters.place_many, session):
        _tell(request, done.result)
        return redirect("training:session_detail", pk=pk)
    return shown_form(request, session, form, Page(_("Add people"), "", _("Put on the roster")))


@require_http_methods(["GET", "POST"])
def roster_fill(request: UserRequest, pk: UUID) -> HttpResponse:
    """Whole grades of the camp at once; who is on leave stays out."""
    session = fillable_session(request, pk)
    initial = {"grades": session.grades}
    form = CampForm(request.POST or None, session=session, user=request.user, initial=initial)
    if done := submit(request, form, rosters.fill_from_camp, session):
        _tell(request, done.result)
        return redirect("training:session_detail", pk=pk)
    page = Page(_("Add camp grades"), "", _("Put on the roster"))
    return shown_form(request, session, form, page)


@require_http_methods(["GET", "POST"])
def session_sign_up(request: UserRequest, pk: UUID) -> HttpResponse:
    """报名 The person takes a place, or waits for one."""
    session = visible_session(request, pk)
    require(permissions.can_sign_up(request.user, session))
    _person, key = own_keys(request.user)
    trainee = get_object_or_404(Trainee.objects.in_development().select_related("person"), pk=key)
    refusal = sign_up_refusal(session, trainee) if request.method == "GET" else ""
    if refusal:
        messages.info(request, refusal)
        return redirect("training:session_detail", pk=pk)
    form = SignUpForm(request.POST if request.method == "POST" else None, session=session, trainee=trainee)
    if done := submit(request, form, rosters.sign_up, session, trainee=trainee):
        has_place = done.result is not None and done.result.place == Place.ENROLLED
        said = _("You have a place.") if has_place else _("You are on the waiting list and will be told.")
        messages.success(request, said)
        return redirect("training:session_detail", pk=pk)
    waits = _("All places are taken: you will be on the waiting list.") if session.places_left <= 0 else ""
    page = Page(
        _("Sign up"), "", _("Sign up"), question=_("Sign up for this session?"),
        consequence=waits or f"{days_text(session)} {session.place}",
    )  # fmt: skip
    return shown_form(request, session, form, page)


@require_POST
def place_note(request: UserRequest, pk: UUID) -> HttpResponse:
    """知道了."""
    enrolment = visible_place(request, pk)
    require(permissions.can_answer(request.user, enrolment))
    seats.take_note(enrolment, actor=request.user)
    return redirect("training:session_detail", pk=enrolment.session_id)


@require_http_methods(["GET", "POST"])
def place_decline(request: UserRequest, pk: UUID) -> HttpResponse:
    """The person cannot come and says why."""
    enrolment = visible_place(request, pk)
    require(permissions.can_answer(request.user, enrolment))
    form = DeclineForm(request.POST or None)
    page = Page(
        _("I cannot come"), _("Your place is given to somebody else."), _("I cannot come"),
        question=_("Give up this place?"),
        consequence=_("The department reads the reason; the next on the waiting list moves up."),
    )  # fmt: skip
    return session_form(request, enrolment.session, form, rosters.decline, page, enrolment)


@require_http_methods(["GET", "POST"])
def place_take_off(request: UserRequest, pk: UUID) -> HttpResponse:
    """Staff take somebody off."""
    enrolment = visible_place(request, pk)
    require(permissions.can_take_off(request.user, enrolment))
    form = DeclineForm(request.POST or None, instance=enrolment)
    page = Page(
        _("Take off the roster"), _("Taken off the roster."), _("Take off the roster"),
        question=_("Take %(name)s off the roster?") % {"name": enrolment.trainee.person.name},
        consequence=_("The person reads the reason; the next on the waiting list moves up."), danger=True,
    )  # fmt: skip
    return session_form(request, enrolment.session, form, rosters.leave, page, enrolment)


@require_POST
def place_move_up(request: UserRequest, pk: UUID) -> HttpResponse:
    """Somebody who waits gets a place out of turn."""
    enrolment = visible_place(request, pk)
    require(permissions.can_seat(request.user, enrolment))
    form = ChangeForm(request.POST, instance=enrolment)
    page = Page(
        _("Give a place"), _("A place was given."), _("Give a place"),
        question=_("Give %(name)s a place?") % {"name": enrolment.trainee.person.name},
    )  # fmt: skip
    return session_form(request, enrolment.session, form, rosters.move_up, page, enrolment)


def _tell(request: UserRequest, placed: Placed | None) -> None:
    """How many came onto the roster, how many wait, and who was there before."""
    if placed is None:
        return
    found = [
        (
            len(placed.enrolled),
            ngettext("%(count)d person put on the roster", "%(count)d people put on the roster", len(placed.enrolled)),
        ),
        (len(placed.waiting), ngettext("%(count)d person waits", "%(count)d people wait", len(placed.waiting))),
        (len(placed.known), ngettext("%(count)d was on it already", "%(count)d were on it already", len(placed.known))),
    ]
    told = [text % {"count": count} for count, text in found if count]
    if told:
        messages.success(request, _("; ").join(told))
    else:
        messages.info(request, _("Nobody was put on the roster."))
