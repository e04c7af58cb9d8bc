"""People to list, and the list as a client sees it."""

import pytest
from django.urls import reverse

from cadre_app.people.models import VillageTerm
from tests.factories import PersonFactory, TraineeFactory

LIST = reverse("people:trainee_list")
TREE = reverse("people:trainee_tree")


@pytest.fixture
def staff(sign_in, place):
    return sign_in(place.staff)


@pytest.fixture
def add(place):
    """A trainee of the town, or of another unit."""

    def make(name, unit=None, **values):
        person = {key.removeprefix("person__"): value for key, value in values.items() if key.startswith("person__")}
        rest = {key: value for key, value in values.items() if not key.startswith("person__")}
        return TraineeFactory.create(
            person=PersonFactory.create(name=name, **person), home_unit=unit or place.town, **rest
        )

    return make


@pytest.fixture
def serve(place):
    """A village term; its end on the file as services keep it."""

    def make(trainee, *, started, due=None, ended=None, village=None):
        term = VillageTerm.objects.create(
            trainee=trainee,
            village=village or place.village,
            role="director",
            started_on=started,
            months=24,
            due_on=due,
            ended_on=ended,
        )
        trainee.term_ends_on = ended or due
        trainee.save()
        return term

    return make


def shown(response):
    return [row.object.person.name for row in response.context["table"].rows]
