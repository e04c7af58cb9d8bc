"""年级编排 Who belongs into which grade of a camp, worked out from dates and compared with its list: a pure read."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from cadre_app.core.days import months_between
from cadre_app.core.roles import Role
from cadre_app.people.file.gaps import facts_of
from cadre_app.people.models import Trainee, VillageTerm, of_scope
from cadre_app.stages.rules import Rules, Stage, StageKey, stage_on
from cadre_app.stages.sql import in_stage
from cadre_app.training.models import Camp, CampExit, CampMember

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User


class Step(StrEnum):
    """What giving out grades does for one person."""

    JOINS = "joins"
    LATE = "late"
    RETURNS = "returns"
    BACK = "back"
    RISES = "rises"
    STAYS = "stays"
    CORRECTED = "corrected"
    TERM_ENDED = "term_ended"
    DEPARTED = "departed"
    NOT_DUE = "not_due"


STEPS: "dict[Step, _StrPromise]" = {
    Step.JOINS: pgettext_lazy("camp", "New in the camp"),
    Step.LATE: pgettext_lazy("camp", "Late joiners"),
    Step.RETURNS: pgettext_lazy("camp", "Due again after leaving the camp before"),
    Step.BACK: pgettext_lazy("camp", "Due again by corrected dates"),
    Step.RISES: pgettext_lazy("camp", "Move up"),
    Step.STAYS: pgettext_lazy("camp", "Stay in their grade"),
    Step.CORRECTED: pgettext_lazy("camp", "Grade changed by corrected dates"),
    Step.TERM_ENDED: pgettext_lazy("camp", "Village term ended, to the Qingzhu advanced plan"),
    Step.DEPARTED: pgettext_lazy("camp", "Left the programme"),
    Step.NOT_DUE: pgettext_lazy("camp", "On the list, but not due by dates"),
}
LEAVES = (Step.TERM_ENDED, Step.DEPARTED)


@dataclass(frozen=True)
class Line:
    """One person: the grade before (of this list, else of the camp before), the grade due, and the stage behind it.

    `member` is the row that changes: of this camp, or of the camp before for somebody who leaves without coming back;
    `earlier` the row that somebody who comes in had before, of the camp before or of this one.
    """

    trainee: Trainee
    step: Step
    before: int | None
    grade: int | None
    months: int
    stage: Stage
    since: date
    member: CampMember | None = None
    earlier: CampMember | None = None

    @property
    def paused_reason(self) -> str:
        """Why somebody is on leave who was so in the camp before: leave goes on until somebody ends it."""
        return self.earlier.paused_reason if self.earlier is not None else ""

    @property
    def fingerprint(self) -> list[Any]:
        """Everything that is applied, and on what it rests."""
        row = self.member or self.earlier
        known = [str(row.pk), row.version] if row is not None else []
        return [str(self.trainee.pk), self.step, self.grade, self.months, self.stage.rule, str(self.since), *known]


@dataclass(frozen=True)
class Group:
    """The lines of one step."""

    step: Step
    lines: list[Line]

    @property
    def label(self) -> "_StrPromise":
        return STEPS[self.step]


@dataclass(frozen=True)
class Preview:
    camp: Camp
    lines: list[Line]

    @property
    def groups(self) -> list[Group]:
        """In the order of Step, the empty ones left out; within one by grade, then by strokes."""
        found = [Group(step, [line for line in self.lines if line.step == step]) for step in Step]
        return [group for group in found if group.lines]

    def of(self, *steps: Step) -> list[Line]:
        return [line for line in self.lines if line.step in steps]

    @property
    def sums(self) -> list[tuple[int, int]]:
        """How many come into each grade."""
        coming = [line for line in self.lines if line.member is None or line.step is Step.BACK]
        counted = Counter(line.grade for line in coming if line.grade is not None)
        return sorted(counted.items())

    @cached_property
    def digest(self) -> str:
        """Equal as long as the same would be applied."""
        prints = sorted(line.fingerprint for line in self.lines)
        return hashlib.sha256(json.dumps(prints).encode()).hexdigest()


def preview(camp: Camp, actor: "User | None", *, today: date | None = None) -> Preview:
    """What would be applied now for the people `actor` works for as staff (None: for everybody); seven queries.

    Whoever is in the camp by rule on the first day (the reference date, or the later day of arrival) belongs to it.
    Once grades are given out, only those come in who are still due; the village term and departures make people leave.
    """
    today = max(min(today or timezone.localdate(), next_reference(camp) - timedelta(days=1)), camp.reference_on)
    rules = rules_of(camp)
    listed = {row.trainee_id: row for row in _members(camp, actor)}
    earlier = {row.trainee_id: row for row in _earlier(camp, actor)}
    seen: set[UUID] = set()
    lines: list[Line] = []
    for trainee in _candidates(camp, actor, today, rules):
        seen.add(trainee.pk)
        row = listed.get(trainee.pk)
        line = _entering(camp, trainee, rules, earlier.get(trainee.pk), today) if row is None else None
        lines += [line] if line is not None else []
    lines += [line for row in listed.values() if (line := _listed(camp, row, rules, today)) is not None]
    gone = [row for key, row in earlier.items() if row.left_on is None and key not in seen and key not in listed]
    lines += [line for row in gone if (line := _leaving(camp, row, rules, camp.reference_on)) is not None]
    return Preview(camp, sorted(lines, key=lambda line: (line.grade or 0, line.trainee.stroke_key, line.trainee.pk)))


def rules_of(camp: Camp) -> Rules:
    """The rules in force on the reference date, which stays the one that the camp was planned with."""
    day = camp.reference_on
    return replace(Rules.on(day), month=day.month, day=day.day)


def first_day(camp: Camp, trainee: Trainee) -> date:
    """The day on which somebody's grade in this camp is decided."""
    return max(camp.reference_on, trainee.arrived_on)


def stage_of(camp: Camp, trainee: Trainee, rules: Rules) -> Stage:
    """The stage that decides, with `trainee.terms_standing` at hand (`with_terms`)."""
    return _stage(trainee, first_day(camp, trainee), rules)


def with_terms(path: str = "") -> "Prefetch[Any]":
    """Standing village terms, for the facts behind a stage."""
    return Prefetch(f"{path}village_terms", queryset=VillageTerm.objects.standing(), to_attr="terms_standing")


def _stage(trainee: Any, day: date, rules: Rules) -> Stage:
    return stage_on(facts_of(trainee, trainee.terms_standing), day, rules)


def _candidates(camp: Camp, actor: "User | None", today: date, rules: Rules) -> list[Trainee]:
    """In development and in the camp on the reference date, or arrived since and in the camp today."""
    files = Trainee.objects.in_development()
    if actor is not None:
        files = files.in_scope(actor, Role.STAFF)
    later = Q(arrived_on__gt=camp.reference_on) & in_stage(StageKey.CAMP, day=today, rules=rules)
    due = in_stage(StageKey.CAMP, day=camp.reference_on, rules=rules) | later
    return list(files.filter(due).select_related("person", "home_unit").prefetch_related(with_terms()))


def _members(camp: Camp, actor: "User | None") -> list[CampMember]:
    rows = CampMember.objects.standing().filter(camp=camp)
    if actor is not None:
        rows = rows.filter(of_scope(actor, Role.STAFF, prefix="trainee__"))
    return list(rows.select_related("trainee__person", "trainee__home_unit").prefetch_related(with_terms("trainee__")))


def _earlier(camp: Camp, actor: "User | None") -> list[CampMember]:
    """Who is or was in the camp before this one."""
    before = Camp.objects.standing().filter(year__lt=camp.year, applied_on__isnull=False).order_by("-year")[:1]
    rows = CampMember.objects.standing().filter(camp__in=before.values("pk"))
    if actor is not None:
        rows = rows.filter(of_scope(actor, Role.STAFF, prefix="trainee__"))
    return list(rows.select_related("trainee__person", "trainee__home_unit").prefetch_related(with_terms("trainee__")))


def _entering(camp: Camp, trainee: Trainee, rules: Rules, earlier: CampMember | None, today: date) -> Line | None:
    day = first_day(camp, trainee)
    stage = _stage(trainee, day, rules)
    is_late = day > camp.reference_on
    if stage.grade is None or (camp.applied_on and _stage(trainee, today, rules).stage is not StageKey.CAMP):
        return None
    step = Step.LATE if is_late else Step.JOINS
    if earlier is not None:
        step = _step_from(earlier, stage.grade)
    before = earlier.grade if earlier is not None else None
    months = months_between(trainee.arrived_on, camp.reference_on)
    return Line(trainee, step, before, stage.grade, months, stage, day, earlier=earlier)


def _step_from(earlier: CampMember, grade: int) -> Step:
    """What somebody of the camp before does who comes into `grade` of this one."""
    if earlier.left_on is not None:
        return Step.RETURNS
    if grade == earlier.grade:
        return Step.STAYS
    return Step.RISES if grade > earlier.grade else Step.CORRECTED


def _listed(camp: Camp, row: CampMember, rules: Rules, today: date) -> Line | None:
    """What changes for somebody on the list; None for those for whom all is as it was."""
    trainee, day = row.trainee, first_day(camp, row.trainee)
    if row.left_on is not None:
        return _back(camp, row, rules, today)
    leaving = _leaving(camp, row, rules, max(today, day))
    if leaving is not None:
        return leaving
    stage = _stage(trainee, day, rules)
    months = months_between(trainee.arrived_on, camp.reference_on)
    if trainee.is_voided or stage.grade is None or day > today:
        return Line(trainee, Step.NOT_DUE, row.grade, None, months, stage, day, row)
    if (row.grade, row.months, row.rule) != (stage.grade, months, stage.rule.value):
        return Line(trainee, Step.CORRECTED, row.grade, stage.grade, months, stage, day, row)
    return None


def _back(camp: Camp, row: CampMember, rules: Rules, today: date) -> Line | None:
    """Somebody who left by dates that say by now that the camp goes on; other reasons for leaving stand."""
    trainee, day = row.trainee, first_day(camp, row.trainee)
    if row.left_kind == CampExit.OTHER or trainee.is_voided or trainee.departed_on is not None or day > today:
        return None
    stage = _stage(trainee, day, rules)
    if stage.grade is None or _stage(trainee, today, rules).stage is not StageKey.CAMP:
        return None
    months = months_between(trainee.arrived_on, camp.reference_on)
    return Line(trainee, Step.BACK, row.grade, stage.grade, months, stage, day, row, earlier=row)


def _leaving(camp: Camp, row: CampMember, rules: Rules, day: date) -> Line | None:
    """Somebody whose village term has ended or who has left, as of `day`."""
    trainee = row.trainee
    if trainee.is_voided:
        return None
    departed = trainee.departed_on
    stage = _stage(trainee, max(day, departed or day), rules)
    if stage.stage not in (StageKey.ADVANCED, StageKey.LEFT) or stage.since is None:
        return None
    step = Step.TERM_ENDED if stage.stage is StageKey.ADVANCED else Step.DEPARTED
    since = max(stage.since, row.joined_on)
    return Line(trainee, step, row.grade, None, row.months, stage, since, row)


def next_reference(camp: Camp) -> date:
    """The day on which the camp after this one begins."""
    later = Camp.objects.standing().filter(year__gt=camp.year).order_by("year").first()
    if later is not None:
        return later.reference_on
    following = rules_of(camp).first_reference(camp.reference_on + timedelta(days=1))
    return following or date.max
