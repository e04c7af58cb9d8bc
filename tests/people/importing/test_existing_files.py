"""Rows of people who are entered already: what a row would change, and what it leaves alone."""

from datetime import date

import pytest

from cadre_app.history.models import Entry
from cadre_app.people.models import Education, Person, PostRecord, Trainee, VillageTerm
from tests.factories import PersonFactory, TraineeFactory
from tests.people.importing.conftest import BORN, MAN, fresh, row


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


def test_an_old_probationary_member_without_a_day_is_not_held_against_a_row_about_something_else(checked, file):
    Person.objects.filter(pk=file.person_id).update(
        political_status="02", party_stage="probationary", party_joined_on=None, party_full_on=None
    )
    [phone] = checked(row(id_number=MAN, phone="13911112222"))
    [party] = checked(row(id_number=MAN, political_status="02"))
    assert (phone.errors, [key for key, _message in party.errors]) == ([], ["political_status"])
