"""One talk: its page, and the changes of everything that is not restricted."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.care import permissions
from cadre_app.care.forms.talks import (
    BookForm,
    HeldFactsForm,
    HeldTalkForm,
    PlanTalkForm,
    RecordForm,
)
from cadre_app.care.models import Problem, Talk, TalkState, TalkTrigger
from cadre_app.care.models.choices import KINDS, WAITING, Occasion, TalkKind
from cadre_app.care.services import recording
from cadre_app.care.services import talks as services
from cadre_app.care.services.checks import workers_for
from cadre_app.care.views.own import own_talk
from cadre_app.care.views.pages import changeable_talk, file_form, plannable_trainee, talk_form, visible_talk
from cadre_app.care.wording import problem_mark, talk_mark
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.phones import is_phone
from cadre_app.history.models import Entry
from cadre_app.people.models import Trainee


@require_GET
def talk_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """For staff and leaders the whole page without its texts; for the person concerned time, topics, state, follow-up."""
    user, talk = request.user, visible_talk(request, pk)
    if not permissions.works_on(user, talk.trainee):
        return own_talk(request, talk)
    problems = list(Problem.objects.filter(talk=talk).select_related("handler").order_by("due_on", "pk"))
    readers = list(talk.readers.order_by("username"))
    may_change = permissions.can_change(user, talk)
    context: dict[str, Any] = {
        "talk": talk,
        "trainee": talk.trainee,
        "mark": talk_mark(talk),
        "readers": readers,
        "problems": [(one, problem_mark(one)) for one in problems if not one.is_voided],
        "voided_problems": [one for one in problems if one.is_voided],
        "may_change": may_change,
        "may_follow_up": may_change and talk.state in (TalkState.HELD, TalkState.FOLLOW_UP),
        "may_close": may_change
        and talk.state in (TalkState.HELD, TalkState.FOLLOW_UP)
        and all(one.is_settled for one in problems if not one.is_voided),
        "may_restore": permissions.can_restore(user, talk),
        "may_read": permissions.can_read_texts(user, talk),
        "may_reveal": permissions.can_reveal_texts(user, talk),
        "may_print": permissions.can_print_texts(user, talk),
        "may_write": permissions.can_write_texts(user, talk),
        "on_phone": is_phone(request),
        "close_form": ChangeForm(instance=talk),
        "entries": Entry.objects.about_any([talk, *problems]).told(),
    }
    return render(request, "care/talk_detail.html", context)


@require_http_methods(["GET", "POST"])
def talk_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """Plan a talk with somebody; `?trigger=` names the occasion that it answers."""
    trainee = plannable_trainee(request, pk)
    trigger = _trigger(request, trainee)
    initial = {"planned_on": _day_for(trigger), **_of_trigger(trigger)}
    form = PlanTalkForm(request.POST or None, workers=workers_for(trainee), initial=initial)
    page = Page(_("Plan a talk"), _("The talk is planned."), _("Plan"), notices=_about(trigger))
    return file_form(request, trainee, form, services.plan_talk, page, trigger=trigger)


@sensitive_post_parameters("content", "response")
@require_http_methods(["GET", "POST"])
def talk_add_held(request: UserRequest, pk: UUID) -> HttpResponse:
    """登记谈话 A talk that nobody had planned."""
    trainee = plannable_trainee(request, pk)
    trigger = _trigger(request, trainee)
    form = HeldTalkForm(
        request.POST or None,
        workers=workers_for(trainee),
        offers_texts=not is_phone(request),
        author=request.user,
        initial={"held_on": timezone.localdate(), **_of_trigger(trigger)},
    )
    page = Page(_("Record the talk"), _("The talk is recorded."), _("Record the talk"), notices=_about(trigger))
    return file_form(request, trainee, form, recording.add_held_talk, page, trigger=trigger)


@require_http_methods(["GET", "POST"])
def talk_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Correct what is not restricted."""
    talk = changeable_talk(request, pk)
    kind: Any = HeldFactsForm if talk.is_held else PlanTalkForm
    form = kind(request.POST or None, instance=talk, workers=workers_for(talk.trainee))
    if talk.state == TalkState.BOOKED:
        form.fields.pop("planned_on")
    return talk_form(request, talk, form, services.change_talk, Page(_("Edit the talk"), _("The talk was changed.")))


@require_http_methods(["GET", "POST"])
def talk_book(request: UserRequest, pk: UUID) -> HttpResponse:
    """约谈话, also to move it."""
    talk = changeable_talk(request, pk)
    initial = {"booked_on": max(talk.booked_on, timezone.localdate())}
    form = BookForm(request.POST or None, instance=talk, workers=workers_for(talk.trainee), initial=initial)
    is_booked = talk.state == TalkState.BOOKED
    title = _("Move the talk") if is_booked else _("Arrange a talk")
    said = _("The talk was moved.") if is_booked else _("The talk is arranged.")
    return talk_form(request, talk, form, services.book_talk, Page(title, said, title))


@sensitive_post_parameters("content", "response")
@require_http_methods(["GET", "POST"])
def talk_record(request: UserRequest, pk: UUID) -> HttpResponse:
    """登记谈话 It was held; what was said is restricted."""
    talk = changeable_talk(request, pk)
    form = RecordForm(
        request.POST or None,
        instance=talk,
        workers=workers_for(talk.trainee),
        offers_texts=not is_phone(request),
        author=request.user,
        initial={"held_on": min(talk.planned_on, timezone.localdate()), "readers": []},
    )
    page = Page(_("Record the talk"), _("The talk is recorded."), _("Record the talk"))
    return talk_form(request, talk, form, recording.record_talk, page)


@require_http_methods(["GET", "POST"])
def talk_cancel(request: UserRequest, pk: UUID) -> HttpResponse:
    talk = changeable_talk(request, pk)
    form = ReasonForm(request.POST or None, instance=talk)
    page = Page(
        _("Cancel the talk"), _("The talk was cancelled."), _("Cancel the talk"), question=_("Cancel this talk?"),
        consequence=_("It can be taken up again."), danger=True,
    )  # fmt: skip
    return talk_form(request, talk, form, services.cancel_talk, page)


@require_http_methods(["GET", "POST"])
def talk_reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    """A cancelled or closed talk is taken up again."""
    talk = changeable_talk(request, pk)
    form = ReasonForm(request.POST or None, instance=talk)
    page = Page(
        _("Take the talk up again"), _("The talk is open again."), _("Take up again"),
        question=_("Take this talk up again?"),
    )  # fmt: skip
    return talk_form(request, talk, form, services.reopen_talk, page)


@require_POST
def talk_close(request: UserRequest, pk: UUID) -> HttpResponse:
    """办结."""
    talk = changeable_talk(request, pk)
    form = ChangeForm(request.POST, instance=talk)
    page = Page(
        pgettext("talk", "Close"), _("The talk is closed."), pgettext("talk", "Close"), question=_("Close this talk?")
    )
    return talk_form(request, talk, form, recording.close_talk, page)


@require_http_methods(["GET", "POST"])
def talk_void(request: UserRequest, pk: UUID) -> HttpResponse:
    talk = changeable_talk(request, pk)
    form = ReasonForm(request.POST or None, instance=talk)
    page = Page(
        _("Void the talk"), _("The talk was voided."), _("Void"), question=_("Void this talk?"),
        consequence=_("It leaves the growth file and the lists, and the next talk is due as if it had not been held. It is kept and can be restored."),
        danger=True,
    )  # fmt: skip
    return talk_form(request, talk, form, services.void_talk, page)


@require_http_methods(["GET", "POST"])
def talk_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    talk = visible_talk(request, pk)
    require(permissions.can_restore(request.user, talk))
    form = RestoreForm(request.POST or None, instance=talk)
    page = Page(
        _("Restore the talk"), _("The talk was restored."), _("Restore"), question=_("Restore this talk?"),
        notices=_waiting_besides(talk),
    )  # fmt: skip
    return talk_form(request, talk, form, services.restore_talk, page)


def _waiting_besides(talk: Talk) -> tuple[str, ...]:
    """What is planned with this person otherwise, for a talk that would wait again."""
    if talk.state not in WAITING:
        return ()
    others = Talk.objects.waiting().without_texts().filter(trainee=talk.trainee).order_by("planned_on", "pk")
    text = _("Another talk with this person waits, for %(day)s (%(state)s).")
    return tuple(
        text % {"day": formats.date_format(one.planned_on), "state": one.get_state_display()} for one in others
    )


def _trigger(request: UserRequest, trainee: Trainee) -> TalkTrigger | None:
    """The open occasion that the address names; 404 for another one."""
    key = request.GET.get("trigger")
    if not key:
        return None
    try:
        wanted = UUID(key)
    except ValueError:
        wanted = UUID(int=0)
    return get_object_or_404(TalkTrigger.objects.visible_to(request.user).open(), pk=wanted, trainee=trainee)


def _of_trigger(trigger: TalkTrigger | None) -> dict[str, Any]:
    if trigger is None:
        return {}
    return {"occasion": trigger.occasion, "kind": KINDS.get(Occasion(trigger.occasion), TalkKind.ROUTINE)}


def _day_for(trigger: TalkTrigger | None) -> Any:
    today = timezone.localdate()
    return max(trigger.due_on, today) if trigger is not None else today


def _about(trigger: TalkTrigger | None) -> tuple[str, ...]:
    if trigger is None:
        return ()
    return (f"{trigger}{pgettext('label and value', ': ') if trigger.subject else ''}{trigger.subject}",)
