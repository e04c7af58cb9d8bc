"""Makes the Word templates of papers in the layout of GB/T 9704-2012: one base, then the words of each.

A new paper adds a function to PAPERS. The same words stand in its HTML template; tests compare what both print.
"""

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

ROOT = Path(__file__).resolve().parent.parent
FANGSONG, XIAOBIAOSONG, HEI, KAI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
BODY, TITLE, PAGE = Pt(16), Pt(22), Pt(14)
LINE = Pt(28.95)
LINE_PITCH, CHAR_SPACE = "579", "-850"  # 22 lines in 225 mm, 28 characters in 156 mm
STAMP = (2026, 1, 1, 0, 0, 0)


def base(*, numbered: bool) -> Any:
    """An empty paper: A4, type area, grid, body text, page numbers where it has several pages."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(21)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for name, value in (("type", "linesAndChars"), ("linePitch", LINE_PITCH), ("charSpace", CHAR_SPACE)):
        grid.set(qn(f"w:{name}"), value)
    normal = document.styles["Normal"]
    face(normal, FANGSONG, BODY)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing_rule, normal.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    if numbered:
        number_pages(document, section)
    core = document.core_properties
    core.author = core.last_modified_by = core.title = core.comments = ""
    return document


def face(style: Any, name: str, size: Any) -> None:
    """The font for Chinese as well as for figures and Latin letters; without eastAsia Word ignores it."""
    style.font.name, style.font.size, style.font.bold = name, size, False
    fonts = style._element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def number_pages(document: Any, section: Any) -> None:
    """— 1 —, 4号, one character from the outer edge: right on odd pages, left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        edge = "rightChars" if side == WD_ALIGN_PARAGRAPH.RIGHT else "leftChars"
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn(f"w:{edge}"), "100")
        for text in ("— ", None, " —"):
            run = paragraph.add_run(text or "")
            face(run, SONG, PAGE)
            if text is None:
                field = OxmlElement("w:fldSimple")
                field.set(qn("w:instr"), "PAGE")
                shown = paragraph.add_run("1")
                face(shown, SONG, PAGE)
                field.append(shown._r)
                run._r.addnext(field)


def line(
    document: Any,
    text: str,
    font: str = FANGSONG,
    *,
    size: Any = BODY,
    align: Any = WD_ALIGN_PARAGRAPH.JUSTIFY,
    indent: bool = True,
    right: int = 0,
) -> Any:
    """One paragraph; `right` characters are left free at its end."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    face(run, font, size)
    run.font.color.rgb = RGBColor(0, 0, 0)
    spaces = paragraph._p.get_or_add_pPr().get_or_add_ind()
    if indent:
        spaces.set(qn("w:firstLineChars"), "200")
        spaces.set(qn("w:firstLine"), "640")
    if right:
        spaces.set(qn("w:rightChars"), str(right * 100))
        spaces.set(qn("w:right"), str(right * 320))
    return paragraph


def title(document: Any, text: str) -> None:
    """2号小标宋, centred; the number below it, or an empty line."""
    line(document, text, XIAOBIAOSONG, size=TITLE, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    for mark in ("{%p if number %}", "{{ number }}", "{%p endif %}", ""):
        line(document, mark, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)


def heading(document: Any, text: str) -> None:
    line(document, text, HEI).paragraph_format.keep_with_next = True


def listed(document: Any, each: str, lines: str) -> None:
    """One paragraph for each of `lines`."""
    line(document, f"{{%p for {each} in {lines} %}}", indent=False)
    line(document, f"{{{{ {each} }}}}")
    line(document, "{%p endfor %}", indent=False)


def signatures(document: Any, columns: tuple[tuple[str, int], ...]) -> None:
    """Who signs, with room for it, and the day."""
    table = document.add_table(rows=3, cols=len(columns))
    table.autofit = False
    whos = [who for who, _width in columns]
    days = ["　　年　月　日"] * len(columns)
    for row, texts, height in zip(table.rows, (whos, [""] * len(columns), days), (None, Pt(42), None), strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if height is not None:
            row.height = height
        for cell, text, (_who, width) in zip(row.cells, texts, columns, strict=True):
            cell.width = Mm(width)
            face(cell.paragraphs[0].add_run(text), FANGSONG, BODY)
            cell.paragraphs[0].paragraph_format.keep_with_next = texts is not days
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def agreement() -> Any:
    document = base(numbered=True)
    title(document, "青蓝结对协议")
    line(document, "甲方（组织部门）：{{ department }}")
    line(document, "乙方（{{ role }}）：{{ mentor }}")
    line(document, "丙方（帮带对象）：{{ trainee }}")
    line(document, "为做好引进生、选调生跟踪培养工作，甲、乙、丙三方就青蓝结对有关事项达成如下协议。")
    heading(document, "一、结对关系和期限")
    line(document, "甲方安排乙方担任丙方的{{ role }}，结对期限自{{ since }}起至{{ until }}止。")
    heading(document, "二、帮带目标")
    line(document, "{%p for part in goals %}", indent=False)
    line(document, "{{ part.title }}", KAI).paragraph_format.keep_with_next = True
    listed(document, "line", "part.lines")
    line(document, "{%p else %}", indent=False)
    line(document, "由三方另行商定，作为本协议附件。")
    line(document, "{%p endfor %}", indent=False)
    heading(document, "三、帮带方式")
    listed(document, "line", "ways")
    heading(document, "四、三方约定")
    listed(document, "line", "rules")
    heading(document, "五、协议效力")
    line(document, "本协议一式三份，甲、乙、丙三方各执一份，自三方签字（盖章）之日起生效。")
    signatures(document, (("导师（签字）：", 49), ("帮带对象（签字）：", 56), ("组织部（盖章）：", 51)))
    return document


def letter() -> Any:
    document = base(numbered=False)
    title(document, "聘　书")
    line(document, "兹聘请{{ mentor }}同志担任{{ trainee }}同志的{{ role }}，聘期自{{ since }}起至{{ until }}止。")
    line(document, "特发此聘书。")
    for _ in range(2):
        line(document, "", indent=False)
    line(document, "{{ department }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=2)
    line(document, "{{ dated }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=4)
    return document


def report() -> Any:
    document = base(numbered=True)
    line(document, "{{ title }}", XIAOBIAOSONG, size=TITLE, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    line(document, "{{ period }}", KAI, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    line(document, "", indent=False)
    line(document, "{%p for part in sections %}", indent=False)
    line(document, "{%p if part.heading %}", indent=False)
    heading(document, "{{ part.heading }}")
    line(document, "{%p endif %}", indent=False)
    listed(document, "line", "part.paragraphs")
    line(document, "{%p endfor %}", indent=False)
    line(document, "", indent=False)
    line(document, "{{ mentor }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=4)
    line(document, "{{ day }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=4)
    return document


def certificate() -> Any:
    document = base(numbered=False)
    title(document, "结业证书")
    words = "{{ trainee }}同志{{ period }}参加“{{ course }}”培训，共{{ hours }}学时，完成规定学习任务，{{ result }}准予结业。"
    line(document, words)
    line(document, "特发此证。")
    for _ in range(2):
        line(document, "", indent=False)
    line(document, "{{ department }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=2)
    line(document, "{{ dated }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=4)
    return document


def facts(document: Any, rows: tuple[tuple[str, ...], ...], widths: tuple[int, ...]) -> None:
    """A table with lines around each cell: label, value, label, value."""
    table = document.add_table(rows=len(rows), cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for row, texts in zip(table.rows, rows, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Mm(width)
            face(cell.paragraphs[0].add_run(text), FANGSONG, PAGE)


def term_review() -> Any:
    document = base(numbered=True)
    title(document, "到村任职期满考核表")
    facts(
        document,
        (
            ("姓名", "{{ trainee }}", "单位", "{{ unit }}"),
            ("职务", "{{ post }}", "任职身份", "{{ role }}"),
            ("任职村", "{{ village }}", "请假", "{{ leave }}"),
            ("到村时间", "{{ since }}", "期满时间", "{{ until }}"),
        ),
        (24, 54, 24, 54),
    )
    line(document, "", indent=False)
    heading(document, "一、本人总结")
    listed(document, "line", "summary")
    heading(document, "二、国情调研报告")
    line(document, "{{ report }}")
    heading(document, "三、查阅资料情况")
    listed(document, "line", "papers")
    heading(document, "四、走访谈话情况")
    line(document, "{{ talks }}")
    heading(document, "五、考核意见")
    listed(document, "line", "proposal")
    line(document, "考核结果：{{ conclusion }}")
    heading(document, "六、公示情况")
    line(document, "{{ notice }}")
    line(document, "{{ department }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=2)
    signatures(document, (("本人（签字）：", 49), ("村党组织（盖章）：", 56), ("组织部（盖章）：", 51)))
    return document


def evaluation_result() -> Any:
    document = base(numbered=True)
    title(document, "群众评价结果")
    facts(
        document,
        (("姓名", "{{ trainee }}", "单位", "{{ unit }}"), ("评价地点", "{{ place }}", "测评表", "{{ sheets }}")),
        (24, 54, 24, 54),
    )
    line(document, "", indent=False)
    line(document, "{{ title }}，{{ period }}。{{ left_out }}")
    heading(document, "一、各题情况")
    listed(document, "line", "lines")
    heading(document, "二、希望和建议")
    listed(document, "line", "remarks")
    line(document, "本次评价不记名，结果仅用于帮助年轻干部改进工作，不作排名。")
    line(document, "{{ department }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=2)
    line(document, "{{ counted_on }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=4)
    return document


PAPERS: dict[str, Callable[[], Any]] = {
    "cadre_app/mentorship/word/agreement.docx": agreement,
    "cadre_app/mentorship/word/letter.docx": letter,
    "cadre_app/mentorship/word/report.docx": report,
    "cadre_app/training/word/certificate.docx": certificate,
    "cadre_app/assignments/word/term_review.docx": term_review,
    "cadre_app/evaluation/word/result.docx": evaluation_result,
}


def content(make: Callable[[], Any]) -> bytes:
    """The file with one date for all its parts, so that the same words make the same bytes."""
    raw, target = io.BytesIO(), io.BytesIO()
    make().save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            new.writestr(zipfile.ZipInfo(name, STAMP), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def main() -> int:
    made = {ROOT / name: content(make) for name, make in PAPERS.items()}
    if "--check" in sys.argv:
        wrong = [path.name for path, data in made.items() if not path.exists() or path.read_bytes() != data]
        print("word templates: " + (f"differ: {', '.join(wrong)}" if wrong else "as made"))
        return 1 if wrong else 0
    for path, data in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
