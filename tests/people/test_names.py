import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cadre_app.accounts.models import validate_username
from cadre_app.people.models import Person
from cadre_app.people.writing.names import is_name, pinyin_matches, sort_keys, split_name, tidy_name, username_base
from cadre_app.people.writing.strokes import stroke_key
from cadre_app.people.writing.surnames import COMPOUND, SINGLE

BY_STROKES = (
    "万俟宁 马晨曦 王㛃 区慧敏 仇雅文 邓书恒 石可馨 冯景行 朴正浩 许哲宁 苏沐阳 李𠮷安 杨牧青 吴承翰 何语嫣 宋时雨 "
    "阿依努尔·艾山 陈嘉穗 林知远 欧阳朔 罗启航 郑可欣 单一鸣 查云帆 黄雨桐 盖新宇 梁子衿 尉迟安 曾砚秋 谢若楠 解思源 "
    "蔡文琪 翟晓棠 缪诗涵"
)
ASCII = re.compile(r"[!-~]*")
NAMES = st.text(max_size=40) | st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40)


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("林知远", "lin'zhi'yuan", "lzy"),
        ("单一鸣", "shan'yi'ming", "sym"),
        ("解思源", "xie'si'yuan", "xsy"),
        ("仇雅文", "qiu'ya'wen", "qyw"),
        ("区慧敏", "ou'hui'min", "ohm"),
        ("查云帆", "zha'yun'fan", "zyf"),
        ("朴正浩", "piao'zheng'hao", "pzh"),
        ("盖新宇", "ge'xin'yu", "gxy"),
        ("翟晓棠", "zhai'xiao'tang", "zxt"),
        ("缪诗涵", "miao'shi'han", "msh"),
        ("曾砚秋", "zeng'yan'qiu", "zyq"),
        ("乐长安", "yue'chang'an", "yca"),
        ("任我行", "ren'wo'xing", "rwx"),
        ("华召", "hua'zhao", "hz"),
        ("尉迟安", "yu'chi'an", "yca"),
        ("万俟宁", "mo'qi'ning", "mqn"),
        ("欧阳朔", "ou'yang'shuo", "oys"),
        ("长孙明", "zhang'sun'ming", "zsm"),
        ("澹台月", "tan'tai'yue", "tty"),
        ("吕绿", "lv'lv", "ll"),
        ("阿依努尔·艾山", "a'yi'nu'er'ai'shan", "ayneas"),
        ("王㛃", "wang'jie", "wj"),
        ("李𠮷安", "li'ji'an", "lja"),
        ("单　一鸣", "shan'yi'ming", "sym"),
        ("Ａnn Müller", "ann'muller", "am"),
        ("Ёж", "~", "~"),
        ("·", "", ""),
    ],
)
def test_a_name_is_read_with_the_surnames_own_reading(name: str, pinyin: str, initials: str) -> None:
    keys = sort_keys(name)
    assert (keys.pinyin, keys.initials) == (pinyin, initials)


def test_pinyin_keeps_the_people_of_one_surname_together() -> None:
    names = ["李安", "连战", "李白", "查云", "张三", "赵六"]
    assert sorted(names, key=lambda name: sort_keys(name).pinyin) == ["李安", "李白", "连战", "查云", "张三", "赵六"]


def test_strokes_are_counted_first_and_compared_in_order_then() -> None:
    assert sorted("石邓丁王一乙区仇冯朴于干二", key=stroke_key) == list("一乙二丁干于王区仇邓石冯朴")


def test_the_trainees_stand_in_the_order_of_strokes() -> None:
    assert " ".join(sorted(sorted(BY_STROKES.split()), key=lambda name: sort_keys(name).strokes)) == BY_STROKES


def test_people_of_one_surname_follow_by_the_next_character() -> None:
    names = ["王一", "王㛃", "王丁", "王", "王二一"]
    assert sorted(names, key=lambda name: sort_keys(name).strokes) == ["王", "王一", "王二一", "王丁", "王㛃"]


def test_a_character_without_strokes_stands_after_those_of_its_neighbours_count_or_last() -> None:
    assert sorted("𪚥A頠谢鞠", key=stroke_key) == list("谢頠鞠A𪚥")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("林知远", ("林", "知远")),
        ("欧阳朔", ("欧阳", "朔")),
        ("王 宁", ("王", "宁")),
        ("王", ("王", "")),
        ("阿依努尔·艾山", ("", "阿依努尔·艾山")),
        ("Ann  Lee", ("", "Ann Lee")),
        ("", ("", "")),
    ],
)
def test_a_chinese_name_has_a_surname(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("林知远", "linzhiyuan"),
        ("单一鸣", "shanyiming"),
        ("鄂", "e00"),
        ("阿依努尔·艾山", "ayinueraishan"),
        ("庄" * 9, "zhuang" * 4),
        ("a" * 40, "a" * 28),
        ("★", "user"),
    ],
)
def test_a_sign_in_name_begins_with_the_pinyin(name: str, base: str) -> None:
    assert username_base(name) == base


@given(NAMES)
@example("\ud800")
@example("ﷺ" * 40)
@example("齉" * 40)
def test_any_text_has_keys_that_fit(name: str) -> None:
    keys = sort_keys(name)
    assert keys == sort_keys(name)
    for key, length in ((keys.pinyin, 200), (keys.initials, 40), (keys.strokes, 240)):
        assert len(key) <= length
        assert ASCII.fullmatch(key)
    split_name(name)
    pinyin_matches(name)
    validate_username(username_base(name))
    assert len(username_base(name)) <= 28


@given(st.text(alphabet="abcdefghilmnouxyz '", max_size=60))
def test_typing_anything_makes_a_short_condition(typed: str) -> None:
    assert len(pinyin_matches(typed).children) <= 80


def test_the_tables_of_surnames_hold_readings() -> None:
    assert all(re.fullmatch(r"[a-z]+( [a-z]+)+", readings) for readings in SINGLE.values())
    assert all(len(reading.split()) == len(surname) for surname, reading in COMPOUND.items())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zgf", "郑国峰"),
        ("zheng", "郑国峰 郑可欣"),
        ("ZHENG  guo", "郑国峰"),
        ("zhengguof", "郑国峰"),
        ("zhenggf", "郑国峰"),
        ("zheng'guo'feng", "郑国峰"),
        ("lian", "李安 连胜"),
        ("ouyang", "欧阳朔"),
        ("ouyangs", "欧阳朔"),
        ("ouyshuo", ""),
        ("shanyi", "单一鸣"),
        ("danyi", "单一鸣"),
        ("danym", "单一鸣"),
        ("chan", "单一鸣"),
        ("lü", "吕律"),
        ("lv", "吕律"),
        ("ayinu", "阿依努尔·艾山"),
        ("郑", ""),
        ("%", ""),
        ("", ""),
    ],
)
def test_people_are_found_by_what_is_typed(typed: str, found: str) -> None:
    for name in ["郑国峰", "郑可欣", "李安", "连胜", "欧阳朔", "单一鸣", "吕律", "阿依努尔·艾山"]:
        keys = sort_keys(name)
        Person.objects.create(name=name, name_pinyin=keys.pinyin, name_initials=keys.initials)
    people = Person.objects.filter(pinyin_matches(typed)).order_by("name_pinyin")
    assert [person.name for person in people] == found.split()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("尉 迟　安", "尉迟安"),
        ("尉迟安\u200b", "尉迟安"),
        ("阿依努尔・艾山", "阿依努尔·艾山"),
        ("阿依努尔 • 艾山", "阿依努尔·艾山"),
        ("  Anna  Maria ", "Anna Maria"),
    ],
)
def test_a_name_is_written_without_its_layout(typed, name):
    assert tidy_name(typed) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王㛃", True),
        ("李𠮷安", True),
        ("阿依努尔·艾山", True),
        ("O'Neil-Smith", True),
        ("周瑜（女）", False),
        ("尉<b>迟", False),
        ("=cmd()", False),
    ],
)
def test_what_no_name_has_is_told_apart(text, expected):
    assert is_name(text) is expected
