"""Whose attendance at a study visit somebody records, who settles it, and when it counts as held."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.training.models import HoursEntry, StudyVisit, VisitMember
from cadre_app.training.rules import visits as rules
from cadre_app.training.services import visit_members, visit_records, visits
from tests.factories import GrantFactory, PersonFactory, TraineeFactory
from tests.people.conftest import TODAY
from tests.training.visits.conftest import DAY, LATER, Outing
from tests.training.visits.test_visit_pages import page


def join(outing: Outing, visit: StudyVisit, name: str, **fields: Any) -> VisitMember:
    file = TraineeFactory.create(person=PersonFactory.create(name=name, **fields.pop("person", {})), **fields)
    visit_members.add_members(visit, trainees=[file], actor=outing.staff)
    return visit.members.get(trainee=file)


def presences(visit: StudyVisit) -> dict[str, str]:
    return dict(visit.members.values_list("trainee__person__name", "presence"))


def send(client: Any, visit: StudyVisit) -> int:
    """Everybody present, whoever is on the page or not."""
    data = {f"presence_{member.pk.hex}": "present" for member in visit.members.all()}
    data["version"] = StudyVisit.objects.get(pk=visit.pk).version
    status: int = client.post(page(visit, "visit_record"), data).status_code
    return status


def test_a_visit_is_held_once_everybody_on_its_list_is_recorded(outing: Outing, sign_in: Any) -> None:
    """The staff of each town record their own people; somebody who had left is asked for by nobody."""
    visit = outing.planned()
    there = outing.district.other_town
    join(outing, visit, "外镇人", home_unit=there)
    join(outing, visit, "离任人", home_unit=there, departed_on=DAY - timedelta(days=1))
    GrantFactory.create(
        user=(user := outing.district.somebody(Role.STAFF, outing.district.town)), role=Role.LEADER, unit=there
    )
    assert send(sign_in(user), visit) == 302
    left = {"外镇人": "", "离任人": ""}
    assert presences(visit) == {"林知远": "present", "陈予安": "present"} | left
    assert (StudyVisit.objects.get().state, rules.unrecorded(TODAY).count()) == ("planned", 1)
    assert send(sign_in(outing.district.somebody(Role.STAFF, there)), visit) == 302
    assert presences(visit) == {"林知远": "present", "陈予安": "present", "外镇人": "present", "离任人": ""}
    assert (StudyVisit.objects.get().state, rules.unrecorded(TODAY).count()) == ("held", 0)
    newcomer = join(outing, visit, "后到人", home_unit=there)
    assert rules.unrecorded(TODAY).count() == 1
    visit_members.remove_member(newcomer, reason="误加", actor=outing.staff)
    assert rules.unrecorded(TODAY).count() == 0


def test_a_visit_of_which_something_is_recorded_stays_on_its_day_and_is_held_when_the_last_one_is_taken_off(
    outing: Outing,
) -> None:
    visit = outing.planned()
    first, last = visit.members.order_by("pk")
    recorded = {first.pk: visit_records.Recorded(presence="present")}
    visit = visit_records.record_visit(visit, recorded=recorded, actor=outing.staff)
    with pytest.raises(ValidationError, match="日期不能晚于今天"):
        visits.change_visit(visit, title="试", visited_on=LATER, sites="甲\n乙", actor=outing.staff)
    visit_members.remove_member(last, reason="请假", actor=outing.staff)
    assert StudyVisit.objects.get().state == "held"


def test_staff_neither_record_themselves_nor_give_themselves_hours(outing: Outing, sign_in: Any) -> None:
    visit = outing.planned(hours=3)
    mine = join(outing, visit, "自记人", person={"account": outing.staff}, home_unit=outing.district.town)
    client = sign_in(outing.staff)
    assert send(client, visit) == 302
    assert presences(visit)["自记人"] == ""
    others = outing.district.somebody(Role.STAFF, outing.district.top)
    recorded = {mine.pk: visit_records.Recorded(presence="present")}
    visit_records.record_visit(visit, recorded=recorded, actor=others)
    version = StudyVisit.objects.get().version
    assert client.post(page(visit, "visit_post"), {"version": version}).status_code == 403
    assert client.post(member_page(mine), {"version": 1, "reason": "x"}).status_code == 403
    assert sign_in(others).post(page(visit, "visit_post"), {"version": version}).status_code == 302
    assert HoursEntry.objects.count() == 3


def member_page(member: VisitMember) -> str:
    return reverse("training:visit_member_remove", kwargs={"pk": member.pk})


@pytest.mark.parametrize("name", ["visit_post", "visit_take_back", "visit_reopen", "visit_cancel", "visit_edit"])
def test_a_visit_with_people_of_others_is_not_settled_by_staff_of_one_town(
    outing: Outing, sign_in: Any, name: str
) -> None:
    visit = outing.held()
    join(outing, visit, "外镇人", home_unit=outing.district.other_town)
    client = sign_in(outing.district.somebody(Role.STAFF, outing.district.town))
    data = {"version": StudyVisit.objects.get().version, "reason": "玩"}
    assert client.post(page(visit, name), data).status_code == 403
    body = client.get(page(visit)).content.decode()
    assert page(visit, name) not in body


def test_two_offices_record_one_visit_and_neither_wipes_what_the_other_wrote(outing: Outing, sign_in: Any) -> None:
    """Only what both recorded in another way is shown again, with what was typed beside it; what nobody touched stays."""
    visit = outing.planned()
    there = join(outing, visit, "外镇人", home_unit=outing.district.other_town)
    first, second = (outing.member(visit, number) for number in (0, 1))
    opened = sign_in(outing.staff).get(page(visit, "visit_record")).context["form"].initial
    data = {f"presence_{member.pk.hex}": "present" for member in (first, second, there)}
    data |= {"seen": opened["seen"], "summary_seen": opened["summary_seen"], "summary": ""}
    late = {there.pk: visit_records.Recorded(presence="late", remarks="路上堵车")}
    visit_records.record_visit(visit, recorded=late, summary="形成三条建议", actor=outing.staff)
    client = sign_in(outing.district.somebody(Role.STAFF, outing.district.town))
    assert client.post(page(visit, "visit_record"), data).status_code == 302
    assert (StudyVisit.objects.get().summary, presences(visit)["林知远"]) == ("形成三条建议", "present")
    answer = sign_in(outing.staff).post(page(visit, "visit_record"), data | {f"remarks_{first.pk.hex}": "先算运费"})
    body, form = answer.content.decode(), answer.context["form"]
    assert (answer.status_code, "先算运费" in body, "路上堵车" in body) == (409, True, True)
    assert form["summary"].value() == "形成三条建议"
    again = data | {"seen": form["seen"].value(), "summary": "另写一条"}
    contested = sign_in(outing.staff).post(page(visit, "visit_record"), again)
    assert (contested.status_code, "形成三条建议" in contested.content.decode()) == (409, True)
    again["summary_seen"] = contested.context["form"]["summary_seen"].value()
    assert sign_in(outing.staff).post(page(visit, "visit_record"), again).status_code == 302
    assert (StudyVisit.objects.get().summary, presences(visit)["外镇人"]) == ("另写一条", "present")


def test_a_visit_waits_for_nobody_who_left_the_programme(outing: Outing, sign_in: Any) -> None:
    """With the last one left to be recorded gone it was held; with everybody gone it is to be cancelled."""
    visit = outing.planned()
    recorded = {outing.member(visit).pk: visit_records.Recorded(presence="present")}
    visit_records.record_visit(visit, recorded=recorded, actor=outing.staff)
    empty = outing.planned(title="无人线")
    type(outing.files[1]).objects.filter(pk=outing.files[1].pk).update(departed_on=DAY - timedelta(days=1))
    assert [row.title for row in rules.unrecorded(TODAY)] == ["无人线"]
    assert (visit_records.settle_visits(), StudyVisit.objects.get(pk=visit.pk).state) == (1, "held")
    assert "已离开" in sign_in(outing.staff).get(page(visit)).content.decode()
    type(outing.files[0]).objects.filter(pk=outing.files[0].pk).update(departed_on=DAY - timedelta(days=1))
    [row] = rules.of_those_who_record(rules.unrecorded(TODAY), outing.staff)
    words = rules.unrecorded_words(row, row.due_day, outing.staff)
    assert (row.pk, words.url, words.title) == (empty.pk, page(empty), "取消现场教学：无人线")
    assert page(empty, "visit_record") not in sign_in(outing.staff).get(page(empty)).content.decode()


def test_a_visit_with_attendance_is_not_cancelled(outing: Outing, sign_in: Any) -> None:
    visit = visits.reopen_visit(outing.held(), reason="误记", actor=outing.staff)
    assert page(visit, "visit_cancel") not in sign_in(outing.staff).get(page(visit)).content.decode()
    with pytest.raises(ValidationError, match="已有到课登记"):
        visits.cancel_visit(visit, reason="台风", actor=outing.staff)


def test_the_bell_rings_those_who_record_or_post_somebody_on_the_list(outing: Outing) -> None:
    """The town of the people; not the other one, nor liaisons; the hours of people of both are the district's to post."""
    outing.planned()
    held = outing.held(title="已开展")
    mixed = outing.held(title="两镇线")
    other = outing.district.other_town
    VisitMember.objects.filter(pk=outing.member(mixed, 1).pk).update(
        trainee=TraineeFactory.create(home_unit=other), presence="present"
    )
    users = [
        outing.staff,
        outing.district.somebody(Role.LEADER, outing.district.town),
        outing.district.somebody(Role.LIAISON, outing.district.town),
        outing.district.somebody(Role.STAFF, other),
    ]
    recording = [rules.of_those_who_record(rules.unrecorded(TODAY), user).count() for user in users]
    due = rules.unposted(DAY + timedelta(days=3))
    posting = [list(rules.of_those_who_post(due, user).values_list("title", flat=True)) for user in users]
    assert recording == [1, 1, 0, 0]
    assert [sorted(found) for found in posting] == [sorted([held.title, mixed.title]), [held.title], [], []]


def test_hours_that_nobody_posts_are_asked_for(outing: Outing) -> None:
    outing.held(hours=None, title="无学时")
    visit = outing.held()
    due = DAY + timedelta(days=3)
    assert list(rules.unposted(due - timedelta(days=1))) == []
    assert [(row.pk, row.due_day) for row in rules.unposted(due)] == [(visit.pk, due)]
    assert rules.unposted_words(visit, due, outing.staff).url == page(visit)
    visit_records.post_hours(visit, actor=outing.staff)
    assert list(rules.unposted(due)) == []


def test_a_visit_to_come_is_not_missing_yet_and_opens_no_form(outing: Outing, sign_in: Any) -> None:
    visit = outing.planned(visited_on=LATER)
    assert list(rules.unrecorded(LATER + timedelta(days=9))) == []
    answer = sign_in(outing.staff).get(page(visit, "visit_record"), follow=True)
    assert (answer.redirect_chain, "现场教学当日起方可登记到课" in answer.content.decode()) == (
        [(page(visit), 302)],
        True,
    )
    with time_machine.travel("2026-12-02T12:00:00+08:00", tick=False):
        assert [row.due_day for row in rules.unrecorded(LATER + timedelta(days=9))] == [date(2026, 12, 2)]


def test_the_page_of_a_visit_tells_whose_attendance_was_changed(outing: Outing, sign_in: Any) -> None:
    visit = outing.held()
    visit_members.remove_member(outing.member(visit, 1), reason="误加", actor=outing.staff)
    entries = sign_in(outing.staff).get(page(visit)).context["entries"]
    told = {(entry.subject, entry.verb) for entry in entries}
    assert {("林知远", "training.visitmember.recorded"), ("陈予安", "training.visitmember.voided")} <= told
