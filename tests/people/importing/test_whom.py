"""Rows of people who are entered already: whom a row means, and whom it may not touch."""

from datetime import date

import pytest
from django.utils import timezone

from cadre_app.core import crypto
from cadre_app.core.importing import NEW
from cadre_app.core.roles import Role
from cadre_app.people.models import Person, Relative, Trainee
from cadre_app.people.services import offices
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, id_number
from tests.people.importing.conftest import BORN, MAN, new, row

OTHER_MAN = id_number(date(1999, 5, 17), serial=3)
CLOSED = date(2026, 6, 1)


class TestWhom:
    def test_the_number_says_who_it_is_and_nothing_new_is_the_same(self, file, checked):
        [found] = checked(row(id_number=MAN, home_unit="梧岭镇", rank="11", phone="13800000000"))
        assert (found.action, found.target, found.changes, found.errors) == ("same", file.pk, [], [])

    def test_without_a_unit_the_number_is_enough(self, file, checked):
        [found] = checked(row(id_number=MAN, remark="骨干"))
        assert (found.action, found.changes) == ("update", [("Remark", "", "骨干")])

    def test_name_month_of_birth_and_unit_say_who_it_is(self, file, checked):
        [found] = checked(row(birth_month=BORN, home_unit="梧岭镇"))
        assert (found.action, found.target) == ("same", file.pk)

    def test_a_namesake_in_the_unit_is_asked_about(self, file, namesake, checked):
        [found] = checked(new())
        assert found.question == "Row 2: 2 people in this unit are called “林知远”. Choose one of them."
        assert {key for key, _text in found.candidates} == {file.person_id, namesake.person_id}
        assert (found.is_unchosen, found.errors) == (True, [])

    def test_the_chosen_one_is_taken(self, file, namesake, checked):
        chosen = row(home_unit="梧岭镇", remark="骨干")
        chosen.choice = str(namesake.person_id)
        [found] = checked(chosen)
        assert (found.target, found.changes) == (namesake.pk, [("Remark", "", "骨干")])

    def test_somebody_new_of_this_name_can_be_chosen(self, file, applied):
        someone = new()
        someone.choice = NEW
        applied(someone)
        assert Trainee.objects.filter(person__name="林知远").count() == 2

    def test_another_number_is_another_person(self, file, checked):
        [found] = checked(new(id_number=OTHER_MAN))
        assert (found.action, found.candidates) == ("create", [])

    def test_a_number_completes_whoever_has_none(self, place, applied):
        known = PersonFactory.create(name="林知远", birth_month=BORN)
        TraineeFactory.create(home_unit=place.town, person=known)
        [done] = applied(row(id_number=MAN, home_unit="梧岭镇"))
        known.refresh_from_db()
        assert (done.created, known.id_number, known.id_digest) == (False, MAN, crypto.digest(MAN))

    def test_a_file_of_this_name_and_month_in_another_unit_is_asked_about(self, file, checked):
        [found] = checked(new(home_unit="潮音镇", birth_month=BORN))
        assert [key for key, _text in found.candidates] == [file.person_id]

    def test_an_office_holder_of_this_name_in_the_unit_is_asked_about(self, place, checked):
        office = offices.create_office(unit=place.town, name="组织委员", actor=place.staff)
        holder = PersonFactory.create(name="林知远")
        offices.appoint(office, person=holder, since=date(2025, 1, 1), actor=place.staff)
        [found] = checked(new())
        assert found.candidates == [(holder.pk, "林知远, 组织委员")]

    def test_two_rows_about_one_person_name_each_other(self, file, checked):
        first, second = checked(row(2, id_number=MAN), row(3, birth_month=BORN, home_unit="梧岭镇"))
        assert first.errors == [("name", "Row 3 is about the same person.")]
        assert second.errors == [("name", "Row 2 is about the same person.")]

    def test_an_office_holder_gets_a_file_as_the_same_person(self, place, applied):
        office = offices.create_office(unit=place.town, name="组织委员", actor=place.staff)
        holder = Person.objects.get(
            pk=PersonFactory.create(name="林知远", id_number=MAN, id_digest=crypto.digest(MAN)).pk
        )
        offices.appoint(office, person=holder, since=date(2025, 1, 1), actor=place.staff)
        [done] = applied(new(id_number=MAN, phone="13800000000"))
        opened = Trainee.objects.get(pk=done.object_id)
        assert (opened.person_id, opened.person.phone, Person.objects.count()) == (holder.pk, "13800000000", 1)


class TestWhomNot:
    def test_whoever_is_in_another_unit_is_transferred_not_imported(self, file, checked):
        [found] = checked(new(id_number=MAN, home_unit="潮音镇"))
        text = "林知远 is entered in 梧岭镇, file WY-2024-0001. Record a transfer there; an import moves nobody."
        assert found.errors == [("home_unit", text)]

    def test_whoever_is_out_of_sight_is_not_named(self, place, file, checked):
        [found] = checked(new(id_number=MAN, home_unit="潮音镇"), actor=place.somebody(Role.STAFF, place.other_town))
        assert found.errors == [("id_number", "This person is already entered elsewhere, outside your scope.")]
        assert (found.target, found.target_text, found.changes, found.candidates) == (
            None,
            "潮音镇",
            [],
            [],
        )

    def test_a_namesake_out_of_sight_is_not_offered(self, place, file, checked):
        somebody = place.somebody(Role.STAFF, place.other_town)
        [found] = checked(new(home_unit="潮音镇", birth_month=BORN), actor=somebody)
        assert (found.candidates, found.question, found.notes) == ([], "", [])

    def test_a_person_out_of_sight_without_a_file_is_not_named(self, place, checked):
        PersonFactory.create(name="戴鸿礼", id_number=MAN, id_digest=crypto.digest(MAN))
        [found] = checked(new(id_number=MAN))
        assert found.errors == [("id_number", "This person is already entered elsewhere, outside your scope.")]
        assert found.notes == []

    def test_a_departed_file_is_closed(self, file, checked):
        Trainee.objects.filter(pk=file.pk).update(departed_on=CLOSED)
        [found] = checked(row(id_number=MAN))
        assert found.errors == [("", "林知远 left on 1 Jun 2026: the growth file WY-2024-0001 is closed.")]

    def test_a_voided_file_is_restored_not_imported(self, file, checked):
        Trainee.objects.filter(pk=file.pk).update(voided_at=timezone.now())
        [found] = checked(row(id_number=MAN))
        assert found.errors == [("", "林知远 has a voided growth file, WY-2024-0001. Restore that one.")]

    @pytest.mark.parametrize("values", [{"id_number": MAN}, {"birth_month": BORN}, {}])
    def test_nobody_imports_their_own_file(self, place, file, checked, values):
        Person.objects.filter(pk=file.person_id).update(account=place.staff)
        [found] = checked(new(**values))
        assert found.errors == [("", "Nobody enters or changes their own file or that of a relative.")]
        assert (found.target, found.changes) == (None, [])

    def test_nobody_imports_the_file_of_a_relative(self, place, file, checked):
        own = PersonFactory.create(account=place.staff)
        Relative.objects.create(person=own, relation="弟弟", name="林知远", other=file.person)
        [found] = checked(new(id_number=MAN))
        assert found.errors == [("", "Nobody enters or changes their own file or that of a relative.")]

    def test_the_file_of_a_relative_in_another_unit_is_not_offered(self, place, file, checked):
        own = PersonFactory.create(account=place.staff)
        Relative.objects.create(person=own, relation="弟弟", name="林知远", other=file.person)
        [found] = checked(new(home_unit="潮音镇", birth_month=BORN))
        assert (found.candidates, found.action) == ([], "create")

    def test_a_file_that_a_leader_only_sees_is_named_but_not_changed(self, place, file, checked):
        actor = place.somebody(Role.STAFF, place.other_town)
        GrantFactory.create(user=actor, role=Role.LEADER, unit=place.town)
        [found] = checked(row(id_number=MAN, remark="骨干"), actor=actor)
        text = "林知远 is entered in 梧岭镇, file WY-2024-0001. Record a transfer there; an import moves nobody."
        assert (found.errors, found.changes) == ([("home_unit", text)], [])
