"""Field research of past years in the fictional district (demo texts B13): three reports that won prizes of the city."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.assignments.models import (
    PrizeLevel,
    PrizeRank,
    ProjectKind,
    ProjectState,
    ReportVersion,
    ResearchCall,
    ResearchMember,
    ResearchProject,
)
from cadre_app.assignments.services.report_prizes import record_prize
from cadre_app.assignments.services.research_defaults import CRITERIA, DIRECTIONS, PRIZE_NAMES
from cadre_app.people.models import Trainee
from cadre_app.people.services.bulk import write_many

# Title, direction, prize, days before the day of the demo on which it was awarded.
REPORTS = (
    ("村级集体经济从“输血”到“造血”——望屿区12个村的调查", "村级集体经济增收", PrizeRank.FIRST, 80),
    ("古厝怎样留住人——石埕镇传统村落活化利用的困境与对策", "乡村文化建设", PrizeRank.SECOND, 80),
    ("村民议事为何热起来又冷下去——对“微协商”的追问", "农村基层治理", PrizeRank.SECOND, 79),
)
BODY = (
    "一、基本情况\n课题组走访12个村、访谈农户和村干部86人，查阅三年账目。\n"
    "二、主要问题\n资源分散，缺少能经营的资产；会经营的人少；分配办法群众看不懂。\n"
    "三、对策建议\n由乡镇统一对接，联村共建；账目按季上墙；把会经营的人请回来。"
)
SHARES = ("统稿", "入户访谈", "数据核对")
TEAM = len(SHARES)
BEGUN, WRITTEN, SENT_UP = timedelta(days=200), timedelta(days=60), timedelta(days=40)


def load_research(staff: User, as_of: date) -> None:
    """A call of the past with its reports, each by a team of three, and their prizes."""
    awarded_on = as_of - timedelta(days=REPORTS[0][-1])
    call = _call(awarded_on)
    files = list(
        Trainee.objects.in_development().filter(arrived_on__lte=awarded_on - BEGUN).order_by("stroke_key", "pk")
    )
    for number, (title, direction, rank, days) in enumerate(REPORTS):
        day = as_of - timedelta(days=days)
        team = files[number * TEAM : (number + 1) * TEAM]
        project = _report(call, title, direction, day, team, staff)
        prize: dict[str, Any] = {"level": PrizeLevel.CITY, "rank": rank, "name": PRIZE_NAMES[0], "awarded_on": day}
        prize |= {"awarded_by": "中共市委组织部", "document_number": f"市委组〔{day.year}〕{31 + number}号"}
        record_prize(project, **prize, actor=staff)


def _call(day: date) -> ResearchCall:
    begun = day - BEGUN
    call = ResearchCall(year=begun.year, title=f"{begun.year}年度国情调研", directions=list(DIRECTIONS))
    call.criteria = [{"name": name, "points": points} for name, points in CRITERIA]
    call.topics_until, call.drafts_until = begun + timedelta(days=20), begun + timedelta(days=90)
    call.reports_until, call.reviews_until = day - WRITTEN, day - SENT_UP
    write_many([call], verb="assignments.researchcall.planned", actor=None, reason="")
    return call


def _report(
    call: ResearchCall, title: str, direction: str, day: date, team: list[Trainee], staff: User
) -> ResearchProject:
    project = ResearchProject(kind=ProjectKind.TEAM, call=call, title=title, direction=direction)
    project.state, project.state_since, project.due_on = ProjectState.CLOSED, day, call.reports_until
    project.submitted_on, project.submitted_to = day - SENT_UP, "市委组织部"
    project.document_number, project.versions_count = f"望委组〔{day.year}〕26号", 1
    write_many([project], verb="assignments.researchproject.proposed", actor=None, reason="")
    members = [
        ResearchMember(
            project=project, trainee=trainee, is_lead=number == 0, share=SHARES[number], joined_on=day - BEGUN
        )
        for number, trainee in enumerate(team)
    ]
    write_many(members, verb="assignments.researchmember.joined", actor=None, reason="")
    version = ReportVersion(project=project, number=1, title=title, body=BODY, handed_in_by=staff)
    version.handed_in_at = timezone.make_aware(datetime.combine(day - WRITTEN, time(10, 0)))
    write_many([version], verb="assignments.reportversion.handed_in", actor=None, reason="")
    return project
