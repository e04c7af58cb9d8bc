"""Which pairings run on a day, as conditions: the same for lists, which show today, and for figures of any day."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from cadre_app.mentorship.models import Pairing


def running_on(day: date) -> Q:
    """Begun, and not ended by the end of that day."""
    return (Q(ended_on=None) | Q(ended_on__gt=day)) & Q(voided_at=None, started_on__lte=day)


def between_relatives() -> Q:
    """Mentor and trainee are declared relatives of one another (回避): such a pairing has to end.

    Asked from the few ties there are, not pairing by pairing.
    """
    found = []
    for tie, kin in (("relatives", "other"), ("relative_of", "person")):
        way = f"trainee__person__{tie}__"
        told = {f"{way}{kin}": F("mentor"), f"{way}voided_at": None, f"{way}other__isnull": False}
        found.append(Pairing.objects.filter(**told).order_by().values("pk"))
    return Q(pk__in=found[0].union(found[1]))


def with_both(day: date) -> Q:
    """Of a trainee who has not left, beside a running one with a mentor of the other kind."""
    other = Pairing.objects.filter(running_on(day), trainee=OuterRef("trainee")).exclude(kind=OuterRef("kind"))
    here = Q(trainee__departed_on=None) | Q(trainee__departed_on__gt=day)
    return here & Q(Exists(other))
