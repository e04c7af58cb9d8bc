"""The layout of GB/T 9704-2012 for Word templates: page, faces, headings, tables, places to sign."""

from typing import Any

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FANGSONG, XIAOBIAOSONG, HEI, KAI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
BODY, TITLE, PAGE, SMALL = Pt(16), Pt(22), Pt(14), Pt(12)
LINE, CLOSE = Pt(28.95), Pt(19)
LINE_PITCH = "579"  # 22 lines in 225 mm
# 28 characters in 156 mm, in twentieths of a point: spaced, since a grid of characters that are narrower than their
# letters is drawn twice as wide by others than Word.
NARROWER = "-5"


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
    for name, value in (("type", "lines"), ("linePitch", LINE_PITCH)):
        grid.set(qn(f"w:{name}"), value)
    normal = document.styles["Normal"]
    face(normal, FANGSONG, BODY)
    narrow(normal)
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


def narrow(style: Any) -> None:
    """As many characters a line as the standard has."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), NARROWER)
    # The schema wants it before the size.
    style._element.get_or_add_rPr().find(qn("w:sz")).addprevious(spacing)


def off_the_grid(properties: Any) -> None:
    """Lines as high as they say, not as those of the page: some programs hold also exact ones to its grid."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    # The schema wants it before spacing, indents and alignment.
    names = [qn(f"w:{name}") for name in ("spacing", "ind", "contextualSpacing", "jc", "rPr")]
    following = next((child for child in properties if child.tag in names), None)
    properties.append(snap) if following is None else following.addprevious(snap)


def set_columns(table: Any, widths: tuple[int, ...]) -> None:
    """Widths in millimetres for the table itself and each of its cells: Word goes by the cells, others by the table."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


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
    hanging: int = 0,
) -> Any:
    """One paragraph; `right` characters are left free at its end, all rows but the first begin `hanging` ones later."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    face(run, font, size)
    run.font.color.rgb = RGBColor(0, 0, 0)
    spaces = paragraph._p.get_or_add_pPr().get_or_add_ind()
    if indent:
        spaces.set(qn("w:firstLineChars"), "200")
        spaces.set(qn("w:firstLine"), "640")
    if hanging:
        for name in ("left", "hanging"):
            spaces.set(qn(f"w:{name}Chars"), str(hanging * 100))
            spaces.set(qn(f"w:{name}"), str(hanging * 320))
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


def ruled(paragraph: Any, side: str, color: str, eighths: int = 12) -> Any:
    """A line above ("top") or below ("bottom") a paragraph, so many eighths of a point thick."""
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "1"), ("color", color)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    # The schema wants borders before spacing and indents.
    properties = paragraph._p.get_or_add_pPr()
    following = next((child for child in properties if child.tag in (qn("w:spacing"), qn("w:ind"), qn("w:jc"))), None)
    properties.append(borders) if following is None else following.addprevious(borders)
    return paragraph


def led(document: Any, head: str, text: str) -> Any:
    """A paragraph that begins with its heading, 黑体, and goes on in the face of the text."""
    paragraph = line(document, head, HEI)
    run = paragraph.add_run(text)
    face(run, FANGSONG, BODY)
    run.font.color.rgb = RGBColor(0, 0, 0)
    return paragraph


def signatures(document: Any, columns: tuple[tuple[str, int], ...]) -> None:
    """Who signs, with room for it, and the day."""
    table = document.add_table(rows=3, cols=len(columns))
    set_columns(table, tuple(width for _who, width in columns))
    whos = [who for who, _width in columns]
    days = ["　　年　月　日"] * len(columns)
    for row, texts, height in zip(table.rows, (whos, [""] * len(columns), days), (None, Pt(42), None), strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if height is not None:
            row.height = height
        for cell, text in zip(row.cells, texts, strict=True):
            face(cell.paragraphs[0].add_run(text), FANGSONG, BODY)
            cell.paragraphs[0].paragraph_format.keep_with_next = texts is not days
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def facts(document: Any, rows: tuple[tuple[str, ...], ...], widths: tuple[int, ...]) -> None:
    """A table with lines around each cell: label, value, label, value."""
    table = document.add_table(rows=len(rows), cols=len(widths))
    table.style = "Table Grid"
    set_columns(table, widths)
    for row, texts in zip(table.rows, rows, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text in zip(row.cells, texts, strict=True):
            face(cell.paragraphs[0].add_run(text), FANGSONG, PAGE)


def rows_of(
    document: Any,
    heads: tuple[str, ...],
    each: str,
    cells: tuple[str, ...],
    widths: tuple[int, ...],
    *,
    height: int = 0,
) -> None:
    """A table with a line for `each` of a list ("row in rows"), at least so many millimetres high; its head stands on every
    page.
    """
    table = document.add_table(rows=4, cols=len(heads), style="Table Grid")
    set_columns(table, widths)
    texts = (heads, (f"{{%tr for {each} %}}",), cells, ("{%tr endfor %}",))
    for row, line_of in zip(table.rows, texts, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if height:
            row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, text in zip(row.cells, line_of, strict=False):
            paragraph = cell.paragraphs[0]
            face(paragraph.add_run(text), HEI if line_of is heads else FANGSONG, SMALL)
            paragraph.paragraph_format.line_spacing = CLOSE
            off_the_grid(paragraph._p.get_or_add_pPr())
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def boxes(document: Any, rows: tuple[tuple[str, str, int], ...]) -> None:
    """A label, and beside it room for `lines`, at least so many millimetres high, to be written into by hand."""
    table = document.add_table(rows=len(rows), cols=2)
    table.style = "Table Grid"
    set_columns(table, (24, 132))
    for row, (label, lines, height) in zip(table.rows, rows, strict=True):
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
        face(row.cells[0].paragraphs[0].add_run(label), FANGSONG, PAGE)
        marks = (f"{{%p for line in {lines} %}}", "{{ line }}", "{%p endfor %}")
        for number, text in enumerate(marks):
            paragraph = row.cells[1].paragraphs[0] if number == 0 else row.cells[1].add_paragraph()
            face(paragraph.add_run(text), FANGSONG, PAGE)
