"""Many postings at once, as an import brings them: history with its appraisals, proposals, and taking both back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from cadre_app.assignments.models import Posting, PostingAppraisal
from cadre_app.people.services.bulk import write_many
from cadre_app.people.services.rewriting import void_many as void_records

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class Appraised:
    """The host's appraisal as it stands on paper."""

    opinion: str
    signatory: str
    on: date


@transaction.atomic
def enter_many(wanted: Sequence[tuple[Posting, Appraised | None]], *, actor: "User", reason: str = "") -> None:
    """Save unsaved postings, each with its appraisal on paper; callers have locked the files and checked them.

    What is over comes as it was decided on paper, all else as a proposal of `actor`. Raises ValidationError for a value
    no column can hold, IntegrityError where a constraint speaks against a row.
    """
    for posting, _appraised in wanted:
        posting.proposed_by = actor
    past = [posting for posting, _appraised in wanted if posting.paper_signatory]
    coming = [posting for posting, _appraised in wanted if not posting.paper_signatory]
    write_many(past, actor=actor, verb="assignments.posting.entered_from_paper", reason=reason)
    write_many(coming, actor=actor, verb="assignments.posting.proposed", reason=reason)
    papers = [_paper(posting, said, actor) for posting, said in wanted if said is not None]
    write_many(papers, actor=actor, verb="assignments.postingappraisal.entered_from_paper", reason=reason)


@transaction.atomic
def void_many(keys: Iterable[UUID], *, actor: "User", reason: str) -> None:
    """Void locked postings and their appraisals; callers have seen that nothing was built on them."""
    postings = list(keys)
    appraisals = PostingAppraisal.objects.standing().filter(posting__in=postings).values_list("pk", flat=True)
    void_records(PostingAppraisal, appraisals, actor=actor, reason=reason)
    void_records(Posting, postings, actor=actor, reason=reason)


def _paper(posting: Posting, said: Appraised, actor: "User") -> PostingAppraisal:
    """Confirmed on paper: by no account."""
    return PostingAppraisal(
        posting=posting,
        duties=posting.tasks,
        opinion=said.opinion,
        signatory=said.signatory,
        written_by=actor,
        written_on=said.on,
        confirmed_on=said.on,
    )
