"""People of a town, who runs an evaluation of them, and the switch for codes."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.roles import Role
from cadre_app.evaluation.models import Campaign, Subject
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee
from cadre_app.policy.models import PolicyValue
from tests.evaluation.factories import make_campaign, make_town, make_user, subject_of
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import client_of, sign_in

__all__ = ["client_of", "sign_in"]


@dataclass
class Village:
    """林知远 is evaluated; `own` is that person's account."""

    town: Unit
    file: Trainee
    own: User
    liaison: User
    staff: User
    leader: User
    campaign: Campaign

    @property
    def subject(self) -> Subject:
        """As it stands now."""
        return subject_of(Campaign.objects.get(pk=self.campaign.pk))

    def now(self) -> Campaign:
        return Campaign.objects.get(pk=self.campaign.pk)


@pytest.fixture
def village(db: None) -> Village:
    town = make_town()
    own = UserFactory.create(unit=town, kind=AccountKind.TRAINEE)
    file = TraineeFactory.create(home_unit=town, person=PersonFactory.create(name="林知远", account=own))
    liaison = make_user(town)
    return Village(
        town,
        file,
        own,
        liaison,
        make_user(town, Role.STAFF),
        make_user(town, Role.LEADER),
        make_campaign(file, unit=town, actor=liaison),
    )


@pytest.fixture
def codes_on(db: None) -> None:
    day = timezone.localdate() - timedelta(days=9)
    PolicyValue.objects.create(key="evaluation.codes_on", value=True, valid_from=day, source="部务会议", reason="试点")
