"""Field research: teams of the trainee and of others, the report that the mentor reads and the one that the host reviews.

Made after the growth file of the mentored one (rows_growth) and its pairing (rows_mentorship).
"""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.assignments.models import ProjectState, ResearchCall
from cadre_app.assignments.services import (
    report_checks,
    report_prizes,
    report_reviews,
    reports,
    research_calls,
    research_meetings,
)
from cadre_app.assignments.services.research_defaults import CRITERIA
from cadre_app.people.models import VillageTerm
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent
from tests.assignments.factories import make_call, make_project, make_review, make_version
from tests.factories import PersonFactory, TraineeFactory, UserFactory

DEPARTMENT, ELSEWHERE = ("staff", "leader"), ("other_staff", "moved_staff")
TRAINEE, MENTOR, HOST = "trainee", "mentor", "host"
TEAM = (*DEPARTMENT, TRAINEE)
TODAY = timezone.localdate()
POINTS = dict(CRITERIA)


def extend(world: World) -> None:
    staff, trainee = world.actors["staff"], world.objects["trainee"]

    def told(key: str, *seen_by: str) -> str:
        return world.canary(f"research {key}", seen_by=seen_by)

    everybody = (*DEPARTMENT, *ELSEWHERE, TRAINEE)
    call = world.objects["call"] = make_call(title=told("call", *everybody))
    closed = told("closed call", *DEPARTMENT, *ELSEWHERE)
    world.objects["closed call"] = make_call(title=closed, is_open=False)
    world.objects["proposed topic"] = make_project(
        trainee, title=told("proposed topic", *TEAM), state=ProjectState.CALL, call=call
    )
    other = TraineeFactory.create(
        person=PersonFactory.create(name=told("other", *DEPARTMENT, "liaison")), home_unit=world.town
    )
    world.objects["others topic"] = make_project(other, title=told("topic of others", *DEPARTMENT), call=call)
    elsewhere = told("foreign topic", *ELSEWHERE)
    world.objects["foreign topic"] = make_project(world.objects["foreign trainee"], title=elsewhere)
    mate = TraineeFactory.create(
        person=PersonFactory.create(name=told("team mate", *TEAM, "liaison")), home_unit=world.town
    )
    team = make_project(trainee, mate, title=told("team topic", *TEAM), call=call, plan=told("plan", *TEAM))
    world.objects["team topic"], world.objects["team mate"] = team, team.members.get(trainee=mate)
    _meetings(world, told)
    _personal(world, told)
    _reviewed(world, told, mate)
    prize = {
        "level": "city",
        "rank": "first",
        "awarded_by": "市委组织部",
        "awarded_on": TODAY,
        "document_number": "1号",
    }
    sent_up = make_project(trainee, title="报送的报告", state=ProjectState.SUBMITTED)
    world.objects["sent up"] = sent_up
    name = told("prize", *TEAM)
    world.objects["prize"] = report_prizes.record_prize(sent_up, name=name, **prize, actor=staff)
    others = make_project(other, title="他人报送", state=ProjectState.SUBMITTED)
    report_prizes.record_prize(others, name=told("prize of others", *DEPARTMENT), **prize, actor=staff)


def _meetings(world: World, told: Any) -> None:
    staff, overseers = world.actors["staff"], (*DEPARTMENT, *ELSEWHERE)
    minutes = told("minutes", *overseers, TRAINEE)
    meeting = research_meetings.record_meeting(held_on=TODAY, minutes=minutes, actor=staff)
    world.objects["meeting"] = meeting
    for key, seen_by in (("team topic", TEAM), ("others topic", DEPARTMENT)):
        world.objects[f"item of {key}"] = research_meetings.add_item(
            meeting,
            project=world.objects[key],
            progress=told(f"progress of {key}", *seen_by),
            next_step=told(f"step of {key}", *seen_by),
            due_on=TODAY + timedelta(days=2),
            actor=staff,
        )
    secret = told("minutes of others", *overseers)
    world.objects["meeting of others"] = research_meetings.record_meeting(held_on=TODAY, minutes=secret, actor=staff)
    _taken_back(world, told)


def _taken_back(world: World, told: Any) -> None:
    """What was voided by mistake: read by those who may restore it, in no other list."""
    staff, overseers = world.actors["staff"], (*DEPARTMENT, *ELSEWHERE)
    call = make_call(title=told("voided call", "staff", *ELSEWHERE))
    world.objects["voided call"] = research_calls.void_call(call, reason="误立", actor=staff)
    minutes = told("voided minutes", *overseers)
    meeting = research_meetings.record_meeting(held_on=TODAY, minutes=minutes, actor=staff)
    world.objects["voided meeting"] = research_meetings.void_meeting(meeting, reason="误登", actor=staff)
    item = research_meetings.add_item(
        world.objects["meeting of others"], project=world.objects["others topic"],
        progress=told("voided progress", *DEPARTMENT), actor=staff,
    )  # fmt: skip
    world.objects["voided item"] = research_meetings.void_item(item, reason="误登", actor=staff)


def _personal(world: World, told: Any) -> None:
    mentored = world.objects["mentored"]
    readers = (*DEPARTMENT, MENTOR)
    term = VillageTerm.objects.standing().filter(trainee=mentored).get()
    report = make_project(mentored, title=told("personal report", *readers), term=term, state=ProjectState.WRITING)
    version = make_version(report, actor=world.actors["staff"], body=told("personal body", *readers))
    world.objects["personal report"], world.objects["personal version"] = report, version
    reports.read_report(version, comment=told("comment of the mentor", *readers), actor=world.actors[MENTOR])
    remark = told("remark of the department", *readers)
    report_checks.remark_report(report, remark=remark, actor=world.actors["staff"])
    second = PersonFactory.create(name=told("second mentor", *DEPARTMENT), account=UserFactory.create())
    reports.read_report(version, comment=told("comment of the second mentor", *DEPARTMENT), actor=second.account)
    world.objects["term without report"] = VillageTerm.objects.create(
        trainee=world.objects["tied"], village=world.village, role="director", started_on=date(2001, 1, 1),
        months=24, ended_on=date(2001, 2, 1),
    )  # fmt: skip


def _reviewed(world: World, told: Any, mate: Any) -> None:
    staff, project = world.actors["staff"], world.objects["reviewed project"]
    earlier = told("version not given to the host", *DEPARTMENT)
    world.objects["next version"] = make_version(project, actor=staff, body=earlier)
    for key, seen_by in (("host report", DEPARTMENT), ("unreleased", DEPARTMENT), ("released", TEAM)):
        if key != "host report":
            project = make_project(world.objects[TRAINEE], mate, title=key, state=ProjectState.REVIEW)
        version = make_version(project, actor=staff)
        for number in (1, 2):
            name = told(f"reviewer {number} of {key}", *DEPARTMENT)
            person = PersonFactory.create(name=name, account=UserFactory.create())
            review = make_review(version, person)
            comment = told(f"comment {number} of {key}", *seen_by)
            review = report_reviews.hand_in_review(review, points=POINTS, comment=comment, actor=person.account)
        world.objects[f"project {key}"], world.objects[f"review {key}"] = project, review
    report_reviews.release_reviews(world.objects["project released"], actor=staff)
    waiting = make_project(mate, title="待评审", state=ProjectState.REVIEW)
    person = PersonFactory.create(name=told("reviewer who waits", *DEPARTMENT), account=UserFactory.create())
    world.objects["waiting review"] = make_review(make_version(waiting, actor=staff), person)


FOLLOW = dict.fromkeys((*DEPARTMENT, *ELSEWHERE), 200) | {"*": 404}
PLAN = FOLLOW | {"leader": 403}
PLANNED = {"leader": 403, "*": 404} | dict.fromkeys(("staff", *ELSEWHERE), 302)
OWN = dict.fromkeys(TEAM, 200) | {"*": 404}
LED = {"staff": 200, "leader": 403, TRAINEE: 200, "*": 404}
WORK = {"staff": 200, "leader": 403, TRAINEE: 403, "*": 404}
OTHERS = {"staff": 200, "leader": 403, "*": 404}
MENTEES = dict.fromkeys((*DEPARTMENT, MENTOR), 200) | {"*": 404}
READS = dict.fromkeys(DEPARTMENT, 403) | {MENTOR: 200, "*": 404}
TOPIC = dict.fromkeys(("staff", *ELSEWHERE, TRAINEE), 200) | {"*": 404}
CHECKED = {"staff": 200, "leader": 403, MENTOR: 403, "*": 404}
UNSEEN = dict.fromkeys(DEPARTMENT, 403) | {"*": 404}
REVIEW = dict.fromkeys(DEPARTMENT, 403) | {HOST: 200, "*": 404}


def done(expected: dict[str, int]) -> dict[str, int]:
    """The same where a form that is sent leads on."""
    return {actor: 302 if status == 200 else status for actor, status in expected.items()}


def topic(world: World, actor: str) -> dict[str, Any]:
    call: ResearchCall = world.objects["call"]
    return {"call": call.pk, "direction": call.directions[0], "title": "新选题", "names": ""}


def on(name: str, key: str, who: dict[str, int], act: str = "", /, **data: Any) -> Route:
    """A page with a form about the object of `key`, which is sent as it should be."""
    keys = of(key)
    kwargs = (lambda world: keys(world) | {"act": act}) if act else keys
    return Route(f"assignments:{name}", kwargs=kwargs, get=who, post=done(who), data=sent(key, **data))


REASON = {"reason": "录入有误"}
CALL = {
    "year": TODAY.year, "title": "新征集", "directions": "村级集体经济增收", "criteria": "问题真 60\n材料实 40",
    "topics_until": TODAY.isoformat(), "drafts_until": TODAY.isoformat(), "reports_until": TODAY.isoformat(),
    "reviews_until": TODAY.isoformat(),
}  # fmt: skip
MEETING = {"held_on": TODAY.isoformat(), "minutes": "听取进展", "call": ""}
ITEM = {"progress": "完成走访", "next_step": "形成初稿", "due_on": TODAY.isoformat()}
SENT_UP = {"submitted_to": "市委组织部", "submitted_on": TODAY.isoformat(), "document_number": "2号"}
PRIZE = {
    "level": "city", "rank": "second", "name": "优秀成果", "awarded_by": "市委组织部",
    "awarded_on": TODAY.isoformat(), "document_number": "3号",
}  # fmt: skip
VERSION = {"title": "新一稿", "body": "正文", "changes": "补充数据"}

ROUTES = [
    Route("assignments:research_board", get=FOLLOW),
    Route("assignments:research_list", get=FOLLOW),
    Route("assignments:report_list", get=FOLLOW),
    Route("assignments:prize_list", get=FOLLOW),
    Route("assignments:call_list", get=FOLLOW),
    Route("assignments:meeting_list", get=FOLLOW),
    Route("assignments:research_mine", get={TRAINEE: 200, "*": 404}),
    Route("assignments:call_new", get=PLAN, post=PLANNED, data=lambda world, actor: CALL),
    on("call_edit", "closed call", PLAN, **CALL),
    on("call_act", "closed call", PLAN, "open"),
    Route("assignments:topic_new", get=TOPIC, post=TOPIC | {TRAINEE: 302}, data=topic),
    Route("assignments:project_detail", kwargs=of("team topic"), get=OWN),
    Route("assignments:project_detail", kwargs=of("others topic"), get=dict.fromkeys(DEPARTMENT, 200) | {"*": 404}),
    Route("assignments:project_detail", kwargs=of("personal report"), get=MENTEES),
    Route("assignments:project_detail", kwargs=of("sent up"), get=OWN),
    Route("assignments:project_detail", kwargs=of("project unreleased"), get=OWN),
    Route("assignments:project_detail", kwargs=of("project released"), get=OWN),
    Route(
        "assignments:project_detail",
        kwargs=of("reviewed project"),
        get=dict.fromkeys(DEPARTMENT, 200) | {HOST: 403, "*": 404},
    ),
    on("personal_new", "term without report", dict.fromkeys(DEPARTMENT, 403) | {"staff": 200, "*": 404}, title="选题"),
    on("project_edit", "team topic", LED, title="新题目", direction=""),
    on("project_plan", "team topic", LED, plan="先走访，后座谈"),
    on("project_act", "proposed topic", WORK, "approve"),
    on("project_act", "others topic", OTHERS, "drop", **REASON),
    on("project_act", "project released", WORK, "submit", **SENT_UP),
    Route(
        "assignments:research_member_add",
        kwargs=of("team topic"),
        get=LED,
        post=LED,
        data=sent("team topic", names="无此人"),
    ),
    on("research_member_act", "team mate", LED, "share", share="执笔"),
    Route("assignments:meeting_new", get=PLAN, post=PLANNED, data=lambda world, actor: MEETING),
    Route("assignments:meeting_detail", kwargs=of("meeting"), get=FOLLOW | {TRAINEE: 200}),
    Route("assignments:meeting_detail", kwargs=of("meeting of others"), get=FOLLOW),
    on("meeting_edit", "meeting", PLAN, **MEETING),
    on("meeting_void", "meeting of others", PLAN, **REASON),
    Route("assignments:item_new", kwargs=of("meeting of others"), get=PLAN, post=PLAN),
    on("call_act", "voided call", PLAN, "restore"),
    on("meeting_restore", "voided meeting", PLAN),
    on("item_restore", "voided item", OTHERS),
    Route("assignments:research_list", query="?state=voided", get=FOLLOW),
    on("item_edit", "item of team topic", WORK, **ITEM),
    on("item_void", "item of others topic", OTHERS, **REASON),
    Route(
        "assignments:item_done",
        kwargs=of("item of team topic"),
        post={"staff": 302, TRAINEE: 302, "leader": 403, "*": 404},
    ),
    on("version_new", "team topic", LED, **VERSION),
    Route(
        "assignments:version_compare",
        kwargs=of("reviewed project"),
        get=dict.fromkeys(DEPARTMENT, 200) | {HOST: 403, "*": 404},
    ),
    Route("assignments:version_detail", kwargs=of("own version"), get=OWN),
    Route("assignments:version_detail", kwargs=of("personal version"), get=MENTEES),
    Route("assignments:version_detail", kwargs=of("next version"), get=dict.fromkeys(DEPARTMENT, 200) | {"*": 404}),
    on("reading_write", "personal version", READS, comment="数据再核一遍"),
    Route(
        "assignments:reviewers_name",
        kwargs=of("project unreleased"),
        get=WORK,
        post=WORK,
        data=sent("project unreleased"),
    ),
    on("review_write", "host review", REVIEW, comment="材料扎实", **{f"points_{n}": 5 for n in range(len(CRITERIA))}),
    Route("assignments:review_write", kwargs=of("review host report"), get=UNSEEN, post=UNSEEN),
    on("review_act", "review unreleased", {"staff": 200, "leader": 403, "*": 404}, "return", **REASON),
    on("review_act", "waiting review", OTHERS, "day", due_on=TODAY.isoformat()),
    on("project_act", "personal report", CHECKED, "remark", remark="账再算细"),
    on("project_act", "personal report", CHECKED, "return", reason="补充台账"),
    on("prize_new", "sent up", WORK, **PRIZE),
    on("prize_act", "prize", WORK, "void", **REASON),
]
