"""Something else was written between the check of rows and their writing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cadre_app.core import crypto
from cadre_app.people.importing import trainees
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services import transfers
from tests.factories import PersonFactory, TraineeFactory
from tests.people.importing.conftest import MAN, fresh, new, row, silent

CLOSED = date(2026, 6, 1)


class TestChangedMeanwhile:
    """Something else was written between the check and the writing: then nothing is."""

    @pytest.fixture
    def apply_after(self, place, checked):
        def apply(change, *rows):
            found = checked(*rows)
            change()
            with pytest.raises(ValidationError) as error:
                trainees.apply(found, place.staff, silent)
            return error.value.messages

        return apply

    def told(self, name="林知远"):
        return [f"Row 2: something about {name} has changed since the rows were checked."]

    def test_another_value_of_the_person(self, file, apply_after):
        def change():
            Person.objects.filter(pk=file.person_id).update(native_place="临澜沧浦")

        assert apply_after(change, row(id_number=MAN, native_place="临澜望屿")) == self.told()
        assert fresh(file).person.native_place == "临澜沧浦"

    def test_a_transfer(self, place, file, apply_after):
        def change():
            transfers.transfer_trainee(
                file, to_unit=place.other_town, effective_on=date(2026, 11, 1), document_number="望组干〔2026〕1号",
                actor=place.staff,
            )  # fmt: skip

        assert apply_after(change, row(id_number=MAN, home_unit="梧岭镇", remark="骨干")) == self.told()

    def test_a_departure(self, file, apply_after):
        def change():
            Trainee.objects.filter(pk=file.pk).update(departed_on=CLOSED)

        assert apply_after(change, row(id_number=MAN, remark="骨干")) == self.told()
        assert fresh(file).remark == ""

    def test_somebody_enters_the_number(self, apply_after):
        def change():
            PersonFactory.create(name="林知远", id_number=MAN, id_digest=crypto.digest(MAN))

        assert apply_after(change, new(id_number=MAN)) == self.told()
        assert Trainee.objects.count() == 0

    def test_somebody_enters_a_namesake(self, place, apply_after):
        def change():
            TraineeFactory.create(home_unit=place.town, person=PersonFactory.create(name="林知远"))

        assert apply_after(change, new()) == self.told()
        assert Trainee.objects.count() == 1

    def test_the_unit_is_closed(self, place, apply_after):
        def change():
            type(place.town).objects.filter(pk=place.town.pk).update(closed_on=date(2026, 11, 1))

        assert apply_after(change, new()) == self.told()
