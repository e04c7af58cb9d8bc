"""What mentoring asks of mentors and of their mentees: meetings, notes, reviews, reports; and who the mentors are."""

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.demands import MENTORS, PERSONS, Demand, Party, demands, parties
from cadre_app.core.roles import Role
from cadre_app.mentorship.models import CheckIn, GuidanceNote, MentorReport, Pairing, PairingReview, Way
from cadre_app.mentorship.policies import BURDEN_CAP
from cadre_app.people.figures import files_of
from cadre_app.people.models import Person

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked

READERS = (Role.STAFF, Role.LEADER)


def announce() -> None:
    """Called once, when the app is ready."""
    parties.register(
        MENTORS,
        Party(
            label=pgettext_lazy("burden", "Mentors"),
            heading=_("Mentor"),
            place_heading="",
            order=20,
            rows=mentors,
            sort=("name_stroke_key",),
            name=lambda person: str(person.name),
            place=lambda person: "",
            cap=BURDEN_CAP.on,
            cap_source=BURDEN_CAP.source_on,
        ),
    )
    demands.register("mentorship.own_check_ins", Demand(_("Check-ins"), PERSONS, 38, own_check_ins))
    demands.register("mentorship.own_reviews", Demand(_("Own part of a pairing review"), PERSONS, 40, own_reviews))
    demands.register("mentorship.check_ins", Demand(_("Check-ins"), MENTORS, 10, check_ins))
    demands.register(
        "mentorship.notes",
        Demand(_("Guidance notes"), MENTORS, 20, notes, words=lambda code: str(Way(code).label)),
    )
    demands.register("mentorship.reviews", Demand(_("Mentor's part of a pairing review"), MENTORS, 30, reviews))
    demands.register("mentorship.reports", Demand(_("Mentor's half-year report"), MENTORS, 40, reports))


def mentors(asked: "Asked") -> "QuerySet[Person]":
    """Who guided somebody of the scope on a day of the period."""
    return Person.objects.filter(Exists(_pairings(asked).filter(mentor=OuterRef("pk"))))


def check_ins(asked: "Asked") -> "QuerySet[Any]":
    """Held on a day, or arranged for one; those called off ask nothing."""
    mentee = F("pairing__trainee__person__name")
    found: QuerySet[Any] = _check_ins(asked).annotate(asked_of=F("pairing__mentor_id"), asked_what=mentee)
    return found


def own_check_ins(asked: "Asked") -> "QuerySet[Any]":
    """The same meetings, of the mentee."""
    mentor = F("pairing__mentor__name")
    found: QuerySet[Any] = _check_ins(asked).annotate(asked_of=F("pairing__trainee_id"), asked_what=mentor)
    return found


def notes(asked: "Asked") -> "QuerySet[Any]":
    """Written about a day, without private ones."""
    rows = GuidanceNote.objects.counted_in_files().filter(
        happened_on__range=(asked.since, asked.as_of), pairing__in=_pairings(asked).values("pk")
    )
    return rows.annotate(asked_of=F("pairing__mentor_id"), asked_on=F("happened_on"), asked_what=F("way"))


def reviews(asked: "Asked") -> "QuerySet[Any]":
    """By the last day of the half-year that they are about."""
    mentee = F("pairing__trainee__person__name")
    return _reviews(asked).annotate(asked_of=F("pairing__mentor_id"), asked_on=F("period_until"), asked_what=mentee)


def own_reviews(asked: "Asked") -> "QuerySet[Any]":
    """The same reviews, of the mentee."""
    mentor = F("pairing__mentor__name")
    return _reviews(asked).annotate(asked_of=F("pairing__trainee_id"), asked_on=F("period_until"), asked_what=mentor)


def reports(asked: "Asked") -> "QuerySet[Any]":
    """Sent ones, by the last day of their half-year; one that is still being written is the mentor's alone."""
    rows = MentorReport.objects.standing().filter(
        sent_at__isnull=False,
        last_day__range=(asked.since, asked.as_of),
        mentor__in=_pairings(asked).values("mentor"),
    )
    return rows.annotate(asked_of=F("mentor_id"), asked_on=F("last_day"), asked_what=F("mentor__name"))


def _pairings(asked: "Asked") -> "QuerySet[Pairing]":
    """Of the scope, that ran on a day of the period."""
    rows = Pairing.objects.standing().filter(Q(ended_on=None) | Q(ended_on__gte=asked.since)).order_by()
    return rows.filter(started_on__lte=asked.as_of, trainee__in=files_of(asked, *READERS).values("pk"))


def _check_ins(asked: "Asked") -> "QuerySet[Any]":
    days = (asked.since, asked.as_of)
    rows = CheckIn.objects.standing().filter(
        Q(held_on__range=days) | Q(held_on=None, planned_on__range=days),
        called_off_on=None,
        pairing__in=_pairings(asked).values("pk"),
    )
    return rows.annotate(asked_on=Coalesce("held_on", "planned_on"))


def _reviews(asked: "Asked") -> "QuerySet[PairingReview]":
    return PairingReview.objects.standing().filter(
        period_until__range=(asked.since, asked.as_of), pairing__in=_pairings(asked).values("pk")
    )
