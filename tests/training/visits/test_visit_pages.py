"""Pages of study visits: what they show whom, what they cost, and what is told."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.training.lists.visits import exported_visits
from cadre_app.training.models import StudyVisit, VisitMember
from cadre_app.training.rules import visits as rules
from cadre_app.training.services import visit_members, visit_records, visits
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import TODAY
from tests.training.visits.conftest import DAY, LATER, SITES, Outing

LIST = "/training/visits/"


def page(visit: StudyVisit, name: str = "visit_detail") -> str:
    return reverse(f"training:{name}", kwargs={"pk": visit.pk})


def queries(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def titles(client: Any, **conditions: str) -> list[str]:
    rows = client.get(LIST, conditions).context["table"].rows
    return [row.object.title for row in rows]


def test_the_list_of_figures_shows_what_took_place(outing: Outing, sign_in: Any) -> None:
    outing.planned(title="计划中")
    outing.held(title="已开展")
    visit_records.post_hours(outing.held(title="已入账"), actor=outing.staff)
    visits.cancel_visit(outing.planned(title="已取消"), reason="台风", actor=outing.staff)
    client = sign_in(outing.staff)
    assert sorted(titles(client, state="held", since="2026-01-01", until="2026-12-31")) == ["已入账", "已开展"]
    assert titles(client, state="held", since="2026-11-21", until="") == []
    assert sorted(titles(client, state="held", since="", until="")) == ["已入账", "已开展"]
    assert titles(client, state="posted") == ["已入账"]
    assert len(titles(client, q="冷链合作社")) == 4
    assert len(titles(client, route=str(outing.route.pk))) == 4
    assert len(titles(client, state="held", unit=str(outing.district.town.pk))) == 2
    assert titles(client, unit=str(outing.district.other_town.pk)) == []


def test_lists_and_pages_cost_the_same_however_many_rows(outing: Outing, sign_in: Any) -> None:
    visit = outing.held()
    TraineeFactory.create(home_unit=outing.district.town)
    client = sign_in(outing.staff)
    found = [queries(client, url) for url in (LIST, page(visit), "/training/visits/routes/", page(visit, "visit_add"))]
    for number in range(2):
        outing.held(title=f"第{number}次")
        file = TraineeFactory.create(person=PersonFactory.create(name=f"王{number}"), home_unit=outing.district.town)
        visit_members.add_members(visit, trainees=[file], actor=outing.staff)
        TraineeFactory.create(home_unit=outing.district.town)
    again = [queries(client, url) for url in (LIST, page(visit), "/training/visits/routes/", page(visit, "visit_add"))]
    assert (found, again) == (EXPECTED, EXPECTED)


EXPECTED = [9, 17, 7, 9]


def test_the_workbook_has_the_rows_of_the_page(outing: Outing) -> None:
    from django.http import QueryDict

    outing.held()
    table = exported_visits(outing.staff, QueryDict("columns=title,people,present,state"))
    assert list(table.export_rows())[1:] == [["“产业强村”线", 2, 1, "已开展"]]


def test_a_visit_from_a_route_begins_with_its_sites(outing: Outing, sign_in: Any) -> None:
    client = sign_in(outing.staff)
    initial = client.get(f"/training/visits/new/?route={outing.route.pk}").context["form"].initial
    assert (initial["sites"], initial["topic"]) == (SITES, "村集体怎样与园区共赢")
    assert client.get("/training/visits/new/?route=nothing").status_code == 404


def test_bad_input_comes_back_beside_its_field(outing: Outing, sign_in: Any) -> None:
    client = sign_in(outing.staff)
    data = {"title": "线", "visited_on": "2026-12-01", "sites": "a\n" + "村" * 41, "hours": "500", "topic": "机密会议"}
    form = client.post("/training/visits/new/", data | {"topic": "绝密★座谈"}).context["form"]
    assert sorted(form.errors) == ["hours", "topic"]
    form = client.post("/training/visits/new/", data | {"hours": "3", "topic": "座谈"}).context["form"]
    assert sorted(form.errors) == ["sites"]
    assert form["sites"].value() == data["sites"]


def test_people_are_put_on_the_list_with_a_warning_never_a_bar(outing: Outing, sign_in: Any) -> None:
    outing.planned()
    visit = visits.create_visit(title="另一线", visited_on=DAY, sites="甲", actor=outing.staff)
    client = sign_in(outing.staff)
    data = {"pick": [str(file.pk) for file in outing.files]}
    response = client.post(page(visit, "visit_place"), data)
    assert [person.person.name for person, _times in response.context["clashing"]] == ["陈予安", "林知远"]
    client.post(page(visit, "visit_place"), data | {"confirmed": "1"})
    assert visit.members.count() == 2


def test_all_of_a_grade_are_picked_at_once(outing: Outing, sign_in: Any) -> None:
    visit = visits.create_visit(title="另一线", visited_on=DAY, sites="甲", actor=outing.staff)
    newcomer = TraineeFactory.create(arrived_on=date(2026, 9, 1), home_unit=outing.district.town)
    client = sign_in(outing.staff)
    data = {"all": "1", "query": "stage=camp-1", "confirmed": "1"}
    client.post(page(visit, "visit_place"), data)
    assert list(visit.members.values_list("trainee", flat=True)) == [newcomer.pk]


def test_attendance_takes_one_form(outing: Outing, sign_in: Any) -> None:
    visit = outing.planned(topic="座谈")
    first, second = outing.member(visit).pk.hex, outing.member(visit, 1).pk.hex
    client = sign_in(outing.staff)
    form = client.get(page(visit, "visit_record")).context["form"]
    assert form[f"presence_{first}"].value() == "present"
    data = {
        f"presence_{first}": "present",
        f"remarks_{first}": "先算运费",
        f"presence_{second}": "absent",
        f"symposium_{second}": "on",
        "summary": "形成建议",
    }
    bad = client.post(page(visit, "visit_record"), data | {f"remarks_{second}": "不在场"}).context["form"]
    assert list(bad.errors) == [f"remarks_{second}"]
    assert client.post(page(visit, "visit_record"), data).status_code == 302
    rows = VisitMember.objects.order_by("-presence").values_list("presence", "at_symposium", "remarks")
    assert list(rows) == [("present", True, "先算运费"), ("absent", False, "")]


def test_somebody_who_takes_part_sees_the_programme_and_nobody_else(outing: Outing, sign_in: Any) -> None:
    visit = outing.held()
    client = sign_in(outing.own)
    text = client.get(page(visit)).content.decode()
    assert "冷链要先算运费" in text
    assert "陈予安" not in text
    assert outing.route.title in client.get(LIST).content.decode()


def test_whoever_takes_note_is_no_longer_asked(outing: Outing, sign_in: Any) -> None:
    visit = outing.planned(visited_on=LATER)
    member = outing.member(visit)
    assert [row.member for row in rules.to_be_told(TODAY)] == [member]
    client = sign_in(outing.own)
    client.post(reverse("training:visit_note", kwargs={"pk": member.pk}))
    assert (list(rules.to_be_told(TODAY)), [row.pk for row in rules.coming(LATER)]) == ([], [member.pk])
    assert list(rules.coming(TODAY)) == []


def test_a_cancelled_visit_is_news_with_its_reason(outing: Outing) -> None:
    visit = visits.cancel_visit(outing.planned(visited_on=LATER), reason="台风", actor=outing.staff)
    [row] = rules.to_be_told(TODAY)
    words = rules.news_words(row, TODAY, outing.own)
    assert (words.title, words.why) == ("现场教学取消：“产业强村”线", "原定于2026年12月1日。原因：台风")
    assert list(rules.coming(LATER)) == []
    assert visit.state == "cancelled"


def test_every_change_of_one_day_is_told_for_itself_and_those_taken_off_too(outing: Outing) -> None:
    visit = outing.planned(visited_on=LATER)
    told = {row.pk for row in rules.to_be_told(TODAY)}
    known = {"title": visit.title, "sites": SITES, "actor": outing.staff}
    for day in (2, 3):
        visits.change_visit(visit, visited_on=LATER.replace(day=day), **known)
        told |= {row.pk for row in rules.to_be_told(TODAY)}
    last = rules.to_be_told(TODAY).get(kind="moved")
    moved = rules.news_words(last, TODAY, outing.own).why
    visit_members.remove_member(outing.member(visit), reason="下乡防汛", actor=outing.staff)
    [off] = rules.to_be_told(TODAY)
    assert (len(told), moved, rules.news_words(off, TODAY, outing.own).url) == (
        3,
        "由2026年12月2日改为2026年12月3日，请留意时间和地点。",
        "/training/visits/",
    )
    visit_members.add_members(visit, trainees=[outing.files[0]], actor=outing.staff)
    assert [row.kind for row in rules.to_be_told(TODAY)] == ["invited"]


def test_a_visit_that_was_not_recorded_is_asked_for_the_day_after(outing: Outing) -> None:
    visit = outing.planned()
    [row] = rules.unrecorded(DAY.replace(day=21))
    assert (row.pk, row.due_day) == (visit.pk, date(2026, 11, 21))
    assert list(rules.unrecorded(DAY)) == []
    assert list(rules.of_those_who_record(rules.visits(), outing.own)) == []


@pytest.mark.parametrize("role", [Role.STAFF, Role.LEADER, Role.LIAISON, ""])
def test_the_growth_file_tells_of_visits_where_somebody_was_present(outing: Outing, sign_in: Any, role: str) -> None:
    outing.held()
    reader = outing.district.somebody(role, outing.district.town) if role else outing.own
    client = sign_in(reader)
    there, away = (client.get(reverse("growth:file", kwargs={"pk": file.pk})).content.decode() for file in outing.files)
    title = "现场教学：“产业强村”线"
    assert (title in there, title in away) == (True, False)


def test_the_growth_file_tells_the_hours_that_a_visit_gave(outing: Outing, sign_in: Any) -> None:
    visit_records.post_hours(outing.held(), actor=outing.staff)
    body = sign_in(outing.own).get(reverse("growth:file", kwargs={"pk": outing.files[0].pk})).content.decode()
    assert "冷链要先算运费 · 3学时" in body


@pytest.mark.parametrize(
    ("name", "make", "status"),
    [
        ("visit_post", lambda outing: outing.planned(), 302),
        ("visit_post", lambda outing: outing.held(hours=None), 302),
        ("visit_post", lambda outing: outing.held(), 200),
        ("visit_take_back", lambda outing: outing.held(), 302),
    ],
)
def test_hours_are_asked_about_only_where_they_can_be_posted_or_taken_back(
    outing: Outing, sign_in: Any, name: str, make: Any, status: int
) -> None:
    address = reverse(f"training:{name}", kwargs={"pk": make(outing).pk})
    assert sign_in(outing.staff).get(address).status_code == status
