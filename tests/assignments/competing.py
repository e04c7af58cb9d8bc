"""What tests of comparisons of results start from."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.assignments.models import (
    Competition,
    CompetitionCriterion,
    CompetitionEntry,
    CompetitionMember,
    CompetitionReviewer,
    CompetitionScore,
    CompetitionState,
    EntryKind,
    EntryState,
)
from cadre_app.org.models import Unit
from cadre_app.people.models import Person, Trainee
from tests.assignments.factories import front
from tests.factories import PersonFactory, UserFactory

CRITERIA = (("任务完成", "签约、交地、开工的数量", 40, True), ("群众口碑", "走访了解的评价", 30, False))


def make_competition(unit: Unit, *, actor: User | None = None, state: str = "open", **fields: Any) -> Competition:
    """Of this year, on the headquarters, with two criteria; whatever its state asks for is filled in."""
    day = timezone.localdate()
    is_signed = state in (CompetitionState.SIGNED, CompetitionState.PUBLISHED)
    values = {
        "title": "第三季度项目攻坚实绩比拼",
        "front_keys": ["headquarters"],
        "started_on": date(day.year, 1, 1),
        "ended_on": day,
        "state_since": day,
        "set_by": actor or UserFactory.create(),
        "scores_until": day + timedelta(days=7) if state not in ("draft", "open") else None,
        "signed_on": day if is_signed else None,
        "signed_by": UserFactory.create() if is_signed else None,
        "published_on": day if state == CompetitionState.PUBLISHED else None,
    } | fields
    criteria = values.pop("criteria", CRITERIA)
    competition = Competition.objects.create(unit=unit, state=CompetitionState.DRAFT, **blank(values))
    for order, (name, counts, points, is_ordering) in enumerate(criteria, start=1):
        CompetitionCriterion.objects.create(
            competition=competition, name=name, counts=counts, points=points, is_ordering=is_ordering, order=order
        )
    Competition.objects.filter(pk=competition.pk).update(state=state, **later(values))
    return Competition.objects.get(pk=competition.pk)


def blank(values: dict[str, Any]) -> dict[str, Any]:
    """Without what a draft does not have."""
    return {name: value for name, value in values.items() if name not in ("signed_on", "signed_by", "published_on")}


def later(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("signed_on", "signed_by", "published_on")}


def make_entry(
    competition: Competition, *members: Trainee, unit: Unit | None = None, actor: User | None = None, **fields: Any
) -> CompetitionEntry:
    """A verified result of a team on the headquarters; without `unit` of the front as a whole."""
    day = timezone.localdate()
    state = fields.get("state", EntryState.VERIFIED)
    values = {
        "kind": EntryKind.TEAM if unit is not None else EntryKind.FRONT,
        "name": "征迁攻坚组" if unit is not None else "",
        "front": front(),
        "unit": unit,
        "result": "完成环湾大道二期征迁签约，按期交地。",
        "numbers": "签约126户\n交地380亩",
        "state": state,
        "entered_by": actor or UserFactory.create(),
        "entered_on": day,
        "verified_on": day if state == EntryState.VERIFIED else None,
        "verified_by": UserFactory.create() if state == EntryState.VERIFIED else None,
    } | fields
    entry = CompetitionEntry.objects.create(competition=competition, **values)
    shown = day if competition.state == CompetitionState.PUBLISHED else None
    for trainee in members:
        CompetitionMember.objects.create(team=entry, trainee=trainee, shown_on=shown)
    return entry


def make_reviewer(competition: Competition, person: Person | None = None, **fields: Any) -> CompetitionReviewer:
    person = person or PersonFactory.create(name="评审", account=UserFactory.create())
    return CompetitionReviewer.objects.create(competition=competition, person=person, **fields)


def make_scores(reviewer: CompetitionReviewer, entry: CompetitionEntry, *points: int, comment: str = "") -> None:
    """By the criteria in their order; the reviewer has handed in afterwards."""
    for criterion, given in zip(entry.competition.criteria.order_by("order"), points, strict=True):
        CompetitionScore.objects.create(
            reviewer=reviewer, entry=entry, criterion=criterion, points=given, most=criterion.points, comment=comment
        )
    CompetitionReviewer.objects.filter(pk=reviewer.pk).update(
        handed_in_at=timezone.now(), declared_on=timezone.localdate()
    )
