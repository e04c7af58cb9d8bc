"""The list of people: what it shows to whom, and in which order."""

from datetime import date

import pytest
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.people.models import Education, Relative
from tests.factories import GrantFactory, UserFactory
from tests.people.roster.conftest import LIST, TREE, shown

KILOBYTE = 1_024

pytestmark = pytest.mark.django_db


def cells(response):
    return [[str(cell.value) for cell in row.cells] for row in response.context["table"].rows]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_however_long(staff, place, add, serve, rows, django_assert_num_queries):
    for number in range(rows):
        trainee = add(f"林同志{number}")
        serve(trainee, started=date(2025, 1, 1), due=date(2026, 12, 31))
        Education.objects.create(person=trainee.person, mode="full_time", level="21")
    staff.get(LIST)
    with django_assert_num_queries(10):
        assert len(shown(staff.get(LIST))) == rows
    with django_assert_num_queries(11):
        assert len(shown(staff.get(LIST, {"unit": str(place.town.pk), "sort": "rank"}))) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_no_column_and_no_order_asks_for_more(staff, place, add, serve, rows, django_assert_num_queries):
    for number in range(rows):
        trainee = add(f"林同志{number}", person__birth_month=date(1996, 1, 1), rank_since=date(2025, 1, 1))
        serve(trainee, started=date(2025, 1, 1), due=date(2026, 12, 31))
        Education.objects.create(person=trainee.person, mode="full_time", level="21")
    table = staff.get(LIST).context["table"]
    everything = ",".join(column.key for column in table.all_columns)
    sorts = [column.key for column in table.all_columns if column.sort]
    for sort in sorts:
        with django_assert_num_queries(10):
            staff.get(LIST, {"columns": everything, "sort": sort})
    assert len(sorts) == 12


@pytest.mark.parametrize("sort", ["unit", "rank", "birth", "name"])
def test_a_later_page_costs_twelve_queries_at_most(staff, place, add, sort, django_assert_num_queries):
    for number in range(60):
        add(f"林同志{number}")
    asked = {"unit": str(place.top.pk), "sort": sort, "size": "25"}
    cursor = staff.get(LIST, asked).context["table"].next_cursor
    with django_assert_num_queries(11):
        assert len(shown(staff.get(LIST, {**asked, "after": cursor}))) == 25


def test_a_page_of_fifty_rows_and_nine_columns_stays_light(staff, add, serve):
    for number in range(60):
        serve(
            add(f"欧阳同志{number}", rank="10", sub_kind="targeted"), started=date(2025, 1, 1), due=date(2026, 12, 31)
        )
    columns = "name,kind,unit,post,rank,stage,service,term_end,missing"
    response = staff.get(LIST, {"columns": columns, "year": "2024"})
    assert (len(shown(response)), len(response.content) < 88 * KILOBYTE) == (50, True)
    session = staff.session
    assert len(session.encode(dict(session.items()))) < 2 * KILOBYTE


def test_names_stand_in_the_order_of_units_then_rank_then_strokes(staff, place, add):
    add("石可馨", place.other_town)
    add("石可馨")
    add("邓书恒")
    add("王宁", rank="10", rank_order=10)
    add("丁一", place.top)
    assert shown(staff.get(LIST)) == ["丁一", "王宁", "邓书恒", "石可馨", "石可馨"]


def test_the_official_orders_and_pinyin(staff, add):
    add("石可馨", arrived_on=date(2023, 8, 1), rank="11", rank_order=11, rank_since=date(2025, 1, 1))
    add("邓书恒", arrived_on=date(2024, 8, 1), rank="10", rank_order=10, rank_since=date(2025, 5, 1))
    add("王宁", arrived_on=date(2023, 1, 1), rank="10", rank_order=10, rank_since=date(2024, 5, 1))
    found = {sort: shown(staff.get(LIST, {"sort": sort})) for sort in ("year", "rank", "name", "pinyin", "-service")}
    assert found == {
        "year": ["王宁", "石可馨", "邓书恒"],
        "rank": ["王宁", "邓书恒", "石可馨"],
        "name": ["王宁", "邓书恒", "石可馨"],
        "pinyin": ["邓书恒", "石可馨", "王宁"],
        "-service": ["邓书恒", "石可馨", "王宁"],
    }


@pytest.mark.parametrize("sort", ["unit", "year", "rank", "-rank", "name", "pinyin", "birth", "term_end", "-term_end"])
def test_pages_lead_through_the_whole_list_in_every_order(staff, add, serve, sort):
    for number in range(60):
        trainee = add(
            f"{'王李张'[number % 3]}同志{number}",
            rank_since=date(2025, 1, 1 + number % 5) if number % 4 else None,
            person__birth_month=date(1996, 1 + number % 12, 1) if number % 7 else None,
        )
        if number % 3:
            serve(trainee, started=date(2024, 7, 1), due=date(2026, 1 + number % 12, 1))
    page = staff.get(LIST, {"sort": sort, "size": "25"})
    names = shown(page)
    while page.context["table"].has_next:
        page = staff.get(LIST, {"sort": sort, "size": "25", "after": page.context["table"].next_cursor})
        names += shown(page)
    assert (len(names), len(set(names))) == (60, 60)


def test_fifty_rows_stand_on_a_page_unless_another_size_is_asked(staff, add):
    for number in range(51):
        add(f"林同志{number}")
    assert [len(shown(staff.get(LIST, {"size": size}))) for size in ("", "25", "100", "7")] == [50, 25, 51, 50]


def test_the_head_counts_by_kind(staff, add):
    add("林知远")
    add("陈嘉穗", kind="introduced", status="institution")
    counted = staff.get(LIST).context["counted"]
    assert (counted.introduced, counted.selected, counted.total, counted.is_exact) == (1, 1, 2, True)


def test_a_liaison_sees_the_own_unit_only(sign_in, place, add):
    add("林知远")
    add("陈嘉穗", place.other_town)
    client = sign_in(place.somebody(Role.LIAISON, place.town))
    assert shown(client.get(LIST)) == ["林知远"]
    assert client.get(LIST, {"unit": str(place.other_town.pk)}).status_code == 404


def test_neither_the_own_file_nor_a_relatives_is_in_the_list(staff, place, add):
    own = add("程昱晗", person__account=place.staff)
    relative = add("程父")
    Relative.objects.create(person=own.person, relation="父亲", name="程父", other=relative.person)
    add("林知远")
    assert shown(staff.get(LIST)) == ["林知远"]
    assert "程父" not in staff.get(reverse("people:roster_print")).content.decode()


def test_only_business_roles_have_a_roster(sign_in, place):
    for role in (Role.SECURITY, Role.AUDIT, Role.SYSTEM):
        user = UserFactory.create(unit=place.top)
        GrantFactory.create(user=user, role=role)
        client = sign_in(user)
        assert {client.get(url).status_code for url in (LIST, TREE, reverse("people:roster_print"))} == {404}


def test_cells_tell_stage_term_service_and_what_is_missing(staff, place, add, serve):
    full = {
        "sex": "1",
        "birth_month": date(1996, 7, 1),
        "ethnic_group": "01",
        "native_place": "临澜",
        "political_status": "01",
        "id_digest": "x",
        "party_joined_on": date(2018, 6, 1),
    }
    trainee = add(
        "林知远",
        sub_kind="targeted",
        post="党建办公室工作人员",
        rank="10",
        arrived_on=date(2024, 8, 1),
        **{f"person__{key}": value for key, value in full.items()},
    )
    serve(trainee, started=date(2024, 9, 1), due=date(2026, 12, 31))
    Education.objects.create(person=trainee.person, mode="full_time", level="14", school="澜江大学", major="公共管理")
    columns = "name,birth,political,school,kind,rank,village,stage,service,term_end,missing,account"
    staff.cookies["qinglan_language"] = "en"
    assert cells(staff.get(LIST, {"columns": columns})) == [
        [
            "林知远",
            "Jul 1996 (30 years old)",
            "Member of the CPC (Jun 2018)",
            "澜江大学 公共管理",
            "Selected graduate (Targeted selection)",
            "Principal section member, fourth class",
            "梧头村 (Sep 2024 to Dec 2026)",
            "Grade 3",
            "2 y 3 m",
            "Dec 2026",
            "",
            "No account",
        ]
    ]


def test_numbers_of_identity_are_never_columns(staff, add):
    add("林知远", person__id_number="990101199607010018", person__phone="13900000000")
    keys = ",".join(column.key for column in staff.get(LIST).context["table"].all_columns)
    page = staff.get(LIST, {"columns": keys}).content.decode()
    assert ("990101199607010018" in page, "13900000000" in page) == (False, False)


def test_an_empty_roster_says_what_to_do(staff):
    staff.cookies["qinglan_language"] = "en"
    page = staff.get(LIST).content.decode()
    assert "Nobody has been entered yet." in page
