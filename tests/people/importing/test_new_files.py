"""Rows of people who are not entered yet: what a new file needs, and what becomes of each cell."""

from datetime import date

import pytest

from cadre_app.accounts.models import AccountRequest
from cadre_app.core.roles import Role
from cadre_app.org.models import UnitKind
from cadre_app.people.models import Education, Person, PostRecord, Trainee, VillageTerm
from cadre_app.people.services.bulk import BATCH
from tests.factories import UnitFactory, id_number
from tests.people.importing.conftest import MAN, new, row

BORN = date(1999, 5, 17)


def test_a_row_opens_a_whole_file(place, applied):
    [done] = applied(
        new(
            id_number=MAN,
            ethnic_group="01",
            political_status="01",
            party_joined_on=date(2019, 6, 20),
            party_full_on=date(2020, 6, 20),
            full_time_level="14",
            full_time_degree="349",
            full_time_school="澜江大学",
            sub_kind="targeted",
            post="党建办公室工作人员",
            rank="10",
            rank_since=date(2025, 8, 15),
            village="梧头村",
            term_started_on=date(2024, 9, 1),
            phone="13800000000",
            wants_account=True,
        )
    )

    file = Trainee.objects.select_related("person__account_request").get(pk=done.object_id)
    person = file.person
    assert (done.label, done.created) == ("林知远", True)
    assert done.outcome == "WY-2024-0001, account requested: linzhiyuan"
    assert (person.sex, person.birth_month, person.party_stage) == ("1", date(1999, 5, 1), "full")
    assert (person.id_number, person.phone, person.name_initials) == (MAN, "13800000000", "lzy")
    assert (file.status, file.home_unit, file.stroke_key) == ("civil_servant", place.town, person.name_stroke_key)
    assert (file.post, file.rank, file.rank_order, file.rank_since) == (
        "党建办公室工作人员",
        "10",
        10,
        date(2025, 8, 15),
    )
    assert (file.probation_ends_on, file.term_ends_on) == (date(2025, 8, 15), date(2026, 8, 31))
    assert (VillageTerm.objects.get().role, Education.objects.get().school) == ("secretary", "澜江大学")
    assert (person.account_request.kind, person.account_request.post) == ("trainee", "党建办公室工作人员")


def test_what_a_new_file_needs_is_said_at_each_cell(checked):
    [found] = checked(row(name="林知远"))
    assert found.errors == [
        ("kind", "Needed for a new file."),
        ("arrived_on", "Needed for a new file."),
        ("home_unit", "Needed for a new file."),
    ]


def test_a_cell_that_says_nothing_is_as_good_as_empty(checked):
    [found] = checked(
        new(kind="introduced", status="institution", home_unit=None, cells={"home_unit": "无", "rank": "无"})
    )
    assert found.errors == [("home_unit", "Needed for a new file.")]


def test_an_introduced_graduate_needs_a_status(checked):
    [found] = checked(new(kind="introduced"))
    assert found.errors == [("status", "Needed for a new file.")]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"status": "institution"}, ("status", "A selected graduate is always a civil servant.")),
        ({"sub_kind": "city"}, ("sub_kind", "This sub-kind does not belong to this kind.")),
        (
            {"post_grade": "管理岗位九级职员"},
            ("post_grade", "Civil servants have a rank, no post grade. Leave the post grade empty."),
        ),
        (
            {"kind": "introduced", "status": "institution", "rank": "11"},
            ("rank", "Staff of public institutions have a post grade, no rank. Leave the rank empty."),
        ),
        ({"arrived_on": date(2026, 11, 24)}, ("arrived_on", "This day has not come yet. Record it on that day.")),
        ({"rank": "99"}, ("rank", "This is not one of the choices.")),
        ({"id_number": MAN, "sex": "2"}, ("sex", "The ID number says Male.")),
        ({"id_number": MAN, "birth_month": date(1998, 5, 1)}, ("birth_month", "The ID number says May 1999.")),
        (
            {"political_status": "13", "party_joined_on": date(2019, 6, 1)},
            ("party_joined_on", "Only members have been admitted. Check the stage."),
        ),
        (
            {"political_status": "02"},
            ("political_status", "Enter when the branch meeting admitted the person."),
        ),
        (
            {"political_status": "01", "party_joined_on": date(2026, 5, 20), "party_full_on": date(2026, 6, 1)},
            (
                "party_full_on",
                "The year of probation is over on 20 May 2027. Correct the day, or say why it was earlier.",
            ),
        ),
        (
            {"political_status": "01", "party_joined_on": date(2020, 6, 1), "party_full_on": date(2019, 6, 1)},
            (
                "party_full_on",
                "This lies before “admitted by the branch meeting on” (1 Jun 2020).",
            ),
        ),
        ({"full_time_school": "澜江大学"}, ("full_time_level", "Say which education this is.")),
        (
            {"full_time_level": "21", "full_time_month": date(2027, 6, 1)},
            ("full_time_month", "This day has not come yet. Record it on that day."),
        ),
        ({"rank_since": date(2025, 8, 1)}, ("rank_since", "Write the post, the rank or the post grade.")),
        ({"term_started_on": date(2024, 9, 1)}, ("village", "Say in which village the term runs.")),
        ({"village": "梧头村"}, ("term_started_on", "Say since when the village term runs.")),
        (
            {"village": "梧头村", "term_started_on": date(2024, 7, 1)},
            ("term_started_on", "A village term cannot start before reporting for duty on 15 Aug 2024."),
        ),
        (
            {"village": "梧头村", "term_started_on": date(2024, 9, 1), "term_ended_on": date(2024, 8, 20)},
            ("term_ended_on", "A village term cannot end before it started."),
        ),
        ({"village": "潮音镇", "term_started_on": date(2024, 9, 1)}, ("village", "Choose a village or community.")),
        ({"home_unit": "无此镇"}, ("home_unit", "No unit called “无此镇” among yours.")),
    ],
)
def test_what_cannot_be_is_said_at_its_cell(checked, values, error):
    [found] = checked(new(**values))
    assert found.errors == [error]


def test_a_month_that_is_the_one_of_the_arrival_begins_with_the_arrival(applied):
    applied(
        new(
            rank="11",
            rank_since=date(2024, 8, 1),
            village="梧头村",
            term_started_on=date(2024, 8, 1),
            cells={"rank_since": "2024.08", "term_started_on": "2024.08"},
        )
    )
    assert PostRecord.objects.get().started_on == date(2024, 8, 15)
    assert VillageTerm.objects.get().started_on == date(2024, 8, 15)


def test_post_and_rank_each_count_from_their_own_day(applied):
    applied(new(post="党建办公室主任", post_since=date(2026, 1, 5), rank="10", rank_since=date(2025, 8, 15)))
    file = Trainee.objects.get()
    assert (file.post_since, file.rank_since) == (date(2026, 1, 5), date(2025, 8, 15))


@pytest.mark.parametrize(
    ("end", "text", "expected"),
    [
        (date(2026, 8, 1), "2026.08", (24, date(2026, 8, 31), date(2026, 8, 31))),
        (date(2027, 8, 1), "2027.08", (36, None, date(2027, 8, 31))),
        (date(2026, 3, 1), "2026.03.01", (24, date(2026, 3, 1), date(2026, 3, 1))),
        (date(2026, 8, 31), "2026.08.31", (24, date(2026, 8, 31), date(2026, 8, 31))),
    ],
)
def test_the_end_of_a_village_term_is_its_last_day_or_says_how_long_it_is(applied, end, text, expected):
    applied(new(village="梧头村", term_started_on=date(2024, 9, 1), term_ended_on=end, cells={"term_ended_on": text}))
    term = VillageTerm.objects.get()
    assert (term.months, term.ended_on, Trainee.objects.get().term_ends_on) == expected


class TestUnits:
    @pytest.mark.parametrize("text", ["望屿区/梧岭镇", "望屿区梧岭镇", "望屿区 › 梧岭镇"])
    def test_a_path_or_the_names_in_one_word_mean_the_unit(self, checked, text):
        [found] = checked(new(home_unit=text))
        assert (found.errors, found.target_text) == ([], "望屿区 › 梧岭镇")

    def test_of_two_villages_of_one_name_that_of_the_own_town_is_taken(self, place, applied):
        UnitFactory.create(name="梧头村", kind=UnitKind.VILLAGE, parent=place.other_town)
        applied(new(village="梧头村", term_started_on=date(2024, 9, 1)))
        assert VillageTerm.objects.get().village == place.village

    def test_otherwise_the_path_is_asked_for(self, place, checked):
        UnitFactory.create(name="区委办公室", parent=place.top)
        UnitFactory.create(name="梧头村", kind=UnitKind.VILLAGE, parent=place.other_town)
        values = {"home_unit": "区委办公室", "term_started_on": date(2024, 9, 1)}
        vague, named = checked(new(2, village="梧头村", **values), new(3, "陈嘉穗", village="潮音镇/梧头村", **values))
        text = "Several units are called “梧头村”. Write the path, such as 望屿区/梧岭镇/梧头村."
        assert (vague.errors, named.errors) == ([("village", text)], [])

    def test_a_unit_outside_the_own_scope_is_not_known(self, place, checked):
        [found] = checked(new(home_unit="潮音镇"), actor=place.somebody(Role.STAFF, place.town))
        assert found.errors == [("home_unit", "No unit called “潮音镇” among yours.")]

    def test_a_role_that_only_reads_gives_no_unit(self, place, checked):
        [found] = checked(new(), actor=place.somebody(Role.LEADER, place.top))
        assert found.errors == [("home_unit", "No unit called “梧岭镇” among yours.")]

    def test_a_closed_unit_takes_nobody(self, place, checked):
        UnitFactory.create(name="区乡村振兴局", parent=place.top, closed_on=date(2025, 1, 1))
        [found] = checked(new(home_unit="区乡村振兴局"))
        assert found.errors == [("home_unit", "This unit is closed. Write the one that has taken its place.")]


class TestDoubles:
    def test_one_number_twice_names_both_rows(self, checked):
        first, second = checked(new(2, id_number=MAN), new(3, "陈嘉穗", id_number=MAN))
        assert first.errors == [("id_number", "Row 3 has the same ID number.")]
        assert second.errors == [("id_number", "Row 2 has the same ID number.")]

    def test_one_name_twice_in_a_unit_asks_for_what_tells_them_apart(self, checked):
        first, second = checked(new(2), new(3))
        text = "Row %s has the same name. Give ID number or month of birth in both to tell them apart."
        assert (first.errors, second.errors) == ([("name", text % 3)], [("name", text % 2)])

    def test_namesakes_told_apart_are_two_people(self, applied):
        applied(
            new(2, birth_month=date(1999, 5, 1)),
            new(3, birth_month=date(2000, 5, 1)),
            new(4, home_unit="潮音镇"),
            new(5, id_number=id_number(date(2001, 1, 1), serial=1)),
            new(6, id_number=id_number(date(2001, 1, 1), serial=3)),
        )
        assert Person.objects.filter(name="林知远").count() == 5


@pytest.mark.parametrize("count", [1, 3])
def test_many_new_rows_cost_the_queries_of_one(place, checked, count, django_assert_num_queries):
    village = {"village": "梧头村", "term_started_on": date(2024, 9, 1)}
    rows = [new(2 + at, f"某{at}", id_number=id_number(date(1999, 1, 1 + at)), **village) for at in range(count)]
    with django_assert_num_queries(8):
        checked(*rows)


def test_more_rows_than_a_batch_are_written_in_order(applied):
    done = applied(*(new(2 + at, f"某{at}", wants_account=at == 1) for at in range(BATCH + 2)))
    assert [each.row_number for each in done] == list(range(2, BATCH + 4))
    assert done[-1].outcome == f"WY-2024-{BATCH + 2:04d}"
    assert AccountRequest.objects.count() == 1
