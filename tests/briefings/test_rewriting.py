"""New numbers and other days in a text that people may have edited, and what it says untruly."""

from datetime import date

import pytest

from cadre_app.briefings import composing
from cadre_app.briefings.composing import HEADS, NOTHING
from cadre_app.briefings.rewriting import misdated, redated, rewritten, unborne
from cadre_app.briefings.snapshots import CLAIMS, KEYS, ONCE_EACH, PROBLEMS_ANSWERED, Counted
from tests.briefings.test_composing import DAY, NUMBERS, composed, frame

PARTS = ("opening", "stages", "practice", "following")
THIS_YEAR = (date(2026, 1, 1), DAY)
LAST_YEAR = (date(2025, 1, 1), date(2025, 12, 31))
PERIODS = [
    THIS_YEAR,
    LAST_YEAR,
    (date(2023, 1, 1), date(2023, 12, 31)),
    (date(2025, 11, 24), DAY),
    (date(2026, 3, 1), date(2026, 3, 1)),
    (date(2026, 3, 1), date(2026, 3, 31)),
]


def parts_of(text):
    return {name: getattr(text, name) for name in PARTS}


@pytest.mark.parametrize("then", PERIODS)
@pytest.mark.parametrize("now", PERIODS)
def test_a_copy_says_what_the_template_says_of_its_own_period(then, now):
    """Also where one has no session of its own: the period then stands before the visits."""
    for numbers in ({}, {"on_demand_sessions": 0}, {"mentor_pairs": 0, "guidance_notes": 0}):
        old, new = (parts_of(composed(frame(*days), **numbers)) for days in (then, now))
        assert {name: redated(text, frame(*then), frame(*now)) for name, text in old.items()} == new


def test_a_text_of_last_year_is_redated_though_it_is_not_called_this_year_any_more():
    january = date(2027, 1, 5)
    then = frame(*THIS_YEAR, today=january)
    now = frame(date(2026, 1, 1), date(2026, 12, 31), today=january)
    assert redated(composed().opening, then, now).startswith("2026年，区委组织部")


def test_years_and_days_that_people_wrote_are_left_alone():
    typed = "2025年度考核优秀2名。2025年12月31日前完成整改，自2025年以来未变。"
    assert redated(typed, frame(*LAST_YEAR), frame(*THIS_YEAR)) == typed


def test_words_for_other_days_are_named():
    text = "一年来，各单位扎实推进。截至2025年12月31日，共有3名。截至2026年11月23日，共有4名。"
    assert misdated(text, frame(*THIS_YEAR)) == ["一年来", "截至2025年12月31日"]
    assert misdated("今年以来，有序推进。", frame(*THIS_YEAR)) == []
    assert misdated("今年以来，有序推进。", frame(*THIS_YEAR, today=date(2027, 1, 5))) == ["今年以来"]
    assert misdated("今年以来，有序推进。", frame(*LAST_YEAR)) == ["今年以来"]


def taken(parts, *, old=None, claims=CLAIMS, **now):
    old = NUMBERS | (old or {})
    return rewritten(parts, frame(), old, old | now, claims, now)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("number", [0, 1, 500])
def test_the_text_becomes_that_of_the_new_number(key, number):
    found = taken(parts_of(composed()), **{key: number})
    assert found.parts == parts_of(composed(**{key: number}))
    assert found.followed == {key}


@pytest.mark.parametrize("key", KEYS)
def test_a_number_that_was_nothing_comes_with_its_words(key):
    found = taken(parts_of(composed(**{key: 0})), old={key: 0}, **{key: NUMBERS[key]})
    assert found.parts == parts_of(composed())
    assert found.followed == {key}


@pytest.mark.parametrize("part", ["stages", "practice", "following"])
def test_the_sentence_of_nothing_goes_with_the_first_number_and_comes_with_the_last(part):
    key = {"stages": "study_visits", "practice": "reports", "following": "talks"}[part]
    bare, one = composed(empty=True), composed(empty=True, **{key: 4})
    nothing = dict.fromkeys(KEYS, 0)
    found = rewritten(parts_of(bare), frame(), nothing, nothing | {key: 4}, CLAIMS, [key])
    assert found.parts == parts_of(one)
    assert NOTHING[part] not in found.parts[part]
    back = rewritten(parts_of(one), frame(), nothing | {key: 4}, nothing, CLAIMS, [key])
    assert back.parts == parts_of(bare)


def test_claims_are_taken_back_with_the_numbers():
    found = taken(parts_of(composed()), claims=(), outcomes=29, problems=41, secondments=5)
    assert "换届以来，29人次得到提拔任职、晋升职级或进一步使用。" in found.parts["following"]
    assert "收集意见建议41条，已办结31条。" in found.parts["following"]
    assert "5人次到市直部门跟班学习。" in found.parts["practice"]


def test_the_rest_is_not_said_to_be_answered_where_nothing_is_left():
    found = taken(parts_of(composed()), problems_closed=40)
    assert "收集意见建议40条，已办结40条。" in found.parts["following"]


def test_a_sentence_that_people_wrote_on_keeps_what_they_wrote():
    parts = parts_of(composed())
    parts["stages"] = parts["stages"].replace("结对小结9次。", "结对小结9次，其中镇一级占六成。")
    found = taken(parts, guidance_notes=80, pairing_reviews=0, study_visits=0)
    assert "开展帮带80人次、结对小结9次，其中镇一级占六成。" in found.parts["stages"]
    assert "现场教学" not in found.parts["stages"]
    assert found.followed == {"guidance_notes", "study_visits"}


def test_a_new_sentence_is_not_put_where_the_text_was_rewritten():
    old = {"reports": 0, "research_prizes": 0}
    parts = parts_of(composed(**old)) | {"practice": "二、承压式锻炼，促进扛得起。本期另行报告。"}
    found = taken(parts, old=old, reports=4)
    assert found.parts["practice"] == parts["practice"]
    assert found.followed == set()


def counted(*, claims=CLAIMS, **numbers):
    return Counted([{"key": key, "number": number} for key, number in (NUMBERS | numbers).items()], frozenset(claims))


def whole(text):
    return "\n".join(parts_of(text).values())


def test_what_no_longer_holds_is_named():
    text = whole(composed())
    assert unborne(text, counted()) == []
    assert unborne(text, counted(claims=())) == [
        composing.IN_ORDER.strip("，"),
        composing.ANSWERED.strip("，"),
        "28名同志得到提拔任职",
    ]
    claims = [claim for claim in CLAIMS if claim != composing.POSTINGS_IN_ORDER]
    assert unborne(text, counted(claims=claims)) == [composing.IN_ORDER.strip("，")]
    assert unborne(whole(composed(claims=claims)), counted(claims=())) == [
        composing.SO_FAR.strip("，"),
        composing.ANSWERED.strip("，"),
        "28名同志得到提拔任职",
    ]


@pytest.mark.parametrize(
    ("said", "numbers", "named"),
    [
        ("收集意见建议3条，均已答复或说明。", {"claims": (ONCE_EACH,)}, ["均已答复或说明"]),
        ("已办结40条，其余均已答复或说明。", {"problems_closed": 40}, ["其余均已答复或说明"]),
        ("28名同志得到提拔任职", {"claims": (PROBLEMS_ANSWERED,)}, ["28名同志得到提拔任职"]),
        ("现无引进生、选调生。", {}, ["现无引进生、选调生"]),
        ("均为选调生。", {}, ["均为选调生"]),
        ("均为引进生。", {"selected": 0}, []),
        ("其中3篇获市级一、二等奖。", {"reports": 2}, ["其中3篇获市级一、二等奖"]),
        (f"{HEADS['stages']}{NOTHING['stages']}。", {}, [NOTHING["stages"]]),
    ],
)
def test_each_saying_is_held_against_the_records(said, numbers, named):
    assert unborne(said, counted(**numbers)) == named
