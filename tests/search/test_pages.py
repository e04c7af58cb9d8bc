from datetime import date
from urllib.parse import quote

import pytest
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.people.models import Office, OfficeHolding, Relative
from cadre_app.people.search import find_trainees
from cadre_app.search import services
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UnitFactory, UserFactory

RESULTS, SUGGESTIONS = reverse("search:results"), reverse("search:suggestions")


@pytest.fixture
def district(db):
    return UnitFactory.create(name="望屿区")


@pytest.fixture
def staff(district):
    user = UserFactory.create(unit=district)
    GrantFactory.create(user=user, role=Role.STAFF, unit=district)
    return user


@pytest.fixture
def search(client, staff):
    """Titles found by the text, as staff of the district."""
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")

    def titles(text, address=RESULTS):
        found = client.get(address, {"q": text}).context["found"]
        return [hit.title for group in found for hit in group.hits]

    return titles


@pytest.fixture
def trainee(district):
    def make(name, **values):
        return TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=district, **values)

    return make


@pytest.mark.parametrize(
    "text",
    [
        "郑国锋",
        "郑",
        "国锋",
        "锋",
        "zgf",
        "ZGF",
        "zheng",
        "zhengguofeng",
        "zheng guo",
        "zhengguof",
        " 郑国 ",
        "ｚｇｆ",
        "ＺｈｅｎｇＧｕｏ",
    ],
)
def test_a_person_is_found_by_name_given_name_pinyin_and_initials(search, trainee, text):
    trainee("郑国锋")
    trainee("陈嘉穗")
    assert search(text) == ["郑国锋"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("单一鸣", "shan"),
        ("单一鸣", "danyiming"),
        ("区慧敏", "ouhm"),
        ("尉迟安", "yuchi"),
        ("欧阳朔", "朔"),
        ("阿依努尔·艾山", "艾山"),
        ("王㛃", "㛃"),
        ("李𠮷安", "𠮷安"),
    ],
)
def test_rare_names_and_surnames_of_their_own_reading_are_found(search, trainee, name, text):
    trainee(name)
    assert search(text) == [name]


@pytest.mark.parametrize(
    "text", ["WY-2024-0007", "wy-2024-00", "2024-0007", "ＷＹ－２０２４－０００７", "２０２４－０００７"]
)
def test_a_file_is_found_by_its_number(search, trainee, text):
    trainee("郑国锋", file_number="WY-2024-0007")
    trainee("陈嘉穗", file_number="WY-2023-0007")
    assert search(text) == ["郑国锋"]


def test_a_unit_leads_to_its_people_and_a_holder_to_their_page(search, district):
    unit = UnitFactory.create(name="区农业农村局", parent=district)
    office = Office.objects.create(unit=unit, name="党组书记、局长")
    holder = PersonFactory.create(name="农兴邦")
    OfficeHolding.objects.create(office=office, person=holder, since=date(2024, 1, 1))
    assert search("农业农村") == ["区农业农村局"]
    assert search("nxb") == ["农兴邦"]


@pytest.mark.parametrize("text", ["望屿区（新）A座", "（新）", "(新)", "Ａ座"])
def test_a_unit_keeps_its_brackets_and_is_found_in_any_width(search, district, text):
    UnitFactory.create(name="望屿区（新）A座", short_name="(新)", parent=district)
    assert search(text) == ["望屿区（新）A座"]


@pytest.mark.parametrize(
    ("text", "is_told"), [("黄雨桐", True), ("2026年", False), ("党建 引领", False), ("hyt", False)]
)
def test_initials_are_proposed_for_what_can_be_a_name(client, search, text, is_told):
    for address in (RESULTS, SUGGESTIONS):
        assert search(text, address) == []
        assert ("可试试拼音首字母" in client.get(address, {"q": text}).text) == is_told


def test_departed_files_are_found_and_say_so_voided_ones_are_not(client, search, trainee):
    trainee("郑国锋", departed_on=date(2026, 1, 1))
    trainee("郑国栋", voided_at="2026-01-01T00:00:00Z")
    assert search("郑国") == ["郑国锋"]
    assert "已离开" in client.get(RESULTS, {"q": "郑国"}).content.decode()


def test_files_out_of_scope_and_of_relatives_stay_out(search, staff, trainee):
    own = PersonFactory.create(name="程昱晗", account=staff)
    Relative.objects.create(person=own, relation="外甥", name="郑国锋", other=trainee("郑国锋").person)
    TraineeFactory.create(person=PersonFactory.create(name="郑国栋"), home_unit=UnitFactory.create(name="邻区"))
    assert search("郑国") == []


@pytest.mark.parametrize("text", ["", " ", "z", "%", "_", "\x00", "a\u202eb", "'", "\\", "𠮷" * 100, "郑" * 41])
def test_odd_texts_find_nothing_and_do_no_harm(search, trainee, text):
    trainee("陈嘉穗")
    assert (search(text), search(text, SUGGESTIONS)) == ([], [])


def test_the_list_under_the_box_is_short_and_leads_to_all(client, search, trainee):
    for number in range(10):
        trainee(f"郑国{'甲乙丙丁戊己庚辛壬癸'[number]}")
    assert len(search("zheng", SUGGESTIONS)) == 8
    assert f"{RESULTS}?q=zheng" in client.get(SUGGESTIONS, {"q": "zheng"}).content.decode()
    assert len(search("zheng")) == 10


@pytest.mark.parametrize("rows", [1, 3])
def test_searching_costs_the_same_queries_however_many_are_found(
    client, search, trainee, rows, django_assert_num_queries
):
    for number in range(rows):
        trainee(f"郑国{'甲乙丙'[number]}")
    search("zheng")
    with django_assert_num_queries(35):
        assert len(search("zheng", SUGGESTIONS)) == rows


def test_whoever_has_nothing_to_find_has_no_search(client, db):
    client.force_login(UserFactory.create(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(RESULTS).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["阿依努尔·艾山", "阿依努尔•艾山", "阿依努尔　艾山", "阿依努尔艾山", "阿依努尔 艾"])
def test_a_name_with_a_dot_is_found_however_it_is_typed(typed: str) -> None:
    found = TraineeFactory.create(person=PersonFactory.create(name="阿依努尔·艾山"))
    user = UserFactory.create(unit=found.home_unit)
    GrantFactory.create(user=user, role=Role.STAFF, unit=found.home_unit)
    assert [hit.title for hit in find_trainees(user, services.clean(typed), 5)] == ["阿依努尔·艾山"]


@pytest.mark.parametrize("text", ["z", "。", "7"])
def test_what_was_not_looked_for_is_not_called_missing(client, search, text):
    for address in (RESULTS, SUGGESTIONS):
        said = client.get(address, {"q": text}).text if search(text) == [] else ""
        assert ("输入一个汉字或两个拼音字母即可" in said, "没有找到" in said) == (True, False)


@pytest.mark.parametrize("text", ["郑国\u200b", "\ufeff郑国", "郑\u200d国\u2060", "郑\u00ad国"])
def test_marks_that_nobody_sees_are_passed_over(client, search, trainee, text):
    trainee("郑国锋")
    assert (search(text), search(text, SUGGESTIONS)) == (["郑国锋"], ["郑国锋"])
    assert client.get(RESULTS, {"q": "\u200b"}).context["typed"] == ""


def test_a_kind_alone_goes_on_page_by_page(client, search, trainee, monkeypatch):
    monkeypatch.setattr(services, "LISTED_ALONE", 2)
    names = [f"郑国{sign}" for sign in "甲乙丙丁戊"]
    for name in names:
        trainee(name)
    search("")
    found, address = [], f"{RESULTS}?q=郑国&kind=people.trainees"
    for number in (1, 2, 3):
        page = client.get(f"{address}&page={number}")
        found += [hit.title for group in page.context["found"] for hit in group.hits]
        assert ('rel="next"' in page.text) == (number < 3)
    assert sorted(found) == sorted(names)
    past = client.get(f"{address}&page=4")
    assert ("没有找到" in past.text, f'href="?q={quote("郑国")}&amp;kind=people.trainees"' in past.text) == (
        False,
        True,
    )
    assert client.get(f"{address}&page=x").context["form"].page == 1


def test_the_short_list_holds_a_few_of_each_where_several_kinds_are_found(client, search, trainee, district):
    for sign in "甲乙丙丁":
        trainee(f"郑国{sign}")
        UnitFactory.create(name=f"郑国{sign}村", parent=district)
    search("郑国", SUGGESTIONS)
    found = client.get(SUGGESTIONS, {"q": "郑国"}).context["found"]
    assert [(len(group.hits), group.has_more) for group in found] == [(3, True), (3, True)]
