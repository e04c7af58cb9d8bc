"""Briefings of the demo district: the published figures in the words of demo-texts B17, on any as-of day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cadre_app.briefings import composing, services, snapshots
from cadre_app.briefings.gaps import gaps_of
from cadre_app.briefings.models import Briefing, BriefingState
from cadre_app.core.figures import period_start
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.models import Person
from tests.demo.test_pairings import DAYS
from tests.district import load_demo
from tests.reports.test_briefing import REFERENCE, days

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", ["today", "2 January", "29 February"])
def test_the_text_says_the_reference_year_word_by_word(day):
    as_of = days()[day]
    load_demo(as_of=as_of)
    draft = Briefing.objects.get(state=BriefingState.DRAFT)
    assert (draft.since, draft.as_of) == (period_start(as_of), as_of)
    numbers = snapshots.numbers_of(draft.figures)
    assert {key: numbers[key] for key in REFERENCE} == REFERENCE
    for clause in (
        "坚持“双导师”帮带，由单位党组织主要负责同志担任政治淬炼导师、到村任职村党组织书记担任群众工作导师，现有结对7对，",
        "按任职年限将培养对象编为3个年级，围绕涉农政策法规、基层组织建设、农村工作方法等集中培训",
        "开设点单课程52场次，",
    ):
        assert clause in draft.stages
    assert "2023年以来先后选派10人次到项目建设指挥部锻炼，4人次到市直部门跟班学习" in draft.practice
    assert "其中3篇获市级一、二等奖。" in draft.practice
    assert "换届以来，28名同志得到提拔任职、晋升职级或进一步使用。" in draft.following
    assert numbers["introduced"] + numbers["selected"] == numbers["people_total"]


@pytest.mark.parametrize("day", DAYS)
def test_one_is_issued_one_waits_for_the_leader_and_one_is_being_written(day):
    load_demo(as_of=day)
    issued = Briefing.objects.get(state=BriefingState.ISSUED)
    assert (issued.year, issued.number, issued.issued_on) == (day.year, 1, day)
    assert issued.issued_by != issued.written_by
    assert issued.as_of == day.replace(day=1) - timedelta(days=1)
    waiting = Briefing.objects.get(state=BriefingState.SUBMITTED)
    assert waiting.as_of < day <= waiting.as_of + timedelta(days=92)
    assert (waiting.since.day, (waiting.since.month - 1) % 3, (waiting.as_of.month - waiting.since.month)) == (1, 0, 2)
    draft = Briefing.objects.get(state=BriefingState.DRAFT)
    assert (draft.shortcomings, draft.plans) == ("", "")
    text = f"{draft.opening}{draft.stages}{draft.practice}{draft.following}"
    assert not [name for name in Person.objects.values_list("name", flat=True) if name in text]


def test_every_unit_of_the_district_has_a_text_that_reads():
    load_demo()
    today = timezone.localdate()
    for unit in Unit.objects.filter(kind__in=(UnitKind.TOWN, UnitKind.DEPARTMENT, UnitKind.VILLAGE)):
        counted = snapshots.take(unit, period_start(today), today)
        text = composing.Writer(services.frame_of(unit, period_start(today), today), counted).composed()
        for part in (text.opening, text.stages, text.practice, text.following):
            assert "，。" not in part
            assert "。。" not in part
            assert part.endswith("。")
        gaps = gaps_of(unit, period_start(today), today, counted)
        assert bool(gaps) == (snapshots.numbers_of(counted.figures)["people_total"] > 0)
