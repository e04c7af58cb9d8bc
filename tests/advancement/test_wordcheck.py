"""Words of the time before an announcement are refused; ordinary compounds stay possible."""

import pytest
from django.core.exceptions import ValidationError

from cadre_app.advancement.wordcheck import grading_word, is_document_number, refuse_words, unannounced_word


@pytest.mark.parametrize(
    "text",
    [
        "经酝酿",
        "已动议",
        "民主推荐后",
        "组织考察情况良好",
        "常委会讨论决定",
        "考 察对象",
        "推\u200b荐",
        "討論決定",
        "拟任副镇长",
        "考察学习后考察",
        "现场考察后提名",
        "提名人选",
        "任前公示中",
        "公示期满",
        "拟提任",
        "拟晋升",
        "后备干部",
        "常委会研究同意",
        "副镇长（待任命）",
        "即将任职",
        "党委会已通过待发文",
        "任職前公示",
        "预备提拔对象",
    ],
)
def test_what_belongs_to_the_time_before_is_found(text: str) -> None:
    assert unannounced_word(text)


@pytest.mark.parametrize(
    "text",
    [
        "赴外地考察学习",
        "参加学习考察",
        "推荐免试研究生",
        "推荐书目",
        "副镇长",
        "镇党委组织委员",
        "讨论",
        "决定任命",
        "实地考察报告",
        "区人大常委会研究室主任",
        "获全国提名奖",
        "现场考察点讲解",
        "承担接待任务",
        "预备党员",
    ],
)
def test_ordinary_words_stay_possible(text: str) -> None:
    assert unannounced_word(text) == ""


def test_first_grading_is_named() -> None:
    assert (grading_word("试用期满任职定级"), grading_word("副镇长")) == ("试用期满", "")
    assert (grading_word("星级定级工作"), grading_word("党支部评星定级"), grading_word("定级为一级科员")) == (
        "",
        "",
        "定级",
    )


def test_each_text_is_refused_beside_its_field() -> None:
    with pytest.raises(ValidationError) as caught:
        refuse_words({"post": "副镇长人选", "remark": "任职定级", "document_number": "望委干〔2026〕1号"})
    assert {name: errors[0].code for name, errors in caught.value.error_dict.items()} == {
        "post": "unannounced",
        "remark": "grading",
    }


@pytest.mark.parametrize(
    "text", ["望委干〔2026〕31号", "望组通[2026]第8号", "望委〔2026〕十二号", "镇党委会议纪要2026年第3期"]
)
def test_a_document_has_a_name_and_a_number(text: str) -> None:
    assert is_document_number(text)


@pytest.mark.parametrize("text", ["望委干〔2026〕 号", "望委干〔2026〕号", "1", "〔2026〕31号", "无"])
def test_a_document_number_with_a_part_left_blank_is_none(text: str) -> None:
    assert not is_document_number(text)
