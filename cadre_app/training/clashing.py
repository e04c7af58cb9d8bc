"""When those on rosters are taken, and what a planned time clashes with. A clash warns; it never bars."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from cadre_app.core.busy import Busy, Taken, busies, clashes
from cadre_app.training.models import ClassMeeting, CourseSession, Enrolment, Mode, SessionState
from cadre_app.training.models.choices import COMING
from cadre_app.training.session_words import hours_text, moment

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee
    from cadre_app.training.models import Teacher

SOME = 12
TIMES = 3
Span = tuple[datetime, datetime]
HELD_ON = "session__meetings__held_on"
IN_ROOMS = ~Q(session__mode=Mode.ONLINE)


def announce() -> None:
    """Called once, when the app is ready."""
    busies.register("training.sessions", Busy(gettext_lazy("Sessions"), taken))


def taken(trainees: Collection[UUID], starts: datetime, ends: datetime) -> list[Taken]:
    """Classes of sessions in which these people have a place."""
    first, last = timezone.localtime(starts).date(), timezone.localtime(ends).date()
    rows = Enrolment.objects.enrolled().exclude(session__state=SessionState.CANCELLED)
    rows = rows.filter(
        trainee__in=trainees,
        session__voided_at=None,
        session__meetings__voided_at=None,
        session__meetings__held_on__range=(first, last),
    )
    found = []
    for trainee, session, title, day, begins, closes in rows.order_by().values_list(
        "trainee", "session", "session__course__title", HELD_ON, "session__meetings__starts_at",
        "session__meetings__ends_at",
    ):  # fmt: skip
        span = moment(day, begins), moment(day, closes)
        if _overlap(span, (starts, ends)):
            found.append(Taken(trainee, *span, _("Course “%(course)s”") % {"course": title}, session))
    return found


def clashes_in(spans: Sequence[Span], trainees: Iterable["Trainee"], *, but: Collection[UUID] = ()) -> list[str]:
    """One line for each of `trainees` who is taken at one of these times, in their order; asked once for all times.
    Sessions whose keys are in `but` do not count.
    """
    people = list(trainees)
    found = _taken_at(spans, [person.pk for person in people], but)
    return _cut([_line(person.person.name, found[person.pk]) for person in people if person.pk in found])


def clashes_on_roster(spans: Sequence[Span], session: CourseSession, user: "User") -> list[str]:
    """As `clashes_in`, for everybody with a place in a session; those out of the sight of `user` are only counted."""
    rows = Enrolment.objects.enrolled().filter(session=session)
    seen = rows.visible_to(user).select_related("trainee__person").order_by("trainee__stroke_key")
    people = [row.trainee for row in seen]
    hidden = set(rows.values_list("trainee", flat=True)) - {person.pk for person in people}
    lines, others = clashes_in(spans, people, but=[session.pk]), len(_taken_at(spans, hidden, [session.pk]))
    if others:
        text = ngettext(
            "%(count)d person of units that you do not work for",
            "%(count)d people of units that you do not work for",
            others,
        )
        lines.append(text % {"count": others})
    return lines


def placed_elsewhere(session: CourseSession, trainees: Iterable["Trainee"]) -> list[str]:
    """Who of these people has a place in another session of the course that is not over, under a heading; else nothing."""
    people = {person.pk: person for person in trainees}
    rows = Enrolment.objects.enrolled().filter(trainee__in=people, session__course=session.course_id)
    rows = rows.filter(session__state__in=COMING, session__voided_at=None).exclude(session=session)
    lines = [
        people[row.trainee_id].person.name
        + pgettext("label and value", ": ")
        + formats.date_format(row.session.starts_on)
        for row in rows.select_related("session").order_by("trainee__stroke_key", "session__starts_on")
    ]
    return [_("A place in another session of this course already:"), *_cut(lines)] if lines else []


def _taken_at(spans: Sequence[Span], trainees: Collection[UUID], but: Collection[UUID]) -> dict[UUID, list[Taken]]:
    if not spans or not trainees:
        return {}
    first, last = min(start for start, _end in spans), max(end for _start, end in spans)
    found = {}
    for key, every in clashes(trainees, first, last, but=but).items():
        times = [one for one in every if any(_overlap((one.starts, one.ends), span) for span in spans)]
        if times:
            found[key] = times
    return found


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - SOME
    if more > 0:
        text = ngettext("and %(count)d more person", "and %(count)d more people", more)
        return [*lines[:SOME], text % {"count": more}]
    return lines


def doubled_in(
    planned: Sequence[tuple[Span, str]], *, teacher: "Teacher | None" = None, but: CourseSession | None = None
) -> list[str]:
    """One line for each class of another session that has the same teacher, or is in the same room, at one of these
    times; `planned` are times with their rooms ("": none). One query.
    """
    rooms = {room for _span, room in planned if room}
    if not planned or (teacher is None and not rooms):
        return []
    days = [timezone.localdate(at) for span, _room in planned for at in span]
    in_room = Q(place__in=rooms) | Q(place="", session__place__in=rooms)
    rows = ClassMeeting.objects.standing().filter(held_on__range=(min(days), max(days)), session__voided_at=None)
    rows = rows.filter(Q(session__teacher=teacher, session__teacher__isnull=False) | in_room & IN_ROOMS)
    rows = rows.exclude(session__state=SessionState.CANCELLED)
    if but is not None:
        rows = rows.exclude(session=but)
    found = []
    for row in rows.select_related("session__course", "session__teacher").order_by("held_on", "starts_at", "pk"):
        theirs = moment(row.held_on, row.starts_at), moment(row.held_on, row.ends_at)
        room = row.place or row.session.place
        spans = [(span, own) for span, own in planned if _overlap(span, theirs)]
        if spans and teacher is not None and row.session.teacher_id == teacher.pk:
            found.append(_doubled(teacher.name, row))
        if room and row.session.mode != Mode.ONLINE and any(own == room for _span, own in spans):
            found.append(_doubled(room, row))
    return found[:SOME]


def _doubled(what: str, row: ClassMeeting) -> str:
    when = f"{formats.date_format(row.held_on)} {hours_text(row.starts_at, row.ends_at)}"
    course = _("Course “%(course)s”") % {"course": row.session.course.title}
    return f"{what}{pgettext('label and value', ': ')}{when} {course}"


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _line(name: str, times: Sequence[Taken]) -> str:
    shown = [f"{_when(one)} {one.text}" for one in times[:TIMES]]
    return name + pgettext("label and value", ": ") + _("; ").join(shown)


def _when(one: Taken) -> str:
    starts, ends = timezone.localtime(one.starts), timezone.localtime(one.ends)
    if one.is_whole:
        if starts.date() == ends.date():
            return formats.date_format(starts.date())
        text = _("%(first)s to %(last)s")
        return text % {"first": formats.date_format(starts.date()), "last": formats.date_format(ends.date())}
    return f"{formats.date_format(starts.date())} {hours_text(starts.time(), ends.time())}"
