"""What probations give to the growth file: conclusions that are signed off, how far one is, and what is missing."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from cadre_app.core.growth import (
    Access,
    Entries,
    Gap,
    GapPart,
    GrowthSource,
    HeadLine,
    HeadPart,
    Row,
    Words,
    gap_parts,
    growth_sources,
    head_parts,
)
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models import Status, Trainee
from cadre_app.people.services.arrival import NO_LONGER_CHASED
from cadre_app.probation.models import Conclusion, Probation, State
from cadre_app.probation.terms import terms_by, terms_of
from cadre_app.probation.wording import MARKS, Stage, grading_text, mark_of, stage_of

APPRAISAL = "appraisal"  # the kind that the room of annual assessments announces
SHOWN_AFTER = timedelta(days=366)


def announce() -> None:
    """Called once, when the app is ready."""
    growth_sources.register("probation.probation", GrowthSource((APPRAISAL,), words, seen, signed, order=28))
    head_parts.register("probation", HeadPart(order=28, lines=lines))
    gap_parts.register("probation", GapPart(order=28, gaps=gaps))


def seen(access: Access) -> bool | None:
    """Business roles and the own file; mentors do not see how somebody was assessed."""
    return True if access.reads(*BUSINESS_ROLES) else None


def signed(trainee: UUID, seen: bool) -> Entries:
    """已任职定级、延期、取消录用, by the day of the sign-off."""
    rows = Probation.objects.standing().filter(trainee=trainee, signed_on__isnull=False)
    data: dict[str, Any] = {
        "post": "post",
        "rank": "rank",
        "grade": "post_grade",
        "ended": "ended_on",
        "extended": "extended_to",
        "document": "document_number",
    }
    return Entries(rows, day="signed_on", kind=APPRAISAL, data=data, status=F("conclusion"))


def words(row: Row, access: Access) -> Words:
    known, conclusion = row.data, Conclusion(row.status)
    rank = Probation.word_of("rank", known["rank"]) if known["rank"] else known["grade"]
    parts = [part for part in (known["post"], rank) if part]
    if conclusion == Conclusion.PASSED and (since := parse_date(known["ended"] or "")) is not None:
        parts.append(_("in post since %(day)s") % {"day": formats.date_format(since)})
    if conclusion == Conclusion.DEFERRED and (until := parse_date(known["extended"] or "")) is not None:
        parts.append(_("extended until %(day)s") % {"day": formats.date_format(until)})
    title = _("End-of-probation assessment")
    if conclusion == Conclusion.PASSED:
        title = str(terms_by(Status.INSTITUTION if known["grade"] else Status.CIVIL_SERVANT).grading)
    stage = {Conclusion.PASSED: Stage.GRADED, Conclusion.DEFERRED: Stage.DEFERRED}.get(conclusion, Stage.CANCELLED)
    return Words(
        title,
        text=" · ".join(parts),
        by=known["document"],
        state=MARKS[stage],
        label=str(conclusion.label),
        url=reverse("probation:detail", kwargs={"pk": row.id}),
    )


def lines(trainee: Trainee, access: Access) -> list[HeadLine]:
    """How far it is, until a year after the sign-off; one query, which `gaps` shares."""
    one = _current(trainee, access)
    today = timezone.localdate()
    if one is None or (one.signed_on is not None and one.signed_on < today - SHOWN_AFTER):
        return []
    state, label = mark_of(one, today)
    end = one.ended_on or trainee.probation_ends_on
    until = _("until %(day)s") % {"day": formats.date_format(end)} if end is not None else ""
    return [
        HeadLine(
            _("Probation"),
            grading_text(one) if one.state == State.GRADED else until,
            state=state,
            state_label=label,
            url=reverse("probation:detail", kwargs={"pk": one.pk}),
        )
    ]


def gaps(trainee: Trainee, access: Access) -> list[Gap]:
    """An assessment that is due, and a departure that was not recorded, for those who work on the file."""
    if trainee.is_read_only or not access.works(*BUSINESS_ROLES):
        return []
    one, is_staff = _current(trainee, access), access.works(Role.STAFF)
    if one is None:
        return _unopened(trainee) if is_staff else []
    page = reverse("probation:detail", kwargs={"pk": one.pk})
    if one.state == State.CANCELLED:
        departure = reverse("people:depart", kwargs={"pk": trainee.pk})
        text, why = str(terms_of(one).failed_open), _("The file stays open until it is recorded.")
        return [Gap(text, why, departure, _("Record the departure"))] if is_staff else [Gap(text, why)]
    if stage_of(one, timezone.localdate()) != Stage.DUE:
        return []
    return [Gap(_("End-of-probation assessment due"), _("Probation has ended."), page, _("Open the assessment"))]


def _unopened(trainee: Trainee) -> list[Gap]:
    """A probation of the last year without a record, which the sweep does not open again once it was voided."""
    end, today = trainee.probation_ends_on, timezone.localdate()
    is_recent = end is not None and end >= today - NO_LONGER_CHASED and _is_ungraded(trainee, end)
    if not is_recent:
        return []
    url = reverse("probation:open", kwargs={"pk": trainee.pk})
    text = _("End-of-probation assessment missing")
    return [Gap(text, _("Needed before the first grading"), url, _("Open the assessment"))]


def _is_ungraded(trainee: Trainee, end: date) -> bool:
    return not (trainee.rank or trainee.post_grade) or (trainee.rank_since is not None and trainee.rank_since < end)


def _current(trainee: Trainee, access: Access) -> Probation | None:
    """The present round, for those who read it; asked once per file shown."""
    if not access.reads(*BUSINESS_ROLES):
        return None
    if "_probation" not in trainee.__dict__:
        one = Probation.objects.of_now().filter(trainee=trainee.pk).first()
        if one is not None:
            one.trainee = trainee
        trainee.__dict__["_probation"] = one
    known: Probation | None = trainee.__dict__["_probation"]
    return known
