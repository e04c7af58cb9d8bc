"""The place that was found: some signs around it, marked, in whole signs."""

import pytest

from cadre_app.search.snippets import snippet
from cadre_app.search.words import words_of


def shown(typed: str, *texts: str) -> str:
    words = words_of(typed)
    assert words is not None
    return "".join(f"[{one.text}]" if one.is_marked else one.text for one in snippet(texts, words))


@pytest.mark.parametrize(
    ("typed", "texts", "found"),
    [
        ("茶园", ("走了茶园三处。",), "走了[茶园]三处。"),
        ("gdp", ("人均ＧＤＰ与gdp",), "人均[ＧＤＰ]与[gdp]"),
        ("茶园 水渠", ("先看水渠，\n再看茶园。",), "先看[水渠]， 再看[茶园]。"),
        ("茶园 水渠", ("茶园改造", "修水渠，也看茶园"), "修[水渠]，也看[茶园]"),
        ("茶园 水渠", ("茶园改造", "修水渠"), "[茶园]改造"),
        ("茶园", ("茶园改造", "走了茶园三处。"), "走了[茶园]三处。"),
        ("茶园", ("", "没有"), ""),
        ("茶园", (), ""),
        ("<b>", ("一个<b>标签",), "一个[<b>]标签"),
    ],
)
def test_the_text_with_most_of_the_words_is_shown(typed: str, texts: tuple[str, ...], found: str) -> None:
    assert shown(typed, *texts) == found


def test_only_some_signs_around_the_first_place_are_shown() -> None:
    text = "前" * 100 + "茶园" + "后" * 100
    assert shown("茶园", text) == "…" + "前" * 18 + "[茶园]" + "后" * 52 + "…"
    assert shown("茶园", "茶园" + "后" * 100) == "[茶园]" + "后" * 70 + "…"
    assert shown("茶园", "前" * 100 + "茶园") == "…" + "前" * 18 + "[茶园]"


def test_a_sign_is_not_parted_from_its_accents_and_variants() -> None:
    before = "é" * 17 + "e\u0301" + "了" * 17
    assert shown("茶园", f"起{before}茶园").startswith("…e\u0301了")
    family = "👨\u200d👩\u200d👧"
    assert shown("茶园", f"起{'头' * 30}{family}{'了' * 15}茶园").startswith(f"…{family}了")


def test_a_long_word_at_the_end_of_a_long_one_is_shown_whole() -> None:
    assert shown("茶" * 40, "前" * 60 + "茶" * 40 + "后") == "…" + "前" * 18 + "[" + "茶" * 40 + "]后"
