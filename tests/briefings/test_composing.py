"""The text of a briefing: the words of demo-texts B17, true for any numbers."""

from datetime import date

import pytest

from cadre_app.briefings.composing import NOTHING, Frame, Writer, last_part, period_name, says_something
from cadre_app.briefings.snapshots import CLAIMS, KEYS, POSTINGS_IN_ORDER, Counted

DAY = date(2026, 11, 23)
NUMBERS = {
    "people_total": 63,
    "introduced": 34,
    "selected": 29,
    "in_village": 21,
    "mentor_pairs": 7,
    "guidance_notes": 71,
    "pairing_reviews": 9,
    "camp_grades": 3,
    "camp_sessions": 12,
    "on_demand_sessions": 52,
    "study_visits": 4,
    "avg_hours": 96,
    "headquarters_postings": 10,
    "secondments": 4,
    "reports": 21,
    "research_prizes": 3,
    "talks": 118,
    "symposiums": 2,
    "problems": 40,
    "problems_closed": 31,
    "outcomes": 28,
}


def frame(since=date(2026, 1, 1), as_of=DAY, *, place="全区", today=DAY):
    period = period_name(since, as_of, today)
    return Frame(place=place, of_unit="望屿区", since=since, as_of=as_of, period=period, postings_since=2023)


def composed(frame=frame(), *, claims=CLAIMS, **numbers):  # noqa: B008
    known = (dict.fromkeys(KEYS, 0) if numbers.pop("empty", False) else NUMBERS) | numbers
    figures = [{"key": key, "number": known[key], "unit": "", "label": "", "rule": ""} for key in KEYS]
    return Writer(frame, Counted(figures, frozenset(claims))).composed()


def test_the_whole_text_is_that_of_the_template():
    text = composed()
    assert text.title == "望屿区：递进培养促成长　一线蓄能强担当"
    assert text.opening == (
        "今年以来，区委组织部围绕“选育管用”全链条，扎实做好引进生、选调生培养工作。"
        "截至2026年11月23日，全区现有引进生、选调生63名，其中引进生34名、选调生29名，在村任职21名。"
    )
    assert text.stages == (
        "一、递进式培养，帮助起好步。坚持“双导师”帮带，由单位党组织主要负责同志担任政治淬炼导师、"
        "到村任职村党组织书记担任群众工作导师，现有结对7对，开展帮带71人次、结对小结9次。"
        "按任职年限将培养对象编为3个年级，围绕涉农政策法规、基层组织建设、农村工作方法等集中培训12期。"
        "面向到村任职期满人员实行点单选学，由区委党校统筹开班，今年以来开设点单课程52场次，"
        "开展现场教学4批次，人均完成集中培训96学时。"
    )
    assert text.practice == (
        "二、承压式锻炼，促进扛得起。搭建项目建设、招商引资、抢险救灾、乡村振兴、信访维稳、创城创卫六个平台，"
        "2023年以来先后选派10人次到项目建设指挥部锻炼，4人次到市直部门跟班学习，均按规定履行批准手续并按期返回。"
        "组织开展国情调研，形成调研报告21篇，其中3篇获市级一、二等奖。"
    )
    assert text.following == (
        "三、跟踪式管理，做到看得准。实行一人一档，及时记录工作实绩、群众评价、年度考核和奖惩情况。"
        "开展谈心谈话118人次、座谈交流2次，收集意见建议40条，已办结31条，其余均已答复或说明。"
        "换届以来，28名同志得到提拔任职、晋升职级或进一步使用。"
    )


def test_what_the_records_do_not_bear_out_is_not_said():
    text = composed(claims=())
    assert "按期返回" not in text.practice
    assert "其余" not in text.following
    assert "28人次得到提拔任职" in text.following


@pytest.mark.parametrize(
    ("closed", "claims", "said"),
    [
        (40, CLAIMS, "收集意见建议40条，已办结40条。"),
        (0, CLAIMS, "收集意见建议40条，均已答复或说明。"),
        (0, (), "收集意见建议40条。"),
    ],
)
def test_of_the_rest_of_the_problems_it_says_what_is_true(closed, claims, said):
    assert said in composed(problems_closed=closed, claims=claims).following


def test_a_unit_without_people_and_records_has_a_text_that_reads():
    text = composed(frame(place="梧岭镇"), empty=True)
    assert text.title == "望屿区扎实做好引进生、选调生跟踪培养工作"
    assert text.opening.endswith("截至2026年11月23日，梧岭镇现无引进生、选调生。")
    assert text.stages == f"一、递进式培养，帮助起好步。{NOTHING['stages']}。"
    assert text.practice == f"二、承压式锻炼，促进扛得起。{NOTHING['practice']}。"
    assert text.following == f"三、跟踪式管理，做到看得准。{NOTHING['following']}。"


def test_of_nothing_it_says_what_was_not_counted_and_no_more():
    """There may be postings to other fronts, or pairings with one mentor: the figures do not know them."""
    assert NOTHING["practice"] == (
        "按附后统计口径，本期没有可计入的项目建设指挥部锻炼、市直部门跟班学习和国情调研报告、获奖报告"
    )
    for said in NOTHING.values():
        assert said.startswith("按附后统计口径，")


def test_of_postings_it_says_that_those_who_are_back_came_in_time_while_others_are_away():
    claims = [claim for claim in CLAIMS if claim != POSTINGS_IN_ORDER]
    assert "跟班学习，均按规定履行批准手续，已返回人员均按期返回。" in composed(claims=claims).practice


@pytest.mark.parametrize("key", KEYS)
def test_a_number_of_nothing_is_never_written(key):
    text = composed(**{key: 0})
    for part in (text.opening, text.stages, text.practice, text.following):
        assert not any(f"{before}0{unit}" in part for before in "对有等形开" for unit in "名对期篇次条")
        assert "，。" not in part
        assert "、。" not in part
        assert "，，" not in part


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"introduced": 0, "selected": 63}, "选调生63名，均为选调生，在村任职21名。"),
        ({"introduced": 63, "selected": 0}, "选调生63名，均为引进生，在村任职21名。"),
    ],
)
def test_people_of_one_kind_are_said_to_be_of_that_kind(numbers, said):
    assert composed(**numbers).opening.endswith(said)


def test_a_single_grade_is_one_that_people_are_put_into():
    assert "按任职年限将培养对象编入1个年级" in composed(camp_grades=1).stages


@pytest.mark.parametrize(
    ("since", "as_of", "said"),
    [
        (date(2026, 1, 1), DAY, "今年以来"),
        (date(2026, 1, 1), date(2026, 1, 2), "今年以来"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025年"),
        (date(2025, 11, 24), DAY, "一年来"),
        (date(2025, 1, 3), date(2026, 1, 2), "一年来"),
        (date(2023, 3, 1), date(2024, 2, 29), "一年来"),
        (date(2000, 1, 1), date(2000, 3, 31), "2000年1月1日至2000年3月31日"),
        (DAY, DAY, "2026年11月23日"),
    ],
)
def test_the_period_is_called_what_it_is(since, as_of, said):
    assert frame(since, as_of).period == said


def test_the_last_part_takes_what_was_written_with_or_without_its_lead():
    for plans in ("加强点单。", "将加强点单", "下一步，将加强点单"):
        assert last_part("写作课偏少。", plans) == "四、存在的不足与下一步打算。写作课偏少。下一步，将加强点单。"


@pytest.mark.parametrize(
    ("shortcomings", "plans", "said"),
    [
        ("写作课偏少；", "增开写作课；", "写作课偏少。下一步，将增开写作课。"),
        ("写作课偏少，", "增开写作课", "写作课偏少。下一步，将增开写作课。"),
        ("写作课偏少\r\n帮带记录不够及时", "增开写作课", "写作课偏少；\n帮带记录不够及时。\n下一步，将增开写作课。"),
        (
            "写作课偏少",
            "一是增开写作课；\n\n二是逐对核对。",
            "写作课偏少。\n下一步，将一是增开写作课；\n二是逐对核对。",
        ),
    ],
)
def test_what_people_wrote_keeps_its_lines_and_ends_with_one_stop(shortcomings, plans, said):
    assert last_part(shortcomings, plans) == f"四、存在的不足与下一步打算。{said}"


def test_people_of_one_kind_are_not_said_to_be_all_where_the_numbers_differ():
    text = composed(people_total=3, introduced=0, selected=2, in_village=0)
    assert text.opening.endswith("选调生3名，其中选调生2名。")


@pytest.mark.parametrize(
    "text",
    ["", "、", "。", "；\n。", "下一步，将", "下一步，将。", "。下一步，将", "将将", "不足：", "四、存在的不足与下一步打算。", "一、；二、", "（待写）", "1.", "\u3164。", "……", "无", "略。", "待补充", "暂无明显不足。", "没有突出问题", "无。无",
     "尚未发现明显不足", "暂未发现突出问题", "基本没有", "不存在问题", "没什么", "同上期", "详见附件", "待研究", "N/A", "None", "x", "一是", "首先", "主要是"],
)  # fmt: skip
def test_marks_and_words_that_lead_in_say_nothing(text):
    assert not says_something(text)


@pytest.mark.parametrize(
    "text",
    [
        "写作课偏少",
        "无写作课",
        "略显单一",
        "没有本地导师",
        "下一步，将增开写作课。",
        "一、将补记录",
        "将来几年增开课程",
        "不够均衡",
        "未结项目偏多",
        "研究成果转化慢",
    ],
)
def test_what_people_wrote_says_something(text):
    assert says_something(text)
