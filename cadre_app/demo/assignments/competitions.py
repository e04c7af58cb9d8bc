"""夺旗争先 Comparisons of results: last year's of the headquarters published, the fronts under review, one that takes results."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.assignments.models import (
    Competition,
    CompetitionCriterion,
    CompetitionEntry,
    CompetitionMember,
    CompetitionReviewer,
    CompetitionScore,
    CompetitionState,
    EntryKind,
    EntryState,
    Front,
    Posting,
)
from cadre_app.assignments.models.competition_members import mentors_of
from cadre_app.assignments.services.competition_entries import posted_in_season
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.models import Person
from cadre_app.people.services.bulk import write_many

VERB = "assignments.competition"
DAY, TEN = timedelta(days=1), time(10, 0)
TEAM, MOST_TEAMS = 2, 3


@dataclass(frozen=True)
class DemoCriterion:
    name: str
    counts: str
    points: int
    orders: bool = False


CRITERIA = (
    DemoCriterion("任务完成", "年度任务的完成数量和进度，以台账和验收记录为准", 40, orders=True),
    DemoCriterion("难题破解", "啃下的难点堵点及其做法，以会议纪要和现场记录为准", 30),
    DemoCriterion("群众口碑", "走访、回访和来电来信反映的情况", 20),
    DemoCriterion("协作配合", "与镇（街道）、部门配合的情况", 10),
)
TEAMS = (
    (
        "征迁攻坚组",
        "包干环湾大道二期沿线征迁，逐户核对面积、宣传政策，难户由组长带头上门，全部按期交地，无一户强征。",
        "签约并交地 126 户\n交地 380 亩\n化解施工矛盾 17 件",
    ),
    (
        "要素保障组",
        "跟踪临港产业园用地、用林、用海报批，列出材料清单，每周到区直部门对接一次，批复时间比计划提前。",
        "取得用地批复 4 批 612 亩\n补齐材料 39 份\n比计划提前 45 天",
    ),
    (
        "进度调度组",
        "建立周调度台账，按节点到现场核实，对三个滞后标段逐项查明原因、定人定时限，雨季前完成主体工程。",
        "调度 48 次，督促整改 63 项\n3 个滞后标段全部赶上计划\n完成投资 5.2 亿元",
    ),
)
FRONTS = (
    (
        "headquarters",
        "五个指挥部全部按节点推进，环湾大道二期、东碣渔港改造提前完成年度投资。",
        "完成投资 8.6 亿元\n交地 1120 亩\n竣工 3 个项目",
    ),
    (
        "petitions",
        "信访积案逐件包案到人，来访群众当日登记、按期答复，重复来访明显减少。",
        "接待来访 420 批\n化解积案 18 件\n按期答复率 100%",
    ),
    (
        "relief",
        "两次台风期间提前转移低洼地区群众，灾后三天内完成房屋核查。",
        "转移 2860 人\n核查房屋 412 处\n零伤亡",
    ),
    (
        "revitalisation",
        "联系 12 个村的集体经济项目，清理“三资”合同，帮助 4 个村补上收入缺口。",
        "新增村集体收入 186 万元\n清理合同 97 份\n复耕撂荒地 430 亩",
    ),
)
OPEN_RESULTS = (
    (
        "山货出村组",
        "在云坪、梧岭两地打通冷链最后一段，帮助合作社与三家商超签订供货协议。",
        "签订供货协议 3 份\n销售高山蔬菜 210 吨",
    ),
    ("", "片区人居环境整治按月回访，问题清单逐项销号。", "整治房前屋后 1340 户\n销号问题 268 个"),
)
SHORTENED = -2


def load_competitions(users: dict[str, User], as_of: date) -> None:
    """One published with its teams in the growth files, one that reviewers score, one that takes results."""
    people = _reviewers(users)
    last = date(as_of.year - 1, 1, 1), date(as_of.year - 1, 12, 31)
    published = _competition(f"{last[0].year}年度项目建设一线实绩比拼", ["headquarters"], last, users, as_of)
    _score(published, _teams(published, people, users, as_of), people, as_of)
    _publish(published, users, min(last[1] + timedelta(days=40), as_of))
    keys = [key for key, _result, _numbers in FRONTS]
    season = as_of - timedelta(days=200), as_of - timedelta(days=20)
    review = _competition(f"{as_of.year}年六线实绩比拼", keys, season, users, as_of)
    _score(review, _whole_fronts(review, users, as_of), people, as_of, handed_in=1)
    _to(review, CompetitionState.REVIEW, as_of - 4 * DAY, scores_until=as_of + timedelta(days=6))
    season = as_of - timedelta(days=90), as_of + timedelta(days=30)
    taking = _competition(
        f"{as_of.year}年冬季乡村振兴一线实绩比拼", ["revitalisation", "hygiene"], season, users, as_of
    )
    _entered(taking, users, as_of)
    _to(taking, CompetitionState.OPEN, as_of - 10 * DAY)


def _competition(
    title: str, keys: list[str], season: tuple[date, date], users: dict[str, User], as_of: date
) -> Competition:
    """In preparation, with its criteria; later steps are updates, as criteria are set while it is prepared."""
    competition = Competition(
        title=title,
        unit=Unit.objects.get(kind=UnitKind.DISTRICT, parent=None),
        front_keys=keys,
        started_on=season[0],
        ended_on=season[1],
        description="比任务、比难题、比口碑，只比经过核实的团队和战线实绩，不设称号，不对个人排序。",
        state_since=min(season[0], as_of),
        set_by=users["staff"],
    )
    write_many([competition], actor=users["staff"], verb=f"{VERB}.planned", reason="")
    criteria = [
        CompetitionCriterion(
            competition=competition, name=one.name, counts=one.counts, points=one.points, is_ordering=one.orders,
            order=number,
        )
        for number, one in enumerate(CRITERIA, start=1)
    ]  # fmt: skip
    write_many(criteria, actor=users["staff"], verb="assignments.competitioncriterion.added", reason="")
    return competition


def _teams(
    competition: Competition, people: list[Person], users: dict[str, User], as_of: date
) -> list[CompetitionEntry]:
    """Teams of whoever was posted to the headquarters in the season and is nobody's who scores: two people at least in each."""
    front = Front.objects.get(key="headquarters")
    postings: dict[object, Posting] = {}
    rows = posted_in_season(competition, [front]).filter(unit__isnull=False).select_related("trainee", "unit")
    for posting in rows.order_by("started_on", "pk"):
        postings.setdefault(posting.trainee_id, posting)
    scoring = {person.pk for person in people}
    found = [posting for posting in postings.values() if not mentors_of([posting.trainee_id]) & scoring]
    many = min(MOST_TEAMS, len(found) // TEAM)
    entries = []
    for number in range(many):
        team, (name, result, numbers) = found[number::many], TEAMS[number]
        entry = _entry(competition, front, result, numbers, users, as_of, name=name, unit=team[0].unit)
        _members(entry, team, users)
        entries.append(entry)
    return entries


def _whole_fronts(competition: Competition, users: dict[str, User], as_of: date) -> list[CompetitionEntry]:
    fronts = {front.key: front for front in Front.objects.all()}
    return [_entry(competition, fronts[key], result, numbers, users, as_of) for key, result, numbers in FRONTS]


def _entered(competition: Competition, users: dict[str, User], as_of: date) -> None:
    """A team that waits to be verified, and a front as a whole that is."""
    fronts = {front.key: front for front in Front.objects.all()}
    rows = posted_in_season(competition, [fronts["revitalisation"]]).filter(unit__isnull=False)
    team = list(rows.select_related("trainee", "unit").order_by("started_on", "pk"))
    (name, result, numbers), (_none, whole, counted) = OPEN_RESULTS
    if len(team) >= TEAM:
        entry = _entry(
            competition, fronts["revitalisation"], result, numbers, users, as_of, name=name, unit=users["liaison"].unit,
            verified=False,
        )  # fmt: skip
        _members(entry, team, users)
    _entry(competition, fronts["hygiene"], whole, counted, users, as_of)


def _entry(
    competition: Competition,
    front: Front,
    result: str,
    numbers: str,
    users: dict[str, User],
    as_of: date,
    *,
    name: str = "",
    unit: Unit | None = None,
    verified: bool = True,
) -> CompetitionEntry:
    day = min(competition.ended_on + 5 * DAY, as_of - 6 * DAY)
    entry = CompetitionEntry(
        competition=competition,
        kind=EntryKind.TEAM if name else EntryKind.FRONT,
        front=front,
        name=name,
        unit=unit,
        result=result,
        numbers=numbers,
        state=EntryState.VERIFIED if verified else EntryState.ENTERED,
        entered_by=users["staff" if verified else "liaison"],
        entered_on=day,
        verified_by=users["chief"] if verified else None,
        verified_on=day + 2 * DAY if verified else None,
    )
    write_many([entry], actor=users["staff"], verb="assignments.competitionentry.entered", reason="")
    return entry


def _members(entry: CompetitionEntry, team: list[Posting], users: dict[str, User]) -> None:
    members = [CompetitionMember(team=entry, trainee=posting.trainee) for posting in team]
    write_many(members, actor=users["staff"], verb="assignments.competitionmember.joined", reason="")


def _reviewers(users: dict[str, User]) -> list[Person]:
    """Three people: the two mentors with accounts, and a third who has handed in on paper."""
    accounts = [users["mentor.head"], users["mentor.village"]]
    mentors = list(Person.objects.filter(account__in=accounts).order_by("name"))
    others = Person.objects.filter(account=None, holdings__isnull=False, trainee=None).order_by("name")
    return [*mentors, *others.distinct()[: MOST_TEAMS - len(mentors)]]


def _score(
    competition: Competition, entries: list[CompetitionEntry], people: list[Person], as_of: date, *, handed_in: int = 9
) -> None:
    """The last `handed_in` of the reviewers have handed in; the others have still to score."""
    day = min(competition.ended_on + timedelta(days=20), as_of - 2 * DAY)
    reviewers = [CompetitionReviewer(competition=competition, person=person) for person in people]
    done = reviewers[-handed_in:]
    for reviewer in done:
        reviewer.declared_on = day
        reviewer.handed_in_at = timezone.make_aware(datetime.combine(day, TEN))
    write_many(reviewers, actor=competition.set_by, verb="assignments.competitionreviewer.named", reason="")
    criteria = list(competition.criteria.order_by("order"))
    scores = [
        CompetitionScore(
            reviewer=reviewer, entry=entry, criterion=criterion, most=criterion.points,
            points=criterion.points + SHORTENED - (3 * first + 5 * second + 2 * third + first * second) % 7 % (criterion.points // 3),
        )
        for first, reviewer in enumerate(done)
        for second, entry in enumerate(entries)
        for third, criterion in enumerate(criteria)
    ]  # fmt: skip
    write_many(scores, actor=competition.set_by, verb="assignments.competitionscore.given", reason="")


def _publish(competition: Competition, users: dict[str, User], day: date) -> None:
    signed = {"signed_by": users["leader"], "signed_on": day - DAY, "published_on": day}
    _to(competition, CompetitionState.PUBLISHED, day, scores_until=day - 10 * DAY, **signed)
    CompetitionMember.objects.filter(team__competition=competition).update(shown_on=day)


def _to(competition: Competition, state: str, day: date, **values: object) -> None:
    Competition.objects.filter(pk=competition.pk).update(state=state, state_since=day, **values)
