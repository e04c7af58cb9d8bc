"""Which pairings run on a day, as conditions: the same for lists, which show today, and for figures of any day."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from cadre_app.mentorship.models import Pairing


def running_on(day: date) -> Q:
    """Begun, and not ended by the end of that day."""
    return (Q(ended_on=None) | Q(ended_on__gt=day)) & Q(voided_at=None, started_on__lte=day)


def with_both(day: date) -> Q:
    """Of a trainee who has not left, beside a running one with a mentor of the other kind."""
    other = Pairing.objects.filter(running_on(day), trainee=OuterRef("trainee")).exclude(kind=OuterRef("kind"))
    here = Q(trainee__departed_on=None) | Q(trainee__departed_on__gt=day)
    return here & Q(Exists(other))
