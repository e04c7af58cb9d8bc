"""奖励表彰 entered, corrected, voided; a recent one calls for a talk."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.conduct import kinds
from cadre_app.conduct.models import Reward
from cadre_app.conduct.services.checks import check_day, lock_entry
from cadre_app.conduct.services.papers import note_paper, note_voided_paper, retract
from cadre_app.conduct.services.talks import call_after_praise, call_off
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, lock_open_file, refusal, refuse_numberless

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


@transaction.atomic
def enter_reward(
    trainee: "Trainee",
    *,
    kind: str,
    title: str = "",
    level: str,
    awarded_by: str,
    awarded_on: date,
    document_number: str = "",
    actor: "User",
) -> Reward:
    """Enter a reward; one of the last 30 days calls for a talk. Raises ValidationError by field."""
    trainee = lock_open_file(trainee.pk)
    reward = Reward(trainee=trainee, entered_by=actor)
    with history.change(reward, actor=actor, verb="conduct.reward.entered"):
        _write(reward, kind, title, level, awarded_by, awarded_on, document_number)
        call_after_praise(reward, actor=actor)
        reward.save(force_insert=True)
    note_paper(reward, actor=actor)
    return reward


@transaction.atomic
def change_reward(
    reward: Reward,
    *,
    kind: str,
    title: str = "",
    level: str,
    awarded_by: str,
    awarded_on: date,
    document_number: str = "",
    version: int | None = None,
    actor: "User",
) -> Reward:
    """Correct a reward; its paper on the list and the talk that it calls for follow. Raises Stale, ValidationError by field."""
    reward = lock_entry(reward, version)
    known, said = (reward.words, reward.awarded_on), _said_in_full(reward)
    with history.change(reward, actor=actor, verb="conduct.reward.changed"):
        _write(reward, kind, title, level, awarded_by, awarded_on, document_number)
        if is_other := known != (reward.words, reward.awarded_on):
            call_off(reward, actor=actor)
            call_after_praise(reward, actor=actor)
        reward.save()
    is_retold = _is_retold(said, _said_in_full(reward))
    if is_other or is_retold:
        note_paper(reward, corrected_from=known[1], is_retold=is_retold, actor=actor)
    return reward


@transaction.atomic
def void_reward(reward: Reward, *, reason: str, version: int | None = None, actor: "User") -> Reward:
    """It no longer counts anywhere; the talk that it called for is set aside. Raises Stale, ValidationError."""
    reward = lock_entry(reward, version)
    history.void(reward, actor=actor, reason=reason)
    retract(reward, reason=reason, actor=actor)
    note_voided_paper(reward, actor=actor)
    call_off(reward, actor=actor)
    return Reward.objects.get(pk=reward.pk)


@transaction.atomic
def restore_reward(reward: Reward, *, reason: str = "", version: int | None = None, actor: "User") -> Reward:
    """A reward that was voided stands again. Raises Stale, ValidationError."""
    reward = lock_entry(reward, version, voided=True)
    history.restore(reward, actor=actor, reason=reason)
    retract(reward, actor=actor)
    note_paper(reward, actor=actor)
    reward = Reward.objects.get(pk=reward.pk)
    with history.change(reward, actor=actor, verb="conduct.reward.talk_called"):
        call_after_praise(reward, actor=actor)
        reward.save()
    return reward


def _said_in_full(reward: Reward) -> tuple[str, str, str]:
    """What the paper of a reward says besides its words and its day."""
    return reward.level, reward.awarded_by, reward.document_number


def _is_retold(before: tuple[str, str, str], after: tuple[str, str, str]) -> bool:
    """Whether the archive would read something else; a number that is added once it is there corrects nothing."""
    return before[:2] != after[:2] or (before[2] != "" and before[2] != after[2])


def _write(
    reward: Reward,
    kind: str,
    title: str,
    level: str,
    awarded_by: str,
    awarded_on: date,
    document_number: str,
) -> None:
    check_day(reward.trainee, "awarded_on", awarded_on)
    if not kinds.is_offered(kind, kinds.reward_categories(reward.trainee, awarded_on), keep=reward.kind):
        message = _("This reward is not given to the personnel status “%(status)s”.")
        raise refusal("kind", message % {"status": reward.trainee.get_status_display()}, code="wrong_status")
    if document_number.strip():
        refuse_numberless("document_number", document_number)
    reward.kind, reward.category, reward.title = kind, kinds.category_of(kind), title
    reward.level, reward.awarded_by = level, awarded_by
    reward.awarded_on, reward.document_number = awarded_on, document_number
    clean(reward)
