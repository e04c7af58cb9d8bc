"""结业成绩 What came of the test of a session, for each of those who completed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.people.services.checks import clean
from cadre_app.training.models import Assessment, CourseSession, Enrolment, Outcome, Result
from cadre_app.training.permissions import results as permissions
from cadre_app.training.policies import PASS_MARKS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

    EnrolmentRows = QuerySet[Enrolment]


STALE = "stale"


@dataclass(frozen=True)
class Given:
    """What was chosen or typed for one person: a `Result`, marks, or None for neither; `was` when the page was opened."""

    value: str | Decimal | None
    was: str | Decimal | None


@dataclass(frozen=True)
class Recorded:
    """How many results changed."""

    count: int


def completed(session: CourseSession, user: "User") -> "list[Enrolment]":
    """Those who completed the session and whom `user` sees, by strokes of the name."""
    rows = Enrolment.objects.visible_to(user).enrolled().filter(session=session, outcome=Outcome.COMPLETED)
    return list(rows.select_related("trainee__person", "trainee__home_unit").order_by("trainee__stroke_key", "pk"))


@transaction.atomic
def record_results(session: CourseSession, *, given: Mapping[UUID, Given], actor: "User") -> Recorded:
    """Record all of `given` (keys of enrolments) or nothing.

    Raises ValidationError by field: `result_<hex>` says that somebody recorded another result meanwhile.
    """
    session = _lock_finished(session)
    touched = {key: each for key, each in given.items() if each.value != each.was}
    places = {place.pk: place for place in _locked(judged(session, actor).filter(pk__in=touched))}
    _refuse_changed_meanwhile(session, places, touched)
    changed = [place for key, place in places.items() if value_of(session, place) != touched[key].value]
    today = timezone.localdate()
    for place in changed:
        with history.change(place, actor=actor, verb="training.enrolment.result_recorded"):
            _set(session, place, touched[place.pk].value, today)
            clean(place)
            place.save(update_fields=["result", "marks", "result_on", "updated_at"])
    return Recorded(len(changed))


@transaction.atomic
def pass_all(session: CourseSession, *, actor: "User") -> Recorded:
    """Everybody without a result passed whom `actor` judges; of sessions that are passed or not. Raises ValidationError."""
    session = _lock_finished(session)
    if session.assessment != Assessment.PASS:
        raise ValidationError(_("Marks are entered for each person."), code="marks")
    rows = without_result(session, actor)
    today = timezone.localdate()
    with history.changes_many(_locked(rows), actor=actor, verb="training.enrolment.result_recorded") as places:
        for place in places:
            place.result, place.result_on = Result.PASSED, today
        Enrolment.objects.bulk_update(places, ["result", "result_on"], batch_size=500)
    return Recorded(len(places))


def without_result(session: CourseSession, user: "User") -> "EnrolmentRows":
    """Those whom `user` judges and who have no result."""
    return judged(session, user).filter(result="")


def judged(session: CourseSession, user: "User") -> "EnrolmentRows":
    """Those who completed the session and whose results `user` records: never the own one or a relative's (回避)."""
    return Enrolment.objects.worked_on(user).enrolled().filter(session=session, outcome=Outcome.COMPLETED)


def value_of(session: CourseSession, place: Enrolment) -> str | Decimal | None:
    """What the form asks for: the marks where the session is marked, else passed or not."""
    if session.assessment == Assessment.MARKS:
        return place.marks
    return place.result or None


def passes(marks: Decimal) -> bool:
    return marks >= PASS_MARKS.now()


def in_words(session: CourseSession, place: Enrolment) -> str:
    """The result of one person, in words; empty while there is none."""
    if not place.result:
        return ""
    if place.marks is None:
        return str(Result(place.result).label)
    return _("%(marks)s, %(result)s") % {"marks": f"{place.marks.normalize():f}", "result": Result(place.result).label}


def _set(session: CourseSession, place: Enrolment, value: str | Decimal | None, today: date) -> None:
    if session.assessment == Assessment.MARKS:
        place.marks = value if isinstance(value, Decimal) else None
        place.result = "" if place.marks is None else Result.PASSED if passes(place.marks) else Result.FAILED
    else:
        place.marks, place.result = None, str(value or "")
    place.result_on = today if place.result else None


def _refuse_changed_meanwhile(
    session: CourseSession, places: Mapping[UUID, Enrolment], touched: Mapping[UUID, Given]
) -> None:
    """Another result than the page showed is said beside its row."""
    problems: dict[str, ValidationError] = {}
    for key, wanted in touched.items():
        if key not in places:
            message = _("This person did not complete the session after all.")
            problems[field_of(key)] = ValidationError(message, code="gone")
        elif value_of(session, places[key]) not in (wanted.was, wanted.value):
            text = in_words(session, places[key]) or _("no result")
            message = _("Somebody else changed this meanwhile: %(result)s. Save again to keep what stands here.")
            problems[field_of(key)] = ValidationError(message, code=STALE, params={"result": text})
    if problems:
        raise ValidationError(problems)


def field_of(key: UUID) -> str:
    """The field of one person in the form of results."""
    return f"result_{key.hex}"


def _locked(rows: "EnrolmentRows") -> "list[Enrolment]":
    """In one order for everybody, so that two never wait for each other."""
    found = rows.select_related("trainee__person").order_by("pk")
    return list(found.select_for_update(of=("self",)))


def _lock_finished(session: CourseSession) -> CourseSession:
    row = CourseSession.objects.lock(session.pk)
    if not permissions.has_results(row):
        raise ValidationError(_("Results are recorded once the session is finished."), code="not_finished")
    return row
