"""干部任免审批表 as Word: two sides, each one table with lines around every cell.

Letters and lines of a side are those of its style, so that they can become smaller (appointment.fitting.fit_word).
"""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from paper_layout import CLOSE, FANGSONG, SMALL, TITLE, XIAOBIAOSONG, base, face, line, off_the_grid, set_columns

FRONT = (20, 26, 16, 20, 20, 24, 30)
BACK = (14, 16, 22, 20, 22, 62)
TIGHT, HANGING = Pt(17), Pt(108)
FRONT_STYLE, RESUME_STYLE, BACK_STYLE = "审批表正面", "审批表简历", "审批表背面"
# Row, first column, last row, last column, text; `1` centres it.
HEAD = (
    (0, 0, 0, 0, "姓名", 1), (0, 1, 0, 1, "{{ name }}", 1), (0, 2, 0, 2, "性别", 1), (0, 3, 0, 3, "{{ sex }}", 1),
    (0, 4, 0, 4, "出生年月", 1), (0, 5, 0, 5, "{{ birth }}{{ age }}", 1), (0, 6, 3, 6, "{{ photo }}", 1),
    (1, 0, 1, 0, "民族", 1), (1, 1, 1, 1, "{{ ethnic_group }}", 1), (1, 2, 1, 2, "籍贯", 1),
    (1, 3, 1, 3, "{{ native_place }}", 1), (1, 4, 1, 4, "出生地", 1), (1, 5, 1, 5, "{{ birth_place }}", 1),
    (2, 0, 2, 0, "入党时间", 1), (2, 1, 2, 1, "{{ party }}", 1), (2, 2, 2, 2, "参加工作时间", 1),
    (2, 3, 2, 3, "{{ work }}", 1), (2, 4, 2, 4, "健康状况", 1), (2, 5, 2, 5, "{{ health }}", 1),
    (3, 0, 3, 0, "专业技术职务", 1), (3, 1, 3, 2, "{{ technical_post }}", 1), (3, 3, 3, 3, "熟悉专业有何专长", 1),
    (3, 4, 3, 5, "{{ specialty }}", 1),
    (4, 0, 5, 0, "学历学位", 1), (4, 1, 4, 1, "全日制教育", 1),
    (4, 4, 4, 4, "毕业院校系及专业", 1), (4, 5, 4, 6, "{{ full_time_school }}", 0),
    (5, 1, 5, 1, "在职教育", 1), (5, 4, 5, 4, "毕业院校系及专业", 1),
    (5, 5, 5, 6, "{{ on_job_school }}", 0),
    (6, 0, 6, 1, "现任职务", 1), (6, 2, 6, 6, "{{ post }}", 0),
    (7, 0, 7, 1, "拟任职务", 1), (7, 2, 7, 6, "{{ new_post }}", 0),
    (8, 0, 8, 1, "拟免职务", 1), (8, 2, 8, 6, "{{ old_post }}", 0),
    (9, 0, 9, 0, "简历", 1),
)  # fmt: skip
FRONT_HEIGHTS = (9, 9, 9, 9, 9, 9, 9, 9, 9, 96)
FAMILY = ("称谓", "姓名", "出生年月", "政治面貌", "工作单位及职务")
ROW = ("{{ row.relation }}", "{{ row.name }}", "{{ row.birth }}", "{{ row.political }}", "{{ row.work }}")


def appointment_form() -> Any:
    document = base(numbered=False)
    _styles(document)
    head = line(document, "干部任免审批表", XIAOBIAOSONG, size=TITLE, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    head.paragraph_format.space_after = Pt(4)
    front = _table(document, len(FRONT_HEIGHTS), FRONT, FRONT_HEIGHTS)
    for row, column, last_row, last_column, text, centred in HEAD:
        _write(_merged(front, row, column, last_row, last_column), (text,), centred=bool(centred))
    for row, lines in ((4, "full_time"), (5, "on_job")):
        marks = (f"{{%p for line in {lines} %}}", "{{ line }}", "{%p endfor %}")
        _write(_merged(front, row, 2, row, 3), marks, centred=True)
    resume = _merged(front, 9, 1, 9, 6)
    marks = ("{%p for line in resume %}", "{{ line.period }}\t{{ line.text }}", "{%p endfor %}")
    _write(resume, marks, RESUME_STYLE, centred=False, top=True)
    turn = line(document, "", size=Pt(1), indent=False)
    turn.paragraph_format.page_break_before = True
    turn.paragraph_format.line_spacing = Pt(1)
    off_the_grid(turn._p.get_or_add_pPr())
    _back(document)
    foot = line(document, "填表人：{{ filled_by }}　　{{ filled_in }}", size=SMALL, indent=False)
    foot.paragraph_format.line_spacing = CLOSE
    off_the_grid(foot._p.get_or_add_pPr())
    return document


def _styles(document: Any) -> None:
    for name in (FRONT_STYLE, RESUME_STYLE, BACK_STYLE):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        face(style, FANGSONG, SMALL)
        shape = style.paragraph_format
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, TIGHT
        if name == RESUME_STYLE:
            shape.left_indent, shape.first_line_indent = HANGING, -HANGING
        off_the_grid(style.element.get_or_add_pPr())


def _back(document: Any) -> None:
    heights = (26, 16, 16, 9, 9, 9, 9, 16, 46)
    table = _table(document, len(heights), BACK, heights)
    for number, (label, mark) in enumerate(
        (("奖惩情况", "rewards"), ("年度考核结果", "assessments"), ("任免理由", "reason"))
    ):
        _write(_merged(table, number, 0, number, 0), (label,), BACK_STYLE, centred=True)
        marks = (f"{{%p for line in {mark} %}}", "{{ line }}", "{%p endfor %}")
        _write(_merged(table, number, 1, number, 5), marks, BACK_STYLE, centred=False)
    _write(_merged(table, 3, 0, 6, 0), ("家庭主要成员及重要社会关系",), BACK_STYLE, centred=True)
    for number, texts in ((3, FAMILY), (4, ("{%tr for row in family %}",)), (5, ROW), (6, ("{%tr endfor %}",))):
        for column, text in enumerate(texts, start=1):
            _write(table.cell(number, column), (text,), BACK_STYLE, centred=column < len(ROW) or texts is FAMILY)
    _write(table.cell(7, 0), ("呈报单位",), BACK_STYLE, centred=True)
    _write(_merged(table, 7, 1, 7, 5), ("{{ reporting_unit }}", "　　年　月　日"), BACK_STYLE, centred=False)
    bodies = ("（盖章）", "　　年　月　日")
    _write(table.cell(8, 0), ("审批机关意见",), BACK_STYLE, centred=True)
    _write(_merged(table, 8, 1, 8, 3), bodies, BACK_STYLE, centred=True, bottom=True)
    _write(table.cell(8, 4), ("行政机关任免意见",), BACK_STYLE, centred=True)
    _write(table.cell(8, 5), bodies, BACK_STYLE, centred=True, bottom=True)


def _table(document: Any, rows: int, widths: tuple[int, ...], heights: tuple[int, ...]) -> Any:
    table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    set_columns(table, widths)
    for row, height in zip(table.rows, heights, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "60")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    return table


def _merged(table: Any, row: int, column: int, last_row: int, last_column: int) -> Any:
    return table.cell(row, column).merge(table.cell(last_row, last_column))


def _write(
    cell: Any,
    texts: tuple[str, ...],
    style: str = FRONT_STYLE,
    *,
    centred: bool,
    top: bool = False,
    bottom: bool = False,
) -> None:
    place = WD_ALIGN_VERTICAL.TOP if top else WD_ALIGN_VERTICAL.BOTTOM if bottom else WD_ALIGN_VERTICAL.CENTER
    cell.vertical_alignment = place
    for number, text in enumerate(texts):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.style = style
        if "photo" in text:
            paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        paragraph.add_run(text)
