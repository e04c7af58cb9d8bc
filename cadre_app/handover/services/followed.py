"""What rooms below say of their papers (core.archiving): formed, corrected, none any more.

Where a paper of the record was handed over, a further one tells the archive how it reads now, or that it no longer stands.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cadre_app.core.archiving import ArchivePaper
from cadre_app.documents.wording import day_text
from cadre_app.handover.models import Material
from cadre_app.handover.services.notes import last_paper, note_material, papers_of_part, source_of
from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.models import BaseModel

LONGEST = 100


def keep_formed(paper: ArchivePaper, actor: "User | None") -> None:
    known = _last_handed_over(paper.obj, paper.part)
    if known is not None:
        _tell_how_it_reads(paper, known, actor)
        return
    note_material(
        paper.obj,
        trainee=paper.trainee,
        kind=paper.kind,
        title=paper.title,
        formed_on=paper.formed_on,
        part=paper.part,
        corrected_from=paper.corrected_from,
        is_dated=paper.is_dated,
        actor=actor,
    )


def drop_undone(obj: "BaseModel", part: str, reason: str, actor: "User") -> None:
    _retract(obj, part, reason, actor)
    known = _last_handed_over(obj, part)
    if known is not None and not known.title.startswith(_none_any_more("")):
        _note_further(obj, part, known, _none_any_more(f"{known.title}（{day_text(known.formed_on)}）"), actor)


def formed_before(obj: "BaseModel", part: str) -> date | None:
    """When the last paper of `obj` was formed, whatever became of it."""
    last = last_paper(obj, part)
    return last.formed_on if last is not None else None


def _tell_how_it_reads(paper: ArchivePaper, known: Material, actor: "User | None") -> None:
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("The record was corrected.")
        title = _("Corrected: %(paper)s") % {"paper": f"{paper.title}（{day_text(paper.formed_on)}）"}
    _retract(paper.obj, paper.part, reason, actor)
    if (known.title, known.formed_on) != (paper.title, paper.formed_on) and known.title != title[:LONGEST]:
        _note_further(paper.obj, paper.part, known, title, actor)


def _note_further(obj: "BaseModel", part: str, known: Material, title: str, actor: "User | None") -> None:
    number = str(papers_of_part(obj, part).count())
    note_material(
        obj,
        trainee=known.trainee,
        kind=known.kind,
        title=title[:LONGEST],
        formed_on=timezone.localdate(),
        part=f"{part}:{number}" if part else number,
        actor=actor,
    )


def _last_handed_over(obj: "BaseModel", part: str) -> Material | None:
    """By the number of the paper: several of one day are handed over in the order in which they were formed."""
    first = source_of(obj, part)
    handed = papers_of_part(obj, part).standing().filter(handed_over_on__isnull=False).select_related("trainee")
    return max(handed, key=lambda paper: int(paper.source.removeprefix(first).lstrip(":") or 0), default=None)


def _retract(obj: "BaseModel", part: str, reason: str, actor: "User | None") -> None:
    for material in papers_of_part(obj, part).waiting().select_for_update():
        with history.change(material, actor=actor, verb="handover.material.voided", reason=reason):
            material.voided_at = timezone.now()
            material.save()


def _none_any_more(what: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _("No longer stands: %(paper)s") % {"paper": what}
