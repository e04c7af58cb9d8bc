"""What is typed becomes words, each found in any width and case, and grams by which the index knows them."""

import re
from datetime import date

import pytest
from django.db import connection

from cadre_app.core.grams import grams_of, quarters_back
from cadre_app.search.words import words_of


@pytest.mark.parametrize(
    ("typed", "grams"),
    [
        ("村", ("村",)),
        ("茶园", ("茶园",)),
        ("合作社", ("合作", "作社")),
        ("茶园 合作社", ("茶园", "合作", "作社")),
        ("茶园、水渠", ("茶园", "水渠")),
        ("茶园\u3000茶园", ("茶园",)),
        ("ＡＩ", ("ai",)),
        ("GDP1２", ("gd", "dp", "p1", "12")),
        ("3.5亩", ("3", "5亩")),
        ("“水渠”", ("水渠",)),
        ("李𠮷安", ("李𠮷", "𠮷安")),
    ],
)
def test_words_are_known_by_their_pairs(typed: str, grams: tuple[str, ...]) -> None:
    words = words_of(typed)
    assert words is not None
    assert words.grams == grams


@pytest.mark.parametrize("typed", ["", " ", "a", "7", "Ａ", "，", "。 ？", "a 。", "'", "\\"])
def test_what_is_too_short_is_not_looked_for(typed: str) -> None:
    assert words_of(typed) is None


@pytest.mark.parametrize(
    ("typed", "is_exact"), [("村", True), ("茶园", True), ("茶园 水渠", True), ("合作社", False), ("茶·园", False)]
)
def test_only_longer_words_are_read_again(typed: str, is_exact: bool) -> None:
    words = words_of(typed)
    assert words is not None
    assert words.is_exact == is_exact


def test_no_word_is_passed_over() -> None:
    words = words_of("一 二 三 四 五 六 七 六")
    assert words is not None
    assert len(words.patterns) == 7


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("gdp", "人均ＧＤＰ"),
        ("GDP", "gDp"),
        ("120亩", "１２０亩"),
        ("（一）", "(一)"),
        ("a.b", "Ａ．Ｂ"),
        ("[x]", "［Ｘ］"),
        ("x^2", "X^2"),
        ("a\\b", "a＼b"),
        ("1-2", "1－2"),
        ("c++ $ | *", "C++ $ | *"),
    ],
)
@pytest.mark.django_db
def test_a_pattern_means_the_same_here_and_in_the_database(typed: str, text: str) -> None:
    words = words_of(typed)
    assert words is not None
    with connection.cursor() as cursor:
        for pattern in words.patterns:
            cursor.execute("SELECT %s ~ %s, '水渠' ~ %s", [text, pattern, pattern])
            assert (bool(re.search(pattern, text)), cursor.fetchone()) == (True, (True, False))


@pytest.mark.parametrize(
    "text",
    [
        "今天走了西坑组9户，记下Ｇ ＤＰ和3.5亩；“一户一策”？",
        "单\n字\t行 ok",
        "《乡村振兴促进法》第(十)条——AbC１２３…￥5%",
        "𠮷㛃é‿🙂👍",
        "",
        "，。",
        "'引号' \\反斜\\ \"双\"",
    ],
)
@pytest.mark.django_db
def test_the_database_keeps_every_gram_that_is_asked_of_a_text(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(core_grams(%s))", [text])
        [kept] = cursor.fetchone()
    pieces = {text[at : at + size] for size in (1, 2, 3, 5) for at in range(len(text))}
    asked = {gram for piece in pieces for word in piece.split() for gram in grams_of(word)}
    assert asked <= set(kept)
    assert not [gram for gram in kept if len(gram) > 2 or set(gram) & set(" \n\t，。？“”'\\\"")]


@pytest.mark.django_db
def test_the_longest_text_fits() -> None:
    signs = "".join(chr(0x20000 + number) for number in range(40_000))
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(core_grams(%s))", [signs + signs])
        assert cursor.fetchone() == (40_000 + 40_000,)


@pytest.mark.django_db
def test_grams_of_a_quarter_have_it_before_them() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day, tsvector_to_array(core_quarter_grams(core_grams('茶园'), day)) FROM unnest(%s::date[]) AS day",
            [[date(2026, month, day) for month in range(1, 13) for day in (1, 28)]],
        )
        kept = dict(cursor.fetchall())
        cursor.execute(
            "SELECT core_quarter_grams(core_grams('，'), '2026-01-01')::text, core_quarter_grams(NULL, NULL)"
        )
        assert cursor.fetchone() == ("", None)
    for day, grams in kept.items():
        [quarter] = quarters_back(day, day)
        assert grams == [f"{quarter}{gram}" for gram in ("园", "茶", "茶园")]
    assert len({grams[0] for grams in kept.values()}) == 4


def test_quarters_are_counted_back_across_years() -> None:
    back = quarters_back(date(2026, 4, 1), date(2024, 12, 31))
    assert list(back) == ["2026.2", "2026.1", "2025.4", "2025.3", "2025.2", "2025.1", "2024.4"]
    assert list(quarters_back(date(2024, 1, 1), date(2024, 3, 31))) == ["2024.1"]
