"""登记谈话: that a talk was held, what was said (restricted), who may read it, each reading, and its closing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.care.models import Occasion, Problem, Talk, TalkState, TalkTrigger
from cadre_app.care.models.choices import HELD, WAITING
from cadre_app.care.services.checks import check_held, check_worker, lock_talk, require_state
from cadre_app.care.services.plans import keep_plan
from cadre_app.care.services.talks import open_trigger
from cadre_app.care.services.triggers import keep_trigger
from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import clean, lock_open_file

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class Texts:
    """What is restricted of a talk, on its way to a reader whose reading is on record."""

    content: str
    response: str


@transaction.atomic
def record_talk(
    talk: Talk,
    *,
    held_on: date,
    place: str = "",
    interviewer: "User",
    topics: Sequence[str],
    content: str = "",
    response: str = "",
    readers: "Iterable[User]" = (),
    version: int | None = None,
    actor: "User",
) -> Talk:
    """Record a planned or booked talk as held; `actor` becomes its author. Raises Stale, or ValidationError by field."""
    talk = lock_talk(talk, version)
    require_state(talk, WAITING)
    return _record(
        talk, held_on=held_on, place=place, interviewer=interviewer, topics=topics, content=content, response=response,
        readers=readers, actor=actor,
    )  # fmt: skip


@transaction.atomic
def add_held_talk(
    trainee: Trainee,
    *,
    kind: str,
    occasion: str = Occasion.ROUTINE,
    held_on: date,
    place: str = "",
    interviewer: "User",
    topics: Sequence[str],
    content: str = "",
    response: str = "",
    readers: "Iterable[User]" = (),
    trigger: TalkTrigger | None = None,
    actor: "User",
) -> Talk:
    """Record a talk that nobody had planned. Raises ValidationError by field."""
    trainee = lock_open_file(trainee.pk)
    talk = Talk(trainee=trainee, kind=kind, occasion=occasion, planned_on=held_on)
    talk.trigger = open_trigger(trainee, trigger) or _same_occasion(trainee, occasion, held_on)
    return _record(
        talk, held_on=held_on, place=place, interviewer=interviewer, topics=topics, content=content, response=response,
        readers=readers, actor=actor,
    )  # fmt: skip


def _same_occasion(trainee: Trainee, occasion: str, held_on: date) -> TalkTrigger | None:
    """The oldest occasion of that kind that waits: the talk answers it although nobody named it."""
    waiting = TalkTrigger.objects.open().filter(trainee=trainee, occasion=occasion, happened_on__lte=held_on)
    return waiting.select_for_update(of=("self",)).order_by("happened_on", "pk").first()


@transaction.atomic
def write_texts(
    talk: Talk, *, content: str = "", response: str = "", version: int | None = None, actor: "User"
) -> Talk:
    """Write the restricted texts anew; one that is left empty stays as it is. Raises Stale, ValidationError."""
    talk = lock_talk(talk, version)
    require_state(talk, HELD)
    with history.change(talk, actor=actor, verb="care.talk.texts_written"):
        talk.content, talk.response = content or talk.content, response or talk.response
        talk.has_texts = bool(talk.content or talk.response)
        talk.save()
    return talk


@transaction.atomic
def name_readers(talk: Talk, *, readers: "Iterable[User]" = (), version: int | None = None, actor: "User") -> Talk:
    """Say who else may read the restricted texts; nobody is one way to say it. Raises Stale, ValidationError."""
    talk = lock_talk(talk, version)
    require_state(talk, HELD)
    _set_readers(talk, list(readers), actor=actor)
    Talk.objects.filter(pk=talk.pk).update(version=F("version") + 1)
    talk.version += 1
    return talk


def read_texts(talk: Talk, *, actor: "User") -> Texts:
    """The restricted texts, once the reading is on record (committed); call it outside a transaction."""
    return _opened("care.talk.read", talk, actor=actor)


def reveal_texts(talk: Talk, *, reason: str, actor: "User") -> Texts:
    """As `read_texts`, with the reason of a leader. Raises ValidationError without one."""
    return _opened("care.talk.revealed", talk, actor=actor, reason=_said(reason, _("Say why you open it.")))


def print_texts(talk: Talk, *, reason: str, actor: "User") -> Texts:
    """As `read_texts`, for a copy on paper: whoever makes one says why. Raises ValidationError without a reason."""
    return _opened("care.talk.printed", talk, actor=actor, reason=_said(reason, _("Say why you print it.")))


@transaction.atomic
def close_talk(talk: Talk, *, version: int | None = None, actor: "User") -> Talk:
    """办结 A talk that was held, once everything that was raised in it is settled. Raises Stale, ValidationError."""
    talk = lock_talk(talk, version)
    require_state(talk, (TalkState.HELD, TalkState.FOLLOW_UP))
    if Problem.objects.unsettled().filter(talk=talk).exists():
        raise ValidationError(_("A problem raised in this talk is not settled yet."), code="unsettled")
    with history.change(talk, actor=actor, verb="care.talk.closed"):
        talk.state, talk.closed_on = TalkState.CLOSED, timezone.localdate()
        clean(talk)
        talk.save()
    return talk


def keep_follow_up(talk: Talk, *, actor: "User") -> Talk:
    """待回访 as long as something was raised in the talk: until the day of the last problem. Call it under the lock."""
    days = list(talk.problems.standing().values_list("due_on", flat=True))
    with history.change(talk, actor=actor, verb="care.talk.followed_up"):
        talk.follow_up_on = max(days, default=None)
        if talk.state in (TalkState.HELD, TalkState.FOLLOW_UP):
            talk.state = TalkState.FOLLOW_UP if days else TalkState.HELD
        talk.save(update_fields=["follow_up_on", "state", "updated_at"])
    return talk


def _record(
    talk: Talk,
    *,
    held_on: date,
    place: str,
    interviewer: "User",
    topics: Sequence[str],
    content: str,
    response: str,
    readers: "Iterable[User]",
    actor: "User",
) -> Talk:
    is_new = talk._state.adding
    with history.change(talk, actor=actor, verb="care.talk.recorded"):
        check_held(talk.trainee, held_on)
        check_worker(talk.trainee, "interviewer", interviewer)
        talk.state, talk.held_on, talk.place = TalkState.HELD, held_on, place
        talk.interviewer, talk.topics, talk.recorded_by = interviewer, list(topics), actor
        talk.content, talk.response, talk.has_texts = content, response, bool(content or response)
        clean(talk)
        talk.save(force_insert=is_new)
    chosen = list(readers)
    if chosen:
        _set_readers(talk, chosen, actor=actor)
    keep_plan(talk.trainee)
    keep_trigger(talk.trigger_id)
    return talk


def _said(reason: str, message: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": message}, code="no_reason")
    return reason.strip()


def _opened(verb: str, talk: Talk, *, actor: "User", reason: str = "") -> Texts:
    history.record_reading(verb, actor=actor, obj=talk, reason=reason)
    found = Talk.objects.only("content", "response").get(pk=talk.pk)
    return Texts(found.content, found.response)


def _set_readers(talk: Talk, readers: "list[User]", *, actor: "User") -> None:
    check_worker(talk.trainee, "readers", *readers)
    talk.readers.set(readers)
    named = [reader.display_name for reader in readers]
    history.record("care.talk.readers_named", actor=actor, obj=talk, after={"readers": named or ""})
