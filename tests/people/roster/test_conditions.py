"""How the list of people is narrowed."""

from datetime import date

import pytest

from cadre_app.accounts.models import AccountRequest
from cadre_app.org.models import UnitKind
from cadre_app.people.models import Education, Interruption
from tests.factories import UnitFactory, UserFactory
from tests.people.roster.conftest import LIST, shown

pytestmark = pytest.mark.django_db


def test_days_narrow_without_a_case_too(staff, add):
    add("林知远", arrived_on=date(2025, 8, 1))
    add("陈嘉穗", arrived_on=date(2023, 8, 1), departed_on=date(2026, 5, 1))
    add("黄雨桐", arrived_on=date(2024, 8, 1))
    found = {
        query: shown(staff.get(f"{LIST}?sort=name&{query}"))
        for query in (
            "since=2025-01-01", "until=2024-12-31", "since=2090-01-01", "until=1990-01-01",
            "state=left&since=2026-01-01", "state=left&until=2025-12-31", "case=left&since=2026-01-01",
        )
    }  # fmt: skip
    assert list(found.values()) == [["林知远"], ["黄雨桐"], [], [], ["陈嘉穗"], [], ["陈嘉穗"]]


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
