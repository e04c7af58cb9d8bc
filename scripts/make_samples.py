"""Writes samples/: workbooks, a CSV and an .lrmx to try the import with, made of the fictional demo district as on AS_OF.

The same sources always give the same files; tests/imports/test_samples.py compares them. Run it after changing the
demo data: python scripts/make_samples.py
"""

import csv
import io
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadre_app.settings")

import django  # noqa: E402

django.setup()

import xlsxwriter  # noqa: E402

from cadre_app.core.days import add_months, add_years  # noqa: E402
from cadre_app.demo import officeholders, places  # noqa: E402
from cadre_app.demo.trainees import DemoTrainee, trainees  # noqa: E402

AS_OF = date(2026, 11, 23)
MADE = datetime(2026, 1, 1, tzinfo=UTC)
SAMPLES = ROOT / "samples"
ROSTER, ROSTER_CSV, DIFFICULT = "青蓝花名册样例.xlsx", "青蓝花名册样例.csv", "青蓝花名册刁难样例.xlsx"
UNITS, OFFICES = "青蓝单位样例.xlsx", "青蓝职务样例.xlsx"
FORM = "干部任免审批表样例.lrmx"

HEADINGS = (
    "姓名", "身份证号", "性别", "民族", "出生年月", "籍贯", "政治面貌", "入党时间", "参加工作时间", "全日制学历", "全日制学位",
    "毕业院校", "专业", "在职学历", "在职学位", "在职毕业院校", "在职专业", "类别", "子类", "编制", "报到日期", "现单位", "职务",
    "职级", "任现职级时间", "岗位等级", "到村任职村", "到村任职起", "到村任职止", "到村任职中断起", "手机号", "备注", "申请账号",
)  # fmt: skip
SEXES = {"1": "男", "2": "女"}
EDUCATION = {"21": "大学", "14": "研究生", "11": "博士研究生"}
KINDS = {"selected": "选调生", "introduced": "引进生"}
STATUSES = {"civil_servant": "公务员", "institution": "事业"}
SUB_KINDS = {
    "central": "中央选调",
    "targeted": "定向选调",
    "ordinary": "普通选调",
    "provincial": "省引进",
    "city": "市引进",
}
UNIT_KINDS = {"town": "镇", "township": "乡", "subdistrict": "街道"}
FOUNDED = "1998.01.01"


def codes(table: str) -> dict[str, str]:
    """The Chinese names of a code table as it is shipped."""
    path = ROOT / "cadre_app/policy/data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name_zh"] for row in csv.DictReader(file)}


def staying() -> list[DemoTrainee]:
    """The sixty whose files are open and who went to a village; the newest has not yet."""
    return [one for one in trainees(AS_OF) if one.departed_on is None and one.term is not None]


def roster_rows() -> list[dict[str, str]]:
    """One row for each, in official order of names of the demo tables."""
    ranks, groups, parties, degrees = (codes(name) for name in ("rank", "ethnic_group", "political_status", "degree"))
    return [_roster_row(one, ranks, groups, parties, degrees) for one in staying()]


def _roster_row(
    one: DemoTrainee,
    ranks: dict[str, str],
    groups: dict[str, str],
    parties: dict[str, str],
    degrees: dict[str, str],
) -> dict[str, str]:
    post = one.posts[-1]
    level, degree = one.schools[-1][:2]
    return {
        "姓名": one.name,
        "身份证号": one.id_number,
        "性别": SEXES[one.sex],
        "民族": groups[one.ethnic_group],
        "出生年月": month(one.birth_month),
        "籍贯": one.native_place,
        "政治面貌": parties[one.political_status],
        "入党时间": day(one.party_joined_on),
        "参加工作时间": month(one.arrived_on),
        "全日制学历": EDUCATION[level],
        "全日制学位": degrees[degree].removesuffix("学位"),
        "毕业院校": one.school,
        "专业": one.major,
        "类别": KINDS[one.kind],
        "子类": SUB_KINDS[one.sub_kind],
        "编制": STATUSES[one.status],
        "报到日期": day(one.arrived_on),
        "现单位": one.home_unit,
        "职务": post.post,
        "职级": ranks[post.rank] if post.rank else "",
        "任现职级时间": day(post.started_on),
        "岗位等级": post.post_grade,
        "到村任职村": one.term.village,
        "到村任职起": day(one.term.started_on),
        "到村任职止": day(term_end(one)),
        "到村任职中断起": day(one.term.gap[0]) if one.term.gap is not None and one.term.gap[1] is None else "",
        "手机号": one.phone,
        "备注": "到村任职中断，期满日待定" if is_halted(one) else "",
        "申请账号": "是" if one.cohort == 0 else "否",
    }


def is_halted(one: DemoTrainee) -> bool:
    """True while the term in the village is interrupted until further notice."""
    return one.term.gap is not None and one.term.gap[1] is None


def term_end(one: DemoTrainee) -> date | None:
    """The last day in the village, planned or past; None while the term is interrupted until further notice."""
    term = one.term
    if term.ended_on is not None or (term.gap is not None and term.gap[1] is None):
        return term.ended_on
    planned = add_months(term.started_on, 24)
    if term.gap is not None and term.gap[1] is not None:
        held = (term.gap[1] - term.gap[0]).days + 1
        return date.fromordinal(planned.toordinal() + held - 1)
    return date.fromordinal(planned.toordinal() - 1)


def unit_rows() -> tuple[Sequence[str], list[dict[str, str]]]:
    """Every unit of the district, superiors first."""
    rows = [{"单位名称": places.DISTRICT, "单位类别": "区", "成立日期": FOUNDED}]

    def add(name: str, kind: str, parent: str, order: int, short: str = "") -> None:
        row = {"单位名称": name, "简称": short, "单位类别": kind, "上级单位": parent}
        rows.append(row | {"排序号": str(order), "成立日期": FOUNDED})

    directly = [(name, short, "区直部门") for name, short in places.DEPARTMENTS]
    directly += [(name, "", "事业单位") for name in places.INSTITUTIONS]
    directly += [(name, "", UNIT_KINDS[kind]) for name, kind, _villages in places.TOWNS]
    for number, (name, short, kind) in enumerate(directly, start=1):
        add(name, kind, places.DISTRICT, number, short)
    for town, _kind, villages in places.TOWNS:
        for number, village in enumerate(villages, start=1):
            add(village, "社区" if village.endswith("社区") else "村", town, number)
    return ("单位名称", "简称", "单位类别", "上级单位", "排序号", "成立日期"), rows


def office_rows() -> tuple[Sequence[str], list[dict[str, str]]]:
    """Every office with its holder."""
    headings = (
        "单位", "职务", "导师来源", "排序", "任职人", "手机号", "身份证号", "任职时间", "文号", "申请账号",
    )  # fmt: skip
    rows = []
    for number, office in enumerate(officeholders.offices(), start=1):
        since = add_years(AS_OF.replace(day=1), -office.years) if office.years else date(AS_OF.year - 1, 12, 20)
        source = "政治淬炼导师" if office.political else "群众工作导师" if office.community else "无"
        rows.append(
            {
                "单位": office.unit,
                "职务": office.name,
                "导师来源": source,
                "排序": str(office.order),
                "任职人": office.holder,
                "手机号": f"1990001{number:04d}",
                "任职时间": day(since),
                "文号": f"望委组〔{since.year}〕{number}号",
                "申请账号": "是" if source != "无" else "否",
            }
        )
    return headings, rows


def day(value: date | None) -> str:
    return f"{value:%Y.%m.%d}" if value is not None else ""


def month(value: date) -> str:
    return f"{value:%Y.%m}"


def workbook_of(headings: Sequence[str], rows: Iterable[dict[str, str]], *, sheet: str) -> bytes:
    """Headings and text below them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": MADE})
        page = workbook.add_worksheet(sheet)
        bold = workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#DCE6F0"})
        text = workbook.add_format({"num_format": "@"})
        page.set_column(0, len(headings) - 1, 14, text)
        page.freeze_panes(1, 1)
        page.write_row(0, 0, headings, bold)
        for line, row in enumerate(rows, start=1):
            for index, heading in enumerate(headings):
                if row.get(heading):
                    page.write_string(line, index, row[heading], text)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    return out.getvalue()


def csv_of(headings: Sequence[str], rows: Iterable[dict[str, str]]) -> bytes:
    """As a Chinese Excel saves CSV: GB 18030, CRLF."""
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, lineterminator="\r\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("gb18030")


def samples() -> dict[str, bytes]:
    """Every file by its name."""
    from scripts.difficult_sample import difficult_workbook
    from scripts.sample_form import sample_form

    rows = roster_rows()
    return {
        UNITS: workbook_of(*unit_rows(), sheet="单位"),
        OFFICES: workbook_of(*office_rows(), sheet="职务"),
        ROSTER: workbook_of(HEADINGS, rows, sheet="花名册"),
        ROSTER_CSV: csv_of(HEADINGS, rows),
        DIFFICULT: difficult_workbook(rows),
        FORM: sample_form(),
    }


def main() -> None:
    SAMPLES.mkdir(exist_ok=True)
    for name, content in samples().items():
        (SAMPLES / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
