"""The sheet of pairings: who is meant, what stands against a row, writing all of it, and taking it back."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cadre_app.core.importing import ImportRow
from cadre_app.history.models import Entry
from cadre_app.imports.reading.table import read_table
from cadre_app.mentorship.importing.pairings import BY_LEDGER, SHEET
from cadre_app.mentorship.models import Pairing, PairingGoal, PairingReview
from cadre_app.mentorship.services import notes, pairings
from cadre_app.mentorship.services.kept_words import in_house_language
from cadre_app.people.models import Relative, Trainee
from tests.factories import PersonFactory, TraineeFactory
from tests.importing_rows import applied, checked, faults, row
from tests.imports.reading.books import book
from tests.mentorship.pairings.conftest import Secretary, account_of, in_office, newcomer
from tests.people.conftest import District

pytestmark = pytest.mark.usefixtures("head", "elder")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def pair(number: int = 2, name: str = "林知远", **values: Any) -> ImportRow:
    known: dict[str, Any] = {"kind": "political", "mentor": "庄世恒", "started_on": date(2026, 8, 20)}
    return row(number, name=name, **(known | values))


def standing() -> list[tuple[str, str, str, date | None]]:
    rows = Pairing.objects.standing().order_by("kind", "started_on")
    return list(rows.values_list("kind", "mentor__name", "end_kind", "ended_on"))


def test_running_and_completed_pairings_are_written_and_taken_back(
    place: District, trainee: Trainee, head: Secretary
) -> None:
    Trainee.objects.filter(pk=trainee.pk).update(arrived_on=date(2024, 7, 1))
    past = pair(3, kind="community", mentor="吴茂林", started_on=date(2024, 9, 1), ended_on=date(2026, 8, 31))
    done = applied(SHEET, place.staff, pair(signed_on=date(2026, 8, 25)), past)
    assert standing() == [
        ("community", "吴茂林", "completed", date(2026, 8, 31)),
        ("political", "庄世恒", "", None),
    ]
    running = Pairing.objects.running().get()
    assert (running.office, running.due_on, running.signed_on) == (head.office, date(2028, 8, 19), date(2026, 8, 25))
    assert (PairingReview.objects.count(), PairingGoal.objects.filter(pairing=running).exists()) == (1, True)
    assert Entry.objects.filter(verb="mentorship.pairing.started").count() == 2
    assert [each.outcome for each in done] == ["running", "Completed"]
    assert SHEET.undo(done, place.staff, "mistake") == []
    assert standing() == []
    assert not PairingReview.objects.standing().exists()


def test_the_same_file_once_more_changes_nothing(place: District, trainee: Trainee) -> None:
    applied(SHEET, place.staff, pair())
    assert [each.action for each in checked(SHEET, place.staff, pair())] == ["same"]


def test_what_was_completed_without_a_last_day_ended_as_planned(place: District, trainee: Trainee) -> None:
    applied(SHEET, place.staff, pair(state="completed", due_on=date(2026, 10, 31)))
    assert standing() == [("political", "庄世恒", "completed", date(2026, 10, 31))]


@pytest.mark.parametrize(
    ("when", "state", "stands"),
    [
        ("2026.8.20-2028.8.19", "", ("", None, date(2028, 8, 19))),
        ("2026.8.20-2026.10.31", "", ("completed", date(2026, 10, 31), date(2026, 10, 31))),
        ("2026.8.20-2026.10.31", "已期满", ("completed", date(2026, 10, 31), date(2026, 10, 31))),
        ("2026.8.20-2026.10.31", "提前结束", ("early", date(2026, 10, 31), date(2028, 8, 19))),
        ("2026.8.20-2026.10.31", "结对中", ("", None, date(2026, 10, 31))),
        ("2026年9月-10月", "", ("completed", date(2026, 10, 31), date(2026, 10, 31))),
    ],
)
def test_both_days_in_one_cell_are_the_term_or_the_end(
    place: District, trainee: Trainee, when: str, state: str, stands: tuple[str, date | None, date]
) -> None:
    """What is past is over, unless the row says that it still runs: nobody is told of an end that did not come."""
    Trainee.objects.filter(pk=trainee.pk).update(arrived_on=date(2024, 7, 1))
    typed = {
        "姓名": "林知远",
        "导师类别": "政治淬炼导师",
        "导师姓名": "庄世恒",
        "结对时间": when,
        "状态": state,
        "提前结束原因": "",
    }
    if state == "提前结束":
        typed["提前结束原因"] = "导师调离"
    table = read_table(book(list(typed), list(typed.values())), "台账.xlsx", SHEET.columns(), most_rows=10)
    assert faults(checked(SHEET, place.staff, *table.rows)) == [[]]
    SHEET.apply(table.rows, place.staff, lambda done, total: None)
    made = Pairing.objects.get()
    assert (made.end_kind, made.ended_on, made.due_on) == stands
    assert made.started_on == (date(2026, 9, 1) if "9月" in when else date(2026, 8, 20))


def test_somebody_without_that_office_is_entered_as_chosen(place: District, trainee: Trainee) -> None:
    [found] = checked(SHEET, place.staff, pair(mentor="吴茂林", choice_reason="原任导师"))
    assert "原任导师" in found.notes[-1]
    applied(SHEET, place.staff, pair(mentor="吴茂林"))
    assert Pairing.objects.get().choice_reason == in_house_language(BY_LEDGER)


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"mentor": "无此人"}, "mentor"),
        ({"mentor_unit": "潮音镇"}, "mentor"),
        ({"mentor_unit": "无此镇"}, "mentor_unit"),
        ({"name": "无此人"}, "name"),
        ({"unit": "无此镇"}, "unit"),
        ({"started_on": date(2026, 7, 1)}, "started_on"),
        ({"started_on": date(2027, 7, 1)}, "started_on"),
        ({"ended_on": date(2026, 12, 1)}, "ended_on"),
        ({"ended_on": date(2026, 8, 1)}, "ended_on"),
        ({"state": "running", "ended_on": date(2026, 11, 1)}, "state"),
        ({"state": "early", "ended_on": date(2026, 11, 1)}, "end_reason"),
        ({"state": "completed"}, "ended_on"),
        ({"state": "completed", "due_on": date(2028, 1, 1), "ended_on": date(2026, 11, 1)}, "state"),
        ({"due_on": date(2026, 8, 1)}, "due_on"),
        ({"due_on": date(2036, 8, 1)}, "due_on"),
        ({"signed_on": date(2026, 12, 1)}, "signed_on"),
    ],
)
def test_errors_stand_at_their_cells(place: District, trainee: Trainee, values: dict[str, Any], at: str) -> None:
    assert faults(checked(SHEET, place.staff, pair(**values))) == [[at]]


def test_a_closed_unit_is_none_to_find_a_mentor_in(place: District, trainee: Trainee) -> None:
    type(place.village).objects.filter(pk=place.village.pk).update(closed_on=date(2026, 1, 1))
    rows = checked(SHEET, place.staff, pair(kind="community", mentor="吴茂林", mentor_unit="梧头村"))
    assert faults(rows) == [["mentor_unit"]]


def test_relatives_do_not_mentor_each_other(place: District, trainee: Trainee, head: Secretary) -> None:
    Relative.objects.create(person=trainee.person, relation="父亲", name="庄世恒", other=head.person)
    assert faults(checked(SHEET, place.staff, pair())) == [["mentor"]]


def test_overlaps_are_found_among_rows_and_against_what_is_entered(
    place: District, trainee: Trainee, pairing: Pairing
) -> None:
    in_office(place.other_town, "党委书记", "潘毓海", political=True)
    rows = [pair(2, mentor="潘毓海"), pair(3, mentor="潘毓海", started_on=date(2026, 11, 1))]
    assert faults(checked(SHEET, place.staff, *rows)) == [["started_on"], ["started_on"]]
    pairings.void_pairing(pairing, reason="误录", actor=place.staff)
    assert faults(checked(SHEET, place.staff, *rows)) == [["started_on"], ["started_on"]]
    ended = pair(2, mentor="潘毓海", ended_on=date(2026, 10, 31), end_reason="调离")
    assert faults(checked(SHEET, place.staff, ended, rows[1])) == [[], []]


def test_a_pairing_before_another_one_is_no_overlap(place: District, pairing: Pairing) -> None:
    Trainee.objects.update(arrived_on=date(2024, 7, 1))
    in_office(place.other_town, "党委书记", "潘毓海", political=True)
    before = pair(mentor="潘毓海", started_on=date(2024, 8, 1), ended_on=date(2026, 8, 19))
    assert faults(checked(SHEET, place.staff, before)) == [[]]


def test_namesakes_are_chosen_from(place: District, trainee: Trainee) -> None:
    other = newcomer(place, "林知远", village=False)
    [found] = checked(SHEET, place.staff, pair())
    assert (found.is_unchosen, len(found.candidates)) == (True, 2)
    again = pair()
    again.choice = str(other.pk)
    applied(SHEET, place.staff, again)
    assert Pairing.objects.get().trainee_id == other.pk
    in_office(place.other_town, "党委书记", "庄世恒", political=True)
    [found] = checked(SHEET, place.staff, pair(unit="梧岭镇"))
    assert (found.is_unchosen, faults([found])) == (True, [["mentor"]])
    [found] = checked(SHEET, place.staff, pair(mentor_unit="潮音镇"))
    assert found.is_unchosen


def test_nobody_outside_the_scope_is_found(place: District, trainee: Trainee) -> None:
    clerk = place.somebody("staff", place.other_town)
    rows = checked(SHEET, clerk, pair(), pair(3, unit="梧岭镇"))
    assert faults(rows) == [["name", "mentor"], ["unit", "mentor"]]
    assert "梧岭镇" not in "".join(text for each in rows[:1] for _key, text in each.errors)


def test_what_was_built_upon_is_not_undone(place: District, trainee: Trainee, head: Secretary) -> None:
    done = applied(SHEET, place.staff, pair())
    account = account_of(head.person)
    note = notes.add_note(
        Pairing.objects.get(),
        happened_on=date(2026, 9, 1),
        way="face",
        text="谈工作",
        visibility="private",
        actor=account,
    )
    assert note.pk is not None
    assert SHEET.undo(done, place.staff, "mistake") == []
    done = applied(SHEET, place.staff, pair())
    notes.add_note(
        Pairing.objects.running().get(), happened_on=date(2026, 9, 1), way="face", text="谈工作", visibility="shared",
        actor=account,
    )  # fmt: skip
    assert SHEET.undo(done, place.staff, "mistake") == ["林知远, Political mentor, 庄世恒: 1 record belongs to it."]


def test_a_changed_pairing_is_not_undone(place: District, trainee: Trainee) -> None:
    done = applied(SHEET, place.staff, pair())
    pairings.change_pairing(Pairing.objects.get(), due_on=date(2027, 8, 19), check_in_days=30, actor=place.staff)
    obstacles = SHEET.undo(done, place.staff, "mistake")
    assert obstacles[0] == "林知远, Political mentor, 庄世恒: somebody has changed it since."
    assert Pairing.objects.running().exists()


def test_what_was_changed_and_changed_back_is_undone(place: District, trainee: Trainee) -> None:
    done = applied(SHEET, place.staff, pair())
    one = Pairing.objects.get()
    for days in (45, one.check_in_days):
        pairings.change_pairing(one, due_on=one.due_on, check_in_days=days, actor=place.staff)
    pairings.void_pairing(one, reason="误入", actor=place.staff)
    pairings.restore_pairing(one, actor=place.staff)
    assert SHEET.undo(done, place.staff, "mistake") == []
    assert not Pairing.objects.standing().exists()


def test_a_file_closed_since_the_check_stops_everything(place: District, trainee: Trainee) -> None:
    rows = checked(SHEET, place.staff, pair())
    Trainee.objects.filter(pk=trainee.pk).update(departed_on=date(2026, 11, 1))
    with pytest.raises(ValidationError):
        SHEET.apply(rows, place.staff, lambda done, total: None)
    assert standing() == []


def test_ten_rows_cost_as_many_queries_as_one(place: District) -> None:
    people = [f"林知{sign}" for sign in "远山川河海湖江溪泉"]
    for name in people:
        TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=place.town, arrived_on=date(2026, 8, 3))

    def cost(*rows: ImportRow) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            checked(SHEET, place.staff, *rows)
        return len(found)

    cost(pair())
    assert cost(pair()) == cost(*(pair(number, name) for number, name in enumerate(people, start=2)))


def test_what_is_entered_otherwise_is_told_at_its_cell(place: District, trainee: Trainee) -> None:
    applied(SHEET, place.staff, pair(mentor="吴茂林", choice_reason="原任导师"))
    [found] = checked(
        SHEET, place.staff,
        pair(mentor="吴茂林", choice_reason="熟悉", due_on=date(2027, 2, 28), signed_on=date(2026, 8, 25)),
    )  # fmt: skip
    assert faults([found]) == [["due_on", "signed_on", "choice_reason"]]
    assert "“—” stands here" in found.errors[1][1]
    assert [each.action for each in checked(SHEET, place.staff, pair(mentor="吴茂林"))] == ["same"]
