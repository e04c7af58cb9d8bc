"""Annual and quarterly assessments at every step; each step of a person of its own, besides the trainee's own ones."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.appraisal.models import AnnualAssessment, AssessmentYear, QuarterlyAssessment, UnitQuota
from cadre_app.appraisal.services import corrections, course, decisions, entries, persons, quarterly, years
from cadre_app.people.models import Relative, Trainee
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, person_of, sent
from tests.factories import PersonFactory, TraineeFactory

TODAY = timezone.localdate()
YEAR = TODAY.year - 1
TRAINEE = "trainee"
OFFICE = ("staff", "leader", "liaison")
DEPARTMENT = ("staff", "leader")
STEPS = ("entered", "checked", "confirmed", "filed", "asked")
QUARTER = quarterly.latest_quarter(TODAY)


def extend(world: World) -> None:
    _campaigns(world)
    own = _annual(world, "own", "filed", world.objects["trainee"], status=True)
    world.objects["own annual"] = _corrected(world, own)
    for step in STEPS:
        _annual(world, step, step)
    _annual(world, "checked by the leader", "checked", checks=world.actors["leader"])
    _annual(world, "own entry", "entered", TraineeFactory.create(home_unit=world.town, **_arrived()))
    _returned(world)
    done = _annual(world, "corrected", "confirmed")
    world.objects["annual correction"] = corrections.propose_correction(
        done,
        outcome="basic_competent",
        comment=world.canary("corrected comment", seen_by=DEPARTMENT),
        reason=world.canary("reason of a correction", seen_by=DEPARTMENT),
        actor=world.actors["staff"],
    )
    voided = _annual(world, "voided", "entered")
    world.objects["voided annual"] = decisions.void_annual(
        voided, reason=world.canary("reason of a void", seen_by=DEPARTMENT), actor=world.actors["staff"]
    )
    _relative(world)
    _quarters(world)
    foreign = AnnualAssessment.objects.filter(trainee__home_unit=world.elsewhere).first()
    world.objects["foreign annual"] = foreign


def _returned(world: World) -> None:
    """Sent back, of another personnel status than the file says, with what the unit before wrote."""
    one = _annual(world, "returned", "checked")
    reason = world.canary("why it was sent back", seen_by=OFFICE)
    decisions.send_back_annual(one, reason=reason, actor=world.actors["leader"])
    AnnualAssessment.objects.filter(pk=one.pk).update(
        status="institution",
        grade="qualified",
        status_note=world.canary("why another status", seen_by=OFFICE),
        former=world.canary("from the unit before", seen_by=OFFICE),
    )
    world.objects["returned annual"] = AnnualAssessment.objects.get(pk=one.pk)


def _corrected(world: World, own: AnnualAssessment) -> AnnualAssessment:
    """The person reads why it was corrected, once it is signed off."""
    world.objects["own correction"] = correction = corrections.propose_correction(
        own,
        outcome=own.outcome,
        comment=world.canary("own corrected comment", seen_by=(*OFFICE, TRAINEE)),
        reason=world.canary("reason of the own correction", seen_by=(*DEPARTMENT, TRAINEE)),
        actor=world.actors["staff"],
    )
    corrections.sign_correction(correction, actor=world.actors["leader"])
    return AnnualAssessment.objects.get(pk=own.pk)


def _arrived() -> dict[str, Any]:
    return {"arrived_on": date(YEAR - 2, 7, 1)}


def _campaigns(world: World) -> None:
    days = {"starts_on": date(YEAR, 12, 1), "ends_on": date(TODAY.year, 1, 31)}
    Trainee.objects.filter(pk=world.objects["trainee"].pk).update(**_arrived())
    Trainee.objects.filter(pk=world.objects["foreign trainee"].pk).update(**_arrived())
    world.objects["trainee"].refresh_from_db()
    told = world.canary("note of a campaign", seen_by=OFFICE)
    campaign = years.open_year(unit=world.district, year=YEAR, note=told, **days, actor=world.actors["staff"])
    world.objects["campaign"] = campaign
    years.open_year(unit=world.elsewhere, year=YEAR, **days, actor=world.actors["other_staff"])
    old = {"starts_on": date(YEAR - 20, 12, 1), "ends_on": date(YEAR - 19, 1, 31)}
    other = AssessmentYear.objects.create(unit=world.district, year=YEAR - 20, **old)
    world.objects["voided campaign"] = years.void_year(other, reason="误开", actor=world.actors["staff"])
    quota = UnitQuota.objects.get(campaign=campaign, unit=world.town)
    world.objects["quota"] = years.set_quota(
        quota, participants=90, approved=9, approval_number=world.canary("approval number 1", seen_by=OFFICE),
        actor=world.actors["staff"],
    )  # fmt: skip


def _annual(
    world: World, key: str, step: str, file: Trainee | None = None, *, status: bool = False, checks: User | None = None
) -> AnnualAssessment:
    """An assessment up to and with `step`; entered by the liaison, checked by staff or `checks`, signed off by the leader."""
    staff, leader = world.actors["staff"], world.actors["leader"]
    clerk = staff if key == "own entry" else world.actors["liaison"]
    readers = (*OFFICE, TRAINEE) if status else OFFICE
    file = file or TraineeFactory.create(
        person=PersonFactory.create(name=f"考核同志{key}"), home_unit=world.town, **_arrived()
    )
    years.complete_year(world.objects["campaign"], actor=None)
    one = AnnualAssessment.objects.select_related("trainee", "quota").get(trainee=file, year=YEAR)
    comment = world.canary(f"annual comment of {key}", seen_by=readers)
    entries.edit_annual(one, status=file.status, outcome="competent", comment=comment, actor=clerk)
    days = {"self_report_on": date(YEAR, 12, 20), "survey_on": date(YEAR, 12, 25), "appraised_on": date(YEAR, 12, 28)}
    course.record_course(one, **days, actor=clerk)
    acts = {
        "entered": lambda: None,
        "checked": lambda: decisions.check_annual(one, actor=checks or staff),
        "confirmed": lambda: decisions.sign_off_annual(one, actor=leader),
        "filed": lambda: decisions.file_annual(
            one, filed_on=TODAY, filing_number=world.canary(f"filing of {key}", seen_by=readers), actor=staff
        ),
        "asked": lambda: persons.ask_for_review(
            one, review_reason=world.canary(f"review of {key}", seen_by=DEPARTMENT), actor=staff
        ),
    }
    for name in STEPS[: STEPS.index(step) + 1]:
        acts[name]()
    found = AnnualAssessment.objects.get(pk=one.pk)
    world.objects[f"{key} annual"] = found
    return found


def _relative(world: World) -> None:
    """The liaison's brother: entered by staff, a case without a grade whose facts only the others read."""
    brother = TraineeFactory.create(
        person=PersonFactory.create(name="联络员亲属考核"), home_unit=world.town, **_arrived()
    )
    kin = person_of(world, "liaison")
    Relative.objects.create(person=kin, relation="弟弟", name="亲属", other=brother.person)
    years.complete_year(world.objects["campaign"], actor=None)
    one = AnnualAssessment.objects.select_related("trainee", "quota").get(trainee=brother, year=YEAR)
    told = world.canary("facts of a case", seen_by=DEPARTMENT)
    entries.edit_annual(
        one, status=brother.status, outcome="away", case_note=told, comment="", actor=world.actors["staff"]
    )
    world.objects["relative annual"] = AnnualAssessment.objects.get(pk=one.pk)


def _quarters(world: World) -> None:
    year, quarter = QUARTER
    clerk, staff = world.actors["liaison"], world.actors["staff"]
    files = {"own quarter": world.objects["trainee"]}
    files["waiting quarter"] = TraineeFactory.create(home_unit=world.town, **_arrived())
    files["voided quarter"] = TraineeFactory.create(home_unit=world.town, **_arrived())
    given = {
        file.pk: quarterly.QuarterEntered(
            grade="good",
            remark=world.canary(key, seen_by=(*OFFICE, TRAINEE) if key.startswith("own") else OFFICE),
        )
        for key, file in files.items()
    }
    quarterly.enter_quarter(world.town, year=year, quarter=quarter, given=given, actor=clerk)
    rows = {key: QuarterlyAssessment.objects.get(trainee=file) for key, file in files.items()}
    own = QuarterlyAssessment.objects.filter(pk=rows["own quarter"].pk)
    own.update(confirmed_by=staff, confirmed_on=TODAY)
    rows["voided quarter"] = quarterly.void_quarter(
        rows["voided quarter"], reason=world.canary("reason of a void quarter", seen_by=DEPARTMENT), actor=staff
    )
    world.objects |= rows
    world.objects["quarter file"] = TraineeFactory.create(home_unit=world.town, **_arrived())


def grid(world: World, actor: str) -> dict[str, Any]:
    """The whole table on the versions that stand; what is refused shows what was sent, so nothing secret is sent."""
    found: dict[str, Any] = {}
    for one in AnnualAssessment.objects.filter(quota=world.objects["quota"], checked_on=None):
        outcome = "competent" if one.status == "civil_servant" else "qualified"
        names = {"outcome": outcome, "case_note": "", "comment": "按时完成任务", "version": one.version}
        found |= {entries.cell(name, one.pk): value for name, value in names.items()}
    return found


def quarter_sent(world: World, actor: str) -> dict[str, Any]:
    row = QuarterlyAssessment.objects.get(pk=world.objects["waiting quarter"].pk)
    names = {"grade": "fair", "remark": "", "version": row.version}
    found = {entries.cell(name, row.trainee_id): value for name, value in names.items()}
    return {**found, entries.cell("grade", world.objects["quarter file"].pk): "fair"}


def _listed(rows: Any) -> str:
    return " ".join(f"{row.pk}@{row.version}" for row in rows)


def shown(rows_of: Any, **values: Any) -> Any:
    """What the page of a whole unit showed this actor."""

    def fields(world: World, actor: str) -> dict[str, Any]:
        user = world.actors.get(actor) or world.actors["staff"]
        return {**values, "listed": _listed(rows_of(user, world.objects["quota"]))}

    return fields


def shown_quarter(world: World, actor: str) -> dict[str, Any]:
    user = world.actors.get(actor) or world.actors["staff"]
    return {"listed": _listed(quarterly.to_confirm(user, world.town, *QUARTER))}


def unit_quarter(world: World) -> dict[str, Any]:
    return {"pk": world.town.pk, "year": QUARTER[0], "quarter": QUARTER[1]}


LIST = dict.fromkeys((*OFFICE, "other_staff", "moved_staff"), 200) | {"*": 404}
SEEN = dict.fromkeys(OFFICE, 200) | {"*": 404}
OWN = SEEN | {TRAINEE: 200}
STAFF = {"staff": 200, "leader": 403, "liaison": 403, "*": 404}
LEADER = {"staff": 403, "leader": 200, "liaison": 403, "*": 404}
ENTER = {"staff": 200, "leader": 403, "liaison": 200, "*": 404}
CHECK = {"staff": 200, "leader": 200, "liaison": 403, "*": 404}
NOBODY = dict.fromkeys(OFFICE, 403) | {"*": 404}
NONE_OF_OWN = NOBODY | {TRAINEE: 403}
REASON = {"reason": "更正"}
ENTRY = {"status": "civil_servant", "outcome": "competent", "comment": "完成任务"}
COURSE = {"self_report_on": date(YEAR, 12, 21).isoformat()}
FILED = {"filed_on": TODAY.isoformat()}
SIGNED = {"signed_on": TODAY.isoformat(), "opinion": "同意"}
REVIEW = {"review_reason": "请核对"}
ANSWER = {"review_outcome": "kept", "review_answer": "维持"}
CORRECTION = {"status": "civil_servant", "outcome": "basic_competent", "comment": "更正", "reason": "复核"}
# The file of the trainee is on probation in other rows: a case is given, which fits both.
AWAY = {"status": "civil_servant", "outcome": "away", "case_note": "病假"}
DAYS = {"starts_on": date(YEAR, 12, 1).isoformat(), "ends_on": TODAY.isoformat()}


def act(name: str, key: str, expected: Any, **values: Any) -> Route:
    saved = {actor: 302 if status == 200 else status for actor, status in expected.items()}
    return Route(f"appraisal:{name}", kwargs=of(key), get=expected, post=saved, data=sent(key, **values))


def unit_act(name: str, expected: Any, data: Any = None) -> Route:
    saved = {actor: 302 if status == 200 else status for actor, status in expected.items()}
    known = data or (lambda world, actor: {})
    return Route(f"appraisal:{name}", kwargs=of("quota"), get=expected, post=saved, data=known)


def new_year(world: World, actor: str) -> dict[str, Any]:
    unit = world.district if actor == "staff" else world.elsewhere
    first = date(YEAR - 9, 12, 1)
    return {
        "unit": str(unit.pk), "year": str(first.year), "starts_on": first.isoformat(),
        "ends_on": (first + timedelta(days=60)).isoformat(),
    }  # fmt: skip


OPEN = dict.fromkeys(("staff", "other_staff", "moved_staff"), 200) | {"*": 403}
ROUTES = [
    Route("appraisal:year_board", get=LIST),
    Route("appraisal:year_board", query=f"?year={YEAR - 20}", get=LIST),
    Route("appraisal:year_open", get=OPEN, post=OPEN | dict.fromkeys(("staff", "other_staff", "moved_staff"), 302),
          data=new_year),
    act("year_edit", "campaign", STAFF, **DAYS),
    act("year_complete", "campaign", STAFF),
    act("year_complete", "voided campaign", {"staff": 403, "leader": 403, "*": 404}),
    Route("appraisal:year_void", kwargs=of("campaign"), get=STAFF, post=STAFF, data=sent("campaign", **REASON)),
    act("year_restore", "voided campaign", {"staff": 200, "leader": 403, "*": 404}, **REASON),
    act("year_restore", "campaign", NOBODY, **REASON),
    act("year_edit", "voided campaign", {"staff": 403, "leader": 403, "*": 404}, **DAYS),
    Route("appraisal:unit_detail", kwargs=of("quota"), get=SEEN),
    act("quota_edit", "quota", ENTER, participants="80", approved="8", approval_number="望公考〔2026〕3号"),
    unit_act("annual_grid", ENTER, grid),
    unit_act("unit_course", ENTER, lambda world, actor: COURSE),
    unit_act("unit_check", CHECK, shown(decisions.to_check)),
    unit_act("unit_sign", LEADER, shown(decisions.to_sign)),
    unit_act("unit_file", STAFF, shown(decisions.to_file, **FILED)),
    Route("appraisal:annual_list", get=LIST),
    Route("appraisal:annual_list", query=f"?year={YEAR}&state=review", get=LIST),
    Route("appraisal:annual_list", query=f"?as_of={YEAR}-12-31", get=LIST),
    Route("appraisal:annual_detail", kwargs=of("own annual"), get=OWN),
    *(Route("appraisal:annual_detail", kwargs=of(f"{key} annual"), get=SEEN)
      for key in ("entered", "confirmed", "asked", "corrected", "voided", "returned")),
    Route("appraisal:annual_detail", kwargs=of("relative annual"), get=SEEN | {"liaison": 404}),
    Route("appraisal:annual_detail", kwargs=of("foreign annual"),
          get={"other_staff": 200, "moved_staff": 200, "*": 404}),
    act("annual_edit", "entered annual", ENTER, **ENTRY),
    act("annual_edit", "relative annual", ENTER | {"liaison": 404}, **ENTRY),
    act("annual_edit", "checked annual", NOBODY, **ENTRY),
    act("annual_edit", "own annual", NONE_OF_OWN, **ENTRY),
    act("annual_course", "checked annual", ENTER, **COURSE),
    act("annual_course", "confirmed annual", NOBODY, **COURSE),
    act("annual_check", "entered annual", CHECK),
    act("annual_check", "own entry annual", {"staff": 403, "leader": 200, "liaison": 403, "*": 404}),
    act("annual_check", "checked annual", NOBODY),
    act("annual_send_back", "checked annual", LEADER, **REASON),
    act("annual_send_back", "entered annual", CHECK, **REASON),
    act("annual_send_back", "returned annual", NOBODY, **REASON),
    act("annual_check", "returned annual", NOBODY),
    act("annual_sign_off", "checked annual", LEADER),
    act("annual_sign_off", "confirmed annual", NOBODY),
    act("annual_sign_off", "checked by the leader annual", NOBODY),
    act("annual_file", "confirmed annual", STAFF, **FILED),
    act("annual_file", "filed annual", NOBODY, **FILED),
    act("annual_sign", "own annual", STAFF | {TRAINEE: 200}, **SIGNED),
    act("annual_sign", "confirmed annual", NOBODY, **SIGNED),
    act("annual_ask", "own annual", NOBODY | {TRAINEE: 200}, **REVIEW),
    act("annual_answer", "asked annual", CHECK, **ANSWER),
    act("annual_answer", "filed annual", NOBODY, **ANSWER),
    act("annual_correct", "confirmed annual", STAFF, **CORRECTION),
    act("annual_correct", "own annual", STAFF | {TRAINEE: 403}, **CORRECTION | AWAY),
    act("correction_sign", "annual correction", {"staff": 403, "leader": 200, "*": 404}),
    act("correction_decline", "annual correction", {"staff": 403, "leader": 200, "*": 404}, **REASON),
    act("correction_withdraw", "annual correction", {"staff": 200, "leader": 403, "*": 404}, **REASON),
    act("correction_sign", "own correction", {"staff": 403, "leader": 403, TRAINEE: 403, "*": 404}),
    act("annual_void", "entered annual", STAFF, **REASON),
    act("annual_void", "confirmed annual", NOBODY, **REASON),
    act("annual_restore", "voided annual", STAFF, **REASON),
    act("annual_restore", "entered annual", NOBODY, **REASON),
    Route("appraisal:mine", get={TRAINEE: 200, "*": 404}),
    Route("appraisal:quarter_board", get=LIST),
    Route("appraisal:quarter_list", get=LIST),
    Route("appraisal:quarter_grid", kwargs=unit_quarter, get=SEEN,
          post={"staff": 302, "leader": 403, "liaison": 302, "*": 404}, data=quarter_sent),
    Route("appraisal:quarter_confirm", kwargs=unit_quarter, get=CHECK, post=CHECK | {"staff": 302, "leader": 302},
          data=shown_quarter),
    Route("appraisal:quarter_detail", kwargs=of("own quarter"), get=OWN),
    Route("appraisal:quarter_detail", kwargs=of("waiting quarter"), get=SEEN),
    Route("appraisal:quarter_detail", kwargs=of("voided quarter"), get=SEEN),
    act("quarter_void", "waiting quarter", STAFF, **REASON),
    act("quarter_void", "own quarter", STAFF | {TRAINEE: 403}, **REASON),
    act("quarter_restore", "voided quarter", STAFF, **REASON),
    act("quarter_restore", "waiting quarter", NOBODY, **REASON),
]  # fmt: skip
