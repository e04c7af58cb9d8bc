"""What a row says otherwise than the posting that is entered already: told at its cells, nothing is changed."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cadre_app.assignments.models import Posting, PostingAppraisal
from cadre_app.people.importing.records import refuse_differing

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from cadre_app.core.importing import ImportRow

Stands = tuple[str, Any, str]
CHOICES = ("kind", "mode")
TEXTS = ("post", "tasks", "plan", "document_number", "superior_document")
DAYS = ("document_on", "due_on")
OF_APPRAISAL = ("opinion", "signatory", "appraised_on")
LONGEST = 40


def appraisals_of(postings: "Iterable[UUID]") -> "dict[UUID, PostingAppraisal]":
    """The standing appraisal of each of these postings; one query."""
    return {one.posting_id: one for one in PostingAppraisal.objects.standing().filter(posting__in=postings)}


def tell_differences(row: "ImportRow", there: Posting, appraisal: PostingAppraisal | None) -> None:
    """An error at each cell that says otherwise. What the office's ledger knows of the end of a posting that runs here is a
    remark: its return and its appraisal are recorded on its page.
    """
    refuse_differing(row, [*_decided(there), *_ended(there), *_appraised(appraisal)])
    if there.ended_on is None and row.is_filled("ended_on"):
        row.notes.append(_("This posting is entered already; its end is recorded on its page, not by an import."))
    elif appraisal is None and any(row.is_filled(key) for key in OF_APPRAISAL):
        row.notes.append(_("This posting is entered already; its appraisal is written on its page, not by an import."))


def _decided(there: Posting) -> Iterator[Stands]:
    for key in (*CHOICES, "host_level") if there.unit is None else CHOICES:
        yield key, getattr(there, key), str(getattr(there, f"get_{key}_display")())
    for key in TEXTS:
        text = getattr(there, key)
        yield key, text, _begun(text)
    for key in DAYS:
        yield key, getattr(there, key), _day(getattr(there, key))
    key, name = (there.front.key, str(there.front)) if there.front is not None else ("", "")
    yield "front", key, name
    if there.paper_signatory:
        yield "approved_by", there.paper_signatory, there.paper_signatory


def _ended(there: Posting) -> Iterator[Stands]:
    if there.ended_on is not None:
        yield "ended_on", there.ended_on, _day(there.ended_on)
        yield "return_reason", there.return_reason, _begun(there.return_reason)


def _appraised(appraisal: PostingAppraisal | None) -> Iterator[Stands]:
    """Its day is that of the paper, or of the account that wrote it here: only the first one is compared."""
    if appraisal is None:
        return
    yield "opinion", appraisal.opinion, _begun(appraisal.opinion)
    yield "signatory", appraisal.signatory, appraisal.signatory
    if appraisal.confirmed_by_id is None and appraisal.confirmed_on is not None:
        yield "appraised_on", appraisal.written_on, _day(appraisal.written_on)


def _begun(text: str) -> str:
    return Truncator(text).chars(LONGEST)


def _day(day: "date | None") -> str:
    return formats.date_format(day) if day is not None else ""
