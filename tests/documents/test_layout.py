"""The layout of GB/T 9704-2012 in the Word templates, and that templates and fonts are what their scripts make."""

import importlib
import io
import sys
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from cadre_app.core.documents import document_kinds

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("mentorship.agreement", "mentorship.letter")


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return lambda name: sys.modules.get(name) or importlib.import_module(name)


def test_the_templates_are_those_of_the_script(script):
    maker = script("make_document_templates")
    assert [name for name, make in maker.PAPERS.items() if (ROOT / name).read_bytes() != maker.content(make)] == []


def test_the_fonts_are_those_of_the_list(script):
    maker = script("make_fonts")
    assert (maker.FOLDER / maker.SUMS).read_text() == maker.sums()


@pytest.mark.parametrize("kind", KINDS)
def test_type_area_grid_and_fonts_follow_the_standard(kind):
    document = Document(io.BytesIO(document_kinds[kind].word.read_bytes()))
    section = document.sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(side.mm) for side in sides] == [210, 297, 37, 28]
    area = (
        section.page_width - section.left_margin - section.right_margin,
        section.page_height - section.top_margin - section.bottom_margin,
    )
    assert [round(Mm(1) and length / 36000) for length in area] == [156, 225]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert [grid.get(qn(f"w:{name}")) for name in ("type", "linePitch", "charSpace")] == ["lines", "579", None]
    spacing = document.styles["Normal"].element.rPr.find(qn("w:spacing"))
    assert Mm(156).pt // (16 + int(spacing.get(qn("w:val"))) / 20) == 28
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if run.text.strip()]
    faces = {(run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size) for run in runs}
    assert {("方正小标宋简体", Pt(22)), ("仿宋_GB2312", Pt(16))} <= faces
    assert {face for face, _size in faces} <= {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"}


@pytest.mark.parametrize("kind", KINDS)
def test_tables_are_as_wide_as_their_cells_say(kind):
    document = Document(io.BytesIO(document_kinds[kind].word.read_bytes()))
    for table in document.tables:
        columns = [column.width for column in table.columns]
        for row in table.rows:
            widths = {cell._tc: cell.width for cell in row.cells}
            assert sum(widths.values()) == pytest.approx(sum(columns), abs=Mm(1))


def test_pages_of_the_agreement_are_numbered_outside():
    document = Document(io.BytesIO(document_kinds["mentorship.agreement"].word.read_bytes()))
    section = document.sections[0]
    feet = [section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]]
    assert document.settings.odd_and_even_pages_header_footer
    assert ["".join(text.text or "" for text in foot._p.iter(qn("w:t"))) for foot in feet] == ["— 1 —", "— 1 —"]
    assert [foot.alignment.name for foot in feet] == ["RIGHT", "LEFT"]
