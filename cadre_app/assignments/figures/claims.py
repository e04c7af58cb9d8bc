"""What may be said of the postings that the figures count: whether all have their document and came back in time."""

from functools import partial
from typing import TYPE_CHECKING

from django.db.models import F, Q

from cadre_app.assignments.models import Posting
from cadre_app.assignments.policies import FIGURES_SINCE
from cadre_app.assignments.scope import HEADQUARTERS, MUNICIPAL, sent
from cadre_app.core.claims import claims
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked

UNDOCUMENTED = Q(document_number="")


def announce() -> None:
    """Called once, when the app is ready."""
    claims.register("postings_in_order", postings_in_order)
    claims.register("postings_in_order_so_far", postings_in_order_so_far)
    gaps = {
        "postings_undocumented": lambda day: UNDOCUMENTED,
        "postings_overdue": lambda day: _away(day) & Q(due_on__lt=day),
        "postings_back_late": lambda day: ~_away(day) & Q(ended_on__gt=F("due_on")),
    }
    for key, condition in gaps.items():
        claims.register(key, partial(there_are, condition=condition))


def postings_in_order(asked: "Asked") -> bool:
    """文号齐全, and everybody is back by the last day planned; without any it does not hold."""
    rows, day = counted(asked), asked.as_of
    return rows.exists() and not rows.filter(UNDOCUMENTED | _away(day) | _late(day)).exists()


def postings_in_order_so_far(asked: "Asked") -> bool:
    """文号齐全且无超期: those who are back came back by the last day planned, of whom there are some, and nobody is overdue."""
    rows, day = counted(asked), asked.as_of
    wrong = UNDOCUMENTED | _late(day) | _away(day) & Q(due_on__lt=day)
    return rows.filter(~_away(day)).exists() and not rows.filter(wrong).exists()


def there_are(asked: "Asked", condition: "Callable[[date], Q]") -> bool:
    """Whether some of those that count are so, as of the day."""
    return counted(asked).filter(condition(asked.as_of)).exists()


def counted(asked: "Asked") -> "QuerySet[Posting]":
    """What `headquarters_postings` and `secondments` count."""
    rows = Posting.objects.standing().filter(
        HEADQUARTERS | MUNICIPAL,
        sent(asked.as_of),
        started_on__gte=FIGURES_SINCE.on(asked.as_of),
        trainee__in=files_of(asked).values("pk"),
    )
    return rows.order_by()


def _away(day: "date") -> Q:
    return Q(ended_on=None) | Q(ended_on__gt=day)


def _late(day: "date") -> Q:
    """Back, and later than planned or without a last day that was planned, so that nothing can be said of it."""
    return Q(ended_on__lte=day) & (Q(due_on=None) | Q(ended_on__gt=F("due_on")))
