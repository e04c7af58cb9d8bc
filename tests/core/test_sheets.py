from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from cadre_app.core import sheets


def read(tmp_path, rows, columns=("列",), watermark="内部资料"):
    path = tmp_path / "a.xlsx"
    count = sheets.write_sheet(path, columns, rows, watermark=watermark)
    return count, openpyxl.load_workbook(path).active


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1"])
def test_what_looks_like_a_formula_becomes_text(tmp_path, text):
    count, sheet = read(tmp_path, [[text]])
    cell = sheet["A2"]
    assert (count, cell.data_type, cell.value[0]) == (1, "s", "'")


@pytest.mark.parametrize("text", ["沧浦镇", "𠮷㛃·阿卜杜", "a=b", "http://127.0.0.1/", "007"])
def test_other_text_stays_as_it_is(tmp_path, text):
    assert read(tmp_path, [[text]])[1]["A2"].value == text


def test_dates_numbers_and_nothing_keep_their_kind(tmp_path):
    moment = datetime(2026, 11, 23, 1, 41, tzinfo=UTC)
    rows = [[date(2026, 11, 23), moment, 7, Decimal("81.5"), None, date(1, 1, 1)]]
    sheet = read(tmp_path, rows, columns=list("甲乙丙丁戊己"))[1]
    assert [cell.value for cell in sheet[2]] == [
        datetime(2026, 11, 23),  # noqa: DTZ001
        datetime(2026, 11, 23, 9, 41),  # noqa: DTZ001
        7,
        81.5,
        None,
        "0001-01-01",
    ]


def test_controls_and_lone_surrogates_do_not_break_the_file(tmp_path):
    value = read(tmp_path, [["甲\x00乙\ud800丙\x01"]])[1]["A2"].value
    assert value.startswith("甲乙?丙")


def test_a_cell_holds_what_excel_can_hold(tmp_path):
    assert len(read(tmp_path, [["长" * 40_000]])[1]["A2"].value) == 32_767


def test_every_page_carries_who_and_when_and_repeats_its_heading(tmp_path):
    sheet = read(tmp_path, [["甲"]], watermark="内部资料 张三&李四 2026")[1]
    assert sheet.oddHeader.center.text == "内部资料 张三&&李四 2026"
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$1", "A2")


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    with pytest.raises(sheets.TooManyRows):
        read(tmp_path, [["1"], ["2"], ["3"]])
