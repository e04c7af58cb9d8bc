import re
from collections import Counter
from datetime import date, timedelta
from importlib import import_module
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from cadre_app.core.registries import desk_panels
from cadre_app.jobs import services as jobs
from cadre_app.reminders import yearview
from cadre_app.reminders.models import WorkItem, WorkItemDone
from cadre_app.reminders.services import work_items as services
from cadre_app.runtime.services import record_heartbeat

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
PAGE, NEW = reverse("reminders:work_calendar"), reverse("reminders:work_item_new")


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


def url(name: str, item: WorkItem) -> str:
    return reverse(f"reminders:work_item_{name}", kwargs={"pk": item.pk})


def shown(page) -> list[tuple[str, date, str]]:
    return [(one.item.title_zh, one.day, one.state) for month in page.context["months"] for one in month.rounds]


def test_a_new_installation_knows_the_year_of_the_office():
    seeded_on("2026-11-28")
    items = WorkItem.objects.all()
    assert Counter(items.values_list("recurrence", flat=True)) == {"yearly": 22, "monthly": 1, "quarterly": 1}
    assert Counter(items.values_list("is_local", flat=True)) == {False: 20, True: 4}
    assert [item.title_en == "" for item in items] == [False] * 24
    assert sorted(set(items.exclude(note="").values_list("note", flat=True))) == ["7—8月", "8—9月"]


def seeded_on(day: str) -> list[tuple[int, date, date]]:
    """Month of the table, plan and day of each entry, for an installation made on that day."""
    migration = import_module("cadre_app.reminders.migrations.0002_work_items")
    with time_machine.travel(f"{day}T12:00:00+08:00", tick=False):
        migration.seed(apps, None)
    found = {item.title_zh: item for item in WorkItem.objects.all()}
    return [(row[0], found[row[5]].planned_on, found[row[5]].due_on) for row in migration.SEED]


@pytest.mark.parametrize("day", ["2026-01-01", "2026-02-28", "2026-11-28", "2026-12-31", "2027-01-31"])
def test_each_entry_starts_on_its_next_workday(day):
    first = date.fromisoformat(day)
    seeded = seeded_on(day)
    yearly = seeded[:-2]
    assert [due >= first for _month, _planned, due in seeded] == [True] * 24
    assert [planned.month for _month, planned, _due in yearly] == [month for month, _planned, _due in yearly]
    assert [due <= planned and (due - first).days <= 366 for _month, planned, due in seeded] == [True] * 24
    assert [due.month == month for month, _planned, due in yearly] == [True] * 22


def test_the_year_shows_what_was_done_is_due_and_comes(add, staff, sign_in):
    item = add(date(2026, 11, 25), "monthly", title_zh="请销假核对")
    services.mark_done(item, done_on=TODAY, actor=staff)
    add(date(2026, 11, 24), title_zh="考核部署")
    add(date(2026, 12, 30), title_zh="年度总结")
    services.switch_off(add(date(2026, 12, 1), title_zh="停办"), actor=staff)
    late = add(TODAY, title_zh="材料移交")
    WorkItem.objects.filter(pk=late.pk).update(due_on=date(2026, 11, 20))

    assert shown(sign_in(staff).get(PAGE)) == [
        ("材料移交", date(2026, 11, 20), "over"),
        ("考核部署", date(2026, 11, 24), "soon"),
        ("请销假核对", date(2026, 11, 25), "done"),
        ("停办", date(2026, 12, 1), "off"),
        ("请销假核对", date(2026, 12, 25), "planned"),
        ("年度总结", date(2026, 12, 30), "planned"),
    ]


def test_next_year_shows_each_round_on_its_workday(add, staff, sign_in):
    add(date(2026, 11, 30), "quarterly", title_zh="座谈")
    page = sign_in(staff).get(PAGE, {"year": "2027"})
    assert shown(page) == [
        ("座谈", day, "planned")
        for day in (date(2027, 2, 26), date(2027, 5, 31), date(2027, 8, 31), date(2027, 11, 30))
    ]
    assert [month.first for month in page.context["months"]] == [date(2027, month, 1) for month in (2, 5, 8, 11)]


def test_what_is_overdue_since_last_year_stands_first(add, staff, sign_in):
    add(title_zh="考核部署", due_on=date(2026, 12, 31))
    with time_machine.travel("2027-01-04T12:00:00+08:00", tick=False):
        page = sign_in(staff).get(PAGE)
    assert page.context["months"][0].first is None
    assert shown(page) == [("考核部署", date(2026, 12, 31), "over"), ("考核部署", date(2027, 12, 31), "planned")]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["考核部署", "补训安排", "年度总结"]),
        ({"month": "12"}, ["年度总结"]),
        ({"responsible": "党校"}, ["补训安排"]),
        ({"responsible": "单位"}, ["考核部署", "补训安排"]),
        ({"state": "planned"}, ["年度总结"]),
        ({"state": "soon", "responsible": "党校"}, ["补训安排"]),
        ({"state": "done"}, []),
        ({"month": "13", "state": "x", "responsible": "\x00", "year": "０"}, ["考核部署", "补训安排", "年度总结"]),
        ({"year": "9999"}, ["考核部署", "年度总结", "补训安排"]),
    ],
)
def test_the_year_is_narrowed_by_month_office_and_state(add, staff, sign_in, query, titles):
    add(date(2026, 11, 24), title_zh="考核部署", responsible="单位")
    add(date(2026, 11, 25), title_zh="补训安排", responsible="单位、党校")
    add(date(2026, 12, 30), title_zh="年度总结", responsible="干部科")
    page = sign_in(staff).get(PAGE, query)
    assert sorted(title for title, _day, _state in shown(page)) == sorted(titles)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_year_costs_the_same_queries_however_long(add, staff, sign_in, rows, django_assert_num_queries):
    for number in range(rows):
        item = add(TODAY + timedelta(days=number), "monthly", title_zh=f"事项{number}")
        services.mark_done(item, done_on=TODAY, actor=staff)
    client = sign_in(staff)
    client.get(PAGE)
    with django_assert_num_queries(10):
        page = client.get(PAGE)
    assert len(shown(page)) == 2 * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_one_entry_costs_the_same_queries_however_often_it_was_done(
    add, staff, sign_in, rows, django_assert_num_queries
):
    item = add(TODAY, "monthly")
    for _number in range(rows):
        services.mark_done(item, done_on=TODAY, actor=staff)
    client = sign_in(staff)
    client.get(url("detail", item))
    with django_assert_num_queries(8):
        assert len(client.get(url("detail", item)).context["dones"]) == rows


def test_leaders_read_and_are_offered_no_change(add, leader, sign_in):
    item = add()
    pages = [sign_in(leader).get(address).content.decode() for address in (PAGE, url("detail", item))]
    assert [re.findall(r"/calendar/[^\"]*(?:new|edit|move|done|switch|void)/", page) for page in pages] == [[], []]


def test_an_entry_is_added_and_its_offices_are_set_apart_in_one_way(add, staff, sign_in):
    client = sign_in(staff)
    sent = {"title_zh": "半年小结", "responsible": "干部科, 党校，单位", "recurrence": "yearly", "due_on": "2027-06-30"}
    token = client.get(NEW).context["form"]["submission"].value()
    answers = [client.post(NEW, {**sent, "submission": token}).status_code for _ in range(2)]
    assert (answers, list(WorkItem.objects.values_list("title_zh", "responsible", "due_on"))) == (
        [302, 302],
        [("半年小结", "干部科、党校、单位", date(2027, 6, 30))],
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_zh", ""),
        ("title_zh", "字\x00号"),
        ("title_zh", "机密★10年 考核部署"),
        ("title_zh", "长" * 201),
        ("responsible", "  "),
        ("responsible", "、"),
        ("basis", "字\u202e号"),
        ("recurrence", "weekly"),
        ("due_on", "2026-02-30"),
        ("due_on", "2026-11-22"),
        ("due_on", "0001-01-01"),
        ("due_on", "9999-12-31"),
    ],
)
def test_a_bad_value_is_told_beside_its_field_and_nothing_typed_is_lost(add, staff, sign_in, field, value):
    sent = {"title_zh": "半年小结", "responsible": "干部科", "recurrence": "yearly", "due_on": "2027-06-30"}
    form = sign_in(staff).post(NEW, sent | {field: value}).context["form"]
    assert (list(form.errors), WorkItem.objects.count()) == ([field], 0)
    assert form["title_zh"].value() == (sent | {field: value})["title_zh"]


def test_each_change_has_its_page(add, staff, sign_in):
    item, client = add(date(2026, 11, 25), "monthly"), sign_in(staff)

    def post(name: str, **values) -> int:
        item.refresh_from_db()
        return client.post(url(name, item), {"version": item.version, **values}).status_code

    texts = {"title_zh": "请销假核对", "title_en": "Leave checked", "responsible": "干部科", "recurrence": "monthly"}
    answers = [
        post("edit", **texts),
        post("move", due_on="2026-11-27", which="one", reason="会议"),
        post("done", done_on="2026-11-23", note="已核对"),
        post("switch"),
        post("switch"),
        post("void", reason="误录"),
        post("restore"),
    ]
    done = WorkItemDone.objects.get()
    undo = reverse("reminders:work_done_undo", kwargs={"pk": done.pk})
    answers.append(client.post(undo, {"version": done.version}).status_code)
    item.refresh_from_db()
    assert (answers, item.title_en, item.due_on) == ([302] * 8, "Leave checked", date(2026, 11, 27))


def test_an_old_page_gets_both_texts(add, staff, sign_in):
    item = add()
    services.switch_off(item, actor=staff)
    texts = {"title_zh": "新的名称", "responsible": "干部科", "recurrence": "yearly"}
    response = sign_in(staff).post(url("edit", item), {**texts, "version": 1})
    body = response.content.decode()
    assert (response.status_code, "新的名称" in body, "年度考核部署" in body) == (409, True, True)


def test_a_voided_entry_is_found_again_by_staff(add, staff, leader, sign_in):
    item = add()
    services.void_item(item, reason="误录", actor=staff)
    found = {user: sign_in(user).get(PAGE).context["voided"] for user in (staff, leader)}
    assert (found, sign_in(staff).get(url("detail", item)).status_code) == ({staff: [item], leader: []}, 200)


@pytest.mark.parametrize(
    ("language", "title"), [("zh-hans", "半年小结◇"), ("en", "Half-year review◇"), ("de", "半年小结◇")]
)
def test_a_title_is_read_in_the_language_of_its_reader(language, title):
    item = WorkItem(title_zh="半年小结", title_en="Half-year review" if language != "de" else "", is_local=True)
    with translation.override(language):
        assert item.label == title


def test_a_mark_inside_a_title_is_not_repeated():
    assert WorkItem(title_zh="座谈一次◇；谈话计划", is_local=True).label == "座谈一次◇；谈话计划"


def test_the_desk_shows_the_month_with_open_ones_first(add, staff, leader, sysadmin, rf, django_assert_num_queries):
    services.mark_done(add(date(2026, 11, 24), title_zh="已办"), done_on=TODAY, actor=staff)
    add(date(2026, 11, 30), title_zh="月底")
    add(date(2026, 12, 1), title_zh="下月")
    late = add(TODAY, title_zh="逾期")
    WorkItem.objects.filter(pk=late.pk).update(due_on=date(2026, 3, 31))
    panel = desk_panels["reminders.work_calendar"]
    request = rf.get("/")
    request.user = leader
    assert panel.visible(leader)
    with django_assert_num_queries(2):
        context = panel.context(request)
    assert [(one.item.title_zh, one.state) for one in context["rounds"]] == [
        ("逾期", "over"),
        ("月底", "soon"),
        ("已办", "done"),
    ]
    assert ([panel.visible(user) for user in (staff, leader, sysadmin)]) == [True, True, False]


def test_the_desk_counts_what_it_does_not_show(add, staff, sign_in):
    record_heartbeat("sweep")
    for number in range(10):
        add(title_zh=f"事项{number}")
    desk = sign_in(staff).get("/").context["desk"]
    [context] = [panel.context for panel in desk.panels if panel.template == "reminders/_desk_month.html"]
    assert (len(context["rounds"]), context["more_count"]) == (8, 2)


def test_the_workbook_holds_what_the_page_shows(add, staff, sign_in):
    services.mark_done(add(date(2026, 11, 24), title_zh="=1+1"), done_on=TODAY, note="已办", actor=staff)
    add(date(2026, 12, 30), title_zh="年度总结", basis="部年度工作要点")
    with translation.override("en"):
        job = jobs.start_job("reminders.work_calendar", {"query": "month=12&year=2026"}, staff)
        whole = jobs.start_job("reminders.work_calendar", {"query": ""}, staff)
    for one in (job, whole):
        jobs.run_job(one.pk)
        one.refresh_from_db()
    rows = [_rows(one) for one in (job, whole)]
    assert [len(found) for found in rows] == [2, 3]
    assert rows[0][1][1:6] == ("年度总结", "公务员科", "部年度工作要点", "Every year", "Planned")
    assert (rows[1][1][1], rows[1][1][5], rows[1][1][8]) == ("'=1+1", "Done", "已办")


def _rows(job):
    book = openpyxl.load_workbook(BytesIO(jobs.result_path(job).read_bytes()))
    return [tuple(cell.value for cell in row) for row in book.active.iter_rows()]


def test_the_states_have_their_marks():
    assert sorted(yearview.STATES) == ["done", "off", "over", "planned", "soon"]
