"""Filling Word templates: what a placeholder may do, what is said where it cannot be filled, and the mark."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from docx import Document
from docx.oxml.ns import qn

from cadre_app.core.documents import Mark
from cadre_app.documents.word import fill
from tests.documents.made import template, word_lines

VALUES = {"name": "林知远", "goals": ["一", "二"], "parts": [{"title": "甲", "lines": ["子", "丑"]}]}


def filled(*paragraphs: str, **values: object) -> list[str]:
    return word_lines(fill(template(*paragraphs), {**VALUES, **values}))


def test_values_and_loops_are_printed():
    lines = filled(
        "姓名：{{ name }}",
        "{%p for goal in goals %}",
        "{{ loop.index }}．{{ goal }}",
        "{%p endfor %}",
        "{%p for part in parts %}",
        "{{ part.title }}：{{ part.lines | join('、') }}",
        "{%p endfor %}",
        "{% if name %}有{% else %}无{% endif %}",
    )
    assert lines == ["姓名：林知远", "1．一", "2．二", "甲：子、丑", "有"]


@pytest.mark.parametrize("name", ["甲 < 乙 & 丙", "{{ goals }}", "{% for %}", "“引”'号'", "𠮷㛃"])
def test_a_value_is_printed_as_it_is(name):
    assert filled("{{ name }}", name=name) == [name]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ nmae }}", "“nmae”"),
        ("{{ parts[0].tilte }}", "“tilte”"),
        ("{{ parts[7] }}", "“7”"),
        ("{{ name", "“{{ name”"),
        ("{{ name }", "“{{ name }”"),
        ("{% if name %}一", "“{% if name %}一”"),
        ("{{ name | shout }}", "“{{ name | shout }}”"),
        ("{% include 'other.docx' %}", "near “{% include 'other.docx' %}”"),
        ("{{ name.__class__ }}", "“__class__”"),
        ("{{ ''.__class__.__mro__ }}", "“__class__”"),
        ("{{ goals.append }}", "“append”"),
        ("{{ name.upper() }}", "more than fill in values near “{{ name.upper() }}”"),
        ("{{ range(9) }}", "near “{{ range(9) }}”"),
        ("{{ 9 ** 99999999 }}", "near “{{ 9 ** 99999999 }}”"),
        ("{{ '%1000000000d' % 1 }}", "near “{{ '%1000000000d' % 1 }}”"),
        ("{% macro a() %}{{ a() }}{% endmacro %}", "near “{% macro a() %}"),
        ("{{ name * 1000000000 }}", "reckons with texts"),
        ("{{ name + name }}", "reckons with texts"),
        (
            "{% for a in goals %}{% for b in goals %}{% for c in goals %}一{% endfor %}{% endfor %}{% endfor %}",
            "{% for a",
        ),
    ],
)
def test_a_template_that_cannot_be_filled_names_the_placeholder(text, said):
    with override("en"), pytest.raises(ValidationError) as caught:
        filled("首行", text)
    assert (caught.value.code, said in caught.value.messages[0]) == ("template", True)


def test_what_word_did_not_write_is_refused():
    with pytest.raises(ValidationError) as caught:
        fill(b"PK\x03\x04 nothing", VALUES)
    assert caught.value.code == "template"


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


@pytest.mark.parametrize(("mark", "place"), [(Mark.ACROSS, "word/header"), (Mark.FOOT, "word/footer")])
def test_the_mark_stands_where_its_kind_asks_and_in_every_template(mark, place):
    made = parts(fill(template("{{ name }}"), VALUES, mark=mark, marked="内部资料 注意保管  张三"))
    assert [name[:11] for name, text in made.items() if "内部资料 注意保管  张三" in text] == [place]


def test_a_paper_without_a_mark_has_none():
    made = parts(fill(template("{{ name }}"), VALUES, mark=Mark.NONE, marked="内部资料"))
    assert [name for name, text in made.items() if "内部资料" in text] == []


def test_a_cell_whose_list_is_empty_ends_with_a_paragraph_all_the_same():
    """Word calls a file broken in which one does not."""
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "{%p for goal in goals %}"
    cell.add_paragraph("{{ goal }}")
    cell.add_paragraph("{%p endfor %}")
    target = io.BytesIO()
    document.save(target)
    for goals, said in (([], [""]), (["一", "二"], ["一", "二"])):
        found = Document(io.BytesIO(fill(target.getvalue(), {"goals": goals}))).tables[0].cell(0, 0)
        assert found._tc[-1].tag == qn("w:p")
        assert [paragraph.text for paragraph in found.paragraphs] == said
