"""What tests of the community evaluation start from."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.core.roles import Role
from cadre_app.evaluation.models import Campaign, CampaignState, Subject, Way
from cadre_app.evaluation.services.box import Filled, hold_box, put_in
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.models import Trainee
from tests.factories import GrantFactory, TraineeFactory, UnitFactory, UserFactory


def make_town() -> Unit:
    return UnitFactory.create(name="梧岭镇", kind=UnitKind.TOWN)


def make_user(unit: Unit, role: str = Role.LIAISON) -> User:
    user = UserFactory.create(unit=unit)
    GrantFactory.create(user=user, role=role, unit=unit)
    return user


def make_campaign(*trainees: Trainee, unit: Unit | None = None, actor: User | None = None, **fields: Any) -> Campaign:
    """Open since yesterday, for a week, on paper; about one person of the town where nobody is named."""
    today = timezone.localdate()
    people = trainees or (TraineeFactory.create(home_unit=unit or make_town()),)
    values = {
        "title": "梧头村群众评价",
        "setting": "term",
        "way": Way.PAPER,
        "opens_on": today - timedelta(days=1),
        "closes_on": today + timedelta(days=6),
        "state": CampaignState.OPEN,
        "least": 10,
        "watcher_one": "黄代表",
        "watcher_two": "蔡代表",
    } | fields
    if values["state"] in (CampaignState.CLOSED, CampaignState.VALID, CampaignState.SMALL):
        values.setdefault("closed_on", today)
    if values["state"] in (CampaignState.VALID, CampaignState.SMALL):
        values.setdefault("settled_on", today)
    place = unit or people[0].home_unit
    campaign = Campaign.objects.create(unit=place, set_by=actor or UserFactory.create(), **values)
    for trainee in people:
        Subject.objects.create(campaign=campaign, trainee=trainee)
    return campaign


def subject_of(campaign: Campaign, place: int = 0) -> Subject:
    return campaign.standing_subjects[place]


@transaction.atomic
def put_sheets(subject: Subject, number: int, *, answers: tuple[int, ...] = (1, 1, 1, 1, 1), comment: str = "") -> None:
    """So many sheets into the box."""
    hold_box()
    put_in(Filled(subject.pk, list(answers), "villagers", comment) for _number in range(number))
