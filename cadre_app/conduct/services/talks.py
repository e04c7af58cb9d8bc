"""The talk after praise or criticism: staff are told that one is due; after criticism not why (PRODUCT.md, "Talks")."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cadre_app.care.models import Occasion, TalkTrigger
from cadre_app.care.services import triggers
from cadre_app.conduct.models import Admonition, Sanction

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.conduct.models import Reward

    Entry = Reward | Sanction | Admonition

RECENT = timedelta(days=30)


def call_after_criticism(entry: "Sanction | Admonition", day: date, *, actor: "User") -> None:
    """For what happened within the last 30 days; the occasion names nothing of the entry behind it, not even its day. A talk
    that another entry called for and nobody had yet is about both.
    """
    if is_recent(day):
        entry.talk = _open_talk(entry) or triggers.add_trigger(
            entry.trainee, occasion=Occasion.SETBACK, happened_on=timezone.localdate(), actor=actor
        )


def follow_day(entry: "Sanction | Admonition", day: date, *, actor: "User") -> None:
    """As `call_after_criticism`, for an entry whose day was corrected: what lay back too far when it was entered calls for
    no talk after all, what is recent by now calls for one.
    """
    if day < timezone.localdate(entry.created_at) - RECENT:
        call_off(entry, actor=actor)
        entry.talk = None
    elif entry.talk_id is None:
        call_after_criticism(entry, day, actor=actor)


def call_after_praise(reward: "Reward", *, actor: "User") -> None:
    """For a reward of the last 30 days, in the words of the office."""
    if is_recent(reward.awarded_on):
        reward.talk = triggers.add_trigger(
            reward.trainee,
            occasion=Occasion.COMMENDED,
            happened_on=reward.awarded_on,
            subject=office_words(reward)[:100],
            actor=actor,
        )


def call_off(entry: "Entry", *, actor: "User") -> None:
    """The occasion that the entry made, while nobody has answered it."""
    if entry.talk_id is None:
        return
    talk = TalkTrigger.objects.open().filter(pk=entry.talk_id).first()
    if talk is None or TalkTrigger.objects.filter(_called_by_others(entry), pk=talk.pk).exists():
        return
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("What it was for no longer stands.")
    triggers.set_aside_trigger(talk, reason=reason, actor=actor)


def _open_talk(entry: "Sanction | Admonition") -> TalkTrigger | None:
    open_talks = TalkTrigger.objects.open().filter(occasion=Occasion.SETBACK, trainee=entry.trainee_id)
    return open_talks.filter(_called_by_others(entry)).order_by("happened_on", "pk").first()


def _called_by_others(entry: "Entry") -> Q:
    """Talks that other criticism of the person calls for as well."""
    found = Q(pk__in=[])
    for kind in (Sanction, Admonition):
        rows = kind.objects.standing().filter(trainee=entry.trainee_id, talk__isnull=False).exclude(pk=entry.pk)
        found |= Q(pk__in=rows.order_by().values("talk"))
    return found


def office_words(reward: "Reward") -> str:
    """A reward as papers and lists of the office name it, whoever enters it."""
    with translation.override(settings.LANGUAGE_CODE):
        return reward.words


def is_recent(day: date) -> bool:
    return day >= timezone.localdate() - RECENT
