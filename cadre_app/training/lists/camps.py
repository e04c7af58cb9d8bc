"""The list of a camp: three grades side by side on the page, one table in the workbook."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.stages.labels import GRADE_LABELS
from cadre_app.stages.texts import duration_text, rule_text
from cadre_app.training.filters.camps import filtered_members
from cadre_app.training.models import Camp, CampMember, CourseSession, Enrolment, Place
from cadre_app.training.services.camp_previews import Group, Line, Preview, rules_of, stage_of, with_terms

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

EXPORT = "training.camp_members"
MOST_SHOWN = 600


@dataclass(frozen=True)
class Seat:
    """One member as the page shows it."""

    member: CampMember
    service: str
    why: str


@dataclass(frozen=True)
class Lane:
    """One grade: who is or was in it; `present` are in the camp on the day."""

    grade: int
    label: "_StrPromise"
    seats: list[Seat]
    day: date

    @property
    def present(self) -> int:
        """Whoever has left is out from that day on."""
        return sum(seat.member.left_on is None or seat.member.left_on > self.day for seat in self.seats)


def member_rows(camp: Camp, user: "User") -> "QuerySet[CampMember]":
    """The list as `user` may see it: by grade, those who left last, then by strokes; two queries."""
    rows = CampMember.objects.visible_to(user).standing().filter(camp=camp)
    rows = rows.select_related("trainee__person", "trainee__home_unit").prefetch_related(with_terms("trainee__"))
    return rows.order_by("grade", F("left_on").asc(nulls_first=True), "trainee__stroke_key", "pk")


def coming_places(member: CampMember, *, of_camp: bool = False) -> "QuerySet[Enrolment]":
    """Where this person has a place or waits in sessions to come, `of_camp`: those of the member's camp."""
    rows = Enrolment.objects.standing().filter(trainee=member.trainee_id).exclude(place=Place.DECLINED)
    rows = rows.filter(session__in=CourseSession.objects.coming(timezone.localdate()))
    if of_camp:
        rows = rows.filter(session__camp=member.camp_id)
    return rows.select_related("session__course").order_by("session__starts_on", "pk")


def lanes_of(camp: Camp, members: list[CampMember], day: date) -> list[Lane]:
    """All three grades, with the rule that says so for each member."""
    rules = rules_of(camp)
    seats = [
        Seat(member, duration_text(member.months), rule_text(stage_of(camp, member.trainee, rules)))
        for member in members
    ]
    return [
        Lane(grade, label, [seat for seat in seats if seat.member.grade == grade], day)
        for grade, label in GRADE_LABELS.items()
    ]


@dataclass(frozen=True)
class Told:
    """One line of a preview in words; `before` is empty where nothing changes, `note` where the camp before left nothing
    to be known.
    """

    line: Line
    before: str
    grade: str
    service: str
    why: str
    note: str


def told(found: Preview) -> list[tuple[Group, list[Told]]]:
    """The groups of a preview with their lines in words."""
    return [(group, [_told(line) for line in group.lines]) for group in found.groups]


def _told(line: Line) -> Told:
    before = GRADE_LABELS[line.before] if line.before is not None and line.before != line.grade else ""
    grade = GRADE_LABELS[line.grade] if line.grade is not None else ""
    return Told(line, str(before), str(grade), duration_text(line.months), rule_text(line.stage), _note(line))


def _note(line: Line) -> str:
    """On leave, or left before, as the camp before has it."""
    row = line.earlier
    if row is None:
        return ""
    if row.left_on is not None:
        known = {"day": formats.date_format(row.left_on), "why": row.left_note or row.get_left_kind_display()}
        return _("left the camp on %(day)s: %(why)s") % known
    return _("on leave: %(why)s") % {"why": row.paused_reason} if row.paused_reason else ""


def member_table(user: "User", query: QueryDict) -> Table[CampMember]:
    """The list of the camp that `query` names, as its export sees it. Raises ValidationError for none in sight."""
    camp = _asked_camp(user, query.get("camp", ""))
    found = filtered_members(query, user=user, rows=member_rows(camp, user))
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return Table(asked(query), found.qs, _columns(camp), name="members", empty=Empty(""), tools=False)


def _asked_camp(user: "User", key: str) -> Camp:
    try:
        return Camp.objects.visible_to(user).standing().get(pk=UUID(key))
    except (ValueError, Camp.DoesNotExist) as error:
        raise ValidationError(_("This camp is not among those that you see.")) from error


def _columns(camp: Camp) -> tuple[Column[Any], ...]:
    rules = rules_of(camp)
    return (
        Column("grade", pgettext_lazy("camp", "Grade"), lambda row: str(GRADE_LABELS[row.grade])),
        Column("name", gettext_lazy("Full name"), lambda row: row.trainee.person.name),
        Column("unit", gettext_lazy("Unit"), lambda row: row.trainee.home_unit.name),
        Column("arrived_on", gettext_lazy("Reported for duty on"), lambda row: row.trainee.arrived_on),
        Column("months", gettext_lazy("Months of service on the reference date"), lambda row: row.months, numeric=True),
        Column("rule", pgettext_lazy("camp", "Rule"), lambda row: rule_text(stage_of(camp, row.trainee, rules))),
        Column("joined_on", gettext_lazy("Joined on"), lambda row: row.joined_on),
        Column("is_late", pgettext_lazy("camp", "Joined late"), lambda row: _("Yes") if row.is_late else ""),
        Column("paused", gettext_lazy("On leave because"), lambda row: row.paused_reason),
        Column("left_on", gettext_lazy("Left the camp on"), lambda row: row.left_on),
        Column("left_kind", gettext_lazy("Left because"), lambda row: row.left_note or row.get_left_kind_display()),
    )
