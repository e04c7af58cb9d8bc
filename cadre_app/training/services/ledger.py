"""The ledger of training hours: entries are made and voided here and nowhere else, with the record behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.bulk import write_many
from cadre_app.people.services.checks import clean
from cadre_app.people.services.rewriting import void_many as void_records
from cadre_app.training.models import Enrolment, HoursEntry, HoursSource, OutsideCourse, VisitMember

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Record = Enrolment | OutsideCourse | VisitMember
ENTERED = "training.hoursentry.entered"
COLUMNS = {HoursSource.SESSION: "enrolment", HoursSource.OUTSIDE: "outside", HoursSource.VISIT: "visit"}


@dataclass(frozen=True, kw_only=True)
class NewHours:
    """Hours somebody earned by a record: their place on a roster, an outside course, their part in a study visit."""

    source: str
    record: Record
    trainee: Trainee
    earned_on: date
    hours: Decimal
    mode: str


@transaction.atomic
def enter_hours(
    *,
    source: str,
    record: Record,
    trainee: Trainee,
    earned_on: date,
    hours: Decimal,
    mode: str,
    actor: "User | None",
) -> HoursEntry:
    """Enter hours that count. Raises ValidationError, also where the record has its entry already."""
    entry = _entry(NewHours(source=source, record=record, trainee=trainee, earned_on=earned_on, hours=hours, mode=mode))
    with history.change(entry, actor=actor, verb=ENTERED):
        clean(entry)
        entry.save()
    return entry


@transaction.atomic
def enter_many(wanted: Sequence[NewHours], *, actor: "User | None", reason: str = "") -> list[HoursEntry]:
    """Enter many in the order given, in two queries per 1,000; callers hold the lock of what they come from.

    Raises ValidationError for a value no column can hold, IntegrityError where a record has its entry already.
    """
    entries = [_entry(new) for new in wanted]
    write_many(entries, actor=actor, verb=ENTERED, reason=reason)
    return entries


@transaction.atomic
def void_hours(record: Record, *, reason: str, actor: "User | None") -> None:
    """Void the entry of one record, if it has one."""
    void_many([record], reason=reason, actor=actor)


@transaction.atomic
def void_many(records: Iterable[Record], *, reason: str, actor: "User | None") -> None:
    """Void the standing entries of many records; those without one are left out."""
    keys: dict[str, list[object]] = {}
    for record in records:
        keys.setdefault(_column(record), []).append(record.pk)
    found = Q(pk__in=())
    for column, pks in keys.items():
        found |= Q(**{f"{column}__in": pks})
    entries = HoursEntry.objects.standing().filter(found).values_list("pk", flat=True)
    void_records(HoursEntry, list(entries), actor=actor, reason=reason)


def _entry(new: NewHours) -> HoursEntry:
    entry = HoursEntry(source=new.source, trainee=new.trainee, earned_on=new.earned_on, hours=new.hours, mode=new.mode)
    setattr(entry, COLUMNS[HoursSource(new.source)], new.record)
    return entry


def _column(record: Record) -> str:
    kinds = {Enrolment: "enrolment", OutsideCourse: "outside", VisitMember: "visit"}
    return kinds[type(record)]
