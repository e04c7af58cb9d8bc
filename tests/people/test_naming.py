import pytest

from cadre_app.people.models import Trainee
from cadre_app.people.services.naming import give_name, keep_stroke_key
from tests.factories import TraineeFactory


@pytest.mark.django_db
def test_a_new_name_brings_its_keys_and_the_file_follows():
    trainee = TraineeFactory.create(person__name="石可馨")
    other = TraineeFactory.create(person__name="林知远")
    give_name(trainee.person, "邓书恒")
    trainee.person.save()
    keep_stroke_key(trainee.person)
    assert (trainee.person.name_pinyin, trainee.person.name_initials) == ("deng'shu'heng", "dsh")
    assert Trainee.objects.get(pk=trainee.pk).stroke_key == trainee.person.name_stroke_key
    assert Trainee.objects.get(pk=other.pk).stroke_key == other.person.name_stroke_key


@pytest.mark.django_db
def test_the_year_of_arrival_follows_the_day():
    trainee = TraineeFactory.create(arrived_on="2023-12-31")
    assert Trainee.objects.get(pk=trainee.pk).arrival_year == 2023
