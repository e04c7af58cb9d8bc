"""Papers of posts, ranks and Party membership for the statutory archive, as far as they were formed within the month.

Once there is a paper, the list follows its record when that is corrected, voided or restored, whatever its age.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cadre_app.core.archiving import ArchivePaper, form_paper, formed_before, undo_paper
from cadre_app.people.models import Trainee
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Person, PostRecord

RECENT = timedelta(days=30)
POST, PARTY = "post", "party"
PARTY_PARTS = ("party_joined_on", "party_full_on")


def note_post(
    record: "PostRecord",
    *,
    formed_on: date | None = None,
    corrected_from: date | None = None,
    actor: "User | None",
) -> None:
    """A post or rank given by a document, whose day is `formed_on` where it is known (else the first day).

    The first rank is given at the end of probation, which has a form of its own.
    """
    day = formed_on or record.started_on
    if not record.document_number or _is_first(record) or not (_is_recent(day) or formed_before(record)):
        return
    with translation.override(settings.LANGUAGE_CODE):
        rank = codes.label("rank", record.rank) if record.rank else record.post_grade
        what = "、".join(part for part in (record.post, rank) if part)
        title = _("Papers of post and rank (%(what)s)") % {"what": what}
    paper = ArchivePaper(
        obj=record,
        trainee=record.trainee,
        kind=POST,
        title=title[:100],
        formed_on=day,
        corrected_from=corrected_from,
        is_dated=formed_on is not None,
    )
    form_paper(paper, actor=actor)


def note_post_again(record: "PostRecord", *, actor: "User") -> None:
    """After restoring: its paper is that of the day on which it was formed."""
    note_post(record, formed_on=formed_before(record), actor=actor)


def undo_post(record: "PostRecord", *, reason: str, actor: "User") -> None:
    undo_paper(record, reason=reason, actor=actor)


def follow_post(record: "PostRecord", before: "PostRecord", *, formed_on: date | None = None, actor: "User") -> None:
    """After a correction: the paper that waits is that of the new day and post; none is left where none is formed."""
    told = ("started_on", "post", "rank", "post_grade", "document_number")
    if formed_on is None and all(getattr(record, name) == getattr(before, name) for name in told):
        return
    if not record.document_number or _is_first(record):
        with translation.override(settings.LANGUAGE_CODE):
            reason = _("The record of post and rank was corrected.")
        undo_post(record, reason=reason, actor=actor)
    note_post(record, formed_on=formed_on, corrected_from=before.started_on, actor=actor)


def follow_party(person: "Person", before: "Person", *, actor: "User") -> None:
    """入党、转正 Admission and the end of Party probation: a paper where the day is new, none where it was taken away."""
    trainee = Trainee.objects.filter(person=person).select_related("home_unit").first()
    if trainee is None:
        return
    for part in PARTY_PARTS:
        was, day = getattr(before, part), getattr(person, part)
        if day == was:
            continue
        with translation.override(settings.LANGUAGE_CODE):
            reason, title = _("The day was corrected."), _party_title(part)
        if day is None:
            undo_paper(person, part=part, reason=reason, actor=actor)
        elif _is_recent(day) or formed_before(person, part=part):
            paper = ArchivePaper(
                obj=person, trainee=trainee, kind=PARTY, title=title, formed_on=day, part=part, corrected_from=was
            )
            form_paper(paper, actor=actor)


def _party_title(part: str) -> str:
    if part == "party_joined_on":
        return _("Papers of admission to the Party (application form)")
    return _("Papers of becoming a full Party member")


def _is_recent(day: date) -> bool:
    return day >= timezone.localdate() - RECENT


def _is_first(record: "PostRecord") -> bool:
    """It gives the first rank or post grade; a post alone is never left to the form of grading."""
    if not record.rank and not record.post_grade:
        return False
    earlier = record.trainee.post_records.standing().filter(started_on__lt=record.started_on)
    return not earlier.exclude(rank="", post_grade="").exists()
