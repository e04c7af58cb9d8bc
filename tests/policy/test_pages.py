import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cadre_app.policy import services
from cadre_app.policy.holiday_rows import TEMPLATE, read_rows
from cadre_app.policy.models import Code, Holiday, PolicyValue
from cadre_app.policy.values import ACCOUNTS_IDLE_MINUTES
from cadre_app.policy.yearview import missing_years

LIST = "2027-01-01,放假,元旦\n2027-02-20,调休上班,春节\n"
UPLOAD = reverse("policy:holiday_upload")


def post(client, name, data, **kwargs):
    return client.post(reverse(name, kwargs=kwargs), {"submission": str(uuid.uuid4()), **data})


@pytest.mark.parametrize("rows", [1, 3])
def test_a_code_table_costs_the_same_queries_however_long(manager, rows, django_assert_num_queries):
    Code.objects.filter(table="honour").exclude(code__in=["01", "02", "03"][:rows]).update(table="elsewhere")
    url = reverse("policy:code_list", kwargs={"table": "honour"})
    manager.get(url)
    with django_assert_num_queries(7):
        assert len(manager.get(url).context["table"].rows) == rows


def test_a_bad_value_is_answered_beside_its_field_and_kept(manager):
    data = {"value": "999", "valid_from": "2027-01-01", "source": "通知", "reason": "调整"}
    form = post(manager, "policy:value_new", data, key="accounts.idle_minutes").context["form"]
    assert (list(form.errors), form["value"].value()) == (["value"], "999")
    assert PolicyValue.objects.count() == 0


def test_a_double_tap_saves_one_value(manager):
    data = {
        "value": 20,
        "valid_from": "2027-01-01",
        "source": "通知",
        "reason": "调整",
        "submission": str(uuid.uuid4()),
    }
    url = reverse("policy:value_new", kwargs={"key": "accounts.idle_minutes"})
    assert [manager.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert PolicyValue.objects.count() == 1


def test_a_stale_correction_is_answered_with_409(manager, sysadmin):
    item = services.add_value(
        ACCOUNTS_IDLE_MINUTES, value=20, valid_from=date(2027, 1, 1), source="甲", reason="调整", actor=sysadmin
    )
    data = {"value": 25, "source": "乙", "reason": "录入有误", "version": 1}
    statuses = [post(manager, "policy:value_correct", data, pk=item.pk).status_code for _ in range(2)]
    assert statuses == [302, 409]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_list_is_shown_before_it_is_saved(manager, encoding):
    response = manager.post(UPLOAD, {"file": SimpleUploadedFile("holidays.csv", LIST.encode(encoding))})
    assert [(row.day, row.kind, row.name) for row in response.context["rows"]] == [
        (date(2027, 1, 1), "holiday", "元旦"),
        (date(2027, 2, 20), "workday", "春节"),
    ]
    assert Holiday.objects.filter(day__year=2027).count() == 0


def test_a_confirmed_list_is_saved_and_can_be_sent_again(manager):
    data = {"text": LIST, "source": "国务院办公厅通知", "reason": "年度安排"}
    for _ in range(2):
        assert post(manager, "policy:holiday_import", data).status_code == 302
    assert list(Holiday.objects.of_year(2027).values_list("day", "kind")) == [
        (date(2027, 1, 1), "holiday"),
        (date(2027, 2, 20), "workday"),
    ]


def test_one_bad_line_saves_nothing_and_keeps_what_was_typed(manager):
    text = LIST + "2027-02-30,放假,春节\n"
    response = post(manager, "policy:holiday_import", {"text": text, "source": "通知", "reason": "年度安排"})
    assert response.context["form"]["text"].value() == text
    assert Holiday.objects.filter(day__year=2027).count() == 0


@pytest.mark.parametrize(
    "line",
    [
        "2027-02-29,放假,x",
        "0001-01-01,放假,x",
        "9999-12-31,放假,x",
        "2027-01-01,休息,x",
        "2027-01-01,放假,",
        "2027-01-04,上班,x",
        "乱",
    ],
)
def test_each_wrong_line_says_what_is_wrong(line):
    assert [len(row.errors) > 0 for row in read_rows(line)] == [True]


def test_a_day_that_stands_twice_names_the_first_line():
    rows = read_rows("2027-01-01,放假,元旦\n２０２７年１月１日，放假，元旦")
    assert [len(row.errors) for row in rows] == [0, 1]


def test_the_template_can_be_read_back():
    rows = read_rows(TEMPLATE.removeprefix("\ufeff"))
    assert [row.errors for row in rows] == [[], []]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x00\x81", b"PK\x03\x04\x00\x00", b"x" * 200_001])
def test_a_file_that_is_no_list_is_refused_beside_its_field(manager, content):
    form = manager.post(UPLOAD, {"file": SimpleUploadedFile("holidays.csv", content)}).context["form"]
    assert list(form.errors) == ["file"]


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 10, 31), []),
        (date(2026, 11, 1), [2027]),
        (date(2027, 1, 1), [2027]),
        (date(2027, 11, 1), [2027, 2028]),
    ],
)
@pytest.mark.django_db
def test_the_coming_year_is_asked_for_from_november(today, missing):
    assert missing_years(today) == missing


@pytest.mark.parametrize("year", ["2024", "0001", "9999", "abc", ""])
def test_the_calendar_shows_twelve_months_of_a_year_it_covers(staff_client, year):
    response = staff_client.get(reverse("policy:calendar"), {"year": year})
    assert (response.status_code, len(response.context["months"])) == (200, 12)
