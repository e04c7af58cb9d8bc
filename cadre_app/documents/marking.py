"""内部资料 注意保管, 草稿: the marks in a Word file, put in after filling so that no template of the office can leave it out."""

from typing import Any

from cadre_app.core.documents import Mark

SHAPE = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
    '<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>'
    '<v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
    ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;'
    "rotation:325;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="silver"'
    ' stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:宋体;font-size:1pt"/></v:shape>'
    "</w:pict></w:r></w:p>"
)
GREY = "808080"
SMALL = 8
LINE, WORD = "width:460pt;height:26pt", "width:280pt;height:100pt"


def mark_document(document: Any, mark: Mark, text: str, state: str = "") -> None:
    """Across every page, in a small line at its foot, or not at all; and the state of a paper, large, across every page."""
    for section in document.sections:
        if mark is Mark.ACROSS:
            for head in _of_every_page(document, section, "header"):
                _across(head, text, LINE)
        if mark is Mark.FOOT:
            for foot in _of_every_page(document, section, "footer"):
                _at_foot(foot, text)
        if state:
            for head in _of_every_page(document, section, "header"):
                _across(head, state, WORD)


def _of_every_page(document: Any, section: Any, place: str) -> list[Any]:
    """The heads (or feet) that a section has: of all pages, of even ones, of its first."""
    names = [place]
    if document.settings.odd_and_even_pages_header_footer:
        names.append(f"even_page_{place}")
    if section.different_first_page_header_footer:
        names.append(f"first_page_{place}")
    return [getattr(section, name) for name in names]


def _across(header: Any, text: str, size: str) -> None:
    from docx.oxml import parse_xml

    header.is_linked_to_previous = False
    paragraph = parse_xml(SHAPE)
    shape = paragraph.xpath(".//*[local-name()='shape']")[0]
    shape.set("style", f"{shape.get('style')};{size}")
    shape.xpath("./*[local-name()='textpath']")[0].set("string", text)
    header._element.append(paragraph)


def _at_foot(footer: Any, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    footer.is_linked_to_previous = False
    paragraph = footer.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    # A line as high as the body's would reach up into the type area.
    paragraph.paragraph_format.line_spacing = Pt(SMALL + 1)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb, run.font.name = Pt(SMALL), RGBColor.from_string(GREY), "宋体"
    run._element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
