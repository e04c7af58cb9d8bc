"""Field research: last year's call with its prizes, this year's in every stage, personal reports of the village terms."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.assignments.models import (
    MentorReading,
    PrizeLevel,
    PrizeRank,
    ProgressItem,
    ProgressMeeting,
    ProjectKind,
    ProjectState,
    ReportVersion,
    ResearchAward,
    ResearchCall,
    ResearchMember,
    ResearchPrize,
    ResearchProject,
    ResearchReview,
)
from cadre_app.assignments.services.research_defaults import CRITERIA, DIRECTIONS, PRIZE_NAMES
from cadre_app.demo.assignments.reports import BODIES, PLAN, SECOND
from cadre_app.people.models import Person, Trainee, VillageTerm
from cadre_app.people.services.bulk import write_many

CITY, DISTRICT, EXCELLENT = PRIZE_NAMES
TEN, DAY = time(10, 0), timedelta(days=1)


@dataclass(frozen=True)
class DemoTopic:
    """`days`: how long it has been in its state; prizes as level, rank, name and days ago."""

    title: str
    direction: str
    state: str
    days: int
    prize: tuple[str, str, str, int] | None = None


TOPICS = (
    DemoTopic(
        "村级集体经济从“输血”到“造血”——望屿区12个村的调查",
        "村级集体经济增收",
        ProjectState.CLOSED,
        300,
        (PrizeLevel.CITY, PrizeRank.FIRST, CITY, 300),
    ),
    DemoTopic(
        "“一肩挑”之后：村级监督怎样不缺位",
        "小微权力监督",
        ProjectState.CLOSED,
        300,
        (PrizeLevel.CITY, PrizeRank.SECOND, CITY, 300),
    ),
    DemoTopic(
        "古厝怎样留住人——石埕镇传统村落活化利用的困境与对策",
        "乡村文化建设",
        ProjectState.CLOSED,
        40,
        (PrizeLevel.CITY, PrizeRank.SECOND, CITY, 40),
    ),
    DemoTopic(
        "渔排上的转身：潮音镇渔民转产转业跟踪调研",
        "渔业转产转业",
        ProjectState.CLOSED,
        40,
        (PrizeLevel.CITY, PrizeRank.THIRD, CITY, 40),
    ),
    DemoTopic(
        "村民议事为何热起来又冷下去——对“微协商”的追问",
        "农村基层治理",
        ProjectState.SUBMITTED,
        15,
        (PrizeLevel.DISTRICT, PrizeRank.COMMENDED, DISTRICT, 10),
    ),
    DemoTopic("山货出村的最后一公里——云坪乡高山蔬菜产销调查", "山区蔬菜品牌", ProjectState.REVIEW, 8),
    DemoTopic("老有所依的村庄实验：农村互助养老点运行分析", "农村养老互助", ProjectState.WRITING, 20),
    DemoTopic("台账之外：基层减负在村级的落实情况调研", "农村基层治理", ProjectState.IN_PROGRESS, 35),
)
TEAM = 3
PERSONAL = (
    "返乡青年在村里做什么",
    "撂荒地复耕的账怎么算",
    "村里的会为什么开不起来",
    "一条污水管引出的村庄治理题",
    "小渔村的海鲜怎样卖上好价",
    "移风易俗中的红白理事会",
)


def load_research(users: dict[str, User], files: list[Trainee], as_of: date) -> None:
    """Team topics of two calls, then the personal reports."""
    last, this = (_call(year, as_of) for year in (as_of.year - 1, as_of.year))
    write_many([last, this], actor=users["staff"], verb="assignments.researchcall.opened", reason="")
    ready = list(
        VillageTerm.objects.standing().filter(trainee__in=files, ended_on__lt=as_of).order_by("trainee__file_number")
    )
    by_key = {file.pk: file for file in files}
    people = [by_key[term.trainee_id] for term in ready]
    projects = []
    for number, topic in enumerate(TOPICS):
        call = last if topic.state == ProjectState.CLOSED else this
        project = _project(topic, call, as_of)
        write_many([project], actor=users["staff"], verb="assignments.researchproject.proposed", reason="")
        _team(project, people[number * TEAM : number * TEAM + TEAM], users, as_of)
        _report(project, number, users, as_of)
        if topic.prize is not None:
            _prize(project, topic, users["staff"], as_of)
        projects.append(project)
    _review(projects[5], users, as_of)
    _meeting(this, projects[5:], users["staff"], as_of)
    _personal(users, by_key, as_of)


def _call(year: int, as_of: date) -> ResearchCall:
    return ResearchCall(
        year=year,
        title=f"{year}年国情调研课题",
        directions=list(DIRECTIONS),
        criteria=[{"name": name, "points": points} for name, points in CRITERIA],
        topics_until=date(year, 4, 15),
        drafts_until=date(year, 8, 31),
        reports_until=date(year, 10, 15),
        reviews_until=date(year, 10, 31),
        is_open=year == as_of.year,
    )


def _project(topic: DemoTopic, call: ResearchCall, as_of: date) -> ResearchProject:
    sent = topic.state in (ProjectState.SUBMITTED, ProjectState.CLOSED)
    since = as_of - timedelta(days=topic.days)
    return ResearchProject(
        kind=ProjectKind.TEAM,
        call=call,
        title=topic.title,
        direction=topic.direction,
        plan=PLAN,
        due_on=call.reports_until if sent else max(call.reports_until, as_of + timedelta(days=40)),
        state=topic.state,
        state_since=since,
        recommended_on=since - DAY if sent else None,
        submitted_on=since if sent else None,
        submitted_to="市委组织部" if sent else "",
        document_number=f"望委组〔{since.year}〕{since.month + 60}号" if sent else "",
    )


def _team(project: ResearchProject, people: list[Trainee], users: dict[str, User], as_of: date) -> None:
    shares = ("牵头，执笔", "入户访谈", "数据整理")
    joined = as_of - timedelta(days=(as_of - project.state_since).days + 150)
    members = [
        ResearchMember(project=project, trainee=file, is_lead=number == 0, share=shares[number], joined_on=joined)
        for number, file in enumerate(people)
    ]
    write_many(members, actor=users["staff"], verb="assignments.researchmember.joined", reason="")


def _report(project: ResearchProject, number: int, users: dict[str, User], as_of: date) -> None:
    """Two versions of whatever is being written or was handed in."""
    if project.state == ProjectState.IN_PROGRESS:
        return
    body = BODIES[number]
    texts = (body, body + SECOND)
    last = project.state_since if project.state != ProjectState.WRITING else as_of - timedelta(days=5)
    versions = [
        ReportVersion(
            project=project,
            number=step,
            title=project.title,
            body=text,
            changes="补充入户数据，调整第三部分对策" if step > 1 else "",
            handed_in_by=users["staff"],
            handed_in_at=_moment(last - timedelta(days=30 * (len(texts) - step))),
        )
        for step, text in enumerate(texts, start=1)
    ]
    write_many(versions, actor=users["staff"], verb="assignments.reportversion.handed_in", reason="")
    ResearchProject.objects.filter(pk=project.pk).update(versions_count=len(versions))


def _prize(project: ResearchProject, topic: DemoTopic, staff: User, as_of: date) -> None:
    level, rank, name, ago = topic.prize or ("", "", "", 0)
    day = as_of - timedelta(days=ago)
    prize = ResearchPrize(
        project=project,
        level=level,
        rank=rank,
        name=name,
        awarded_by="中共临澜市委组织部" if level == PrizeLevel.CITY else "中共望屿区委组织部",
        awarded_on=day,
        document_number=f"{'澜' if level == PrizeLevel.CITY else '望'}委组〔{day.year}〕{day.day + 70}号",
    )
    write_many([prize], actor=staff, verb="assignments.researchprize.recorded", reason="")
    members = ResearchMember.objects.standing().filter(project=project).order_by("-is_lead", "created_at", "pk")
    awards = [ResearchAward(prize=prize, trainee_id=member.trainee_id, awarded_on=day) for member in members]
    write_many(awards, actor=staff, verb="assignments.researchaward.written", reason="")


def _review(project: ResearchProject, users: dict[str, User], as_of: date) -> None:
    """Two reviewers, of whom one has handed in."""
    version = ReportVersion.objects.filter(project=project).order_by("-number").first()
    people = Person.objects.filter(account__in=[users["mentor.head"], users["mentor.village"]]).order_by("name")
    reviews = [ResearchReview(report=version, reviewer=person, due_on=as_of + timedelta(days=6)) for person in people]
    if reviews:
        points = {name: most - 3 for name, most in CRITERIA}
        reviews[0].points, reviews[0].total = points, sum(points.values())
        reviews[0].comment = "选题贴近山区实际，冷链成本数据较扎实；对策部分可再具体到合作社一级。"
        reviews[0].handed_in_at = _moment(as_of - 2 * DAY)
        ResearchProject.objects.filter(pk=project.pk).update(reviews_done=1)
    write_many(reviews, actor=users["staff"], verb="assignments.researchreview.given", reason="")


def _meeting(call: ResearchCall, projects: list[ResearchProject], staff: User, as_of: date) -> None:
    meeting = ProgressMeeting(
        call=call,
        held_on=as_of - timedelta(days=18),
        place="区委组织部三楼会议室",
        chair="程望津",
        minutes="会议听取各课题组进展情况，要求把功夫下在入户访谈和一手数据上，不凑篇幅、不堆材料，按期完成初稿。",
    )
    write_many([meeting], actor=staff, verb="assignments.progressmeeting.recorded", reason="")
    texts = (
        ("报告已提交评审", "按评审意见修改对策部分", 12),
        ("初稿完成，互助点数据待核", "核实6个互助点床位与运行经费", 7),
        ("完成4个村访谈", "再访2个村，整理台账清单", 20),
    )
    items = [
        ProgressItem(
            meeting=meeting, project=project, progress=progress, next_step=step, due_on=as_of + timedelta(days=days)
        )
        for project, (progress, step, days) in zip(projects, texts, strict=True)
    ]
    write_many(items, actor=staff, verb="assignments.progressitem.added", reason="")


def _personal(users: dict[str, User], by_key: dict[UUID, Trainee], as_of: date) -> None:
    """Of those in a village: the longest there have handed in, the next ones write, the rest have begun."""
    terms = VillageTerm.objects.standing().filter(trainee__in=list(by_key), ended_on=None, due_on__isnull=False)
    for number, term in enumerate(terms.order_by("started_on", "pk")[: len(PERSONAL)]):
        state = ProjectState.WRITING if number < TEAM else ProjectState.IN_PROGRESS
        project = ResearchProject(
            kind=ProjectKind.PERSONAL,
            term=term,
            title=PERSONAL[number],
            plan=PLAN,
            due_on=term.due_on,
            state=state,
            state_since=max(as_of - timedelta(days=25), term.started_on),
        )
        write_many([project], actor=users["staff"], verb="assignments.researchproject.proposed", reason="")
        member = ResearchMember(project=project, trainee=by_key[term.trainee_id], is_lead=True)
        member.joined_on = project.state_since
        write_many([member], actor=users["staff"], verb="assignments.researchmember.joined", reason="")
        if state == ProjectState.WRITING:
            _first_version(project, number, users, as_of)


def _first_version(project: ResearchProject, number: int, users: dict[str, User], as_of: date) -> None:
    version = ReportVersion(project=project, number=1, title=project.title, body=BODIES[number])
    version.handed_in_by, version.handed_in_at = users["staff"], _moment(as_of - timedelta(days=9))
    write_many([version], actor=users["staff"], verb="assignments.reportversion.handed_in", reason="")
    ResearchProject.objects.filter(pk=project.pk).update(versions_count=1)
    mentor = Person.objects.filter(account=users["mentor.village"]).first()
    if number == 0 and mentor is not None:
        reading = MentorReading(report=version, mentor=mentor, read_on=as_of - timedelta(days=4))
        reading.comment = "情况摸得实，群众的话记得真。建议把账算细，少讲道理，多写办法。"
        write_many([reading], actor=users["staff"], verb="assignments.mentorreading.read", reason="")


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, TEN))
