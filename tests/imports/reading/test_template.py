import io
from datetime import date

import openpyxl
import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cadre_app.core.importing import ImportColumn, ImportSheet
from cadre_app.imports.reading.table import read_table
from cadre_app.imports.reading.template import template_book

COLUMNS = (
    ImportColumn(key="name", label=_("Name"), required=True, longest=20, help="如身份证上的写法", example="林知远"),
    ImportColumn(key="sex", label=_("Sex"), kind="code", choices=lambda: [("1", "男"), ("2", "女")]),
    ImportColumn(key="id", label="身份证号", kind="id_number"),
    ImportColumn(key="phone", label="手机号", kind="phone"),
    ImportColumn(key="born", label="出生年月", kind="month", required=True),
    ImportColumn(key="arrived", label="报到日期", kind="date"),
    ImportColumn(key="order", label="排序", kind="int", low=1, high=99),
    ImportColumn(key="account", label="申请账号", kind="bool"),
)
SHEET = ImportSheet(
    key="people",
    label="引进生、选调生[名册]/一",
    order=1,
    columns=lambda: COLUMNS,
    may_import=lambda user: True,
    check=lambda rows, actor, progress: None,
    apply=lambda rows, actor, progress: [],
    undo=lambda applied, actor, reason: [],
    help="每人一行。",
    examples=lambda: [{"name": "=林知远", "sex": "男"}],
)
ROW = {
    "name": "林知远",
    "sex": "女",
    "id": "350100199607050028",
    "phone": "13800138000",
    "born": "2020.10",
    "order": "3",
}


def opened(rows=()):
    return openpyxl.load_workbook(io.BytesIO(template_book(SHEET, rows)))


def test_required_headings_are_marked_and_cells_keep_text_as_text():
    page = opened([ROW]).worksheets[0]
    assert [cell.value for cell in page[1]][:3] == ["Name*", "Sex", "身份证号"]
    assert [cell.value for cell in page[2]][2:5] == ["350100199607050028", "13800138000", "2020.10"]
    as_text = [(each.min, each.max) for each in page.column_dimensions.values() if each.number_format == "@"]
    assert as_text == [(1, 6), (8, 8)]


def test_lists_stand_on_the_sheet_that_explains_and_only_warn():
    book = opened()
    rules = {str(rule.sqref): rule for rule in book.worksheets[0].data_validations.dataValidation}
    sex, account = rules["B2:B20001"], rules["H2:H20001"]
    assert (sex.type, sex.errorStyle, sex.formula1) == ("list", "warning", "'How to fill it in'!$F$2:$F$3")
    assert account.formula1 == "'How to fill it in'!$G$2:$G$3"
    assert [cell.value for cell in book.worksheets[1]["F"]][:3] == ["Choices: Sex", "男", "女"]
    assert rules["A2:A20001"].prompt == "Required. 如身份证上的写法 At most 20 characters."


def test_the_sheet_that_explains_names_every_column_and_shows_the_examples():
    page = opened().worksheets[1]
    texts = [cell.value for row in page.iter_rows() for cell in row if cell.value]
    assert page.title == "How to fill it in"
    assert all(str(column.label) in texts for column in COLUMNS)
    assert "'=林知远" in texts


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_filled_in_template_is_read_without_a_remark(language):
    with translation.override(language):
        content = template_book(SHEET, [ROW])
    with translation.override("en" if language == "zh-hans" else "zh-hans"):
        table = read_table(content, "模板.xlsx", COLUMNS, most_rows=10)
    assert (table.notes, table.rows[0].unread) == ([], [])
    assert table.rows[0].values == {
        "name": "林知远",
        "sex": "2",
        "id": "350100199607050028",
        "phone": "13800138000",
        "born": date(2020, 10, 1),
        "order": 3,
    }


def test_an_empty_template_has_no_rows():
    with pytest.raises(Exception, match="no rows"):
        read_table(template_book(SHEET), "模板.xlsx", COLUMNS, most_rows=10)


def test_the_same_template_is_always_the_same_bytes():
    assert template_book(SHEET, [ROW]) == template_book(SHEET, [ROW])


def test_a_required_cell_that_is_empty_is_told():
    table = read_table(template_book(SHEET, [{**ROW, "born": "无"}]), "模板.xlsx", COLUMNS, most_rows=10)
    assert table.rows[0].unread == [("born", "Please fill this in.")]
