"""Probations at every step, each of a file of its own; the trainee's own one in its second round."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.people.models import PostRecord, Trainee
from cadre_app.probation.models import Probation, State
from cadre_app.probation.services import records
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent
from tests.factories import PersonFactory, TraineeFactory

TODAY = timezone.localdate()
TRAINEE = "trainee"
OFFICE = ("staff", "leader", "liaison")
DEPARTMENT = ("staff", "leader")
STEPS = ("opened", "written", "opined", "waiting", "checked", "graded")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def extend(world: World) -> None:
    own = world.objects[TRAINEE]
    Trainee.objects.filter(pk=own.pk).update(probation_ends_on=ago(-20))
    _own_rounds(world, own)
    for step in STEPS:
        _probation(world, step, step, _file(world, step))
    file = _file(world, "checked by the leader")
    _probation(world, "checked by the leader", "checked", file, checked_by=world.actors["leader"])
    _probation(world, "entered by staff", "waiting", _file(world, "staff"), entered_by=world.actors["staff"])
    reason = world.canary("reason of returning a probation", seen_by=DEPARTMENT)
    _probation(world, "returned", "opined", _file(world, "returned"), returned_on=TODAY, return_reason=reason)
    _probation(world, "voided", "written", _file(world, "voided"))
    told = world.canary("reason of voiding a probation", seen_by=DEPARTMENT)
    voided = records.void_probation(
        world.objects["voided probation"], reason=told, actor=world.objects["second leader"]
    )
    world.objects["voided probation"] = voided
    _probation(world, "colleague's", "written", world.objects["colleague"])
    _probation(world, "kin's", "opened", world.objects["kin"])
    _probation(world, "foreign", "opened", world.objects["foreign trainee"])
    world.objects["file without probation"] = _file(world, "none")


def _file(world: World, key: str) -> Trainee:
    person = PersonFactory.create(name=f"试用同志{key}")
    return TraineeFactory.create(person=person, home_unit=world.town, arrived_on=ago(376), probation_ends_on=ago(11))


def _own_rounds(world: World, own: Trainee) -> None:
    """The first one ended in an extension, whose result the person reads; the second waits for the own summary."""
    everybody = (*OFFICE, TRAINEE)
    values = _values(world, "own", "graded", result=everybody, summary=everybody, opinion=everybody)
    for name in ("post", "rank", "rank_reason"):
        values.pop(name)
    reason = world.canary("reason of the own extension", seen_by=everybody)
    values |= {"conclusion": "deferred", "extended_to": ago(-20), "reason": reason, "state": State.DEFERRED}
    world.objects["own earlier probation"] = Probation.objects.create(trainee=own, **values)
    world.objects["own probation"] = Probation.objects.create(trainee=own, round=2)


def _probation(world: World, key: str, step: str, file: Trainee, **fields: Any) -> None:
    result = OFFICE if step == "graded" else DEPARTMENT
    values = _values(world, key, step, result=result, summary=OFFICE, opinion=OFFICE) | fields
    if step == "graded":
        values["post_record"] = PostRecord.objects.create(
            trainee=file, started_on=ago(11), post=values["post"], rank="11"
        )
    world.objects[f"{key} probation"] = Probation.objects.create(trainee=file, **values)


def _values(
    world: World, key: str, step: str, *, result: tuple[str, ...], summary: tuple[str, ...], opinion: tuple[str, ...]
) -> dict[str, Any]:
    """Up to and with `step`; every text is a canary."""

    def told(name: str, seen_by: tuple[str, ...]) -> str:
        return world.canary(f"{name} of the {key} probation", seen_by=seen_by)

    at = STEPS.index(step)
    values: dict[str, Any] = {}
    if at >= STEPS.index("written"):
        values |= {"state": State.UNDER_WAY, "summary": told("summary", summary), "summary_on": ago(15)}
    if at >= STEPS.index("opined"):
        values |= {"opinion": told("opinion", opinion), "opinion_on": ago(12), "opinion_by": world.actors["liaison"]}
        values |= {"waiver_reason": told("waiver", OFFICE), "waived_on": ago(30), "waived_by": world.actors["staff"]}
    if at >= STEPS.index("waiting"):
        values |= {"state": State.WAITING, "conclusion": "passed", "rank": "11", "document_on": ago(4)}
        values |= {name: told(name, result) for name in ("comment", "post", "document_number")}
        values |= {"rank_reason": told("rank reason", DEPARTMENT)}
        values["document_number"] += "41号"
        values |= {"entered_by": world.actors["other_staff"], "entered_on": ago(4)}
    if at >= STEPS.index("checked"):
        values |= {"checked_by": world.objects["second leader"], "checked_on": ago(3)}
    if at >= STEPS.index("graded"):
        values |= {"state": State.GRADED, "signed_by": world.actors["leader"], "signed_on": ago(2)}
        values |= {"ended_on": ago(11)}
    return values


GRADING = {
    "comment": "同意按期任职定级。",
    "post": "科员",
    "rank": "11",
    "rank_reason": "学历待补录",
    "document_number": "望委组〔2026〕41号",
    "document_on": TODAY.isoformat(),
}
EXTENSION = {"comment": "延期考察。", "extended_to": ago(-60).isoformat(), "reason": "病假较多"}
FAILURE = {key: GRADING[key] for key in ("comment", "document_number", "document_on")} | {"reason": "不胜任"}
SUMMARY = {"summary": "总结", "summary_on": TODAY.isoformat()}
OPINION = {"opinion": "意见", "opinion_on": TODAY.isoformat()}
REASON = {"reason": "更正"}
SEEN = dict.fromkeys(OFFICE, 200) | {"*": 404}
OWN = SEEN | {TRAINEE: 200}
LIST = dict.fromkeys((*OFFICE, "other_staff", "moved_staff"), 200) | {"*": 404}
FOREIGN = {"other_staff": 200, "moved_staff": 200, "*": 404}
STAFF = {"staff": 200, "leader": 403, "liaison": 403, "*": 404}
UNIT = {"staff": 200, "leader": 403, "liaison": 200, "*": 404}
LEADER = {"staff": 403, "leader": 200, "liaison": 403, "*": 404}
BOTH = {"staff": 200, "leader": 200, "liaison": 403, "*": 404}
NOBODY = dict.fromkeys(OFFICE, 403) | {"*": 404}
READ = dict.fromkeys(DEPARTMENT, 200) | {"*": 404}


def act(name: str, key: str, expected: Any, **values: Any) -> Route:
    saved = {actor: 302 if status == 200 else status for actor, status in expected.items()}
    return Route(
        f"probation:{name}", kwargs=of(f"{key} probation"), get=expected, post=saved,
        data=sent(f"{key} probation", **values),
    )  # fmt: skip


def paper(kind: str, key: str, expected: Any) -> Route:
    where = lambda world: {"kind": f"probation.{kind}", "pk": world.objects[f"{key} probation"].pk}  # noqa: E731
    return Route("documents:paper", kwargs=where, get=expected)


ROUTES = [
    Route("probation:list", get=LIST),
    Route("probation:list", query="?q=金丝雀&stage=all&induction=missing", get=LIST),
    Route("probation:list", query="?stage=voided", get=LIST),
    Route("probation:mine", get={TRAINEE: 200, "*": 404}),
    Route("probation:open", kwargs=of("file without probation"), get=STAFF, post=STAFF | {"staff": 302}),
    *(
        Route("probation:detail", kwargs=of(f"{key} probation"), get=SEEN)
        for key in (*STEPS, "returned", "voided", "colleague's")
    ),
    Route("probation:detail", kwargs=of("own probation"), get=OWN),
    Route("probation:detail", kwargs=of("own earlier probation"), get=OWN),
    Route("probation:detail", kwargs=of("kin's probation"), get=SEEN | {"liaison": 404}),
    Route("probation:detail", kwargs=of("foreign probation"), get=FOREIGN),
    act("summary", "own", STAFF | {TRAINEE: 200}, **SUMMARY),
    act("summary", "own earlier", NOBODY | {TRAINEE: 403}, **SUMMARY),
    act("summary", "opened", STAFF, **SUMMARY),
    act("summary", "opined", NOBODY, **SUMMARY),
    act("opinion", "written", UNIT, **OPINION),
    act("opinion", "own", NOBODY | {TRAINEE: 403}, **OPINION),
    act("opinion", "waiting", NOBODY, **OPINION),
    act("waive", "opened", STAFF, waiver_reason="已参加"),
    act("waive", "waiting", NOBODY, waiver_reason="已参加"),
    act("waive", "own", STAFF | {TRAINEE: 403}, waiver_reason="已参加"),
    act("waive", "kin's", STAFF | {"liaison": 404}, waiver_reason="已参加"),
    act("passed", "opined", STAFF, **GRADING),
    act("passed", "graded", NOBODY, **GRADING),
    act("deferred", "opined", STAFF, **EXTENSION),
    act("failed", "opined", STAFF, **FAILURE),
    act("failed", "own", STAFF | {TRAINEE: 403}, **FAILURE, missing_reason="本人未提交"),
    act("check", "waiting", BOTH),
    act("check", "entered by staff", LEADER),
    act("check", "checked", NOBODY),
    act("sign", "checked", LEADER),
    act("sign", "waiting", NOBODY),
    act("sign", "checked by the leader", NOBODY),
    act("send_back", "waiting", BOTH, **REASON),
    act("send_back", "checked", LEADER, **REASON),
    act("send_back", "checked by the leader", NOBODY, **REASON),
    act("send_back", "graded", NOBODY, **REASON),
    act("take_back", "graded", LEADER, **REASON),
    act("take_back", "checked", NOBODY, **REASON),
    act("void", "written", LEADER, **REASON),
    act("void", "graded", NOBODY, **REASON),
    act("restore", "voided", STAFF, **REASON),
    act("restore", "written", NOBODY, **REASON),
    paper("assessment", "waiting", READ),
    paper("grading", "waiting", READ),
    paper("assessment", "graded", SEEN),
    paper("grading", "graded", SEEN),
    paper("assessment", "own earlier", OWN),
    paper("grading", "own earlier", 404),
]
