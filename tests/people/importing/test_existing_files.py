"""Rows of people who are entered already: whom a row means, what it would change, and whom it may not touch."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cadre_app.accounts.models import AccountRequest
from cadre_app.core import crypto
from cadre_app.core.importing import NEW
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.importing import trainees
from cadre_app.people.models import Education, Person, PostRecord, Relative, Trainee, VillageTerm
from cadre_app.people.services import offices, transfers
from cadre_app.people.services.bulk import NewEducation, NewPerson, NewPost, NewTerm, NewTrainee, create_trainees_many
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, id_number
from tests.people.importing.conftest import new, row, silent

MAN = id_number(date(1999, 5, 17), serial=1)
OTHER_MAN = id_number(date(1999, 5, 17), serial=3)
BORN = date(1999, 5, 1)
CLOSED = date(2026, 6, 1)


@pytest.fixture
def file(place):
    """林知远 of the town, known by ID number, with education, post, rank and a village term."""
    [found] = create_trainees_many(
        [
            NewTrainee(
                person=NewPerson(name="林知远", sex="1", birth_month=BORN, id_number=MAN, phone="13800000000"),
                kind="selected",
                sub_kind="targeted",
                status="civil_servant",
                arrived_on=date(2024, 8, 15),
                home_unit=place.town,
                educations=(NewEducation(mode="full_time", level="21", school="澜江大学"),),
                posts=(NewPost(started_on=date(2025, 8, 15), post="党建办公室工作人员", rank="11"),),
                term=NewTerm(village=place.village, started_on=date(2024, 9, 1)),
            )
        ],
        actor=None,
    )
    return Trainee.objects.select_related("person").get(pk=found.pk)


@pytest.fixture
def namesake(place):
    """Another 林知远 of the town, of whom nothing else is known."""
    person = PersonFactory.create(name="林知远")
    return TraineeFactory.create(home_unit=place.town, person=person, file_number="WY-2023-0009")


def fresh(file: Trainee) -> Trainee:
    return Trainee.objects.select_related("person__account_request").get(pk=file.pk)


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


class TestWhat:
    def test_what_differs_is_told_and_numbers_are_masked(self, file, checked):
        [found] = checked(row(id_number=MAN, phone="13911112222", political_status="01", native_place="临澜望屿"))
        assert found.changes == [
            ("Native place", "", "临澜望屿"),
            ("Political affiliation", "", "Member of the CPC"),
            ("Mobile phone", "138****0000", "139****2222"),
        ]

    def test_another_name_is_told_and_sorts_the_file_anew(self, file, applied, checked):
        changed = row(name="林致远", id_number=MAN)
        assert checked(changed)[0].notes == ["The ID number belongs to 林知远 so far."]
        applied(changed)
        file = fresh(file)
        assert (file.person.name, file.stroke_key) == ("林致远", file.person.name_stroke_key)
        assert file.person.name_pinyin == "lin'zhi'yuan"

    def test_a_month_says_the_day_that_is_recorded_in_it(self, file, checked):
        cells = {"rank_since": "2025.08", "arrived_on": "2024年8月", "term_started_on": "2024.09"}
        values = {"rank_since": date(2025, 8, 1), "arrived_on": date(2024, 8, 1), "term_started_on": date(2024, 9, 1)}
        [found] = checked(row(id_number=MAN, village="梧头村", cells=cells, **values))
        assert (found.action, found.changes) == ("same", [])

    def test_another_arrival_moves_the_usual_end_of_probation(self, file, applied):
        applied(row(id_number=MAN, arrived_on=date(2024, 8, 1)))
        assert fresh(file).probation_ends_on == date(2025, 8, 1)

    def test_a_probation_that_would_get_shorter_is_left_to_the_page(self, file, checked):
        Trainee.objects.filter(pk=file.pk).update(probation_ends_on=date(2025, 8, 20), term_ends_on=None)
        VillageTerm.objects.all().delete()
        [found] = checked(row(id_number=MAN, arrived_on=date(2024, 9, 15)))
        text = "Probation would be shorter than usual. Correct the arrival on the page of the file, with a reason."
        assert found.errors == [("arrived_on", text)]

    def test_an_arrival_after_the_village_term_is_refused(self, file, checked):
        [found] = checked(row(id_number=MAN, arrived_on=date(2024, 9, 15)))
        text = "A village term or transfer is recorded from 1 Sep 2024. Correct it first."
        assert found.errors == [("arrived_on", text)]

    def test_a_new_rank_is_a_new_record(self, file, applied):
        applied(row(id_number=MAN, rank="10", rank_since=date(2026, 9, 1)))
        file = fresh(file)
        assert (file.rank, file.rank_order, file.rank_since) == ("10", 10, date(2026, 9, 1))
        assert (file.post, file.post_since, PostRecord.objects.count()) == ("党建办公室工作人员", date(2025, 8, 15), 2)

    def test_a_new_rank_needs_its_day(self, file, checked):
        [found] = checked(row(id_number=MAN, rank="10"))
        assert found.errors == [("rank_since", "Say since when: the rank or post grade is a new one.")]

    def test_a_new_post_counts_from_today_and_says_so(self, file, checked, applied):
        changed = row(id_number=MAN, post="党建办公室主任")
        assert checked(changed)[0].notes == ["The new post counts from today, as no day is given."]
        applied(changed)
        file = fresh(file)
        assert (file.post_since, file.rank_since) == (date(2026, 11, 23), date(2025, 8, 15))

    def test_a_change_on_the_day_of_the_latest_record_corrects_it(self, file, applied):
        applied(row(id_number=MAN, rank="10", rank_since=date(2025, 8, 15)))
        assert list(PostRecord.objects.values_list("rank", "post")) == [("10", "党建办公室工作人员")]

    def test_a_change_before_the_latest_record_is_refused(self, file, checked):
        [found] = checked(row(id_number=MAN, rank="10", rank_since=date(2025, 1, 1)))
        text = "Post and rank are recorded from 15 Aug 2025 on. Enter earlier ones on the page of the file."
        assert found.errors == [("rank_since", text)]

    def test_another_day_of_the_present_rank_moves_its_record(self, file, applied):
        applied(row(id_number=MAN, rank_since=date(2025, 8, 20)))
        assert (fresh(file).rank_since, PostRecord.objects.get().started_on) == (date(2025, 8, 20), date(2025, 8, 20))

    def test_an_institution_takes_nobody_with_a_rank(self, place, file, checked):
        Trainee.objects.filter(pk=file.pk).update(kind="introduced", sub_kind="city")
        [found] = checked(row(id_number=MAN, status="institution"))
        text = "A rank is recorded, and staff of public institutions have none. Correct post and rank first."
        assert found.errors == [("status", text)]

    def test_education_of_the_same_level_is_corrected_and_another_one_added(self, file, applied):
        applied(row(id_number=MAN, full_time_level="21", full_time_major="公共管理"))
        applied(row(id_number=MAN, full_time_level="14", full_time_school="临澜学院"))
        rows = Education.objects.order_by("level").values_list("level", "school", "major")
        assert list(rows) == [("14", "临澜学院", ""), ("21", "澜江大学", "公共管理")]

    def test_the_end_of_the_term_is_recorded(self, file, applied):
        applied(row(id_number=MAN, village="梧头村", term_ended_on=date(2026, 9, 5)))
        assert (VillageTerm.objects.get().ended_on, fresh(file).term_ends_on) == (date(2026, 9, 5), date(2026, 9, 5))

    def test_a_term_over_another_one_is_refused(self, file, checked):
        [found] = checked(row(id_number=MAN, village="梧头村", term_started_on=date(2025, 1, 1)))
        text = "A village term in 梧头村 is recorded from 1 Sep 2024. Correct or end it on the page of the file."
        assert found.errors == [("term_started_on", text)]

    def test_a_second_term_follows_the_first(self, file, applied):
        VillageTerm.objects.update(ended_on=date(2025, 3, 1), is_cut_short=True)
        applied(row(id_number=MAN, village="梧头村", term_started_on=date(2025, 9, 1)))
        assert (VillageTerm.objects.count(), fresh(file).term_ends_on) == (2, date(2027, 8, 31))

    def test_an_account_is_asked_for_once(self, file, applied, checked):
        applied(row(id_number=MAN, wants_account=True))
        assert fresh(file).person.account_request.username == "linzhiyuan"
        [again] = checked(row(id_number=MAN, wants_account=True))
        assert (again.action, again.notes) == ("same", ["An account has been asked for already."])

    def test_each_changed_record_has_one_entry(self, file, applied):
        before = set(Entry.objects.values_list("pk", flat=True))
        applied(row(id_number=MAN, phone="13911112222", rank="10", rank_since=date(2026, 9, 1), remark="骨干"))
        entries = Entry.objects.exclude(pk__in=before).order_by("verb").values_list("verb", "sealed")
        assert list(entries) == [
            ("people.person.changed", ["phone"]),
            ("people.postrecord.added", []),
            ("people.trainee.changed", []),
        ]
        assert fresh(file).version == file.version + 1


@pytest.mark.parametrize("count", [1, 3])
def test_many_rows_of_known_people_cost_the_queries_of_one(place, checked, count, django_assert_num_queries):
    rows = []
    for at in range(count):
        person = PersonFactory.create(name=f"某{at}", birth_month=BORN)
        file = TraineeFactory.create(home_unit=place.town, person=person)
        VillageTerm.objects.create(
            trainee=file, village=place.village, role="director", started_on=date(2024, 9, 1), months=24
        )
        rows.append(row(2 + at, person.name, birth_month=BORN, home_unit="梧岭镇", remark="骨干"))
    with django_assert_num_queries(12):
        checked(*rows)
    assert {each.action for each in rows} == {"update"}


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


class TestUndo:
    def undone(self, place, done):
        return trainees.undo(list(reversed(done)), place.staff, "误导入")

    def test_new_files_are_voided_with_all_that_came_with_them(self, place, applied):
        done = applied(
            new(id_number=MAN, full_time_level="21", post="科员", village="梧头村", term_started_on=date(2024, 9, 1),
                wants_account=True)
        )  # fmt: skip
        assert self.undone(place, done) == []
        for model in (Trainee, Person, Education, PostRecord, VillageTerm):
            assert model.objects.standing().count() == 0, model
        assert AccountRequest.objects.get().status == "withdrawn"
        assert set(Entry.objects.filter(reason="误导入").values_list("verb", flat=True)) == {
            "people.trainee.voided",
            "people.person.voided",
            "people.education.voided",
            "people.postrecord.voided",
            "people.villageterm.voided",
        }

    def test_an_undone_import_can_be_done_again(self, place, applied):
        self.undone(place, applied(new(id_number=MAN)))
        [done] = applied(new(id_number=MAN))
        assert (done.created, done.outcome) == (True, "WY-2024-0002")

    def test_what_was_changed_goes_back(self, place, file, applied):
        before = state(file)
        done = applied(
            row(
                name="林致远",
                id_number=MAN,
                phone="13911112222",
                political_status="01",
                arrived_on=date(2024, 8, 1),
                rank="10",
                rank_since=date(2026, 9, 1),
                full_time_major="公共管理",
                village="梧头村",
                term_ended_on=date(2026, 9, 5),
                wants_account=True,
            )
        )
        assert state(file) != before
        assert self.undone(place, done) == []
        assert state(file) == before

    def test_a_corrected_record_goes_back(self, place, file, applied):
        before = state(file)
        assert self.undone(place, applied(row(id_number=MAN, rank="10", rank_since=date(2025, 8, 15)))) == []
        assert state(file) == before

    def test_a_change_since_stands_against_it(self, place, file, applied):
        done = applied(row(id_number=MAN, remark="骨干"), new(3, "陈嘉穗"))
        applied(row(id_number=MAN, remark="优秀"))
        assert self.undone(place, done) == ["林知远: somebody has changed it since."]
        assert (fresh(file).remark, Trainee.objects.standing().count()) == ("优秀", 2)

    def test_a_record_attached_since_stands_against_it(self, place, applied):
        done = applied(new())
        Education.objects.create(person=Person.objects.get(), mode="full_time", level="21")
        assert self.undone(place, done) == ["林知远: 1 record belongs to it."]

    def test_an_activated_account_stands_against_it(self, place, applied):
        done = applied(new(wants_account=True))
        AccountRequest.objects.update(status="activated")
        assert self.undone(place, done) == ["林知远: the account has been activated since."]

    def test_a_person_out_of_scope_stands_against_it(self, place, file, applied):
        done = applied(row(id_number=MAN, phone="13911112222"))
        transfers.transfer_trainee(
            file, to_unit=place.other_town, effective_on=date(2026, 11, 1), document_number="1", actor=place.staff
        )
        actor = place.somebody(Role.STAFF, place.town)

        assert trainees.undo(done, actor, "误导入") == ["林知远: it is no longer in your scope."]
        assert fresh(file).person.phone == "13911112222"

    def test_the_own_file_stands_against_it(self, place, file, applied):
        done = applied(row(id_number=MAN, phone="13911112222"))
        Person.objects.filter(pk=file.person_id).update(account=place.staff)

        assert trainees.undo(done, type(place.staff).objects.get(pk=place.staff.pk), "误导入") != []
        assert fresh(file).person.phone == "13911112222"

    def test_a_lost_scope_stands_against_it(self, place, applied):
        done = applied(new())
        actor = place.somebody(Role.STAFF, place.other_town)
        assert trainees.undo(done, actor, "误导入") == ["林知远: it is no longer in your scope."]
        assert Trainee.objects.standing().count() == 1


def state(file: Trainee) -> dict[str, object]:
    """Everything that is recorded about a file, but versions and times."""
    left_out = {"version", "updated_at", "created_at"}
    found: dict[str, object] = {}
    for model, key in (
        (Trainee, {"pk": file.pk}),
        (Person, {"pk": file.person_id}),
        (Education, {"person": file.person_id}),
        (PostRecord, {"trainee": file.pk}),
        (VillageTerm, {"trainee": file.pk}),
    ):
        rows = model.objects.standing().filter(**key).order_by("pk")
        found[model.__name__] = [
            {item.attname: getattr(each, item.attname) for item in model._meta.concrete_fields} for each in rows
        ]
        for each in found[model.__name__]:
            for name in left_out:
                each.pop(name)
    return found
