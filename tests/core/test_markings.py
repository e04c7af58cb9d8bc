import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cadre_app.core.markings import is_marked, is_marking_alone, refuse_marked


@pytest.mark.parametrize(
    "text",
    [
        "秘密★1年", "机密★", "绝密★长期", "秘密 ★ 10年", "秘　密★１年", "机密☆5年", "秘密1年", "机密：10年", "绝密·三十年", "秘密★6个月",
        "花名册（秘密★1年）.xlsx", "附件1 机密 10年", "密级：秘密", "机密", "绝密", "秘密*1年", "商业秘密★", "机\u200b密★",
    ],
)  # fmt: skip
def test_markings_in_a_marking_position(text):
    assert is_marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "《保守国家秘密法》与工作秘密管理", "保密法", "商业秘密", "保密教育", "保守党的秘密", "商业秘密3年保护", "国家秘密1年", "机密文件管理办法",
        "秘密1年级", "望屿区引进生、选调生花名册", "涉密人员", "绝密飞行", "工作秘密不得外传", "",
    ],
)  # fmt: skip
def test_ordinary_words(text):
    assert not is_marked(text)


def test_a_bare_class_word_counts_only_where_asked():
    assert is_marked("机密")
    assert not is_marked("机密", bare=False)


@pytest.mark.parametrize(
    ("text", "alone"),
    [("秘密★1年", True), ("机密 10年", True), ("绝密★", True), ("秘密", False), ("见秘密★1年", False)],
)
def test_a_marking_that_is_the_whole_text(text, alone):
    assert is_marking_alone(text) is alone


def test_the_refusal_is_worded_as_agreed():
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        refuse_marked("名册", "秘密★1年")
    assert caught.value.code == "classified"
