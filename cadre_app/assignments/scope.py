"""What the pages of postings share: whose postings somebody oversees, and the words of their addresses."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from cadre_app.assignments.models import Front, FrontKey, HostLevel, Posting, PostingKind, PostingState
from cadre_app.assignments.models.postings import never_began
from cadre_app.assignments.policies import DUE_SOON_DAYS
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.people import conditions
from cadre_app.people.models import Trainee, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.assignments.models.postings import PostingQuerySet
    from cadre_app.people.models.trainees import TraineeQuerySet

LONGEST_TYPED = 40
FIRST_YEAR = 2015
# Values of conditions in the address of the list.
SENT, HERE, ENDING, VOIDED = "sent", "here", "ending", "voided"
ABOVE, OTHERS, ANY_FRONT = "above", "none", "any"
# What the briefing counts: to project headquarters, and shadow training at municipal departments (PRODUCT.md).
HEADQUARTERS = Q(front__key=FrontKey.HEADQUARTERS)
MUNICIPAL = Q(kind=PostingKind.SHADOW, host_level=HostLevel.CITY)
SENT_STATES = (PostingState.APPROVED, PostingState.RETURNED, PostingState.CLOSED)


def postings_in_scope(user: "User") -> "PostingQuerySet":
    """Postings that `user` oversees by role, of growth files that stand; own ones and those of relatives are not here."""
    return Posting.objects.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__"), trainee__voided_at=None)


def scope_files(user: "User", unit: "Unit | None", day: date) -> "TraineeQuerySet":
    """Standing growth files in scope, of a unit where one is asked for."""
    files = Trainee.objects.standing().in_scope(user, *BUSINESS_ROLES)
    return files if unit is None else conditions.of_unit(files, unit, day)


def of_unit(rows: "PostingQuerySet", unit: "Unit | None", day: date) -> "PostingQuerySet":
    """Postings of the people of a unit, where one is asked for."""
    if unit is None:
        return rows
    return rows.filter(trainee__in=conditions.of_unit(Trainee.objects.order_by(), unit, day))


def year_choices(today: date) -> list[tuple[str, str]]:
    """The years that can be asked for, the coming one first."""
    return [(str(year), str(year)) for year in range(today.year + 1, FIRST_YEAR - 1, -1)]


def units_of(user: "User") -> "QuerySet[Unit]":
    """The units that somebody works for, as the boxes of units offer them."""
    return Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))


def front_choices() -> list[tuple[str, str]]:
    """The six by key, in their order; one query."""
    return [(front.key, str(front)) for front in Front.objects.standing()]


def sent(until: date) -> Q:
    """Approved and begun: what the figures count as somebody sent."""
    return Q(state__in=SENT_STATES, started_on__lte=until) & ~never_began()


def ending(today: date) -> Q:
    """Under way, with the planned end near."""
    last = date.fromordinal(today.toordinal() + DUE_SOON_DAYS.on(today))
    return here(today) & Q(due_on__range=(today, last))


def here_on(day: date) -> Q:
    """Under way on any day: from the day of the return on nobody is there any more."""
    if day == timezone.localdate():
        return here(day)
    return sent(day) & (Q(ended_on=None) | Q(ended_on__gt=day))


def here(today: date) -> Q:
    """Under way: nobody has recorded the return."""
    return Q(state=PostingState.APPROVED, started_on__lte=today) & ~never_began()
