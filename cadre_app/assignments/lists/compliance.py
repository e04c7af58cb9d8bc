"""合规提示 the weekly list: what stands against postings as of today, by kind, each with the rule that says so."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.addresses import page_of
from cadre_app.assignments.compliance import LABELS, Note, NoteKey, listed_notes_on, notes_on, on_the_list
from cadre_app.assignments.forms.board import AskedForm
from cadre_app.assignments.models import Posting
from cadre_app.assignments.scope import of_unit, postings_in_scope
from cadre_app.assignments.stretch_words import kind_with_level, stage_mark
from cadre_app.core.sheets import watermark_text, write_sheet
from cadre_app.jobs import services as jobs

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.jobs.models import Job
    from cadre_app.org.models import Unit

EXPORT = "assignments.compliance"
MOST = 500


@dataclass(frozen=True)
class Noted:
    """One posting with one note; `is_new` where it did not stand against it when the week began."""

    posting: Posting
    note: Note
    mark: tuple[str, str]
    kind: str
    url: str
    is_new: bool


@dataclass
class Chapter:
    """All notes of one kind with the rules that say so."""

    key: str
    label: str
    rows: list[Noted] = field(default_factory=list)

    @property
    def rules(self) -> list[str]:
        return list(dict.fromkeys(row.note.rule for row in self.rows))


@dataclass
class Weekly:
    day: date
    chapters: list[Chapter]
    postings: int
    is_cut: bool = False

    @property
    def notes(self) -> int:
        return sum(len(chapter.rows) for chapter in self.chapters)

    @property
    def monday(self) -> date:
        return self.day - timedelta(days=self.day.weekday())

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def number(self) -> int:
        return self.day.isocalendar().week


def weekly_list(user: "User", day: date, unit: "Unit | None" = None, *, most: int | None = MOST) -> Weekly:
    """What stands against postings on the day, by kind of note; of closed ones what can still be mended. One query."""
    rows = of_unit(postings_in_scope(user).filter(voided_at=None), unit, day)
    rows = on_the_list(rows, day).select_related("unit", "front", "trainee__person", "trainee__home_unit")
    rows = rows.order_by("trainee__home_unit__path", "trainee__stroke_key", "started_on", "pk")
    found = list(rows if most is None else rows[: most + 1])
    chapters = {key.value: Chapter(key.value, str(LABELS[key])) for key in NoteKey}
    weekly = Weekly(day, [], len(found), is_cut=most is not None and len(found) > most)
    for posting in found[:most]:
        before = _keys_before(posting, weekly.monday)
        url = page_of("posting_detail", posting.pk, posting.trainee_id)
        for note in listed_notes_on(posting, day):
            row = Noted(posting, note, stage_mark(posting, day), kind_with_level(posting), url, note.key not in before)
            chapters[note.key].rows.append(row)
    weekly.chapters = [chapter for chapter in chapters.values() if chapter.rows]
    return weekly


def _keys_before(posting: Posting, monday: date) -> set[str]:
    """What stood against it when the week began: nothing where it was only entered since."""
    if timezone.localtime(posting.created_at).date() >= monday:
        return set()
    found = {note.key for note in notes_on(posting, monday - timedelta(days=1))}
    is_signed_since = posting.signed_on is not None and posting.signed_on >= monday
    return found - {NoteKey.DOCUMENT.value, NoteKey.HOST.value} if is_signed_since else found


def write_compliance(job: "Job") -> None:
    """Write every note. Raises Refused when the unit can no longer be asked for."""
    form = AskedForm(QueryDict(str(job.params.get("query", ""))), user=job.owner)
    if not form.is_valid():
        raise jobs.Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    found = weekly_list(job.owner, timezone.localdate(), form.asked["unit"], most=None)
    headings = [
        pgettext("compliance", "Note"),
        _("Full name"),
        _("Unit"),
        _("Kind of posting"),
        pgettext("posting", "Host"),
        _("From"),
        pgettext("posting", "Planned until"),
        pgettext("posting", "Stage"),
        pgettext("compliance", "What is the matter"),
        pgettext("compliance", "Rule"),
        pgettext("compliance", "New this week"),
    ]
    name = _("Compliance notes %(date)s.xlsx") % {"date": f"{found.day:%Y%m%d}"}
    with jobs.result_file(job, name=name) as path:
        write_sheet(path, headings, _rows(found), watermark=watermark_text(job.owner.display_name))


def _rows(found: Weekly) -> Iterator[list[Any]]:
    for chapter in found.chapters:
        for row in chapter.rows:
            one, trainee = row.posting, row.posting.trainee
            who = [chapter.label, trainee.person.name, trainee.home_unit.name, row.kind, one.host]
            how = [one.started_on, one.due_on or "", row.mark[1], row.note.text, row.note.rule]
            yield [*who, *how, _("Yes") if row.is_new else ""]
