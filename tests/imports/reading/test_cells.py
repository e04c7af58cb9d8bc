"""Each kind of column."""

from datetime import date

import pytest
from django.utils import translation

from cadre_app.core.importing import ImportColumn, ImportRow
from cadre_app.imports.reading.cells import CellReader
from cadre_app.imports.reading.data import Odd
from cadre_app.people.models import Kind, Status
from cadre_app.policy import codes

pytestmark = pytest.mark.django_db


def reader(kind, **options):
    return CellReader(ImportColumn(key="a", label="列", kind=kind, **options))


def coded(table):
    return reader("code", choices=lambda: codes.choices(table))


def read(with_reader, raw):
    """The value, or the message."""
    row = ImportRow(number=2)
    with_reader.read(row, raw)
    return row.values.get("a") if not row.unread else row.unread[0][1]


@pytest.mark.parametrize(
    ("table", "typed", "code"),
    [
        ("sex", "男", "1"), ("sex", "女性", "2"), ("sex", "F", "2"), ("sex", "Male", "1"), ("sex", 1, "1"),
        ("ethnic_group", "汉", "01"), ("ethnic_group", "汉族", "01"), ("ethnic_group", "维吾尔", "05"), ("ethnic_group", "Han", "01"),
        ("political_status", "党员", "01"), ("political_status", "中共党员", "01"), ("political_status", "预备党员", "02"),
        ("political_status", "团员", "03"), ("political_status", "群众", "13"), ("political_status", "无党派", "12"),
        ("education", "本科", "21"), ("education", "大学本科", "21"), ("education", "大学", "21"), ("education", "大学本科毕业", "21"),
        ("education", "硕士", "14"), ("education", "硕士研究生", "14"), ("education", "研究生", "14"), ("education", "博士", "11"),
        ("education", "大专", "31"), ("education", "Undergraduate studies, graduated", "21"),
        ("degree", "管理学学士", "412"), ("degree", "公共管理硕士", "349"), ("degree", "管理学硕士学位", "312"), ("degree", "无", "998"),
        ("rank", "一级科员", "11"), ("rank", "4级主任科员", "10"), ("rank", "四级 主任科员", "10"), ("post_level", "乡科级副", "142"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_codes_by_name_in_either_language_by_number_and_as_people_say(language, table, typed, code):
    with translation.override(language):
        assert read(coded(table), typed) == code


def test_a_code_that_is_not_there_names_some_that_are():
    with translation.override("zh-hans"):
        message = read(coded("sex"), "未知")
    assert message.endswith("未知的性别、男、女、未说明的性别")


def test_a_name_of_a_whole_group_is_asked_back():
    with translation.override("zh-hans"):
        message = read(coded("degree"), "学士")
    assert "哲学学士学位、经济学学士学位" in message


def test_headings_of_a_code_table_are_not_offered():
    with translation.override("en"):
        assert read(coded("degree"), "3").startswith("“3” is not known here")


@pytest.mark.parametrize("typed", ["选调生", "选调", "selected graduate", "selected"])
def test_choices_of_a_model(typed):
    assert read(reader("choice", choices=lambda: Kind.choices), typed) == Kind.SELECTED


def test_personnel_status_as_people_say():
    statuses = reader("choice", choices=lambda: Status.choices)
    assert [read(statuses, word) for word in ("公务员", "参公", "事业", "事业单位")] == [
        Status.CIVIL_SERVANT,
        Status.CIVIL_SERVANT,
        Status.INSTITUTION,
        Status.INSTITUTION,
    ]


@pytest.mark.parametrize(
    ("typed", "value"), [("优秀", "excellent"), ("优秀等次", "excellent"), ("基本称职档次", "barely")]
)
def test_grades_with_what_they_are_called(typed, value):
    grades = reader("choice", choices=lambda: [("excellent", "优秀"), ("barely", "基本称职")])
    assert read(grades, typed) == value
    assert "不确定等次" in read(grades, "不确定等次")


def test_a_word_that_two_choices_share_means_neither():
    both = reader("choice", choices=lambda: [("a", "甲族"), ("b", "甲级")])
    assert "甲族" in read(both, "甲")


GOOD = "350100199607050028"


@pytest.mark.parametrize(
    "typed", [GOOD, f" {GOOD} ", f"'{GOOD}", "3501 0019 9607 0500 28", "\u200e" + GOOD, "３５０１００199607050028"]
)
def test_id_numbers_with_what_a_spreadsheet_adds(typed):
    assert read(reader("id_number"), typed) == GOOD


@pytest.mark.parametrize(
    "typed", [3.5010019960705e17, 350100199607050000, "3.50100E+17", "350100199607050027", "350100960705002", "x" * 40]
)
def test_id_numbers_that_are_none(typed):
    row = ImportRow(number=2)
    reader("id_number").read(row, typed)
    assert row.values == {}
    assert len(row.unread) == 1


@pytest.mark.parametrize(
    "typed", [13800138000, 13800138000.0, "138 0013 8000", "+86 138-0013-8000", "１３８00138000", "'13800138000"]
)
def test_phones(typed):
    assert read(reader("phone"), typed) == "13800138000"


@pytest.mark.parametrize("typed", ["1.38E+10", "1380013800", "x", 1.38e17])
def test_phones_that_are_none(typed):
    row = ImportRow(number=2)
    reader("phone").read(row, typed)
    assert (row.values, len(row.unread)) == ({}, 1)


def test_days_months_numbers_and_truth():
    assert read(reader("date"), "2024.08.01") == date(2024, 8, 1)
    assert read(reader("month"), date(2024, 8, 15)) == date(2024, 8, 1)
    assert read(reader("int"), "24个月") == 24
    assert read(reader("bool"), "√") is True
    assert read(reader("bool"), "无") is None


def test_a_month_alone_at_an_end_is_its_last_day():
    ends = reader("date", is_end=True)
    assert [read(ends, typed) for typed in ("2022.9", "2022.09.01")] == [date(2022, 9, 30), date(2022, 9, 1)]
    assert ends.months_only == 1


def test_a_reader_of_ones_own_replaces_the_kind():
    assert read(reader("int", read=lambda raw: f"<{raw}>"), "x") == "<x>"


def test_the_same_text_is_read_once(monkeypatch):
    asked = []
    months = reader("month")
    inner = months._read
    monkeypatch.setattr(months, "_read", lambda raw: (asked.append(raw), inner(raw))[1])
    for _ in range(3):
        assert read(months, "1996.07") == date(1996, 7, 1)
    assert asked == ["1996.07"]


def test_one_and_true_are_not_taken_for_each_other():
    numbers = reader("int")
    assert read(numbers, 1) == 1
    assert "no whole number" in read(numbers, True)


def test_an_odd_cell_is_told():
    with translation.override("en"):
        assert read(reader("text"), Odd("error", "#REF!")) == (
            "This cell shows an error of the spreadsheet program (#REF!). Type the value again."
        )
