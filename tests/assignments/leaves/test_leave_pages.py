"""The pages of leave: asked for on the phone, the queue of the desk, lists, sums, reminders, the growth file."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from cadre_app.assignments.lists.leaves import exported_days, exported_leaves
from cadre_app.assignments.models import Leave, LeaveState
from cadre_app.core.reminding import reminder_rules
from cadre_app.people.models import Relative, Trainee
from cadre_app.policy import snapshot
from tests.assignments.factories import make_leave
from tests.assignments.leaves.conftest import Village
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import TODAY

SOON = TODAY + timedelta(days=10)


def page(name: str, leave: Leave | None = None) -> str:
    return reverse(f"assignments:{name}", kwargs={"pk": leave.pk} if leave is not None else None)


def typed(**values: Any) -> dict[str, Any]:
    return {"kind": "annual", "started_on": SOON.isoformat(), "due_on": SOON.isoformat(), "reason": "探亲"} | values


def test_one_asks_for_leave_on_the_phone_and_finds_it_among_ones_own(village: Village, client_of: Any) -> None:
    client = client_of(village.own)
    answer = client.post(page("leave_new"), typed(place="泉州"))
    leave = Leave.objects.get()
    assert (answer["Location"], leave.state, leave.place) == (page("leave_detail", leave), "requested", "泉州")
    context = client.get(page("leave_mine")).context
    assert [(card["leave"], card["may_change"], card["may_return"]) for card in context["leaves"]] == [
        (leave, True, False)
    ]


def test_a_refused_form_keeps_what_was_typed(village: Village, client_of: Any) -> None:
    make_leave(village.trainee, on=SOON)
    answer = client_of(village.own).post(page("leave_new"), typed(reason="看病\u202e"))
    form = answer.context["form"]
    assert (list(form.errors), form["due_on"].value()) == (["reason"], SOON.isoformat())
    answer = client_of(village.own).post(page("leave_new"), typed())
    assert (list(answer.context["form"].errors), Leave.objects.count()) == (["started_on"], 1)


def test_staff_and_liaison_choose_from_their_units_never_a_relative(village: Village, client_of: Any) -> None:
    kin = TraineeFactory.create(person=PersonFactory.create(name="亲属"), home_unit=village.district.town)
    TraineeFactory.create(person=PersonFactory.create(name="外镇人"), home_unit=village.district.other_town)
    own = PersonFactory.create(account=village.liaison)
    Relative.objects.create(person=own, relation="弟弟", name="亲属", other=kin.person)
    client = client_of(village.liaison)
    assert list(client.get(page("leave_new")).context["found"]) == [village.trainee]
    assert list(client.get(page("leave_new"), {"q": "不在"}).context["found"]) == []
    assert client.get(page("leave_new"), {"trainee": kin.pk}).status_code == 404
    assert client.post(page("leave_new") + f"?trainee={village.trainee.pk}", typed()).status_code == 302
    assert Leave.objects.get().state == LeaveState.APPROVED


def test_the_queue_waits_on_the_desk_of_whoever_decides(village: Village, client_of: Any) -> None:
    village.asks(SOON, SOON + timedelta(days=8))

    def queue(user: Any) -> list[str]:
        groups = client_of(user).get(reverse("desk:home")).context["desk"].groups
        return [item.title for group in groups for item in group.items if "eave" in item.title]

    assert (queue(village.liaison), queue(village.staff)) == (["Leave to be confirmed"], [])
    client_of(village.liaison).post(page("leave_confirm", Leave.objects.get()), {"version": "1"})
    assert (queue(village.liaison), queue(village.staff)) == ([], ["Leave to be approved"])
    client_of(village.staff).post(page("leave_approve", Leave.objects.get()), {"version": "2"})
    assert (queue(village.staff), queue(village.own)) == ([], ["Your leave is approved"])


def test_an_old_page_meets_the_other_change(village: Village, client_of: Any) -> None:
    leave = village.asks(SOON, SOON)
    client_of(village.liaison).post(page("leave_confirm", leave), {"version": "1"})
    assert client_of(village.own).post(page("leave_withdraw", leave), {"version": "1"}).status_code == 409


def test_what_was_changed_meanwhile_is_read_before_the_unit_confirms_it(village: Village, client_of: Any) -> None:
    leave = village.asks(SOON, SOON)
    client_of(village.own).post(page("leave_edit", leave), typed(kind="sick", reason="复查", version="1"))
    client = client_of(village.liaison)
    answer = client.post(page("leave_confirm", leave), {"version": "1"})
    assert answer.status_code == 409
    shown = [(one.value, one.is_changed) for one in answer.context["decided"]]
    assert [value for value, _is_changed in shown[2:]] == [SOON, SOON, "复查"]
    assert [is_changed for _value, is_changed in shown] == [False, True, False, False, True]
    assert b'name="version"' not in answer.content
    assert Leave.objects.get().state == LeaveState.REQUESTED
    assert client.get(answer.context["asked_at"]).status_code == 200


def test_a_reported_return_waits_on_the_desk_of_the_unit_and_says_who_reported_it(
    village: Village, client_of: Any
) -> None:
    first = date(2026, 10, 1)
    leave = make_leave(village.trainee, on=first, due_on=date(2026, 11, 9), kind="sick", term=village.term)
    own = client_of(village.own)
    own.post(page("leave_return", leave), {"version": "1", "ended_on": "2026-10-15"})
    assert own.get(page("leave_confirm_return", leave)).status_code == 403
    liaison = client_of(village.liaison)
    text = liaison.get(page("leave_detail", leave)).text
    assert ("by the person" in text, page("leave_confirm_return", leave) in text) == (True, True)
    assert dues("leave_confirm") == [(TODAY, None)]
    groups = liaison.get(reverse("desk:home")).context["desk"].groups
    titles = [item.title for group in groups for item in group.items if "eave" in item.title]
    assert titles == ["Return from leave to be confirmed"]
    leave.refresh_from_db()
    liaison.post(page("leave_confirm_return", leave), {"version": leave.version})
    assert (Leave.objects.get().return_waits, dues("leave_confirm")) == (False, [])


def test_the_days_of_this_year_are_those_of_the_sum(village: Village, client_of: Any) -> None:
    make_leave(village.trainee, on=date(2026, 12, 29), due_on=date(2027, 2, 5))
    make_leave(village.trainee, on=date(2025, 12, 30), due_on=date(2026, 1, 2))
    assert client_of(village.own).get(page("leave_mine")).context["days"] == 3 + 2


def test_the_return_says_what_was_added(village: Village, client_of: Any) -> None:
    first = date(2026, 10, 1)
    leave = make_leave(village.trainee, on=first, due_on=date(2026, 10, 31), kind="sick", term=village.term)
    client = client_of(village.staff)
    assert "31 days are added to the village term" in client.get(page("leave_detail", leave)).text
    client.post(page("leave_return", leave), {"version": "1", "ended_on": "2026-11-05"})
    text = client.get(page("leave_detail", leave)).text
    assert "36 days were added to the village term. The term then ends on 6 Oct 2027." in text


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("leave_list", 11), ("leave_days", 10)])
def test_many_rows_cost_the_queries_of_one(
    village: Village, sign_in: Any, django_assert_num_queries: Any, people: int, name: str, queries: int
) -> None:
    for number in range(people):
        file = TraineeFactory.create(home_unit=village.district.town)
        make_leave(file, actor=village.own, on=TODAY - timedelta(days=number))
    client = sign_in(village.staff)
    with snapshot.held(), django_assert_num_queries(queries):
        assert client.get(page(name)).status_code == 200


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("stage=overdue", 1), ("stage=on_leave", 1), ("stage=approved", 1), ("stage=requested", 0), ("kind=sick", 1),
        (f"since={TODAY}", 2), (f"until={TODAY}", 2), ("q=林知远", 3), ("q=无人", 0),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(village: Village, asked: str, count: int) -> None:
    make_leave(village.trainee, on=TODAY - timedelta(days=9), kind="sick")
    make_leave(village.trainee, on=TODAY)
    make_leave(village.trainee, on=SOON)
    assert len(exported_leaves(village.staff, QueryDict(asked)).rows) == count


def test_the_days_of_a_year_are_added_up_by_person_each_year_with_its_own(village: Village) -> None:
    make_leave(
        village.trainee, on=date(2025, 12, 30), due_on=date(2026, 1, 2), state="returned", ended_on=date(2026, 1, 3)
    )
    make_leave(village.trainee, on=date(2026, 5, 1), due_on=date(2026, 5, 5), kind="sick")
    make_leave(village.trainee, on=date(2026, 6, 1), state=LeaveState.REQUESTED)
    sums = {}
    for year in ("2025", "2026"):
        (row,) = exported_days(village.staff, QueryDict(f"year={year}&columns=annual,sick,days")).rows
        sums[year] = [cell.value for cell in row.cells]
    assert sums == {"2025": [2, "", 2], "2026": [3, 5, 8]}


def dues(rule: str, until: date = TODAY) -> list[tuple[Any, Any]]:
    return [(row.due_day, row.doer_key) for row in reminder_rules[f"assignments.{rule}"].dues(until)]


def test_rules_ring_while_something_waits_and_stop_when_it_is_done(village: Village) -> None:
    asked = village.asks(SOON, SOON + timedelta(days=8))
    assert (dues("leave_confirm"), dues("leave_approve")) == ([(TODAY, None)], [])
    Leave.objects.filter(pk=asked.pk).update(state=LeaveState.CONFIRMED, confirmed_on=TODAY)
    assert (dues("leave_confirm"), dues("leave_approve")) == ([], [(TODAY, None)])
    Leave.objects.filter(pk=asked.pk).update(state=LeaveState.WITHDRAWN)
    assert (dues("leave_confirm"), dues("leave_approve")) == ([], [])


@pytest.mark.parametrize("how", ["returned", "voided", "departed"])
def test_the_return_is_asked_of_the_person_before_and_of_the_office_after(village: Village, how: str) -> None:
    last = TODAY - timedelta(days=1)
    leave = make_leave(village.trainee, on=last - timedelta(days=2), due_on=last)
    assert (dues("leave_return"), dues("leave_overdue")) == ([(last, village.own.pk)], [(TODAY, None)])
    rows = Leave.objects.filter(pk=leave.pk)
    {
        "returned": lambda: rows.update(state=LeaveState.RETURNED, ended_on=last),
        "voided": lambda: rows.update(voided_at="2026-11-23T04:00:00Z"),
        "departed": lambda: Trainee.objects.update(departed_on=TODAY),
    }[how]()
    assert (dues("leave_return"), dues("leave_overdue")) == ([], [])


def test_what_is_told_of_overdue_leave_leads_to_it(village: Village) -> None:
    leave = make_leave(village.trainee, on=TODAY - timedelta(days=4), due_on=TODAY - timedelta(days=1))
    rule = reminder_rules["assignments.leave_overdue"]
    with translation.override("en"):
        words = rule.words(rule.rows().get(pk=leave.pk), TODAY, village.staff)
    assert (words.title, words.subject, words.url) == ("Leave overdue", "林知远", page("leave_detail", leave))
    assert [list(rule.visible(rule.rows(), user)) for user in (village.liaison, village.own)] == [[leave], []]


def test_the_growth_file_tells_approved_leave(village: Village, client_of: Any) -> None:
    make_leave(village.trainee, on=TODAY, due_on=SOON, kind="sick")
    make_leave(village.trainee, on=SOON + timedelta(days=9), state=LeaveState.REQUESTED)
    answer = client_of(village.own).get(reverse("growth:file", kwargs={"pk": village.trainee.pk}), {"kind": "leave"})
    entries = [entry for year in answer.context["years"] for entry in year.entries]
    assert [(entry.title, entry.text) for entry in entries] == [
        ("Leave: Sick leave", "23 Nov 2026 to 3 Dec 2026 · 11 days")
    ]
