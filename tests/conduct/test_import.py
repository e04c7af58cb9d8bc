"""The sheet of rewards: the kind that fits the person, what is recent with its talk, and taking all of it back."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cadre_app.care.models import Talk, TalkTrigger
from cadre_app.conduct.importing.rewards import SHEET
from cadre_app.conduct.models import Reward
from cadre_app.conduct.services import rewards
from cadre_app.core import crypto
from cadre_app.core.importing import ImportRow
from cadre_app.handover.models import Material
from cadre_app.handover.services.materials import hand_over_many
from cadre_app.imports.reading.cells import choice_reader
from cadre_app.people.importing.subjects import told_of
from cadre_app.people.models import Person, Trainee
from tests.conduct.conftest import Conduct
from tests.factories import id_number
from tests.importing_rows import applied, checked, faults, row


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _named(conduct: Conduct) -> None:
    Person.objects.filter(pk=conduct.file.person_id).update(name="林知远")


def reward(number: int = 2, **values: Any) -> ImportRow:
    known: dict[str, Any] = {
        "name": "林知远", "kind": "civil_servant-1", "level": "district", "awarded_by": "区委、区政府",
        "awarded_on": date(2025, 3, 18), "document_number": "望委〔2025〕12号",
    }  # fmt: skip
    return row(number, **(known | values))


def test_rewards_are_written_and_taken_back(conduct: Conduct) -> None:
    done = applied(SHEET, conduct.staff, reward(), reward(3, awarded_on=date(2026, 11, 10), document_number=None))
    assert list(Reward.objects.order_by("awarded_on").values_list("kind", "entered_by", "awarded_on")) == [
        ("civil_servant-1", conduct.staff.pk, date(2025, 3, 18)),
        ("civil_servant-1", conduct.staff.pk, date(2026, 11, 10)),
    ]
    assert TalkTrigger.objects.open().count() == 1
    assert [each.action for each in checked(SHEET, conduct.staff, reward())] == ["same"]
    assert SHEET.undo(done, conduct.staff, "mistake") == []
    assert not Reward.objects.standing().exists()
    assert not TalkTrigger.objects.open().exists()


def test_rewards_whose_paper_the_archive_has_stay(conduct: Conduct) -> None:
    done = applied(SHEET, conduct.staff, reward(awarded_on=date(2026, 11, 10)))
    paper = Material.objects.get()
    hand_over_many([paper.pk], handed_over_on=date(2026, 11, 20), received_by="档案室", actor=conduct.staff)
    [obstacle] = SHEET.undo(done, conduct.staff, "mistake")
    assert "handed over to the archive" in obstacle
    assert Reward.objects.standing().count() == 1


@pytest.mark.parametrize("values", [{"answered_on": date(2026, 11, 20)}, {}], ids=["held", "planned"])
def test_rewards_that_somebody_talked_about_stay(conduct: Conduct, values: dict[str, Any]) -> None:
    done = applied(SHEET, conduct.staff, reward(awarded_on=date(2026, 11, 10)))
    if values:
        TalkTrigger.objects.update(**values)
    else:
        Talk.objects.create(trainee=conduct.file, planned_on=date(2026, 11, 30), trigger=TalkTrigger.objects.get())
    [obstacle] = SHEET.undo(done, conduct.staff, "mistake")
    assert "is planned or was held" in obstacle


def test_numbers_that_contradict_each_other_are_refused(conduct: Conduct) -> None:
    mine, other = (id_number(date(1999, 8, 15), serial=serial) for serial in (24, 46))
    Person.objects.filter(pk=conduct.file.person_id).update(id_number=mine, id_digest=crypto.digest(mine))
    number = conduct.file.file_number
    rows = checked(
        SHEET, conduct.staff,
        reward(id_number=other, file_number=number),
        reward(3, id_number=mine, file_number="QL-2020-0099"),
        reward(4, id_number=mine, file_number=number, awarded_on=date(2025, 4, 1)),
    )  # fmt: skip
    assert faults(rows) == [["id_number"], ["file_number"], []]


def test_whoever_is_found_by_the_name_alone_is_named(conduct: Conduct) -> None:
    [alone] = checked(SHEET, conduct.staff, reward())
    assert alone.notes == [f"Found by the name alone: {told_of(conduct.file)}."]
    [with_unit] = checked(SHEET, conduct.staff, reward(unit=conduct.file.home_unit.name))
    assert with_unit.notes == []


def test_a_name_means_the_kind_of_the_persons_own_status(conduct: Conduct) -> None:
    column = next(each for each in SHEET.columns() if each.key == "kind")
    assert choice_reader(column)("嘉奖") == "civil_servant-1"
    Trainee.objects.filter(pk=conduct.file.pk).update(
        kind="introduced", sub_kind="", status="institution", post_grade="", rank=""
    )
    applied(SHEET, conduct.staff, reward())
    assert Reward.objects.get().kind.startswith("institution-")


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"awarded_on": date(2026, 12, 1)}, "awarded_on"),
        ({"awarded_on": date(2001, 12, 1)}, "awarded_on"),
        ({"document_number": "无号"}, "document_number"),
        ({"kind": "institution-9"}, "kind"),
        ({"name": "无此人"}, "name"),
    ],
)
def test_errors_stand_at_their_cells(conduct: Conduct, values: dict[str, Any], at: str) -> None:
    assert faults(checked(SHEET, conduct.staff, reward(**values))) == [[at]]


def test_one_reward_twice_in_a_file_is_told_at_both_rows(conduct: Conduct) -> None:
    assert faults(checked(SHEET, conduct.staff, reward(), reward(3))) == [["kind"], ["kind"]]


def test_what_was_changed_and_changed_back_is_undone(conduct: Conduct) -> None:
    done = applied(SHEET, conduct.staff, reward(), reward(3, awarded_on=date(2026, 11, 10), document_number=None))
    for one in Reward.objects.all():
        said = {name: getattr(one, name) for name in ("kind", "level", "awarded_by", "awarded_on", "document_number")}
        for level in ("city", "district"):
            rewards.change_reward(one, **(said | {"level": level}), actor=conduct.staff)
        rewards.void_reward(one, reason="误入", actor=conduct.staff)
        rewards.restore_reward(one, actor=conduct.staff)
    rewards.void_reward(Reward.objects.order_by("awarded_on")[0], reason="误入", actor=conduct.staff)
    assert SHEET.undo(done, conduct.staff, "mistake") == []
    assert not Reward.objects.standing().exists()


def test_a_corrected_reward_is_not_undone(conduct: Conduct) -> None:
    done = applied(SHEET, conduct.staff, reward())
    one = Reward.objects.get()
    rewards.change_reward(
        one, kind=one.kind, level="city", awarded_by=one.awarded_by, awarded_on=one.awarded_on, actor=conduct.staff
    )
    assert len(SHEET.undo(done, conduct.staff, "mistake")) == 1
    assert Reward.objects.standing().exists()


def test_ten_rows_cost_as_many_queries_as_one(conduct: Conduct) -> None:
    def cost(*rows: ImportRow) -> int:
        with CaptureQueriesContext(connection) as found:
            checked(SHEET, conduct.staff, *rows)
        return len(found)

    cost(reward())
    assert cost(reward()) == cost(*(reward(number, awarded_by=f"某单位{number}") for number in range(2, 12)))


def test_what_is_entered_otherwise_is_told_at_its_cell(conduct: Conduct) -> None:
    applied(SHEET, conduct.staff, reward())
    [found] = checked(SHEET, conduct.staff, reward(level="national", document_number="望委〔2025〕99号"))
    assert faults([found]) == [["level", "document_number"]]
    assert [text.split(".")[0] for _key, text in found.errors] == [
        "This is entered already, and “District” stands here",
        "This is entered already, and “望委〔2025〕12号” stands here",
    ]
    [without] = checked(SHEET, conduct.staff, reward(document_number=None))
    assert (without.action, without.errors) == ("same", [])


@pytest.mark.parametrize(
    ("key", "typed", "meant"),
    [
        ("kind", "三等功", "civil_servant-2"), ("kind", "二等功", "civil_servant-3"), ("kind", "一等功", "civil_servant-4"),
        ("kind", "荣立三等功", "civil_servant-2"), ("kind", "给予嘉奖", "civil_servant-1"), ("level", "县级", "district"),
        ("level", "区", "district"), ("kind", "年度考核嘉奖", "civil_servant-1"), ("kind", "区级优秀共产党员", "honour-01"),
        ("kind", "市级优秀党务工作者", "honour-02"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_words_of_ledgers_are_understood(conduct: Conduct, key: str, typed: str, meant: str, language: str) -> None:
    column = next(each for each in SHEET.columns() if each.key == key)
    with translation.override(language):
        assert choice_reader(column)(typed) == meant


def test_a_level_in_the_name_of_a_reward_is_that_of_its_column(conduct: Conduct) -> None:
    def sent(typed: str) -> ImportRow:
        return reward(kind="honour-01", cells={"kind": typed})

    for typed in ("区级优秀共产党员", "县级优秀共产党员", "优秀共产党员"):
        assert faults(checked(SHEET, conduct.staff, sent(typed))) == [[]]
    [other] = checked(SHEET, conduct.staff, sent("市级优秀共产党员"))
    assert other.errors == [
        ("level", "The reward is written as “市级优秀共产党员”: another level than here. Correct one of them.")
    ]


def test_an_unknown_kind_is_answered_with_all_of_them() -> None:
    column = next(each for each in SHEET.columns() if each.key == "kind")
    labels = [str(label) for _value, label in column.choices()] if column.choices is not None else []
    with pytest.raises(ValidationError) as caught:
        choice_reader(column)("通报表扬")
    assert len(labels) > 12
    assert caught.value.messages[0].endswith("; ".join(labels))
