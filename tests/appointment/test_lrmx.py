import re
from dataclasses import fields, replace

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre_app.appointment.archives import Sent
from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import ELEMENTS, FamilyRow, FormFields, tidy
from cadre_app.appointment.lrmx.old import read_lrm
from cadre_app.appointment.lrmx.reading import LONGEST, Read, read_lrmx
from cadre_app.appointment.lrmx.writing import write_lrmx
from cadre_app.appointment.services import intakes
from cadre_app.people.writing import resume as resumes
from scripts import make_samples, sample_form
from tests.appointment.conftest import District
from tests.appointment.samples import OLD_FIELDS, THIRD_PARTY, old_file

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40).map(tidy)
MONTH = st.sampled_from(["", "199908", "202402", "190001"])
ROW = st.builds(FamilyRow, relation=TEXT, name=TEXT, birth=MONTH, political=TEXT, work=TEXT).filter(
    lambda row: not row.is_empty
)
RESUME = (
    "2015.09--2019.07  澜江大学学习\n2019.07--         望屿区\n                  （其间：2025.03--2025.09跟班学习）"
)
PLAIN = {
    each.name: TEXT
    for each in fields(FormFields)
    if each.name not in ("birth", "work", "filled_in", "age_day", "party", "resume", "family", "photo", "program")
}
FORM = st.builds(
    FormFields,
    birth=MONTH,
    work=MONTH,
    filled_in=MONTH,
    age_day=st.sampled_from(["", "20261123", "20240229"]),
    party=st.sampled_from(["", "201906", "民盟", "201906；民盟"]),
    resume=st.sampled_from(["", RESUME]),
    family=st.lists(ROW, max_size=10).map(tuple),
    photo=st.binary(max_size=300),
    program=st.sampled_from(["3.0", "3.2.1.6"]),
    **PLAIN,
)


def refused(content: bytes) -> str:
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        read_lrmx(content)
    return str(caught.value.code)


def read(text: str) -> Read:
    with translation.override("en"):
        return read_lrmx(text.encode())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(FORM)
def test_what_is_written_is_read_as_it_was(form: FormFields) -> None:
    assert read_lrmx(write_lrmx(form)) == Read(form)


def test_a_form_of_another_program_is_read_and_comes_back_the_same() -> None:
    found = read(THIRD_PARTY)
    form = found.form
    assert (form.birth, form.party, form.work, form.age_day, form.filled_in) == (
        "199908", "201906", "202208", "20261123", "202611",
    )  # fmt: skip
    assert form.resume == (
        "2015.09--2019.07  澜江大学公共管理学院行政管理专业学习\n"
        "2019.07--2022.06  澜江大学公共管理学院公共管理专业硕士研究生学习\n"
        "2022.08--         临澜市望屿区梧岭镇四级主任科员\n"
        "                  （其间：2025.03--2025.09在临澜市农业农村局跟班学习）"
    )
    assert [row.birth for row in form.family] == ["197103", "197305"]
    assert found.others == (("ZhengZhiMianMao", "中共党员"),)
    assert found.remarks == ()
    assert read_lrmx(write_lrmx(form)) == Read(form)


def test_the_sample_of_another_program_comes_back_byte_for_byte() -> None:
    """Whatever the form knows; what it does not know is kept beside it, in its order."""
    found = read_lrmx((make_samples.SAMPLES / make_samples.FORM).read_bytes())
    assert write_lrmx(found.form) == sample_form.sample_form(unknown=False)
    assert found.others == sample_form.UNKNOWN
    assert [element for element, _text in sample_form.TEXTS] == list(ELEMENTS)
    assert len(found.form.family) == len(sample_form.FAMILY)
    assert found.form.photo.startswith(b"\xff\xd8\xff")
    assert all(getattr(found.form, ELEMENTS[name]) for name, text in sample_form.TEXTS if text)


@pytest.mark.django_db
def test_what_the_form_does_not_know_is_kept_with_the_upload(place: District) -> None:
    content = (make_samples.SAMPLES / make_samples.FORM).read_bytes()
    kept = intakes.bring_in(files=[Sent(make_samples.FORM, content)], actor=place.staff).files.get()
    assert tuple(map(tuple, kept.read["others"])) == sample_form.UNKNOWN


def test_it_is_written_strictly() -> None:
    family = tuple(FamilyRow(relation="兄", name=f"陈{number}") for number in range(12))
    form = replace(read(THIRD_PARTY).form, family=family, photo=b"\xff\xd8\xff", post="a < b & c")
    made = write_lrmx(form)
    text = made.decode()
    assert made.startswith(b'<?xml version="1.0" encoding="utf-8"?>\r\n<Person>')
    assert re.findall(r"\n  <(\w+)>", text) == list(ELEMENTS)
    assert text.count("<Item>") == 10
    assert "行政管理专业学习\r\n2019.07--2022.06  澜江大学" in text
    assert "a &lt; b &amp; c" in text
    assert "<ZhaoPian>/9j/</ZhaoPian>" in text
    assert "\n" not in text.replace("\r\n", "")


def test_order_and_what_cannot_be_read_do_not_stop_the_reading() -> None:
    found = read(
        "  <Person><JianLi>哪年不详  在某厂做工</JianLi><ChuShengNianYue>九十年代</ChuShengNianYue><XingMing>李𠮷安</XingMing></Person>"
    )
    assert (found.form.name, found.form.birth, found.form.resume) == ("李𠮷安", "九十年代", "哪年不详  在某厂做工")
    assert found.remarks == (
        "“九十年代” is no month that can be read.",
        "Résumé: Line 1: begin with the months, for example 2015.09--2019.07.",
    )


def test_days_of_a_resume_are_left_out_and_told() -> None:
    found = read("<Person><JianLi>●2015.09.01-----2019.07.01  澜江大学\n●2019.07迄今 工作</JianLi></Person>")
    assert found.form.resume == "2015.09--2019.07  澜江大学\n2019.07--         工作"
    assert found.remarks == ("Résumé: the months were taken without the days, in lines: 1",)


def test_more_than_ten_relatives_are_read_and_told() -> None:
    rows = "".join(f"<Item><XingMing>陈{number}</XingMing></Item>" for number in range(12))
    found = read(f"<Person><JiaTingChengYuan>{rows}</JiaTingChengYuan></Person>")
    assert len(found.form.family) == 12
    assert found.remarks == ("The family has 12 rows; the form takes 10.",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"not xml", "damaged"),
        (b"<Person><XingMing>", "damaged"),
        (b"<Other/>", "damaged"),
        (b'<!DOCTYPE Person [<!ENTITY x SYSTEM "file:///etc/passwd">]><Person><XingMing>&x;</XingMing></Person>', "damaged"),
        (b'<!DOCTYPE Person [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><Person><XingMing>&b;</XingMing></Person>', "damaged"),
        (b'<!DOCTYPE Person SYSTEM "http://example.invalid/x.dtd"><Person/>', "damaged"),
        (b"<Person>" + b"<a>" * 500 + b"</a>" * 500 + b"</Person>", "damaged"),
        (b"<Person>" + b"<a/>" * 5000 + b"</Person>", "damaged"),
        (b"<Person><JianLi>" + b"x" * 30_000 + b"</JianLi></Person>", "damaged"),
        (b"<Person><JianLi>" + b"A" * 28_000_000 + b"</JianLi></Person>", "oversize"),
        (b"<Person><ZhaoPian>" + b"A" * 51_000_000 + b"</ZhaoPian></Person>", "oversize"),
        (b"<Person><ZhaoPian>" + b"A" * 17_000_000 + b"<JianLi/></ZhaoPian></Person>", "oversize"),
        (b"<Person><ZhaoPian/>" + b"A" * 17_000_000 + b"<JianLi/><ZhaoPian/></Person>", "oversize"),
        (b"<Person>" + b"ZhaoPian" * 2_200_000, "oversize"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_hostile_files_are_refused_in_words(content: bytes, code: str) -> None:
    assert refused(content) == code


@pytest.mark.parametrize(
    ("photo", "remark"),
    [
        ("*not base64*", "The photo is damaged and was left out."),
        ("A" * 15_000_000, "The photo is larger than 10 MB and was left out."),
        ("A" * 28_000_000, "The photo is larger than 10 MB and was left out."),
    ],
    ids=["damaged", "large", "far too large"],
)
def test_a_form_is_read_without_a_photo_that_cannot_be_kept(photo: str, remark: str) -> None:
    found = read(f"<Person><XingMing>陈嘉穗</XingMing><ZhaoPian>{photo}</ZhaoPian></Person>")
    assert (found.form.name, found.form.photo, found.remarks) == ("陈嘉穗", b"", (remark,))


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_a_far_too_large_photo_is_left_out_of_two_byte_text_too(codec: str) -> None:
    text = f"\ufeff<Person><XingMing>陈嘉穗</XingMing><ZhaoPian>{'A' * 15_000_000}</ZhaoPian><JiGuan>临澜</JiGuan></Person>"
    with translation.override("en"):
        found = read_lrmx(text.encode(codec))
    assert (found.form.name, found.form.native_place, found.form.photo) == ("陈嘉穗", "临澜", b"")
    assert found.remarks == ("The photo is larger than 10 MB and was left out.",)


def test_nothing_that_stands_inside_of_a_text_is_lost() -> None:
    found = read(
        "<Person><JianLi>2015.09--2019.07 A大学学习<br/>2019.07-- 某镇科员</JianLi>"
        "<XianRenZhiWu>某镇<b>党委</b>委员</XianRenZhiWu><RenMianLiYou><p>工作</p><p>需要</p></RenMianLiYou></Person>"
    )
    assert found.form.resume == "2015.09--2019.07  A大学学习\n2019.07--         某镇科员"
    assert (found.form.post, found.form.reason) == ("某镇党委委员", "工作\n需要")
    assert found.remarks[0] == "“b” stands inside of “Present post”: its text was read as part of it."
    assert found.others == ()


def test_what_stands_twice_is_told_and_an_empty_one_wipes_nothing() -> None:
    found = read(
        "<Person>前言<XingMing>陈嘉穗</XingMing><XingMing/><JiGuan>甲</JiGuan><JiGuan>乙</JiGuan>"
        "<JiaTingChengYuan>无<Item><XingMing>陈望海</XingMing><XingMing>另一人</XingMing></Item></JiaTingChengYuan></Person>"
    )
    assert (found.form.name, found.form.native_place, found.form.family[0].name) == ("陈嘉穗", "甲", "陈望海")
    assert found.remarks == (
        "“Native place” stands more than once: the first one was read.",
        "“Full name” stands more than once: the first one was read.",
    )
    assert dict(found.others) == {
        "Person": "前言", "JiGuan": "乙", "JiaTingChengYuan": "无", "JiaTingChengYuan/Item/XingMing": "另一人",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("GB2312", "gbk"),
        ("gbk", "gb18030"),
        ("GB2312", "utf-8"),
        ("utf-16", "utf-8"),
        ("utf-16", "utf-16"),
        ("", "gbk"),
    ],
)
def test_the_encoding_is_found_whatever_the_head_says(head: str, code: str) -> None:
    declared = f'<?xml version="1.0" encoding="{head}"?>\r\n' if head else ""
    content = f"{declared}<Person><XingMing>陈嘉穗</XingMing></Person>".encode(code)
    assert read_lrmx(content).form.name == "陈嘉穗"


def test_what_the_form_does_not_know_is_cut_and_told_however_long_it_is() -> None:
    content = "<Person><XingMing>陈嘉穗</XingMing><QianMing>" + "A" * 300_000 + "</QianMing></Person>"
    with translation.override("en"):
        found = read_lrmx(content.encode())
    assert found.form.name == "陈嘉穗"
    assert [(name, len(text)) for name, text in found.others] == [("QianMing", LONGEST)]
    assert found.remarks == ("“QianMing” is longer than 20000 characters: the rest of it was left out.",)


def test_an_old_file_is_read() -> None:
    found = read_lrm(old_file(), b"photo")
    form = found.form
    assert (form.name, form.full_time_level, form.full_time_degree) == ("陈嘉穗", "大学", "管理学学士")
    assert (form.on_job_level, form.on_job_degree_school) == ("研究生", "澜江大学公共管理专业")
    assert (form.rewards, form.specialty, form.new_post) == ('获"优秀"嘉奖', "公共管理", "望屿区梧岭镇党建办公室主任")
    assert [(row.relation, row.name, row.birth) for row in form.family] == [
        ("父亲", "陈望海", "197103"),
        ("母亲", "周念慈", "197305"),
    ]
    assert resumes.parse(form.resume)[1].end is None
    assert (form.photo, found.remarks) == (b"photo", ())
    assert read_lrmx(write_lrmx(form)) == Read(form)


@pytest.mark.parametrize("content", [b"", b'"only"', b"no quotes", b"\xff\xfe" * 10, old_file(OLD_FIELDS[:20])])
def test_what_is_no_old_file_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError):
        read_lrm(content)


@pytest.mark.parametrize("text", ["1997.03（29岁）", "1997.03\n(29岁)", "1997年3月（29周岁）", "199703（２９岁）"])
def test_a_month_is_read_with_the_age_that_printed_forms_add(text: str) -> None:
    assert dates.as_month(text) == "199703"
    assert read_lrm(old_file([*OLD_FIELDS[:2], text, *OLD_FIELDS[3:]]), b"").form.birth == "199703"
    assert dates.as_month(text.replace("岁", "届")) is None


def askew(place: int, text: str, *others: str) -> Read:
    """An old file with this text in one field, and fields behind the last one."""
    fields = [*OLD_FIELDS[:place], text, *OLD_FIELDS[place + 1 :], *others]
    with translation.override("en"):
        return read_lrm(old_file(fields))


@pytest.mark.parametrize(
    ("place", "name", "text", "said"),
    [
        (18, "rewards", '获"优秀","先进","标兵"称号', "Rewards and discipline"),
        (18, "rewards", '获"优秀" , "先进"称号', "Rewards and discipline"),
        (28, "reason", '"工作","需要"', "Reason for the appointment or removal"),
        (16, "specialty", '"公共管理","写作"', "Professional strengths"),
        (11, "technical_post", '"助理工程师","二级心理咨询师"', "Professional title"),
    ],
)
def test_a_text_that_holds_what_parts_the_fields_of_an_old_file_is_whole(
    place: int, name: str, text: str, said: str
) -> None:
    """As every later field then stands where it belongs, and nowhere else."""
    found, plain = askew(place, text), read_lrm(old_file())
    assert getattr(found.form, name) == text
    assert replace(found.form, **{name: getattr(plain.form, name)}) == plain.form
    [remark] = found.remarks
    assert remark.endswith(f'as “{said}” holds “","”: look that text over.')
    assert found.others == ()


def test_the_family_of_an_old_file_stays_together_around_such_a_text() -> None:
    found = askew(24, '临澜市第二中学教师","已退休@望屿区医院护士')
    assert [(row.name, row.work) for row in found.form.family] == [
        ("陈望海", '临澜市第二中学教师","已退休'), ("周念慈", "望屿区医院护士"),
    ]  # fmt: skip
    assert (found.form.filled_by, found.form.filled_in) == ("严正平", "202611")


def test_two_texts_with_quotations_are_both_whole() -> None:
    found = read_lrm(old_file([*OLD_FIELDS[:18], '获"优秀","先进"', *OLD_FIELDS[19:28], '"急","需"', *OLD_FIELDS[29:]]))
    assert (found.form.rewards, found.form.reason, found.form.filled_in) == ('获"优秀","先进"', '"急","需"', "202611")


@pytest.mark.parametrize(("place", "text"), [(18, '获优秀","先进称号'), (28, '工作","需要'), (4, '临澜","望屿')])
def test_what_can_be_read_in_several_ways_stays_and_is_told(place: int, text: str) -> None:
    """Résumé and rewards are both free texts: nobody can say to which one the middle belongs."""
    found = askew(place, text)
    assert found.remarks[0] == (
        "The record has 34 fields instead of 33, and not all stand in their places: look each text over."
    )


@pytest.mark.parametrize("text", ['获"优秀"嘉奖', '"'])
def test_fields_behind_the_last_one_are_kept_as_before(text: str) -> None:
    found = askew(18, text, "", "后来的栏目")
    assert (found.form.rewards, found.remarks, found.others) == (text, (), (("35", "后来的栏目"),))


def test_an_old_file_of_far_too_many_fields_is_refused() -> None:
    with pytest.raises(ValidationError):
        read_lrm(old_file([*OLD_FIELDS, *["x"] * 5000]))


@pytest.mark.parametrize(
    ("codec", "before"),
    [("utf-8", b""), ("utf-8-sig", b""), ("utf-16", b""), ("utf-16-be", b"\xfe\xff"), ("gb18030", b"")],
)
def test_an_old_form_saved_anew_in_another_encoding(codec: str, before: bytes) -> None:
    assert read_lrm(before + old_file().decode("gbk").encode(codec), b"") == read_lrm(old_file(), b"")


def test_an_old_form_of_few_chinese_signs_is_still_gbk() -> None:
    fields = ["联通", "女", *[""] * (len(OLD_FIELDS) - 2)]
    assert read_lrm(old_file(fields), b"").form.name == "联通"


@pytest.mark.parametrize("empty", [(3,), (3, 4, 5), (0, 1), (31, 32), (0, 12, 13, 32)])
def test_empty_fields_without_quotes(empty: tuple[int, ...]) -> None:
    fields = ["" if place in empty else text for place, text in enumerate(OLD_FIELDS)]
    bare = ",".join("" if place in empty else f'"{text}"' for place, text in enumerate(fields))
    assert read_lrm((bare + "\r\n").encode("gbk"), b"") == read_lrm(old_file(fields), b"")
