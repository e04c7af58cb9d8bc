"""The sheet of outcomes: announced results as entered, never past the check and the sign-off."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cadre_app.advancement.importing.outcomes import SHEET
from cadre_app.advancement.models import Outcome
from cadre_app.advancement.services import decisions
from cadre_app.core.importing import ImportRow
from cadre_app.imports.reading.cells import choice_reader
from cadre_app.org.models import UnitKind
from cadre_app.people.models import Trainee
from cadre_app.people.services import posts
from tests.advancement.conftest import Town
from tests.factories import PersonFactory, TraineeFactory, UnitFactory
from tests.importing_rows import applied, checked, faults, row


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def outcome(number: int = 2, **values: Any) -> ImportRow:
    known: dict[str, Any] = {
        "name": "林知远", "kind": "promoted", "post": "镇党委组织委员", "document_number": "望委干〔2026〕31号",
        "published_on": date(2026, 11, 20), "effective_on": date(2026, 11, 18),
    }  # fmt: skip
    return row(number, **(known | values))


def test_an_outcome_comes_as_entered_and_is_signed_off_like_all_others(town: Town) -> None:
    done = applied(SHEET, town.staff, outcome())
    made = Outcome.objects.get()
    assert (made.state, made.entered_by, made.checked_by) == ("announced", town.staff, None)
    assert (done[0].label, done[0].outcome) == ("林知远, Promoted to a higher post", "Announced")
    assert town.fresh().post == "党建办公室工作人员"
    assert [each.action for each in checked(SHEET, town.staff, outcome())] == ["same"]
    decisions.sign_outcome(decisions.check_outcome(made, actor=town.other), actor=town.leader)
    assert town.fresh().post == "镇党委组织委员"
    [obstacle] = [each for each in SHEET.undo(done, town.staff, "mistake") if "changed" in each]
    assert obstacle.startswith("林知远, Promoted")


def test_what_the_chief_returned_is_taken_back(town: Town) -> None:
    done = applied(SHEET, town.staff, outcome(), outcome(3, kind="advanced", post=None, rank="09"))
    decisions.return_outcome(Outcome.objects.get(kind="promoted"), reason="文号有误", actor=town.other)
    assert SHEET.undo(done, town.staff, "mistake") == []
    assert not Outcome.objects.standing().exists()


def test_what_nobody_has_checked_is_taken_back(town: Town) -> None:
    done = applied(SHEET, town.staff, outcome(), outcome(3, kind="advanced", post=None, rank="09"))
    assert Outcome.objects.standing().count() == 2
    assert SHEET.undo(done, town.staff, "mistake") == []
    assert not Outcome.objects.standing().exists()


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"published_on": date(2026, 11, 24), "effective_on": None}, "published_on"),
        ({"document_number": "31号"}, "document_number"),
        ({"effective_on": date(2020, 1, 1)}, "effective_on"),
        ({"effective_on": date(2028, 1, 1)}, "effective_on"),
        ({"post": None}, "post"),
        ({"post": "党建办公室工作人员"}, "post"),
        ({"post": "拟任镇党委组织委员"}, "post"),
        ({"post_unit": "无此镇"}, "post_unit"),
        ({"rank": "09", "post_grade": "九级"}, "post_grade"),
        ({"post_grade": "九级"}, "post_grade"),
        ({"kind": "advanced", "rank": "09"}, "rank"),
        ({"kind": "advanced", "post": None}, "rank"),
        ({"kind": "advanced", "post": None, "rank": "10"}, "rank"),
        ({"name": "无此人"}, "name"),
    ],
)
def test_errors_stand_at_their_cells(town: Town, values: dict[str, Any], at: str) -> None:
    assert faults(checked(SHEET, town.staff, outcome(**values))) == [[at]]
    assert Outcome.objects.count() == 0


def notes_of(town: Town, **values: Any) -> list[str]:
    [found] = checked(SHEET, town.staff, outcome(**values))
    assert (found.errors, found.action) == ([], "create")
    assert found.notes[-1] == "Waits to be checked and signed off by others."
    return [note for note in found.notes[:-1] if not note.startswith("Found by the name alone")]


@pytest.mark.parametrize("post", ["潮音镇副镇长", "任潮音镇党委委员、副镇长", "财政局副局长", "望屿区财政局副局长"])
def test_a_post_that_begins_with_another_unit_is_told(town: Town, post: str) -> None:
    UnitFactory.create(name="区财政局", kind=UnitKind.DEPARTMENT, parent=town.district.top)
    [note] = notes_of(town, post=post)
    unit = "潮音镇" if "潮音镇" in post else "区财政局"
    assert note.startswith(f"The new post begins with “{unit}”, but the unit of the person stays 梧岭镇.")


@pytest.mark.parametrize(
    ("post", "unit"),
    [
        ("中共潮音镇委员会组织委员", "潮音镇"), ("潮音镇党委副书记", "潮音镇"), ("中共望屿区潮音镇委员会书记", "潮音镇"),
        ("中共望屿区委组织部副部长", "区委组织部"), ("中共临澜市望屿区委组织部副部长", "区委组织部"),
        ("中共望屿区委员会组织部副部长", "区委组织部"), ("共青团望屿区委员会副书记", "团区委"), ("共青团望屿区委副书记", "团区委"),
        ("共青团潮音镇委员会书记", "潮音镇"), ("临澜市望屿区财政局副局长", "区财政局"), ("望屿区副区长", "望屿区"),
        ("中共望屿区委员会副书记", "望屿区"), ("潮音镇人民政府副镇长", "潮音镇"),
    ],
)  # fmt: skip
def test_another_unit_is_told_by_its_full_name_too(town: Town, post: str, unit: str) -> None:
    for name in ("区委组织部", "团区委", "区财政局"):
        UnitFactory.create(name=name, kind=UnitKind.DEPARTMENT, parent=town.district.top)
    [note] = notes_of(town, post=post)
    assert note.startswith(f"The new post begins with “{unit}”, but the unit of the person stays 梧岭镇.")


@pytest.mark.parametrize(
    ("post", "unit"),
    [
        ("市发展和改革委员会副主任", "市发展和改革委员会"), ("临澜市财政局副局长", "临澜市财政局"), ("临澜市副市长", "临澜市"),
        ("中共临澜市委组织部副部长", "中共临澜市委组织部"), ("省委组织部干部一处副处长", "省委组织部"),
        ("共青团临澜市委员会副书记", "共青团临澜市委员会"), ("望海县财政局副局长", "望海县财政局"), ("区公安局副局长", "区公安局"),
        ("石埕镇副镇长", "石埕镇"),
    ],
)  # fmt: skip
def test_a_unit_outside_the_tree_is_told(town: Town, post: str, unit: str) -> None:
    UnitFactory.create(name="区财政局", kind=UnitKind.DEPARTMENT, parent=town.district.top)
    [note] = notes_of(town, post=post)
    assert note == (
        f"The new post begins with “{unit}”, which is none of your units, but the unit of the person stays 梧岭镇. "
        "Check where the post is, and write it without the unit."
    )


@pytest.mark.parametrize(
    "post",
    [
        "市场监管办公室主任", "城市管理办公室主任", "乡镇企业办主任", "常务副镇长", "党委副书记、镇长", "区域发展办公室主任",
        "工业园区管委会副主任", "社区矫正中心主任", "人大主席", "综合执法办公室主任", "中共梧头村支部委员会书记",
    ],
)  # fmt: skip
def test_what_only_begins_like_a_unit_is_no_doubt(town: Town, post: str) -> None:
    assert notes_of(town, post=post) == []


@pytest.mark.parametrize("post", ["中共梧岭镇委员会组织委员", "任中共梧岭镇委员会组织委员"])
def test_the_own_unit_under_its_full_name_is_told(town: Town, post: str) -> None:
    [note] = notes_of(town, post=post)
    assert note == f"With its unit the post reads “梧岭镇{post}”. Write the post without the unit."


def test_a_unit_is_found_by_the_full_name_of_its_body(town: Town) -> None:
    organisation = UnitFactory.create(name="区委组织部", kind=UnitKind.DEPARTMENT, parent=town.district.top)
    UnitFactory.create(name="区财政局", kind=UnitKind.DEPARTMENT, parent=town.district.top)
    for text in ("梧岭镇党委", "中共梧岭镇委员会", "梧岭镇人民政府", "中共临澜市望屿区梧岭镇委员会"):
        assert notes_of(town, unit=text) == [f"“{text}” is taken as 梧岭镇."]
    Trainee.objects.filter(pk=town.trainee.pk).update(home_unit=organisation)
    for text in ("中共望屿区委组织部", "中共临澜市望屿区委组织部"):
        assert notes_of(town, unit=text, post="副部长") == [f"“{text}” is taken as 区委组织部."]
    for text in ("中共望屿区委员会", "临澜市财政局", "临澜市委组织部", "市财政局", "中共临澜市委员会"):
        assert faults(checked(SHEET, town.staff, outcome(unit=text))) == [["unit"]], text


def test_a_post_that_says_its_unit_twice_is_told(town: Town) -> None:
    [note] = notes_of(town, post="任梧岭镇副镇长")
    assert note == "With its unit the post reads “梧岭镇任梧岭镇副镇长”. Write the post without the unit."
    office = UnitFactory.create(name="望屿区人民政府办公室", kind=UnitKind.DEPARTMENT, parent=town.district.top)
    Trainee.objects.filter(pk=town.trainee.pk).update(home_unit=office)
    [note] = notes_of(town, post="区政府办公室副主任")
    assert "“望屿区人民政府办公室区政府办公室副主任”" in note
    assert notes_of(town, post="副主任") == []


@pytest.mark.parametrize("post", ["镇党委组织委员", "梧岭镇副镇长", "梧岭镇梧头村党支部书记", "梧头村党支部书记"])
def test_a_post_of_the_own_unit_is_no_doubt(town: Town, post: str) -> None:
    assert notes_of(town, post=post) == []


def test_with_its_unit_named_the_post_is_no_doubt(town: Town) -> None:
    assert notes_of(town, post="潮音镇副镇长", post_unit="潮音镇") == []


def test_a_unit_in_the_form_of_speech_is_taken_and_told(town: Town) -> None:
    office = UnitFactory.create(name="区财政局", kind=UnitKind.DEPARTMENT, parent=town.district.top)
    assert notes_of(town, post="副局长", post_unit="财政局") == ["“财政局” is taken as 区财政局."]
    assert notes_of(town, post="副镇长", unit="梧岭") == ["“梧岭” is taken as 梧岭镇."]
    Trainee.objects.filter(pk=town.trainee.pk).update(home_unit=office)
    for text in ("临澜市望屿区财政局", "区财政局（借调区委办）", "财政局"):
        assert notes_of(town, post="副局长", unit=text) == [f"“{text}” is taken as 区财政局."]
    UnitFactory.create(name="县财政局", kind=UnitKind.DEPARTMENT, parent=town.district.top)
    assert faults(checked(SHEET, town.staff, outcome(unit="财政局"))) == [["unit"]]
    assert faults(checked(SHEET, town.staff, outcome(unit="办公室"))) == [["unit"]]


def test_one_outcome_twice_in_a_file_is_told_at_both_rows(town: Town) -> None:
    assert faults(checked(SHEET, town.staff, outcome(), outcome(3))) == [["kind"], ["kind"]]


def test_a_closed_file_is_refused(town: Town) -> None:
    Trainee.objects.filter(pk=town.trainee.pk).update(departed_on=date(2026, 11, 1))
    assert faults(checked(SHEET, town.staff, outcome())) == [["name"]]


def test_ten_rows_cost_as_many_queries_as_one(town: Town) -> None:
    def cost(*rows: ImportRow) -> int:
        with CaptureQueriesContext(connection) as found:
            checked(SHEET, town.staff, *rows)
        return len(found)

    cost(outcome())
    many = [outcome(number, effective_on=date(2026, 10, number)) for number in range(2, 12)]
    assert cost(outcome()) == cost(*many)


def test_what_a_file_that_begins_later_agrees_with_is_history(town: Town) -> None:
    """The sheet of trainees writes post and rank as they are now; earlier results come with the sheet of outcomes."""
    file = TraineeFactory.create(
        person=PersonFactory.create(name="蔡文琪"), home_unit=town.district.town, arrived_on=date(2019, 8, 2),
        probation_ends_on=date(2020, 8, 1),
    )  # fmt: skip
    posts.add_post_record(file, started_on=date(2023, 5, 1), post="党建办主任", actor=None)
    posts.add_post_record(file, started_on=date(2025, 8, 15), post="党建办主任", rank="07", actor=None)

    def rose(number: int, rank: str, day: date, **values: Any) -> ImportRow:
        known: dict[str, Any] = {"name": "蔡文琪", "kind": "advanced", "post": None}
        return outcome(number, **known, rank=rank, published_on=day, effective_on=day, **values)

    rows = checked(SHEET, town.staff, rose(2, "07", date(2025, 8, 15)), rose(3, "08", date(2023, 8, 15)))
    assert faults(rows) == [[], []]
    wrong = checked(
        SHEET, town.staff,
        rose(2, "08", date(2025, 8, 15)), rose(3, "07", date(2024, 8, 15)), rose(4, "06", date(2023, 8, 15)),
        rose(5, "10", date(2020, 8, 2)),
    )  # fmt: skip
    assert faults(wrong) == [["rank"], ["rank"], ["rank"], ["kind"]]
    applied(SHEET, town.staff, rose(2, "07", date(2025, 8, 15)), rose(3, "08", date(2023, 8, 15)))
    for one in Outcome.objects.filter(trainee=file).order_by("-effective_on"):
        decisions.sign_outcome(decisions.check_outcome(one, actor=town.other), actor=town.leader)
    file.refresh_from_db()
    assert (file.rank, file.rank_since) == ("07", date(2025, 8, 15))
    assert file.post_records.standing().get(started_on=date(2023, 8, 15)).rank == "08"


def test_what_is_entered_otherwise_is_told_at_its_cell(town: Town) -> None:
    applied(SHEET, town.staff, outcome(), outcome(3, kind="advanced", post=None, rank="09"))
    unit = town.district.other_town.name
    rows = checked(
        SHEET, town.staff,
        outcome(post="镇党委宣传委员", document_number="望委干〔2026〕99号", published_on=date(2026, 11, 19), post_unit=unit),
        outcome(3, kind="advanced", post=None, rank="08", remark="破格晋升"),
    )  # fmt: skip
    assert faults(rows) == [["post", "document_number", "published_on", "post_unit"], ["remark", "rank"]]
    assert "“镇党委组织委员” stands here" in rows[0].errors[0][1]
    assert "“—” stands here" in rows[0].errors[3][1]
    home = town.district.town.name
    assert [each.action for each in checked(SHEET, town.staff, outcome(post_unit=home))] == ["same"]


@pytest.mark.parametrize(("typed", "meant"), [("提拔", "promoted"), ("晋升", "advanced"), ("进一步使用", "further")])
def test_the_three_outcomes_are_understood_by_their_short_names(typed: str, meant: str) -> None:
    column = next(each for each in SHEET.columns() if each.key == "kind")
    assert choice_reader(column)(typed) == meant
