from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from cadre_app.core.models import Stale
from cadre_app.core.reminding import reminder_rules
from cadre_app.history.models import Entry
from cadre_app.reminders import rounds
from cadre_app.reminders.models import WorkItem, WorkItemDone
from cadre_app.reminders.services import work_items as services
from cadre_app.reminders.work_rules import RULE
from tests.reminders.conftest import open_items, swept_on, told

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def on_the_day():
    """23 November 2026, a Monday, noon in Shanghai."""
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def add(staff):
    def made(due_on: date = date(2026, 11, 30), recurrence: str = "yearly", **values) -> WorkItem:
        texts = {"title_zh": "年度考核部署", "responsible": "公务员科"} | values
        return services.add_item(**texts, recurrence=recurrence, due_on=due_on, actor=staff)

    return made


def days_of(item: WorkItem) -> tuple[date, date | None, int]:
    return WorkItem.objects.values_list("planned_on", "due_on", "day").get(pk=item.pk)


@pytest.mark.parametrize(
    ("planned", "recurrence", "expected"),
    [
        (date(2026, 1, 31), "monthly", [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]),
        (date(2026, 1, 30), "monthly", [date(2026, 2, 28), date(2026, 3, 30), date(2026, 4, 30)]),
        (date(2026, 6, 30), "quarterly", [date(2026, 9, 30), date(2026, 12, 31), date(2027, 3, 31)]),
        (date(2024, 2, 29), "yearly", [date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28)]),
        (date(2026, 12, 25), "yearly", [date(2027, 12, 25), date(2028, 12, 25), date(2029, 12, 25)]),
        (date(2026, 5, 4), "once", []),
        (date(9999, 12, 1), "monthly", []),
    ],
)
def test_the_rounds_that_follow(planned, recurrence, expected):
    found = rounds.following(planned, rounds.day_of(planned), recurrence)
    assert [day for day, _number in zip(found, range(3), strict=False)] == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 30), date(2026, 11, 30)),
        (date(2026, 10, 31), date(2026, 10, 30)),
        (date(2026, 10, 5), date(2026, 9, 30)),
        (date(2050, 1, 1), date(2050, 1, 1)),
    ],
)
def test_a_day_off_is_due_on_the_workday_before_it(day, expected):
    assert (rounds.workday(day), rounds.Workdays(day.year).on_or_before(day)) == (expected, expected)


def test_an_entry_is_due_on_the_day_that_was_typed_and_remembered_for_later(add):
    assert days_of(add(date(2026, 11, 29))) == (date(2026, 11, 29), date(2026, 11, 29), 29)
    assert days_of(add(date(2026, 11, 30))) == (date(2026, 11, 30), date(2026, 11, 30), 31)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"due_on": date(9999, 12, 31)}, "due_on"),
        ({"title_zh": ""}, "title_zh"),
        ({"title_zh": "长" * 201}, "title_zh"),
        ({"recurrence": "weekly"}, "recurrence"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(add, values, field):
    with pytest.raises(ValidationError) as refused:
        add(**({"due_on": date(2026, 11, 30)} | values))
    assert (list(refused.value.error_dict), WorkItem.objects.count()) == ([field], 0)


@pytest.mark.parametrize(
    ("recurrence", "done_on", "planned", "due"),
    [
        ("yearly", TODAY, date(2027, 11, 30), date(2027, 11, 30)),
        ("quarterly", TODAY, date(2027, 2, 28), date(2027, 2, 26)),
        ("monthly", TODAY, date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_done_goes_on_to_the_next_round(add, staff, recurrence, done_on, planned, due):
    item = add(date(2026, 11, 30), recurrence)

    done = services.mark_done(item, done_on=done_on, note="已发文", actor=staff)

    assert days_of(item)[:2] == (planned, due)
    assert (done.due_on, done.done_on, done.by, done.note) == (date(2026, 11, 30), done_on, staff, "已发文")
    assert set(Entry.objects.filter(actor=staff).values_list("verb", flat=True)) >= {
        "reminders.workitemdone.added",
        "reminders.workitem.done",
    }


def test_done_late_passes_over_the_rounds_that_went_by(add, staff):
    item = add(TODAY, "monthly")
    with time_machine.travel("2027-02-10T12:00:00+08:00", tick=False):
        services.mark_done(item, done_on=date(2027, 2, 9), actor=staff)
    assert days_of(item)[:2] == (date(2027, 2, 23), date(2027, 2, 23))


def test_a_single_entry_is_done_for_good(add, staff):
    item = add(recurrence="once")
    services.mark_done(item, done_on=TODAY, actor=staff)
    with pytest.raises(ValidationError) as refused:
        services.mark_done(item, done_on=TODAY, actor=staff)
    with pytest.raises(ValidationError) as unmovable:
        services.move_item(item, due_on=date(2026, 12, 1), from_now_on=False, actor=staff)
    assert days_of(item)[1] is None
    assert (refused.value.code, unmovable.value.code, WorkItemDone.objects.count()) == ("done", "done", 1)


def test_a_single_entry_that_is_made_yearly_comes_round_again(add, staff):
    item = add(recurrence="once")
    services.mark_done(item, done_on=TODAY, actor=staff)
    services.change_item(item, title_zh="总结", responsible="干部科", recurrence="yearly", actor=staff)
    assert days_of(item)[:2] == (date(2027, 11, 30), date(2027, 11, 30))


def test_what_is_yet_to_come_is_not_done(add, staff):
    with pytest.raises(ValidationError) as refused:
        services.mark_done(add(), done_on=TODAY + timedelta(days=1), actor=staff)
    assert (list(refused.value.error_dict), WorkItemDone.objects.count()) == (["done_on"], 0)


def test_a_round_is_done_once(add, staff):
    item = add()
    services.mark_done(item, done_on=TODAY, version=1, actor=staff)
    with pytest.raises(Stale):
        services.mark_done(item, done_on=TODAY, version=1, actor=staff)
    assert WorkItemDone.objects.count() == 1


def test_moved_this_time_only_keeps_the_plan_of_later_rounds(add, staff):
    item = add(date(2026, 11, 25), "monthly")
    services.move_item(item, due_on=date(2026, 12, 4), from_now_on=False, reason="部里会议", actor=staff)
    moved = days_of(item)
    services.mark_done(item, done_on=TODAY, actor=staff)
    assert (moved, days_of(item)) == (
        (date(2026, 11, 25), date(2026, 12, 4), 25),
        (date(2026, 12, 25), date(2026, 12, 25), 25),
    )
    assert Entry.objects.get(verb="reminders.workitem.moved").reason == "部里会议"


def test_moved_from_now_on_moves_all_later_rounds(add, staff):
    item = add(date(2026, 11, 25), "monthly")
    services.move_item(item, due_on=date(2026, 12, 10), from_now_on=True, actor=staff)
    services.mark_done(item, done_on=TODAY, actor=staff)
    assert days_of(item) == (date(2027, 1, 10), date(2027, 1, 8), 10)


@pytest.mark.parametrize(
    ("due_on", "code"),
    [(date(2026, 11, 22), "past"), (date(2026, 12, 25), "next_round"), (date(2046, 1, 1), "out_of_calendar")],
)
def test_a_move_that_cannot_be_is_told_beside_the_day(add, staff, due_on, code):
    item = add(date(2026, 11, 25), "monthly")
    with pytest.raises(ValidationError) as refused:
        services.move_item(item, due_on=due_on, from_now_on=False, actor=staff)
    assert refused.value.error_dict["due_on"][0].code == code
    assert days_of(item)[1] == date(2026, 11, 25)


def test_the_last_round_done_can_be_taken_back_and_only_that(add, staff):
    item = add(date(2026, 11, 25), "monthly")
    services.move_item(item, due_on=date(2026, 11, 27), from_now_on=False, actor=staff)
    first = services.mark_done(item, done_on=TODAY, actor=staff)
    second = services.mark_done(item, done_on=TODAY, actor=staff)

    with pytest.raises(ValidationError) as refused:
        services.undo_done(first, actor=staff)
    services.undo_done(second, reason="误点", actor=staff)
    services.undo_done(first, actor=staff)

    assert refused.value.code == "not_last"
    assert days_of(item)[:2] == (date(2026, 11, 25), date(2026, 11, 27))
    assert WorkItemDone.objects.standing().count() == 0
    with pytest.raises(ValidationError):
        services.undo_done(second, actor=staff)


def test_a_round_taken_back_can_be_done_again(add, staff):
    item = add()
    services.undo_done(services.mark_done(item, done_on=TODAY, actor=staff), actor=staff)
    services.mark_done(item, done_on=TODAY, actor=staff)
    assert days_of(item)[1] == date(2027, 11, 30)


def test_switched_off_is_not_due_and_comes_back_on_its_next_day(add, staff):
    item = add(date(2026, 11, 25), "monthly")
    services.switch_off(item, reason="今年不办", actor=staff)
    with pytest.raises(ValidationError) as refused:
        services.mark_done(item, done_on=TODAY, actor=staff)
    due = due_up_to(date(2027, 12, 31))
    with time_machine.travel("2027-03-01T12:00:00+08:00", tick=False):
        services.switch_on(item, actor=staff)
    assert (refused.value.code, due, days_of(item)[1]) == ("off", [], date(2027, 3, 25))


def test_a_voided_entry_is_not_due_and_restored_on_its_next_day(add, staff):
    item = add(date(2026, 11, 25), "monthly")
    services.void_item(item, reason="误录", actor=staff)
    with pytest.raises(ValidationError) as refused:
        services.switch_off(item, actor=staff)
    due = due_up_to(date(2027, 12, 31))
    with time_machine.travel("2026-12-01T12:00:00+08:00", tick=False):
        services.restore_item(item, actor=staff)
    assert (refused.value.code, due, days_of(item)[1]) == ("voided", [], date(2026, 12, 25))


@pytest.mark.parametrize(
    "service",
    [services.switch_off, services.switch_on, services.void_item, services.restore_item],
)
def test_an_old_page_changes_nothing(add, staff, service):
    item = add()
    with pytest.raises(Stale):
        service(item, reason="旧页", version=9, actor=staff)


def due_up_to(day: date) -> list[tuple[WorkItem, date]]:
    found = reminder_rules[RULE].dues(day).order_by("due_day")
    assert all(row.trainee_key is None and row.doer_key is None for row in found)
    return [(row, row.due_day) for row in found]


def test_the_rule_gives_what_is_due_until_it_is_done(add, staff):
    item, later = add(date(2026, 11, 25)), add(date(2026, 12, 1))
    early = due_up_to(date(2026, 11, 25))
    services.mark_done(item, done_on=TODAY, actor=staff)
    assert early == [(item, date(2026, 11, 25))]
    assert due_up_to(date(2026, 12, 1)) == [(later, date(2026, 12, 1))]


def test_the_rule_names_the_entry_and_its_basis_without_queries(add, staff, django_assert_num_queries):
    item = add(basis="公务员考核规定", is_local=True)
    with django_assert_num_queries(0):
        words = reminder_rules[RULE].words(item, TODAY, staff)
    assert (words.title, words.url) == ("年度考核部署◇", f"/reminders/calendar/{item.pk}/")
    assert "公务员考核规定" in words.why


def test_staff_and_leaders_see_what_the_rule_gives(add, staff, leader, sysadmin):
    add()
    rule = reminder_rules[RULE]
    assert [rule.visible(rule.rows(), user).count() for user in (staff, leader, sysadmin)] == [1, 1, 0]


def test_the_bell_tells_staff_seven_days_before_and_falls_silent_when_it_is_done(add, staff, leader):
    item = add(date(2026, 11, 30))
    swept_on("2026-11-23")
    before = (told(staff, rule=RULE), told(leader, rule=RULE), open_items(RULE))
    services.mark_done(item, done_on=TODAY, actor=staff)
    swept_on("2026-11-24")
    assert before == ([("item", -7)], [], [(item.pk, date(2026, 11, 30))])
    assert (told(staff, rule=RULE), open_items(RULE)) == ([("item", -7)], [])
