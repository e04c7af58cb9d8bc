"""What rooms below say of their papers (core.archiving): formed, corrected, none any more.

Where a paper of the record was handed over, a further one tells the archive how it reads now, or that it no longer stands.
"""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db.models.functions import Left
from django.utils import translation
from django.utils.translation import gettext as _

from cadre_app.core.archiving import ArchivePaper
from cadre_app.documents.wording import day_text
from cadre_app.handover.models import Material
from cadre_app.handover.services.notes import (
    LONGEST,
    last_handed_over,
    last_paper,
    note_further,
    note_material,
    retract_papers,
)

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.models import BaseModel


def keep_formed(paper: ArchivePaper, actor: "User | None") -> None:
    known = last_handed_over(paper.obj, paper.part)
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
    retract_papers(obj, part=part, reason=reason, actor=actor)
    known = last_handed_over(obj, part)
    if known is not None and not known.title.startswith(_none_any_more("")):
        title = _none_any_more(f"{known.title}（{day_text(known.formed_on)}）")
        note_further(known, obj, part=part, title=title, actor=actor)


def formed_before(obj: "BaseModel", part: str) -> date | None:
    """When the last paper of `obj` was formed, whatever became of it."""
    last = last_paper(obj, part)
    return last.formed_on if last is not None else None


def handed_over(model: "type[BaseModel]", keys: Collection[UUID]) -> set[UUID]:
    """Those of `keys` of which a paper that stands was handed over, whichever of its papers."""
    head = f"{model._meta.label_lower}:"
    whole = {f"{head}{key}" for key in keys}
    gone = Material.objects.standing().filter(source__startswith=head, handed_over_on__isnull=False)
    of_record = gone.annotate(record=Left("source", len(head) + len(str(UUID(int=0)))))
    return {
        UUID(source.removeprefix(head))
        for source in of_record.filter(record__in=whole).values_list("record", flat=True)
    }


def _tell_how_it_reads(paper: ArchivePaper, known: Material, actor: "User | None") -> None:
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("The record was corrected.")
        title = _("Corrected: %(paper)s") % {"paper": f"{paper.title}（{day_text(paper.formed_on)}）"}
    retract_papers(paper.obj, part=paper.part, reason=reason, actor=actor)
    if (known.title, known.formed_on) != (paper.title, paper.formed_on) and known.title != title[:LONGEST]:
        note_further(known, paper.obj, part=paper.part, title=title, actor=actor)


def _none_any_more(what: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _("No longer stands: %(paper)s") % {"paper": what}
