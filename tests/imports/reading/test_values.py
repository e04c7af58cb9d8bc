"""What stands in cells, sheet by sheet."""

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cadre_app.imports.reading.data import Area, Odd, column_letters, column_number
from cadre_app.imports.reading.workbook import read_file
from tests.imports.reading.books import MAIN, WORKBOOK, book, inline, only_sheet, raw_book, sheet_xml


def sheets(content, name="a.xlsx"):
    return read_file(content, name, most_rows=100)


def rows(content, name="a.xlsx"):
    return [row.cells for row in sheets(content, name)[0].rows]


def test_texts_numbers_truth_and_blanks_keep_their_kind():
    content = book(["姓名", 3, 3.5, True, None, "末"], [], [" ", "\u3000"], ["𠮷㛃·艾山"])
    assert rows(content) == [["姓名", 3, 3.5, True, None, "末"], ["𠮷㛃·艾山"]]


def test_rows_keep_the_number_that_the_program_shows():
    found = sheets(book(["甲"], [], [], ["乙"]))[0]
    assert [row.number for row in found.rows] == [1, 4]


@pytest.mark.parametrize(
    "form", ["yyyy-mm-dd", "yyyy.mm", 'yyyy"年"m"月"', "[$-804]yyyy年m月;@", "d-mmm-yy", 'm"月"', "yyyy/m/d h:mm"]
)
def test_formats_that_show_a_day_make_a_date(form):
    def add(workbook, sheet):
        sheet.write_number(0, 0, 35247, workbook.add_format({"num_format": form}))

    assert rows(book(after=add)) == [[date(1996, 7, 1)]]


@pytest.mark.parametrize("number", [14, 17, 22, 27, 31, 36, 50, 57, 58])
def test_formats_known_by_number_make_a_date_too(number):
    def add(workbook, sheet):
        sheet.write_number(0, 0, 35247, workbook.add_format({"num_format": number}))

    content = book(after=add)
    styles = f'<styleSheet {MAIN}><cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs></styleSheet>'
    by_hand = raw_book(
        {
            "xl/styles.xml": styles,
            "xl/worksheets/sheet1.xml": sheet_xml('<row r="1"><c r="A1" s="1"><v>35247</v></c></row>'),
        }
    )
    assert rows(by_hand) == [[date(1996, 7, 1)]]
    assert number in (27, 31, 36, 50, 57, 58) or rows(content) == [[date(1996, 7, 1)]]


@pytest.mark.parametrize("form", ["General", "0", "[h]:mm", "h:mm:ss", "mm:ss", '0"天"', "[Red]0", "@"])
def test_other_formats_stay_numbers(form):
    def add(workbook, sheet):
        sheet.write_number(0, 0, 35247, workbook.add_format({"num_format": form}))

    assert rows(book(after=add)) == [[35247]]


def test_a_number_shown_with_two_decimals_keeps_them():
    def add(workbook, sheet):
        form = workbook.add_format({"num_format": "0.00"})
        sheet.write_number(0, 0, 2020.1, form)
        sheet.write_number(0, 1, 2020.123, form)

    assert rows(book(after=add)) == [[Decimal("2020.10"), 2020.123]]


def test_the_moment_of_a_day_is_kept():
    content = book([datetime(2020, 2, 29, 9, 30)], default_date_format="yyyy-mm-dd hh:mm")  # noqa: DTZ001
    assert rows(content) == [[datetime(2020, 2, 29, 9, 30)]]  # noqa: DTZ001


def test_days_before_the_false_leap_day_and_in_the_other_system():
    def add(workbook, sheet):
        form = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for column, number in enumerate((1, 59, 60, 61, 0)):
            sheet.write_number(0, column, number, form)

    assert rows(book(after=add)) == [[date(1900, 1, 1), date(1900, 2, 28), 60, date(1900, 3, 1), 0]]
    other = raw_book({"xl/workbook.xml": WORKBOOK.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')})
    assert sheets(other)[0].uses_1904


def test_a_formula_is_never_taken_for_its_result():
    def add(workbook, sheet):
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(1, 0, "=A1", None, "")

    assert rows(book(after=add)) == [[Odd("formula", "2")], [Odd("formula", "=")]]


def test_a_formula_that_shows_nothing_is_told_from_one_whose_result_is_not_kept():
    """Spreadsheet programs write the empty text as such; libraries write no value, or an empty one."""
    shows_nothing = '<c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c>'
    assert rows(only_sheet(f'<row r="1">{shows_nothing}{inline("甲", "B1")}</row>')) == [[Odd("formula", ""), "甲"]]
    for unkept in ('<c r="A1"><f>B1</f></c>', '<c r="A1"><f>B1</f><v/></c>', '<c r="A1"><f>B1</f><v></v></c>'):
        assert rows(only_sheet(f'<row r="1">{unkept}</row>')) == [[Odd("formula", "=")]]


def test_errors_of_the_program_are_told():
    cell = '<c r="A1" t="e"><v>#REF!</v></c>'
    assert rows(only_sheet(f'<row r="1">{cell}</row>')) == [[Odd("error", "#REF!")]]


def test_a_cell_with_more_text_than_a_cell_can_hold_is_told():
    found = rows(only_sheet(f'<row r="1">{inline("字" * 32_768, "A1")}{inline("字" * 32_767, "B1")}</row>'))
    assert found == [[Odd("too_long"), "字" * 32_767]]


def test_rich_text_is_joined_and_readings_are_left_out():
    strings = "<sst><si><r><t>单</t></r><r><t>一鸣</t></r><rPh><t>shàn</t></rPh></si></sst>"
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>甲</t></r><rPh><t>x</t></rPh></is></c></row>'
    assert rows(raw_book({"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet_xml(cells)})) == [
        ["单一鸣", "甲"]
    ]


def test_characters_written_as_escapes_are_characters():
    cells = inline("第一行_x000A_第二行_x005F_x", "A1") + inline("_xD800_", "B1")
    assert rows(only_sheet(f'<row r="1">{cells}</row>')) == [["第一行\n第二行_x", "\ufffd"]]


def test_elements_with_a_prefix_and_without_references_are_read():
    body = f'<x:worksheet xmlns:x="{MAIN[7:-1]}"><x:sheetData><x:row><x:c t="str"><x:v>甲</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert rows(raw_book({"xl/worksheets/sheet1.xml": body})) == [["甲"]]


def test_merged_hidden_and_wide_things_are_known():
    def add(workbook, sheet):
        sheet.merge_range("A1:C1", "标题")
        sheet.write("A2", "甲")
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("B:C", None, None, {"hidden": True})
        sheet.write(1, 200, "太宽")

    found = sheets(book(after=add))[0]
    assert found.merged == [Area(1, 1, 1, 3)]
    assert [row.is_hidden for row in found.rows] == [False, True]
    assert (found.hidden_columns, found.is_wider) == ([(2, 3)], True)


def test_hidden_sheets_are_named_and_not_read():
    def add(workbook, sheet):
        hidden = workbook.add_worksheet("旧表")
        hidden.write(0, 0, "林知远")
        hidden.hide()

    found = sheets(book(["姓名"], after=add))
    assert [sheet.name for sheet in found] == ["名册"]
    assert "旧表" in found[0].notes[0]


TEXT = '姓名,备注\r\n林知远,"甲,""乙"""\r\n'


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace(",", ";").replace("甲;", "甲,").encode(),
        TEXT.replace(",", "\t").replace("甲\t", "甲,").encode(),
        ("sep=;\r\n" + TEXT.replace(",", ";").replace("甲;", "甲,")).encode(),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\r").encode(),
    ],
)
def test_text_tables_in_every_encoding_and_separator(content):
    assert rows(content, "a.csv") == [["姓名", "备注"], ["林知远", '甲,"乙"']]


def test_one_column_of_text_and_rare_characters():
    assert rows("姓名\n李𠮷安\n王㛃\n".encode("gb18030"), "a.csv") == [["姓名"], ["李𠮷安"], ["王㛃"]]


def test_formulas_in_text_tables_and_numbers_held_as_text():
    content = b'a,b,c\n=1+1,"=""350100""",=\n'
    assert rows(content, "a.csv")[1] == [Odd("formula", "=1+1"), "350100", "="]


def test_a_nul_in_a_text_table_stays_to_be_told_at_its_cell():
    assert rows("姓名\n林\x00知远\n".encode(), "a.csv")[1] == ["林\x00知远"]


def test_letters_of_columns():
    assert [column_letters(n) for n in (1, 26, 27, 702, 703, 16384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_number(column_letters(n)) == n for n in range(1, 16385))
    assert column_number("É") == 0


plain_text = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=12)
values = st.one_of(
    st.none(),
    plain_text.filter(lambda text: text.strip() and not text.startswith(("=", "{")) and "_x" not in text),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 4)),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(table=st.lists(st.lists(values, min_size=1, max_size=6), min_size=1, max_size=6))
def test_another_library_reads_the_same(table):
    content = book(*table, strings_to_urls=False, strings_to_formulas=False, strings_to_numbers=False)
    theirs = openpyxl.load_workbook(io.BytesIO(content)).active
    if not any(value is not None for row in table for value in row):
        return
    for row in sheets(content)[0].rows:
        assert [theirs.cell(row.number, index).value for index in range(1, len(row.cells) + 1)] == row.cells
