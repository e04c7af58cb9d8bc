"""The list of people: what it shows to whom, in which order, and how it is narrowed."""

import base64
import json
from datetime import date

import pytest
from django.urls import reverse

from cadre_app.accounts.models import AccountRequest
from cadre_app.core.roles import Role
from cadre_app.org.models import UnitKind
from cadre_app.people.models import Education, Interruption, Relative, VillageTerm
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UnitFactory, UserFactory

LIST = reverse("people:trainee_list")
TREE = reverse("people:trainee_tree")
KILOBYTE = 1_024

pytestmark = pytest.mark.django_db


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
    assert (len(shown(response)), len(response.content) < 80 * KILOBYTE) == (50, True)
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


@pytest.mark.parametrize("value", ["", "x", "9999-12-31", float("inf"), float("nan"), [], 10**40])
@pytest.mark.parametrize("way", ["after", "before"])
def test_a_year_that_is_none_in_a_cursor_is_answered(staff, add, value, way):
    trainee = add("林知远")
    text = json.dumps(["year", [value, "", str(trainee.pk)]])
    cursor = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    assert shown(staff.get(LIST, {"sort": "year", way: cursor})) == ["林知远"]


def test_fifty_rows_stand_on_a_page_unless_another_size_is_asked(staff, add):
    for number in range(51):
        add(f"林同志{number}")
    assert [len(shown(staff.get(LIST, {"size": size}))) for size in ("", "25", "100", "7")] == [50, 25, 51, 50]


def test_the_head_counts_by_kind(staff, add):
    add("林知远")
    add("陈嘉穗", kind="introduced", status="institution")
    counted = staff.get(LIST).context["counted"]
    assert (counted.introduced, counted.selected, counted.total, counted.is_exact) == (1, 1, 2, True)


def test_each_condition_narrows_the_list(staff, place, add, serve):
    today = {"started": date(2025, 9, 1), "due": date(2027, 8, 31)}
    serve(add("林知远", arrived_on=date(2025, 8, 1), sub_kind="targeted", person__sex="1"), **today)
    over = add("陈嘉穗", kind="introduced", status="institution", person__political_status="01", rank="10")
    serve(over, started=date(2024, 8, 1), ended=date(2026, 7, 31))
    still = serve(add("黄雨桐", person__party_stage="full"), **today)
    Interruption.objects.create(term=still, started_on=date(2026, 11, 1), reason="抽调")
    none = add("吴承翰", person__account=UserFactory.create())
    Education.objects.create(person=none.person, mode="full_time", level="14")
    Education.objects.create(person=over.person, mode="full_time", level="21")
    Education.objects.create(person=over.person, mode="on_the_job", level="14")
    found = {
        query: shown(staff.get(f"{LIST}?sort=name&{query}"))
        for query in (
            "kind=introduced",
            "status=institution",
            "sub_kind=targeted",
            "year=2025",
            "stage=advanced",
            "stage=camp-2",
            "term=running",
            "term=interrupted",
            "term=over",
            "term=none",
            "village=梧头",
            "rank=10",
            "sex=1",
            "party_stage=full",
            "political_status=01",
            "education=10",
            "education=20",
            "account=has",
        )
    }
    assert found == {
        "kind=introduced": ["陈嘉穗"],
        "status=institution": ["陈嘉穗"],
        "sub_kind=targeted": ["林知远"],
        "year=2025": ["林知远"],
        "stage=advanced": ["陈嘉穗"],
        "stage=camp-2": ["林知远"],
        "term=running": ["林知远"],
        "term=interrupted": ["黄雨桐"],
        "term=over": ["陈嘉穗"],
        "term=none": ["吴承翰"],
        "village=梧头": ["陈嘉穗", "林知远", "黄雨桐"],
        "rank=10": ["陈嘉穗"],
        "sex=1": ["林知远"],
        "party_stage=full": ["黄雨桐"],
        "political_status=01": ["陈嘉穗"],
        "education=10": ["吴承翰"],
        "education=20": ["陈嘉穗"],
        "account=has": ["吴承翰"],
    }


def test_a_person_is_found_by_name_pinyin_initials_and_number(staff, add):
    add("单一鸣", file_number="WY-2024-0007")
    add("石可馨", file_number="WY-2025-0008")
    typed = ("单", "单一", "shan", "shanyim", "sym", "WY-2024", "wy-2024-0007", "2024-0007", "ＷＹ－２０２４", "一鸣x")
    assert {text: shown(staff.get(LIST, {"q": text})) for text in typed} == {
        text: [] if text == "一鸣x" else ["单一鸣"] for text in typed
    }


def test_who_asked_for_an_account_is_told_apart(staff, place, add):
    asked = {"display_name": "林", "unit": place.town, "kind": "trainee", "requested_by": place.staff}
    waiting = AccountRequest.objects.create(username="lin", **asked)
    declined = AccountRequest.objects.create(username="chen", status="declined", **asked)
    add("林知远", person__account_request=waiting)
    add("陈嘉穗", person__account_request=declined)
    add("黄雨桐")
    found = {state: shown(staff.get(LIST, {"account": state, "sort": "pinyin"})) for state in ("requested", "none")}
    assert found == {"requested": ["林知远"], "none": ["陈嘉穗", "黄雨桐"]}


def test_departed_and_voided_files_are_asked_for(staff, add):
    add("林知远")
    add("陈嘉穗", departed_on=date(2026, 1, 1))
    add("黄雨桐", voided_at="2026-01-01T00:00:00Z")
    found = {state: shown(staff.get(LIST, {"state": state})) for state in ("", "left", "voided")}
    assert found == {"": ["林知远"], "left": ["陈嘉穗"], "voided": ["黄雨桐"]}


def test_a_unit_means_all_below_it_or_itself_and_a_village_those_who_serve_there(staff, place, add, serve):
    group = UnitFactory.create(name="一组", parent=place.town, kind=UnitKind.DEPARTMENT)
    serve(add("林知远", place.other_town), started=date(2025, 9, 1), due=date(2027, 8, 31))
    gone = add("黄雨桐", place.other_town)
    serve(gone, started=date(2024, 9, 1), ended=date(2026, 8, 31))
    add("陈嘉穗")
    add("吴承翰", group)

    def asked(unit, **query):
        return shown(staff.get(LIST, {"unit": str(unit.pk), "sort": "pinyin", **query}))

    assert asked(place.town) == ["陈嘉穗", "吴承翰"]
    assert asked(place.town, below="direct") == ["陈嘉穗"]
    assert asked(place.village) == ["林知远"]
    assert asked(place.top) == ["陈嘉穗", "黄雨桐", "林知远", "吴承翰"]


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


HOSTILE = (
    "q=%00",
    "q=%F0%9F",
    "q=%ED%A0%80",
    "q=" + "长" * 2_000,
    "kind=nonsense",
    "stage=left",
    "stage=camp-9",
    "year=0001",
    "year=9999999999",
    "rank=%27",
    "education=x",
    "village=%00",
    "sort=person__id_number",
    "sort=stage",
    "columns=id_number",
    "after=x",
    "before=%00",
    "density=x",
    "below=x",
    "case=x",
    "case=left&state=voided",
    "pick=x",
)


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_conditions_get_an_answer(staff, add, query):
    add("林知远")
    answers = {staff.get(f"{url}?{query}").status_code for url in (LIST, TREE, reverse("people:roster_print"))}
    assert answers == {200}


@pytest.mark.parametrize("query", ["unit=x", "unit=%00", "unit=00000000-0000-4000-8000-000000000000"])
def test_an_unknown_unit_and_a_foreign_one_look_alike(staff, query):
    foreign = UnitFactory.create(name="邻区")
    answers = {staff.get(f"{LIST}?{query}").status_code, staff.get(LIST, {"unit": str(foreign.pk)}).status_code}
    assert answers == {404}


def test_an_empty_roster_says_what_to_do(staff):
    staff.cookies["qinglan_language"] = "en"
    page = staff.get(LIST).content.decode()
    assert "Nobody has been entered yet." in page


def test_the_tree_counts_people_of_each_branch(staff, place, add, serve, django_assert_num_queries):
    serve(add("林知远", place.other_town), started=date(2025, 9, 1), due=date(2027, 8, 31))
    add("陈嘉穗")
    add("黄雨桐", departed_on=date(2026, 1, 1))
    staff.get(TREE)
    with django_assert_num_queries(10):
        [top] = staff.get(TREE).context["tree"].branches
    assert (top.unit, top.count) == (place.top, 2)
    assert [(branch.unit, branch.count) for branch in top.branches] == [(place.town, 1), (place.other_town, 1)]
    assert [(branch.unit, branch.count) for branch in top.branches[0].branches] == [(place.village, 1)]


def test_the_tree_finds_units_and_keeps_the_other_conditions(staff, place):
    response = staff.get(TREE, {"find": "梧岭", "kind": "selected", "unit": str(place.top.pk), "after": "x"})
    assert [branch.unit for branch in response.context["tree"].branches] == [place.town]
    assert f'href="{LIST}?kind=selected&amp;unit={place.town.pk}"' in response.content.decode()


def test_a_tree_of_thousands_unfolds_only_the_way_to_the_chosen_unit(staff, place):
    UnitFactory.create_batch(401, parent=place.other_town)
    tree = staff.get(TREE, {"unit": str(place.village.pk)}).context["tree"]
    [top] = tree.branches
    assert (tree.is_whole, [branch.unit for branch in top.branches]) == (False, [place.town, place.other_town])
    assert [branch.is_chosen for branch in top.branches[0].branches] == [True]


def test_what_happened_or_comes_soon_is_asked_for(staff, add, serve):
    add("丁一", arrived_on=date(2026, 8, 1), probation_ends_on=date(2027, 7, 31))
    add("王宁", arrived_on=date(2025, 11, 24), probation_ends_on=date(2027, 2, 21), departed_on=date(2026, 11, 23))
    serve(add("石可馨", probation_ends_on=date(2027, 2, 21)), started=date(2024, 9, 1), due=date(2027, 2, 21))
    serve(add("邓书恒", probation_ends_on=date(2027, 2, 22)), started=date(2024, 9, 1), due=date(2027, 2, 22))
    add("程望津", arrived_on=date(2025, 11, 22), departed_on=date(2025, 11, 23))
    found = {
        query: shown(staff.get(f"{LIST}?sort=name&{query}"))
        for query in (
            "case=arrived",
            "case=arrived&state=left",
            "case=left",
            "case=checklist",
            "case=probation",
            "case=term",
        )
    }
    assert found == {
        "case=arrived": ["丁一", "王宁"],
        "case=arrived&state=left": ["王宁"],
        "case=left": ["王宁"],
        "case=checklist": ["丁一"],
        "case=probation": ["石可馨"],
        "case=term": ["石可馨"],
    }
