"""What may be said of the postings that the figures count: whether all have their document and came back in time."""

from typing import TYPE_CHECKING

from django.db.models import F, Q

from cadre_app.assignments.models import FrontKey, HostLevel, Posting, PostingKind
from cadre_app.assignments.policies import FIGURES_SINCE
from cadre_app.assignments.scope import sent
from cadre_app.core.claims import claims
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked


def announce() -> None:
    """Called once, when the app is ready."""
    claims.register("postings_in_order", postings_in_order)


def postings_in_order(asked: "Asked") -> bool:
    """文号齐全且无超期: of those sent to headquarters and to departments above, as of the day; without any it does not hold."""
    rows = counted(asked)
    stayed = Q(due_on__lt=asked.as_of) & (Q(ended_on=None) | Q(ended_on__gt=F("due_on")))
    return rows.exists() and not rows.filter(Q(document_number="") | stayed).exists()


def counted(asked: "Asked") -> "QuerySet[Posting]":
    """What `headquarters_postings` and `secondments` count."""
    rows = Posting.objects.standing().filter(
        Q(front__key=FrontKey.HEADQUARTERS) | Q(kind=PostingKind.SHADOW) & ~Q(host_level=HostLevel.DISTRICT),
        sent(asked.as_of),
        started_on__gte=FIGURES_SINCE.on(asked.as_of),
        trainee__in=files_of(asked).values("pk"),
    )
    return rows.order_by()
