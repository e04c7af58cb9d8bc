"""The sample files through the pages, from an empty district, as a new user would."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cadre_app.accounts.models import AccountKind, AccountRequest
from cadre_app.demo.trainees import DemoTrainee
from cadre_app.imports.models import Batch, BatchStatus
from cadre_app.imports.preview import listed
from cadre_app.imports.services import open_row
from cadre_app.org.models import Unit
from cadre_app.people.models import Office, OfficeHolding, Trainee
from cadre_app.stages.rules import Facts, stage_on
from cadre_app.stages.sql import with_stage
from scripts import make_samples
from tests.imports.conftest import confirmed, run

CUT_OFF = "The spreadsheet program has cut this number off."
FIRST_GENERATION = "This is a 15-digit number of the first generation."
STATUSES = (
    "Member of the CPC, Probationary member of the CPC, Member of the Communist Youth League, "
    "Member of the Revolutionary Committee of the Kuomintang, Member of the China Democratic League, "
    "Member of the China National Democratic Construction Association"
)


def imported(client: Client, sheet: str, name: str) -> Batch:
    """Upload a sample and have it checked."""
    file = SimpleUploadedFile(name, (make_samples.SAMPLES / name).read_bytes())
    response = client.post(f"/imports/new/{sheet}/", {"file": file})
    assert response.status_code == 302, response.content.decode()
    return run(Batch.objects.latest("created_at"))


def told(batch: Batch) -> dict[int, list[Any]]:
    """Every message by row, with the key of its cell."""
    rows = [open_row(stored) for stored in batch.rows.order_by("number")]
    return {row.number: [*row.unread, *row.errors] for row in rows if row.has_errors}


def test_the_units_of_the_district_are_imported(client: Client) -> None:
    batch = imported(client, "units", make_samples.UNITS)
    assert (told(batch), batch.status) == ({}, BatchStatus.READY)

    assert confirmed(client, batch).status == BatchStatus.DONE
    assert Unit.objects.count() == 1 + 30 + 7 + 30
    assert Unit.objects.get(name="梧头村").parent.name == "梧岭镇"  # type: ignore[union-attr]


def test_the_offices_of_the_district_are_imported_once_its_units_are(client: Client) -> None:
    confirmed(client, imported(client, "units", make_samples.UNITS))
    batch = imported(client, "offices", make_samples.OFFICES)
    assert (told(batch), batch.status) == ({}, BatchStatus.READY)

    assert confirmed(client, batch).status == BatchStatus.DONE
    assert Office.objects.count() == OfficeHolding.objects.current().count() == len(make_samples.office_rows()[1])


def test_an_empty_template_is_read_and_said_to_have_no_rows(client: Client) -> None:
    content = client.get("/imports/template/units/").content
    response = client.post("/imports/new/units/", {"file": SimpleUploadedFile("模板.xlsx", content)})
    assert response.status_code == 302
    batch = run(Batch.objects.get())
    assert (batch.status, batch.problem_text) == (BatchStatus.FAULTY, "There are no rows below the headings.")


@pytest.fixture
def on_the_day() -> Iterator[None]:
    """The samples are of this day: later ends of terms are planned ones."""
    with time_machine.travel(f"{make_samples.AS_OF} 09:00:00+08:00", tick=True):
        yield


@pytest.fixture
def units(on_the_day: None, client: Client) -> None:
    confirmed(client, imported(client, "units", make_samples.UNITS))


@pytest.mark.parametrize("name", [make_samples.ROSTER, make_samples.ROSTER_CSV])
def test_the_roster_becomes_sixty_trainees_in_their_stages(name: str, units: None, client: Client) -> None:
    batch = imported(client, "trainees", name)
    assert (told(batch), listed(batch.remarks), batch.created_count) == ({}, [], 60)

    assert confirmed(client, batch).status == BatchStatus.DONE
    found = with_stage(Trainee.objects.select_related("person"), make_samples.AS_OF)
    stages = {each.person.name: (each.stage, each.grade) for each in found}
    assert stages == {one.name: stage_of(one) for one in make_samples.staying()}
    assert {each.person.name: (each.arrived_on, each.kind, each.status, each.rank) for each in found} == {
        one.name: (one.arrived_on, one.kind, one.status, one.posts[-1].rank) for one in make_samples.staying()
    }
    assert Counter(stages.values()) == {
        ("camp", 1): 3,
        ("camp", 2): 4,
        ("camp", 3): 6,
        ("advanced", None): 47,
    }
    assert AccountRequest.objects.filter(kind=AccountKind.TRAINEE).count() == 3


def stage_of(one: DemoTrainee) -> tuple[str, int | None]:
    """By the dates of the district; a term that stands still has no end."""
    facts = Facts(arrived_on=one.arrived_on, term_ends_on=make_samples.term_end(one), has_term=True)
    stage = stage_on(facts, make_samples.AS_OF)
    return stage.stage.value, stage.grade


def test_the_same_roster_twice_changes_nothing(units: None, client: Client) -> None:
    confirmed(client, imported(client, "trainees", make_samples.ROSTER))
    again = imported(client, "trainees", make_samples.ROSTER_CSV)
    assert (told(again), again.same_count, again.created_count, again.updated_count) == ({}, 60, 0, 0)


def test_an_import_of_trainees_is_undone_without_a_trace_in_the_list(units: None, client: Client) -> None:
    batch = confirmed(client, imported(client, "trainees", make_samples.ROSTER))
    response = client.post(f"/imports/{batch.pk}/undo/", {"version": batch.version, "reason": "录入有误"})
    assert response.status_code == 302
    assert run(batch).status == BatchStatus.UNDONE
    assert Trainee.objects.standing().count() == 0


def test_the_difficult_roster_answers_at_each_cell(units: None, client: Client) -> None:
    batch = imported(client, "trainees", make_samples.DIFFICULT)
    assert (batch.status, batch.total) == (BatchStatus.FAULTY, 22)
    assert listed(batch.remarks) == [
        "1 hidden sheet was not read: 2020年旧表",
        "Only the sheet “2026年花名册” is read, not: 统计",
        "These columns are not part of the table and were left out: AA 血型",
        "Hidden rows are read like the others: 27",
        "Hidden columns are read like the others: Z 手机号码",
        "Rows with totals were left out: 12, 31",
        "Remarks below the table were left out: rows 32",
        "Headings between the rows were left out: rows 5",
        "Repeated headings were left out: rows 14",
    ]
    answers = {number: [tuple(each) for each in messages] for number, messages in told(batch).items()}
    assert answers == {
        11: [("birth_month", "This cell contains a formula. Copy the cell and paste it as a value.")],
        15: [("id_number", f"{CUT_OFF} Format the cell as text and type it again.")],
        16: [("id_number", "The ID number does not check out: please look at character 18.")],
        17: [("id_number", f"{FIRST_GENERATION} Enter the 18-digit number of the present card.")],
        20: [("work_month", "“2024.1” can be January or October. Write 2024.01 or 2024.10.")],
        24: [("party_joined_on", "There is no 2019-02-29 in the calendar.")],
        25: [("political_status", f"“党团员” is not known here. Choose one of: {STATUSES}…")],
        26: [("id_number", "Row 30 has the same ID number.")],
        28: [("arrived_on", "Needed for a new file.")],
        29: [
            ("home_unit", "This cell is merged with R28. Take the merging back and fill in every row."),
            ("phone", "Excel has turned this number into a figure. Format the column as text and type it again."),
        ],
        30: [("id_number", "Row 26 has the same ID number.")],
    }


def test_what_can_be_read_in_the_difficult_roster_is_read(units: None, client: Client) -> None:
    batch = imported(client, "trainees", make_samples.DIFFICULT)
    rows = {row.number: row for row in (open_row(stored) for stored in batch.rows.all())}
    known = {one.name: one for one in make_samples.staying()}
    assert [rows[number].values["name"] for number in range(6, 11)] == [
        "欧阳朔",
        "尉迟安",
        "阿依努尔·艾山",
        "王㛃",
        "李𠮷安",
    ]
    for number in range(6, 11):
        one = known[rows[number].values["name"]]
        assert rows[number].values["birth_month"] == one.birth_month
        assert rows[number].values["id_number"] == one.id_number
    assert rows[21].values["political_status"] == "01"
    assert rows[22].values["full_time_level"] == "21"
    assert rows[23].values["phone"] == known["万俟宁"].phone
    assert rows[27].values["post"] == "办公室工作人员"
    twins = [(rows[number].values["birth_month"], rows[number].action) for number in (18, 19)]
    assert twins == [(known["陈嘉穗"].birth_month, "create"), (date(1995, 2, 1), "create")]
