"""Two sides on paper, in Word and as PDF, however much stands on them; and what is no form to be handed on says so."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from docx import Document
from docx.shared import Mm, Pt

from cadre_app.appointment import papers
from cadre_app.appointment.checking import findings
from cadre_app.appointment.fitting import BACK_STYLE, FRONT_STYLE, STEPS, back_side, fit_word, front_side
from cadre_app.appointment.lrmx.fields import FamilyRow, FormFields
from cadre_app.appointment.models import AppointmentForm
from cadre_app.appointment.printed import form_values
from cadre_app.appointment.services import drafts
from cadre_app.documents.making import open_paper
from cadre_app.documents.word import fill
from cadre_app.people.models import Trainee
from tests.appointment.conftest import District
from tests.documents.made import pdf_pages, template, word_lines

pytestmark = pytest.mark.django_db

WORK = "临澜市望屿区梧岭镇党建办公室副主任、二级主任科员（退休）"
REWARDS = "2023年6月，获中共望屿区委“优秀共产党员”。\n2024年度考核优秀，给予嘉奖。\n2025年8月，临澜市人民政府记三等功。"
# B18: ten lines on paper.
RESUME = """\
2015.09--2019.07  澜江大学公共管理学院行政管理专业学习
2019.07--2022.06  澜江大学公共管理学院公共管理专业硕士研究生学习
2022.06--2022.08  待分配
2022.08--2022.09  临澜市望屿区梧岭镇试用期公务员（选调生）
2022.09--2023.08  临澜市望屿区梧岭镇试用期公务员（选调生）、梧头村党支部书记助理（挂职）
2023.08--2024.09  临澜市望屿区梧岭镇四级主任科员、梧头村党支部书记助理（挂职）
2024.09--2025.10  临澜市望屿区梧岭镇四级主任科员
                  （其间：2025.03--2025.09在临澜市农业农村局跟班学习）
2025.10--         临澜市望屿区梧岭镇党建办公室主任、三级主任科员"""
LONG = "\n".join(
    f"{year}.09--{year + 1}.08  临澜市望屿区梧岭镇党建办公室主任、三级主任科员，兼任梧头村第一书记、工作队队长"
    for year in range(2006, 2020)
)


def relatives(count: int, work: str) -> tuple[FamilyRow, ...]:
    return tuple(FamilyRow("岳母", f"欧阳望海{number}", "197103", "中共党员", work) for number in range(count))


PLAIN = FormFields(
    name="陈嘉穗", sex="女", birth="199708", ethnic_group="汉族", native_place="某省临澜望屿", party="201906", work="202208",
    full_time_level="研究生", full_time_degree="公共管理硕士", full_time_school="澜江大学公共管理学院公共管理专业",
    post="望屿区梧岭镇党建办公室主任、三级主任科员", resume=RESUME, rewards=REWARDS.splitlines()[1],
    assessments="2023年：称职；2024年：优秀；2025年：称职", reason="工作需要", reporting_unit="中共望屿区委组织部",
    family=relatives(2, "教师"), age_day="20261123", filled_in="202611", filled_by="严正平",
)  # fmt: skip
FITTING = {
    "plain": PLAIN,
    "ten relatives": replace(PLAIN, family=relatives(10, "教师（退休）")),
    "ten of two lines": replace(PLAIN, family=relatives(10, WORK), rewards=REWARDS),
    "a long life": replace(PLAIN, resume=LONG, family=relatives(10, WORK), rewards=f"{REWARDS}\n{REWARDS}"),
}
TOO_MUCH = replace(PLAIN, resume=f"{LONG}\n{LONG}\n{LONG}", family=relatives(10, WORK * 3), rewards=f"{REWARDS}\n" * 5)


def issued(file: Trainee, place: District, fields: FormFields) -> AppointmentForm:
    draft = drafts.make_draft(file, actor=place.staff)
    return drafts.issue_form(drafts.edit_draft(draft, fields=fields, actor=place.staff), actor=place.staff)


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


@pytest.mark.parametrize("name", FITTING)
def test_the_pdf_has_two_sides_and_the_second_ends_with_who_filled_it_in(
    file: Trainee, place: District, name: str
) -> None:
    opened = open_paper(papers.FORM, issued(file, place, FITTING[name]).pk, place.staff, timezone.now())
    assert opened is not None
    pages = pdf_pages(opened.pdf())
    assert len(pages) == 2
    assert pages[0].startswith("干部任免审批表")
    assert "填表人：严正平2026年11月" in pages[1]


@pytest.mark.parametrize("name", FITTING)
def test_word_bears_the_same_letters_and_rows_that_stand_on_a_page(name: str) -> None:
    values = form_values(FITTING[name])
    front, back = front_side(values), back_side(values)
    filled = fill(papers.WORD.read_bytes(), values, finish=lambda document: fit_word(document, front, back))
    document = Document(io.BytesIO(filled))
    for table, style, side in zip(document.tables, (FRONT_STYLE, BACK_STYLE), (front, back), strict=True):
        assert document.styles[style].font.size == Pt(side.step.points)
        assert document.styles[style].paragraph_format.line_spacing == Pt(side.step.leading)
        assert round(table.rows[-1].height.mm) == side.open_mm
        assert sum(row.height for row in table.rows) <= Mm(212)
        assert {cell.paragraphs[-1].style.name for cell in table.rows[1].cells} == {style}


def test_a_template_of_the_office_without_our_styles_stays_as_it_is() -> None:
    values = form_values(TOO_MUCH)
    front, back = front_side(values), back_side(values)
    filled = fill(template("{{ name }}"), values, finish=lambda document: fit_word(document, front, back))
    assert word_lines(filled) == ["陈嘉穗"]


def test_rows_give_way_before_letters_become_smaller() -> None:
    sides = {name: back_side(form_values(form)) for name, form in FITTING.items()}
    assert (sides["plain"].step.points, sides["plain"].step.tall, sides["plain"].blanks) == (12, STEPS[0].tall, 5)
    assert (sides["ten relatives"].step.points, sides["ten relatives"].blanks) == (12, 0)
    assert sides["ten relatives"].step.tall < STEPS[0].tall
    assert sides["ten of two lines"].step.points < 12
    assert all(side.fits for side in sides.values())


def test_the_check_says_what_does_not_fit_on_two_sides(file: Trainee, place: District) -> None:
    with translation.override("en"):
        found = [one.text for one in findings(TOO_MUCH, file, file.pk) if "more than one page" in one.text]
        none = [one.text for one in findings(FITTING["a long life"], file, file.pk) if "one page" in one.text]
    assert [text.split(" takes")[0] for text in found] == [
        "Even in letters of 8 pt the front side", "Even in letters of 8 pt the back side",
    ]  # fmt: skip
    assert none == []


@pytest.mark.parametrize(("state", "word"), [("draft", "草稿"), ("issued", ""), ("voided", "已作废")])
def test_what_is_not_to_be_handed_on_says_so_on_every_output(
    file: Trainee, place: District, state: str, word: str
) -> None:
    form = drafts.make_draft(file, actor=place.staff)
    if state == "issued":
        form = drafts.issue_form(form, actor=place.staff)
    if state == "voided":
        form = drafts.void_form(form, reason="误制", actor=place.staff)
    opened = open_paper(papers.FORM, form.pk, place.staff, timezone.now())
    assert opened is not None
    page = render_to_string("documents/_paper.html", opened.context)
    made = parts(opened.word())
    told = [name for name, text in made.items() if "草稿" in text or "已作废" in text]
    if not word:
        assert opened.marked.startswith("内部资料")
        assert "paper-state" not in page
        assert told == []
        return
    assert opened.marked.startswith(f"{word}  内部资料")
    assert f"<span>{word}</span>" in page
    assert all(word in text for text in pdf_pages(opened.pdf()))
    assert [name for name in told if name.startswith("word/header")]
    assert [name for name in told if name.startswith("word/footer")]


@pytest.mark.parametrize("state", ["draft", "voided"])
def test_only_what_was_issued_and_stands_is_taken_as_lrmx(
    file: Trainee, place: District, client_of: Any, state: str
) -> None:
    form = drafts.make_draft(file, actor=place.staff)
    if state == "voided":
        form = drafts.void_form(drafts.issue_form(form, actor=place.staff), reason="误制", actor=place.staff)
    client, url = client_of(place.staff), f"/appointment-forms/{form.pk}/lrmx/"
    assert url not in client.get(f"/appointment-forms/{form.pk}/").content.decode()
    assert (client.get(url).status_code, client.post(url, {"reason": "报送"}).status_code) == (403, 403)
