"""公布前的话 Words of the time before a result is announced, which no text of the register may hold.

A refused word counts wherever it stands, also with blanks between its characters; `ORDINARY` are the compounds in which
it means something else (study visits, recommended books), and these are read over first.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.people.writing.document_numbers import without_year

ORDINARY = (
    "考察学习", "学习考察", "参观考察", "考察交流", "交流考察", "外出考察", "实地考察", "考察调研", "考察团", "考察报告",
    "现场考察", "考察点", "考察活动", "考察路线", "提名奖", "推荐免试", "推荐书目", "推荐阅读", "推荐性标准", "常委会研究室",
    "模拟任务", "模拟任职", "个人选送", "个人选题",
)  # fmt: skip
REFUSED = (
    "酝酿", "醞釀", "动议", "動議", "推荐", "推薦", "考察", "讨论决定", "討論決定", "拟任", "擬任", "拟提拔", "人选", "票决",
    "提名", "任前公示", "公示期", "公示中", "公示满", "拟提", "擬提", "拟晋", "擬晉", "拟聘", "拟进一步", "后备干部", "後備幹部",
    "民主测评", "民主測評", "常委会研究", "研究同意", "组织谈话", "任前谈话",
    "任职前公示", "任職前公示", "待任命", "待任职", "待任職", "待提拔", "待晋升", "待发文", "待發文", "待公布", "待公示",
    "即将任职", "即將任職", "即将任命", "即将担任", "即将提拔", "即将晋升", "预备提拔", "預備提拔", "预提拔", "将提拔", "将提任",
)  # fmt: skip
GRADING = ("任职定级", "定级", "试用期满")
# 定级 of what is no person: Party branches, hotels, villages.
ORDINARY_GRADING = ("星级定级", "评星定级", "分类定级", "分级定级", "支部定级", "定级晋级", "晋位定级", "等级评定定级")
NUMERAL = re.compile(r"[0-9０-９〇一二三四五六七八九十百]")
BETWEEN = r"[\s\u200b\u200c\u200d\ufeff·.、-]*"


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(BETWEEN.join(word) for word in words))


_ORDINARY, _REFUSED = _pattern(ORDINARY), _pattern(REFUSED)
_ORDINARY_GRADING, _GRADING = _pattern(ORDINARY_GRADING), _pattern(GRADING)


def unannounced_word(text: str) -> str:
    """The first word in `text` that belongs to the time before the announcement, "" where there is none."""
    found = _REFUSED.search(_ORDINARY.sub("\n", text))
    return found[0] if found else ""


def grading_word(text: str) -> str:
    """A word that says that 任职定级 is meant, "" where there is none."""
    found = _GRADING.search(_ORDINARY_GRADING.sub("\n", text))
    return found[0] if found else ""


def is_document_number(text: str) -> bool:
    """Whether it names the organ's series and has a number beside the year: 望委干〔2026〕31号."""
    rest = without_year(text)
    named = any(sign.isalpha() and sign not in "号號第" and not NUMERAL.match(sign) for sign in rest)
    return named and NUMERAL.search(rest) is not None


def refuse_words(texts: Mapping[str, str]) -> None:
    """Raises ValidationError beside each field whose text speaks of what is not announced, or of first grading."""
    errors: dict[str, Any] = {}
    for name, text in texts.items():
        if word := unannounced_word(text):
            message = _(
                "“%(word)s” belongs to the time before a result is announced and is not entered. "
                "Write only what was announced."
            )
            errors[name] = ValidationError(message, code="unannounced", params={"word": word})
        elif word := grading_word(text):
            message = _("“%(word)s”: first appointment and grading is no outcome and is not entered here.")
            errors[name] = ValidationError(message, code="grading", params={"word": word})
    if errors:
        raise ValidationError(errors)
