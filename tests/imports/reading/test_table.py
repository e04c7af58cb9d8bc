"""From a file to rows of an import."""

import time
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cadre_app.core.importing import ImportColumn, ImportRow
from cadre_app.imports.reading import limits, table
from cadre_app.imports.reading.table import check_file, read_cell, read_table
from tests.imports.reading.books import book, inline, only_sheet

COLUMNS = (
    ImportColumn(key="name", label="姓名", required=True, longest=20),
    ImportColumn(key="unit", label="现单位", required=True, synonyms=("单位", "工作单位")),
    ImportColumn(key="birth", label="出生年月", kind="month"),
    ImportColumn(key="arrived", label="报到日期", kind="date"),
    ImportColumn(key="level", label="全日制学历", synonyms=("全日制教育学历",)),
    ImportColumn(key="school", label="毕业院校", synonyms=("全日制教育毕业院校",)),
    ImportColumn(key="remark", label="备注", longest=20),
)
HEAD = ["姓名", "现单位", "出生年月"]
LIN = ["林知远", "梧岭镇", "1996.07"]


def read(content, name="名册.xlsx", most_rows=100, columns=COLUMNS):
    return read_table(content, name, columns, most_rows=most_rows)


def told(*rows, **options):
    """All messages of a refusal."""
    with pytest.raises(ValidationError) as caught:
        read(book(*rows, **options))
    return caught.value.messages


def test_rows_come_with_what_was_typed_and_what_it_means():
    table = read(book(HEAD, LIN))
    row = table.rows[0]
    assert (table.sheet, table.heading_row, table.columns, table.notes) == ("名册", 1, ["name", "unit", "birth"], [])
    assert row.number == 2
    assert row.cells == {"name": "林知远", "unit": "梧岭镇", "birth": "1996.07"}
    assert row.values == {"name": "林知远", "unit": "梧岭镇", "birth": date(1996, 7, 1)}
    assert row.unread == []


@pytest.mark.parametrize(
    "head",
    [
        ["姓 名", "现单位", "出生\n年月"],
        ["姓　名*", "现单位（全称）", "出生年月（年龄）"],
        ["＊姓名", "【现单位】", "出生年月:"],
        ["姓名", "工作单位", "出生年月"],
    ],
)
def test_headings_are_found_however_they_are_laid_out(head):
    assert read(book(head, LIN)).columns == ["name", "unit", "birth"]


def test_rows_of_titles_above_the_headings_are_passed_over():
    def add(workbook, sheet):
        sheet.merge_range("A1:C1", "望屿区引进生、选调生花名册")
        sheet.write("A2", "填表单位：区委组织部")
        sheet.write_row(3, 0, HEAD)
        sheet.write_row(4, 0, LIN)

    table = read(book(after=add))
    assert (table.heading_row, [row.number for row in table.rows]) == (4, [5])


def test_headings_in_two_rows_are_read_together():
    def add(workbook, sheet):
        sheet.merge_range("A1:A2", "姓名")
        sheet.merge_range("B1:B2", "现单位")
        sheet.merge_range("C1:D1", "全日制教育")
        sheet.write_row("C2", ["学历", "毕业院校"])
        sheet.write_row(2, 0, ["林知远", "梧岭镇", "本科", "澜江大学"])

    table = read(book(after=add))
    assert (table.columns, table.notes) == (["name", "unit", "level", "school"], [])
    assert [row.number for row in table.rows] == [3]
    assert table.rows[0].values["school"] == "澜江大学"


def test_the_sheet_with_the_headings_is_chosen_and_the_others_are_named():
    def add(workbook, sheet):
        sheet.write("A1", "说明")
        second = workbook.add_worksheet("人员")
        second.write_row(0, 0, HEAD)
        second.write_row(1, 0, LIN)
        workbook.add_worksheet("填写说明").write(0, 0, "如何填写")

    table = read(book(after=add, name="封面"))
    assert table.sheet == "人员"
    assert len(table.notes) == 1
    assert "封面" in table.notes[0]
    assert "填写说明" not in table.notes[0]


def test_two_columns_with_one_heading_are_refused_by_their_letters():
    messages = told(["姓名", "现单位", "备注", "姓 名", "工作单位"], LIN)
    assert messages == [
        "The columns A and D are both “姓名”. Take one of them out.",
        "The columns B and E are both “现单位”. Take one of them out.",
    ]


def test_missing_headings_are_listed():
    assert told(["姓名", "出生年月"], LIN) == ["These columns are missing in row 1: 现单位"]


def test_a_sheet_without_headings_says_which_there_should_be():
    messages = told(["甲", "乙"], ["丙", "丁"])
    assert len(messages) == 1
    assert "姓名, 现单位" in messages[0]


def test_headings_after_the_first_twenty_rows_are_not_looked_for():
    messages = told(*[["甲"]] * 20, HEAD, LIN)
    assert len(messages) == 1


def test_unknown_columns_are_named_and_numbers_of_rows_are_not():
    table = read(book(["序号", *HEAD, "血型"], [1, *LIN, "A"]))
    assert table.notes == ["These columns are not part of the table and were left out: E 血型"]


def test_no_rows_below_the_headings():
    assert told(HEAD) == ["There are no rows below the headings."]
    assert told(["序号", *HEAD], [1], [2]) == ["There are no rows below the headings."]


def test_totals_remarks_sections_and_repeated_headings_are_left_out_and_said():
    def add(workbook, sheet):
        sheet.write_row(0, 0, HEAD)
        sheet.merge_range("A2:C2", "一、梧岭镇")
        sheet.write_row(2, 0, LIN)
        sheet.write_row(3, 0, ["小计", "", "1人"])
        sheet.write_row(4, 0, HEAD)
        sheet.write_row(5, 0, ["陈嘉穗", "梧岭镇", "1997.03"])
        sheet.write_row(7, 0, ["合 计：", 2])
        sheet.write_row(8, 0, ["制表人：程昱晗", "审核人："])

    table = read(book(after=add))
    assert [row.number for row in table.rows] == [3, 6]
    assert table.notes == [
        "Rows with totals were left out: 4, 8",
        "Remarks below the table were left out: rows 9",
        "Headings between the rows were left out: rows 2",
        "Repeated headings were left out: rows 5",
    ]


def test_formulas_errors_and_merged_cells_are_told_at_their_cell():
    def add(workbook, sheet):
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, LIN)
        sheet.write_row(2, 0, ["陈嘉穗", "", ""])
        sheet.merge_range("B2:B3", "梧岭镇")
        sheet.write_formula("C3", "=C2", None, "1996.07")

    first, second = read(book(after=add)).rows
    assert first.unread == []
    assert second.values == {"name": "陈嘉穗"}
    assert second.unread == [
        ("unit", "This cell is merged with B2. Take the merging back and fill in every row."),
        ("birth", "This cell contains a formula. Copy the cell and paste it as a value."),
    ]


def test_a_row_whose_formulas_show_nothing_is_blank():
    def line(number, texts):
        cells = (inline(text, f"{letter}{number}") for letter, text in zip("ABC", texts, strict=True))
        return f'<row r="{number}">{"".join(cells)}</row>'

    lines = [line(1, HEAD), line(2, LIN)]
    nothing = [f'<row r="{row}"><c r="A{row}" t="str"><f>IF(Z1="","",Z1)</f><v></v></c></row>' for row in range(3, 50)]
    assert len(read(only_sheet("".join(lines + nothing))).rows) == 1


def test_a_formula_without_a_kept_result_is_told_at_its_cell():
    def add(workbook, sheet):
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, LIN)
        sheet.write_formula("C3", "=C2", None, "")
        sheet.write("A3", "陈嘉穗")

    _first, second = read(book(after=add)).rows
    assert ("birth", "This cell contains a formula. Copy the cell and paste it as a value.") in second.unread


def test_hidden_rows_and_columns_are_read_and_said():
    def add(workbook, sheet):
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})

    table = read(book(HEAD, LIN, after=add))
    assert table.rows[0].values["birth"] == date(1996, 7, 1)
    assert table.notes == [
        "Hidden rows are read like the others: 2",
        "Hidden columns are read like the others: C 出生年月",
    ]


def test_a_month_in_place_of_a_day_is_counted():
    table = read(book([*HEAD[:2], "报到日期"], ["林知远", "梧岭镇", "2024.08"], ["陈嘉穗", "梧岭镇", "2024.08.01"]))
    assert [row.values["arrived"] for row in table.rows] == [date(2024, 8, 1)] * 2
    assert table.notes == ["报到日期: in 1 row only the month is given; its first day is taken."]


@pytest.mark.parametrize("nothing", ["无", "—", "/", " ", None])
def test_ways_to_say_nothing_leave_no_value(nothing):
    assert read(book([*HEAD, "备注"], [*LIN, nothing])).rows[0].values.keys() == {"name", "unit", "birth"}


@pytest.mark.parametrize("hidden", ["林\x00知远", "林\u202e知远", "林\u200e知远"])
def test_invisible_characters_are_told_at_their_cell(hidden):
    row = read(f"姓名,现单位\n{hidden},梧岭镇\n".encode(), "a.csv").rows[0]
    assert [key for key, _message in row.unread] == ["name"]


def test_text_that_is_too_long_is_told_and_never_cut():
    row = read(book([*HEAD, "备注"], [*LIN, "字" * 21])).rows[0]
    assert row.cells["remark"] == "字" * 21
    assert row.unread == [("remark", "At most 20 characters; these are 21.")]


@pytest.mark.parametrize(
    ("place", "text"),
    [("A1", "秘密★1年"), ("C1", "机密 10年"), ("A1", "绝密"), ("A1", "望屿区名册（机密★）"), ("D9", "秘密★1年")],
)
def test_a_marking_in_a_title_a_corner_or_alone_in_a_cell_is_refused(place, text):
    def add(workbook, sheet):
        sheet.write_row(2, 0, HEAD)
        sheet.write_row(3, 0, LIN)
        sheet.write(place, text)

    with pytest.raises(ValidationError) as caught:
        read(book(after=add))
    assert caught.value.code == "classified"


@pytest.mark.parametrize("where", ["name", "sheet", "header", "other sheet"])
def test_a_marking_in_a_name_a_page_head_or_another_sheet_is_refused(where):
    def add(workbook, sheet):
        if where == "header":
            sheet.set_header("&C秘密★1年")
        if where == "other sheet":
            workbook.add_worksheet("二").write("B2", "机密★")

    content = book(HEAD, LIN, after=add, name="机密★" if where == "sheet" else "名册")
    with pytest.raises(ValidationError) as caught:
        read(content, "秘密★1年 名册.xlsx" if where == "name" else "名册.xlsx")
    assert caught.value.code == "classified"


@pytest.mark.parametrize(
    "text", ["保密法", "《保守国家秘密法》与工作秘密管理", "商业秘密", "保守党的秘密", "秘密", "保密教育3年"]
)
def test_ordinary_words_about_secrecy_pass(text):
    def add(workbook, sheet):
        sheet.write("A1", "《保守国家秘密法》培训名册")
        sheet.write_row(2, 0, [*HEAD, "备注"])
        sheet.write_row(3, 0, [*LIN, text])

    assert read(book(after=add), "保密教育名册.xlsx").rows[0].values["remark"] == text


def test_too_many_rows_are_refused_right_after_the_limit():
    rows = [["姓名", "现单位"], *(["某同志", "梧岭镇"] for _ in range(30_000))]
    content = book(*rows)
    started = time.monotonic()
    with pytest.raises(ValidationError) as caught:
        read(content, most_rows=100)
    assert time.monotonic() - started < 2
    assert (caught.value.code, caught.value.messages) == (
        "too_many_rows",
        ["The file has more than 100 rows. Split it into several files."],
    )
    assert len(read(book(*rows[:101]), most_rows=100).rows) == 100


def test_exactly_one_row_too_many_is_refused_too():
    rows = [["姓名", "现单位"], *(["某同志", "梧岭镇"] for _ in range(101))]
    assert limits.HEAD_ROWS > 1
    with pytest.raises(ValidationError) as caught:
        read(book(*rows), most_rows=100)
    assert caught.value.code == "too_many_rows"


def test_a_cell_is_read_again_from_what_was_typed():
    row = ImportRow(number=2, cells={"birth": "x"}, unread=[("birth", "…"), ("name", "…")])
    read_cell(row, COLUMNS[2], "1996年7月")
    assert (row.cells, row.values, row.unread) == (
        {"birth": "1996年7月"},
        {"birth": date(1996, 7, 1)},
        [("name", "…")],
    )
    read_cell(row, COLUMNS[2], "")
    assert (row.cells, row.values) == ({}, {})
    read_cell(row, COLUMNS[0], "")
    assert row.unread == [("name", "Please fill this in.")]


def test_the_beginning_of_a_file_tells_what_the_whole_would():
    rows = [["某同志", "梧岭镇"] for _ in range(200)]
    check_file(book(["姓名", "现单位"], *rows), "a.xlsx", COLUMNS, most_rows=1_000)
    for content, code in (
        (book(["秘密★1年"], ["姓名", "现单位"], *rows), "classified"),
        (book(["秘密★1年"]), "classified"),
        (book(["甲"], *rows), "no_headings"),
        (b"x", "other_content"),
    ):
        with pytest.raises(ValidationError) as caught:
            check_file(content, "a.xlsx", COLUMNS, most_rows=1_000)
        assert caught.value.code == code


def test_one_heading_alone_is_named_with_those_that_are_missing():
    with pytest.raises(ValidationError) as caught:
        check_file(book(["现单位"], ["梧岭镇"]), "a.xlsx", COLUMNS, most_rows=1_000)
    (message,) = caught.value.messages
    assert caught.value.code == "no_headings"
    assert "“现单位”" in message
    assert message.endswith(": 姓名")


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_far_too_many_rows_are_refused_unread(name):
    rows = [["某同志", "梧岭镇"] for _ in range(200)]
    lines = "\n".join(",".join(row) for row in [["姓名", "现单位"], *rows])
    content = lines.encode() if name == "a.csv" else book(["姓名", "现单位"], *rows)
    with pytest.raises(ValidationError) as caught:
        check_file(content, name, COLUMNS, most_rows=100)
    assert caught.value.messages == ["The file has more than 100 rows. Split it into several files."]


def test_rows_without_a_value_do_not_count_as_too_many():
    def coloured(workbook, sheet):
        for number in range(2, 400):
            sheet.write_blank(number, 0, None, workbook.add_format({"bg_color": "#EFEFEC"}))

    check_file(book(["姓名", "现单位"], ["某同志", "梧岭镇"], after=coloured), "a.xlsx", COLUMNS, most_rows=100)


def test_headings_are_found_wherever_their_texts_lie_in_the_workbook(monkeypatch):
    monkeypatch.setattr(table, "FIRST_TEXTS", 1)
    check_file(book(["姓名", "现单位"], ["某同志", "梧岭镇"]), "a.xlsx", COLUMNS, most_rows=100)


def test_days_are_counted_as_the_workbook_does():
    content = book([*HEAD], ["林知远", "梧岭镇", 35247], date_1904=True)
    row = read(content).rows[0]
    assert row.values["birth"] == date(2000, 7, 1)


def test_a_cell_that_could_not_be_read_is_told_once():
    row = ImportRow(number=2, unread=[("unit", "merged")])
    row.refuse("unit", "missing")
    row.refuse("", "the row")
    assert row.errors == [("", "the row")]
    assert row.has_errors
