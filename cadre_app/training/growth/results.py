"""What sessions give to the growth file: each that was finished, with its hours, result and certificate."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, CharField, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.growth import Access, Entries, GrowthSource, Row, Words, growth_sources
from cadre_app.core.quoting import quoting
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.documents.models import DocumentNumber
from cadre_app.training.growth.kind import KIND
from cadre_app.training.links import link
from cadre_app.training.models import Enrolment, HoursEntry, Mode, Outcome, Programme, Result
from cadre_app.training.models.enrolments import EARNED
from cadre_app.training.papers.certificates import CERTIFICATE

SOURCE = "training.session"
TRAINER = "trainer"  # the key of the tie in relations.py, which lies on the same layer
MARKS = {Outcome.COMPLETED: "ok", Outcome.WITHDRAWN: "miss", Outcome.ABSENT: "miss"}


class Seen(NamedTuple):
    """Everything, or with `teacher` (key of the account) the sessions of that teacher only."""

    teacher: UUID | None


def announce() -> None:
    """Called once, when the app is ready."""
    growth_sources.register(SOURCE, GrowthSource((KIND,), session_words, sessions_seen, sessions, order=70))


def sessions_seen(access: Access) -> Seen | None:
    """Business roles and the own file; the teacher the own sessions. Mentors do not see training."""
    if access.reads(*BUSINESS_ROLES):
        return Seen(None)
    return Seen(access.user.pk) if TRAINER in access.relations else None


# A record may be there before the session is finished.
FINISHED = Coalesce("session__finished_at", "created_at")


def sessions(trainee: UUID, seen: Seen) -> Entries:
    """Places on rosters of finished sessions."""
    rows = Enrolment.objects.enrolled().filter(trainee=trainee).exclude(outcome="").filter(session__voided_at=None)
    if seen.teacher is not None:
        rows = rows.filter(session__teacher__account=seen.teacher)
    data = {
        "session": Cast("session_id", CharField()),
        "course": "session__course__title",
        "programme": "session__programme",
        "mode": "session__mode",
        "hours": Cast("session__hours", CharField()),
        "posted": _posted(),
        "missed": Cast("missed_hours", CharField()),
        "result": "result",
        "marks": Cast("marks", CharField()),
        "number": _number(),
    }
    return Entries(rows, day="session__ends_on", kind=KIND, data=data, status=F("outcome"), at=FINISHED)


def session_words(row: Row, access: Access) -> Words:
    known = row.data
    outcome = Outcome(row.status)
    parts = [str(Programme(known["programme"]).label), str(Mode(known["mode"]).label)]
    if known["posted"]:
        parts.append(_("%(hours)s training hours") % {"hours": _plain(known["posted"])})
    elif outcome == Outcome.WITHDRAWN:
        hours = {"missed": _plain(known["missed"]), "hours": _plain(known["hours"])}
        parts.append(_("%(missed)s of %(hours)s hours missed") % hours)
    if result := _result(known):
        parts.append(result)
    return Words(
        title=quoting(pgettext("growth file", "Training “%(course)s”"), known),
        text=" · ".join(parts),
        by=_("Certificate %(number)s") % {"number": known["number"]} if known["number"] else "",
        state=MARKS[outcome],
        label=str(outcome.label),
        url=link("session_detail", pk=known["session"]),
    )


def _posted() -> Any:
    """The hours that are in the file by this place; nothing before they are posted."""
    entries = HoursEntry.objects.standing().filter(enrolment=OuterRef("pk")).order_by()
    return Subquery(entries.values(found=Cast("hours", CharField()))[:1], output_field=CharField())


def _number() -> Any:
    """The number of the certificate as it is written, 望青训〔2026〕3号, as long as the certificate holds."""
    given = DocumentNumber.objects.filter(kind=CERTIFICATE, owner_id=OuterRef("pk"))
    text = Concat(
        "prefix", Value("〔"), Cast("year", CharField()), Value("〕"), Cast("number", CharField()), Value("号")
    )
    number = Subquery(given.values(written=text)[:1], output_field=CharField())
    return Case(When(EARNED, then=number), default=Value(""), output_field=CharField())


def _result(known: Any) -> str:
    if not known["result"]:
        return ""
    word = str(Result(known["result"]).label)
    return _("%(marks)s, %(result)s") % {"marks": _plain(known["marks"]), "result": word} if known["marks"] else word


def _plain(number: str) -> str:
    """3 for 3.0."""
    return number.rstrip("0").rstrip(".") if "." in number else number
