"""Many rewards at once, as an import brings them, and taking them back."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from cadre_app.care.models import Talk
from cadre_app.conduct.models import Reward
from cadre_app.conduct.services.papers import note_paper
from cadre_app.conduct.services.rewards import void_reward
from cadre_app.conduct.services.talks import call_after_praise, is_recent
from cadre_app.people.services.bulk import write_many
from cadre_app.people.services.rewriting import void_many as void_records

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def enter_many(rewards: Sequence[Reward], *, actor: "User", reason: str = "") -> None:
    """Save unsaved rewards; callers have locked the files and checked them. What was given within the month calls for a
    talk and for its paper one by one, as everywhere; what is older lies in the archive.

    Raises ValidationError for a value no column can hold, IntegrityError where a constraint speaks against a row.
    """
    recent = [reward for reward in rewards if is_recent(reward.awarded_on)]
    for reward in recent:
        call_after_praise(reward, actor=actor)
    write_many(rewards, actor=actor, verb="conduct.reward.entered", reason=reason)
    for reward in recent:
        note_paper(reward, actor=actor)


def talked_about(keys: Iterable[UUID]) -> set[UUID]:
    """Those of these rewards whose talk somebody had or plans."""
    called = Reward.objects.filter(pk__in=list(keys), talk__isnull=False)
    planned = Talk.objects.standing().filter(trigger=OuterRef("talk"))
    return set(called.filter(Q(talk__answered_on__isnull=False) | Exists(planned)).values_list("pk", flat=True))


@transaction.atomic
def void_many(keys: Iterable[UUID], *, actor: "User", reason: str) -> None:
    """Void locked rewards; those that called for a talk or a paper one by one, so that these go with them."""
    rewards = list(Reward.objects.standing().filter(pk__in=list(keys)).order_by("pk"))
    followed = [reward for reward in rewards if reward.talk_id is not None or is_recent(reward.awarded_on)]
    for reward in followed:
        void_reward(reward, reason=reason, actor=actor)
    rest = {reward.pk for reward in rewards} - {reward.pk for reward in followed}
    void_records(Reward, rest, actor=actor, reason=reason)
