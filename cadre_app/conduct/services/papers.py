"""The papers of a reward on the list of materials: what was handed over is followed by another one when the reward changes."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _

from cadre_app.conduct.services.talks import is_recent, office_words
from cadre_app.handover.models import MaterialKind
from cadre_app.handover.services.notes import (
    LONGEST,
    has_waited,
    last_handed_over,
    note_further,
    note_material,
    retract_papers,
)

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.conduct.models import Reward
    from cadre_app.handover.models import Material


def note_paper(reward: "Reward", *, corrected_from: date | None = None, is_retold: bool = False, actor: "User") -> None:
    """What was awarded within the month is handed over, and what waited goes on waiting whatever its age; papers of former
    years lie in the archive. Where another paper of it was handed over, the archive is told how it reads now.
    `corrected_from`: the day of the reward before a correction; `is_retold`: giver, level or number were corrected.
    """
    last = last_handed_over(reward)
    if last is not None:
        if corrected_from is not None:
            retract(reward, actor=actor)
        if is_retold or not _says(last, reward):
            note_further(last, reward, title=_corrected_title(reward), actor=actor)
        return
    if is_recent(reward.awarded_on) or has_waited(reward):
        note_material(
            reward,
            trainee=reward.trainee,
            kind=MaterialKind.REWARD,
            title=office_words(reward)[:LONGEST],
            formed_on=reward.awarded_on,
            corrected_from=corrected_from,
            actor=actor,
        )


def note_voided_paper(reward: "Reward", *, actor: "User") -> None:
    """Where the archive has a paper of it, it is told that the reward no longer stands."""
    last = last_handed_over(reward)
    if last is not None:
        note_further(last, reward, title=_voided_title(reward), actor=actor)


def retract(reward: "Reward", *, reason: str = "", actor: "User") -> None:
    """What still waits is taken from the list; without a `reason`, as the reward was corrected."""
    if not reason:
        with translation.override(settings.LANGUAGE_CODE):
            reason = _("The reward was corrected.")
    retract_papers(reward, reason=reason, actor=actor)


def _says(paper: "Material", reward: "Reward") -> bool:
    """Whether the archive knows the reward as it stands."""
    is_first = paper.title == office_words(reward)[:LONGEST] and paper.formed_on == reward.awarded_on
    return is_first or paper.title == _corrected_title(reward)


def _corrected_title(reward: "Reward") -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return (_("Corrected: %(reward)s (%(day)s)") % _known(reward))[:LONGEST]


def _voided_title(reward: "Reward") -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return (_("No longer stands: %(reward)s (%(day)s)") % _known(reward))[:LONGEST]


def _known(reward: "Reward") -> dict[str, str]:
    return {"reward": reward.words, "day": formats.date_format(reward.awarded_on)}
