"""A row of the sheet of dispatches with the posting that it means, built from its cells without asking the database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.importing.columns import LONGEST_HOST
from cadre_app.assignments.models import Front, HostLevel, Posting, PostingKind, PostingMode, PostingState
from cadre_app.assignments.services.posting_checks import check_days, check_document, check_host, check_limits
from cadre_app.core.importing import ImportRow
from cadre_app.people.importing.units import UnitFinder
from cadre_app.people.services.checks import refuse_numberless

if TYPE_CHECKING:
    from cadre_app.org.models import Unit
    from cadre_app.people.models import Trainee

# Whoever came back this long ago may still be appraised here; before that the paper lies with the office.
LATELY = timedelta(days=60)
# A document of later than this decided on nothing any more: as a rule one of the two years is a slip.
LATE = timedelta(days=31)
AT_CELL = {"unit": "host", "reason": "started_on", "superior_files": "superior_document"}


@dataclass(eq=False)
class Case:
    """One row; `is_over`: recorded from paper, for its last day is past."""

    row: ImportRow
    trainee: "Trainee | None" = None
    posting: Posting | None = None

    @property
    def is_over(self) -> bool:
        return "ended_on" in self.row.values

    @property
    def tells_an_end(self) -> bool:
        """Also where its day cannot be read."""
        return self.row.is_filled("ended_on")


def posting_of(case: Case, trainee: "Trainee", units: UnitFinder, fronts: dict[str, Front]) -> Posting | None:
    """The unsaved posting of a row; None with errors at its cells."""
    row = case.row
    kind, start, ended = row.get("kind"), row.get("started_on"), row.get("ended_on")
    unit, host_name = _host(row, units)
    if None in (kind, start) or not (unit or host_name):
        return None
    posting = Posting(
        trainee=trainee,
        kind=kind,
        mode=row.get("mode", PostingMode.FULL),
        front=fronts.get(row.get("front", "")),
        unit=unit,
        host_name=host_name,
        host_level=HostLevel.DISTRICT if unit is not None else row.get("host_level", HostLevel.DISTRICT),
        post=row.get("post", ""),
        tasks=row.get("tasks") or str(PostingKind(kind).label),
        plan=row.get("plan", ""),
        document_number=row.get("document_number", ""),
        document_on=row.get("document_on"),
        superior_document=row.get("superior_document", ""),
        started_on=start,
        due_on=row.get("due_on"),
    )
    if ended is not None:
        _close(case, posting, ended)
    _refuse_needless(case, posting)
    _check(case, posting)
    return None if row.has_errors else posting


def _host(row: ImportRow, units: UnitFinder) -> "tuple[Unit | None, str]":
    """A unit of the tree, else a host by its name, which the preview says."""
    text = row.get("host")
    if text is None:
        return None, ""
    found = units.named(text)
    working = [unit for unit in found if units.is_open(unit)] or found
    if len(working) > 1:
        told = {"name": text, "path": "/".join(units.path(working[0]))}
        row.refuse("host", _("Several units are called “%(name)s”. Write the path, such as %(path)s.") % told)
        return None, ""
    if working:
        if row.get("host_level", HostLevel.DISTRICT) != HostLevel.DISTRICT:
            told = {"name": working[0].name, "level": HostLevel.DISTRICT.label}
            row.notes.append(_("“%(name)s” is a unit of the tree: its level is “%(level)s”.") % told)
        return working[0], ""
    row.notes.append(_("“%(name)s” is no unit of the tree: entered as a host by its name.") % {"name": text})
    _check_level(row)
    return None, text[:LONGEST_HOST]


def _check_level(row: ImportRow) -> None:
    """Of a host outside the tree nobody else says where it stands; shadow training above the district is counted apart."""
    if row.is_filled("host_level"):
        return
    if row.get("kind") == PostingKind.SHADOW:
        row.refuse("host_level", _("Say at which level the host stands: it is no unit of the tree."))
    else:
        known = {"level": HostLevel.DISTRICT.label}
        row.notes.append(_("No level of the host is given: entered as “%(level)s”.") % known)


def _close(case: Case, posting: Posting, ended: date) -> None:
    row, start = case.row, posting.started_on
    if ended > timezone.localdate():
        row.refuse("ended_on", _("This day has not come yet. Record it on that day."))
        return
    if ended < start:
        row.refuse("ended_on", _("A posting cannot end before it started."))
        return
    posting.ended_on, posting.returned_on = ended, timezone.localdate()
    if posting.due_on is None and posting.kind != PostingKind.TASK_FORCE:
        posting.due_on = ended
    if posting.due_on is not None and ended < posting.due_on:
        posting.is_recalled, posting.return_reason = True, row.get("return_reason", "")
        if not posting.return_reason:
            row.refuse("return_reason", _("Say why the person returns early."))
    waits = "opinion" not in row.values and ended > timezone.localdate() - LATELY
    posting.state = PostingState.RETURNED if waits else PostingState.CLOSED
    _on_paper(row, posting)
    if waits:
        row.notes.append(_("It waits for the host's appraisal."))


def _refuse_needless(case: Case, posting: Posting) -> None:
    """What the row says of an end that it does not tell: it would be dropped without a word."""
    row = case.row
    if not case.tells_an_end and row.is_filled("approved_by"):
        row.refuse("approved_by", _("A posting that is not over is signed off here. Leave this empty."))
    is_known = not case.tells_an_end or posting.ended_on is not None
    if is_known and row.is_filled("return_reason") and not posting.is_recalled:
        text = _("By these days the person does not return early. Correct the days, or leave this empty.")
        row.refuse("return_reason", text)


def _on_paper(row: ImportRow, posting: Posting) -> None:
    """What is over was decided on by a paper that says so: which, of what day, by whom."""
    needed = _("A posting that is over was decided on before this system: enter this, as the document says it.")
    for key in ("document_number", "document_on", "approved_by"):
        if key not in row.values:
            row.refuse(key, needed)
    posting.paper_signatory, posting.signed_on = row.get("approved_by", ""), posting.document_on


def _check(case: Case, posting: Posting) -> None:
    row = case.row
    if posting.document_number:
        _ask(row, lambda: refuse_numberless("document_number", posting.document_number))
    _ask(row, lambda: check_days(posting))
    _ask(row, lambda: check_document(posting))
    _hint_at_late_document(row, posting)
    _ask(row, lambda: check_host(posting))
    if posting.kind == PostingKind.TEMPORARY_POST and not posting.post:
        row.refuse("post", _("A temporary post has a name."))
    if posting.kind == PostingKind.SHADOW and posting.post:
        row.refuse("post", _("Whoever is in shadow training holds no post there."))
    if not case.is_over:
        _ask(row, lambda: check_limits(posting))
        if posting.kind == PostingKind.SHADOW and not posting.plan:
            row.refuse("plan", _("Shadow training needs a study plan."))


def _hint_at_late_document(row: ImportRow, posting: Posting) -> None:
    last = posting.ended_on or posting.due_on
    if posting.document_on is not None and last is not None and posting.document_on > last + LATE:
        known = {"day": formats.date_format(posting.document_on), "last": formats.date_format(last)}
        text = _("The document is dated %(day)s, long after the last day, %(last)s: see that both days are right.")
        row.notes.append(text % known)


def _ask(row: ImportRow, act: Callable[[], None]) -> None:
    """Run a check of postings; what it says stands at the cell of its field."""
    try:
        act()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            row.refuse(AT_CELL.get(field, field), " ".join(messages))
