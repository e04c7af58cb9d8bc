"""Changes of a class or a study visit, with those of everybody's attendance at it, as staff and leaders read them."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import of_scope
from cadre_app.training.models import Attendance, VisitMember

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from cadre_app.accounts.models import User
    from cadre_app.core.models import BaseModel
    from cadre_app.training.models import ClassMeeting, StudyVisit

MOST = 100
# What the page and the name beside an entry say already, and what changes with everything else.
SAID = ("meeting_id", "enrolment_id", "visit_id", "trainee_id")
FOLLOWS = ("training.visitmember.news", "training.visitmember.told")


def of_class(meeting: "ClassMeeting", user: "User") -> list[Entry]:
    """Of the class and of each record in the scope of `user`, also of those taken out; newest first."""
    rows = Attendance.objects.filter(_read_by(user, "enrolment__trainee__"), meeting=meeting)
    named = rows.select_related("enrolment__trainee__person")
    return _told(meeting, {row: row.enrolment.trainee.person.name for row in named})


def of_visit(visit: "StudyVisit", user: "User") -> list[Entry]:
    """Of the visit and of each participant in the scope of `user`, also of those taken off; newest first."""
    rows = VisitMember.objects.filter(_read_by(user, "trainee__"), visit=visit).select_related("trainee__person")
    return _told(visit, {row: row.trainee.person.name for row in rows})


def _read_by(user: "User", prefix: str) -> Q:
    return of_scope(user, Role.STAFF, Role.LEADER, prefix=prefix)


def _told(obj: "BaseModel", rows: "Mapping[Any, str]") -> list[Entry]:
    names: dict[UUID | None, str] = {row.pk: name for row, name in rows.items()}
    entries = Entry.objects.about_any([obj, *rows]).exclude(verb__in=FOLLOWS).told(MOST)
    for entry in entries:
        entry.subject = names.get(entry.object_id, "")
        entry.changes = [change for change in entry.changes if change.name not in SAID]
    return entries
