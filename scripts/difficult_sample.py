"""The roster as it really comes: everything that demo texts B19 and the office's own files are known for.

tests/imports/test_samples.py says what must be answered, by row and heading.
"""

import io
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

SHEET = "2026年花名册"
TITLE = "望屿区引进生、选调生花名册（截至2026年11月23日）"
FIRST = (
    "序号", "姓 名", "身份证号码", "性别", "民族", "出生年月\n（年龄）", "政治面貌", "入党时间", "参加工作\n时间",
)  # fmt: skip
GROUPED = ("学历", "学位", "毕业院校", "专业")
LAST = (
    "类别", "子类", "编制", "报到日期", "单位", "职务", "职级", "任现职级时间", "岗位等级", "到村任职村（社区）", "到村任职起", "到村任职止",
    "手机号码", "血型", "备注",
)  # fmt: skip
HEADINGS = (*FIRST, *GROUPED, *LAST)
GROUP = "全日制教育"
PLAIN = {
    "姓 名": "姓名", "身份证号码": "身份证号", "出生年月\n（年龄）": "出生年月", "参加工作\n时间": "参加工作时间", "学历": "全日制学历",
    "学位": "全日制学位", "单位": "现单位", "到村任职村（社区）": "到村任职村", "手机号码": "手机号",
}  # fmt: skip
HEADING_ROW = 4
FIRST_ROW = 6
MADE = datetime(2026, 1, 1, tzinfo=UTC)

NAMES = (
    "欧阳朔", "尉迟安", "阿依努尔·艾山", "王㛃", "李𠮷安", "区慧敏", "单一鸣", "解思源", "朴正浩", "陈嘉穗", "盖新宇", "翟晓棠", "缪诗涵",
    "万俟宁", "邓书恒", "石可馨", "何语嫣", "罗启航", "梁子衿", "宋时雨",
)  # fmt: skip


def rows_of(roster: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The rows with what goes wrong in each: value types matter, so numbers are numbers."""
    known = {row["姓名"]: row for row in roster}
    rows: dict[str, dict[str, Any]] = {
        name: {key: known[name].get(PLAIN.get(key, key), "") for key in HEADINGS} for name in NAMES
    }
    for name, row in rows.items():
        row["姓 名"] = name
    spoil(rows)
    twin = dict(rows["陈嘉穗"]) | {"身份证号码": "", "出生年月\n（年龄）": "1995.02", "手机号码": "19900009999"}
    ordered = list(rows.values())
    ordered.insert(NAMES.index("陈嘉穗") + 1, twin)
    again = dict(rows["何语嫣"]) | {"备注": "重复录入"}
    return [*ordered, again]


def spoil(rows: dict[str, dict[str, Any]]) -> None:
    """One known difficulty in each row."""
    birth, number, phone = "出生年月\n（年龄）", "身份证号码", "手机号码"
    rows["欧阳朔"][number] = "'" + rows["欧阳朔"][number][:6] + " " + rows["欧阳朔"][number][6:]
    rows["尉迟安"][birth] = _spoken(rows["尉迟安"][birth])
    rows["阿依努尔·艾山"][birth] = _serial(rows["阿依努尔·艾山"][birth])
    rows["王㛃"][birth] = _date(rows["王㛃"][birth])
    rows["李𠮷安"][birth] = _wide(rows["李𠮷安"][birth]) + "（27岁）"
    rows["区慧敏"][birth] = Formula('=TEXT(DATE(2000,7,1),"yyyy.mm")', "2000.07")
    rows["单一鸣"][number] = float(rows["单一鸣"][number])
    rows["解思源"][number] = _wrong_end(rows["解思源"][number])
    rows["朴正浩"][number] = rows["朴正浩"][number][:6] + rows["朴正浩"][number][8:17]
    rows["盖新宇"]["参加工作\n时间"] = 2024.1
    rows["翟晓棠"]["政治面貌"] = "党员"
    rows["缪诗涵"]["学历"] = "本科"
    rows["万俟宁"][phone] = int(rows["万俟宁"][phone])
    rows["邓书恒"]["入党时间"] = "2019.02.29"
    rows["石可馨"]["政治面貌"] = "党团员"
    rows["罗启航"]["职务"] = "办公室\n工作人员"
    rows["梁子衿"]["报到日期"] = ""
    rows["宋时雨"]["单位"] = ""
    rows["宋时雨"]["手机号码"] = "1.99E+10"
    for row in rows.values():
        row["血型"] = "不详"


class Formula:
    """A cell with a formula and the value that it shows."""

    def __init__(self, text: str, shown: str) -> None:
        self.text, self.shown = text, shown


def difficult_workbook(roster: list[dict[str, str]]) -> bytes:
    """Title, headings in two rows, a section, rows, a subtotal, headings once more, totals; a hidden and another sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": MADE})
        page = workbook.add_worksheet(SHEET)
        centred = workbook.add_format(
            {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
        )
        days = workbook.add_format({"num_format": 'yyyy"年"m"月"'})
        _write_top(page, centred)
        line = _write_rows(page, rows_of(roster), days, centred)
        _write_bottom(page, line)
        hidden = workbook.add_worksheet("2020年旧表")
        hidden.write_row(0, 0, ["姓名", "单位"])
        hidden.write_row(1, 0, ["旧人员", "旧单位"])
        hidden.hide()
        workbook.add_worksheet("统计").write_row(0, 0, ["单位", "人数"])
    return out.getvalue()


def _write_top(page: Any, centred: Any) -> None:
    page.merge_range(0, 0, 0, len(HEADINGS) - 1, TITLE, centred)
    page.write_string(1, 0, "填表单位：中共望屿区委组织部")
    first_grouped, last_grouped = len(FIRST), len(FIRST) + len(GROUPED) - 1
    for index, heading in enumerate(HEADINGS):
        if not first_grouped <= index <= last_grouped:
            page.merge_range(2, index, 3, index, heading, centred)
    page.merge_range(2, first_grouped, 2, last_grouped, GROUP, centred)
    page.write_row(3, first_grouped, GROUPED, centred)
    page.merge_range(4, 0, 4, len(HEADINGS) - 1, "一、乡镇、街道", centred)
    page.set_column(HEADINGS.index("手机号码"), HEADINGS.index("手机号码"), None, None, {"hidden": True})


def _write_rows(page: Any, rows: list[dict[str, Any]], days: Any, centred: Any) -> int:
    line = FIRST_ROW - 1
    unit = HEADINGS.index("单位")
    for number, row in enumerate(rows, start=1):
        page.write_number(line, 0, number)
        if row["姓 名"] == "罗启航":
            page.set_row(line, None, None, {"hidden": True})
        for index, heading in enumerate(HEADINGS[1:], start=1):
            _write_cell(page, line, index, row[heading], days)
        if row["姓 名"] == "宋时雨":
            page.merge_range(line - 1, unit, line, unit, rows[number - 2]["单位"])
        line += 1
        if row["姓 名"] == "区慧敏":
            page.write_row(line, 0, ["小计", "6人"])
            line += 2  # and a blank row
            page.write_row(line, 0, [HEADINGS[0], *HEADINGS[1 : len(FIRST)]], centred)
            line += 1
    return line


def _write_bottom(page: Any, line: int) -> None:
    page.write_row(line, 0, ["合计", "22人"])
    page.write_string(line + 1, 0, "制表人：程昱晗    审核人：方秉廉")


def _write_cell(page: Any, line: int, index: int, value: Any, days: Any) -> None:
    if isinstance(value, Formula):
        page.write_formula(line, index, value.text, None, value.shown)
    elif isinstance(value, date):
        page.write_datetime(
            line, index, datetime(value.year, value.month, value.day, tzinfo=UTC).replace(tzinfo=None), days
        )
    elif isinstance(value, int | float):
        page.write_number(line, index, value)
    elif value:
        page.write_string(line, index, value)


def _date(text: str) -> date:
    return date(int(text[:4]), int(text[5:7]), 1)


def _serial(text: str) -> int:
    return (_date(text) - date(1899, 12, 30)).days


def _spoken(text: str) -> str:
    return f"{text[2:4]}年{int(text[5:7])}月"


def _wide(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def _wrong_end(number: str) -> str:
    return number[:-1] + ("1" if number[-1] != "1" else "2")
