"""Which pairings run on a day, as conditions: the same for lists, which show today, and for figures of any day."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from cadre_app.mentorship.models import Pairing
from cadre_app.people.models import Relative


def running_on(day: date) -> Q:
    """Begun, and not ended by the end of that day."""
    return (Q(ended_on=None) | Q(ended_on__gt=day)) & Q(voided_at=None, started_on__lte=day)


def of_relatives() -> Q:
    """Mentor and trainee are declared relatives of one another (回避): such a pairing has to end."""
    ties = Relative.objects.standing()
    one = ties.filter(person=OuterRef("mentor"), other=OuterRef("trainee__person"))
    other = ties.filter(other=OuterRef("mentor"), person=OuterRef("trainee__person"))
    return Q(Exists(one)) | Q(Exists(other))


def with_both(day: date) -> Q:
    """Of a trainee who has not left, beside a running one with a mentor of the other kind."""
    other = Pairing.objects.filter(running_on(day), trainee=OuterRef("trainee")).exclude(kind=OuterRef("kind"))
    here = Q(trainee__departed_on=None) | Q(trainee__departed_on__gt=day)
    return here & Q(Exists(other))
