"""What waits for the department: the bell by unit, and a desk that says what finds no place on it."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from cadre_app.appraisal.lists.quarterly import quarter_name
from cadre_app.appraisal.panels import desk
from cadre_app.appraisal.services import corrections, course, quarterly
from cadre_app.appraisal.services.quarterly import QuarterEntered
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee
from cadre_app.reminders.services.sweeping import sweep
from tests.appraisal.conftest import DAYS, Town
from tests.people.conftest import TODAY


def heard(rule: str, user: Any) -> list[str]:
    """Where the items of the rule lead this reader."""
    found = reminder_rules[f"appraisal.{rule}"]
    keys = found.visible(found.dues(TODAY), user).values("pk")
    return [found.words(row, TODAY, user).url for row in found.rows().filter(pk__in=keys)]


def url(town: Town, name: str) -> str:
    return reverse(f"appraisal:{name}", kwargs={"pk": town.quota.pk})


def entered(town: Town) -> None:
    for index in (0, 1):
        town.enter(index, "competent")
        course.record_course(town.row(index), **DAYS, actor=town.liaison)


def test_one_item_rings_for_all_of_a_unit_that_wait_for_the_same_step(town: Town) -> None:
    assert heard("check", town.staff) == []
    entered(town)
    assert heard("check", town.staff) == heard("check", town.leader) == [url(town, "unit_check")]
    assert heard("check", town.liaison) == []
    for index in (0, 1):
        town.checked(index)
    assert heard("check", town.staff) == []
    assert heard("sign_off", town.leader) == [url(town, "unit_sign")]
    for index in (0, 1):
        town.enter(index + 2, "competent" if index == 0 else "qualified", by=town.staff)
    assert heard("check", town.staff) == []
    assert heard("check", town.leader) == [url(town, "unit_check")]


def test_what_is_on_display_does_not_ring_for_the_sign_off(town: Town) -> None:
    town.approve(1)
    one = town.checked(0, "excellent")
    assert heard("sign_off", town.leader) == [url(town, "unit_sign")]
    type(one).objects.filter(pk=one.pk).update(notice_until=TODAY)
    assert heard("sign_off", town.leader) == []


def test_what_is_signed_off_rings_until_it_is_filed(town: Town) -> None:
    town.confirmed(0)
    assert heard("file", town.staff) == [url(town, "unit_file")]
    town.filed(1)
    assert heard("file", town.staff) == [url(town, "unit_file")]


def test_a_quarter_of_the_only_staff_is_confirmed_by_a_leader_who_is_told(town: Town, client_of: Any) -> None:
    unit = town.district.town
    given = {town.people[0].pk: QuarterEntered(grade="good"), town.people[1].pk: QuarterEntered(grade="fair")}
    quarterly.enter_quarter(unit, year=2026, quarter=3, given=given, actor=town.staff)
    page = reverse("appraisal:quarter_confirm", kwargs={"pk": unit.pk, "year": 2026, "quarter": 3})
    assert (heard("quarter_confirm", town.staff), heard("quarter_confirm", town.leader)) == ([], [page])
    board = reverse("appraisal:quarter_board") + "?quarter=2026-3"
    said = "You entered it: somebody else of the department, or a leader, confirms it."
    assert said in client_of(town.staff).get(board).content.decode()
    assert "To be confirmed by the department." in client_of(town.leader).get(board).content.decode()
    assert page in client_of(town.leader).get("/").content.decode()
    client = client_of(town.leader)
    listed = client.get(page).context["form"]["listed"].value()
    assert client.post(page, {"listed": listed}).status_code == 302
    assert quarterly.to_confirm(town.leader, unit, 2026, 3).count() == 0
    assert heard("quarter_confirm", town.leader) == []
    text = client_of(town.own).get(reverse("appraisal:mine")).content.decode()
    assert "2026, quarter 3" in text
    with translation.override("zh-hans"):
        assert quarter_name(2026, 3) == "2026年第3季度"


def test_corrections_and_quarters_keep_their_place_on_a_full_desk(town: Town, rf: Any, monkeypatch: Any) -> None:
    town.confirmed(3, "qualified")
    given = {"outcome": "basic_qualified", "comment": "更正", "reason": "复核", "actor": town.staff}
    corrections.propose_correction(town.row(3), **given)
    quarterly.enter_quarter(
        town.district.town, year=2026, quarter=3, given={town.people[0].pk: QuarterEntered(grade="good")},
        actor=town.liaison,
    )  # fmt: skip
    entered(town)
    Trainee.objects.filter(pk=town.people[1].pk).update(home_unit=town.district.other_town)
    request = rf.get("/")
    request.user = town.leader
    whole = desk.desk_items(request)
    assert [item.url.split("/")[2] for item in whole[:2]] == ["corrections", "quarterly"]
    monkeypatch.setattr(desk, "SHOWN", 2)
    items = desk.desk_items(request)
    assert items[0] == whole[0]
    assert items[1].url == reverse("appraisal:year_board")
    assert str(len(whole) - 1) in items[1].title
    monkeypatch.setattr(desk, "SHOWN", len(whole))
    assert desk.desk_items(request) == whole


def test_staff_sign_nothing_off_and_read_after_days_that_it_waits_for_a_leader(town: Town) -> None:
    chief = town.district.somebody(Role.LEADER, town.district.top)
    town.checked(0)
    assert heard("sign_off", chief) == [url(town, "unit_sign")]
    assert heard("sign_off", town.staff) == [url(town, "unit_detail")]
    rule = reminder_rules["appraisal.sign_off"]
    assert (rule.roles, rule.supervisors, rule.attention) == ((Role.LEADER,), (Role.STAFF,), 3)


def test_what_waits_stands_once_on_the_desk(town: Town, client_of: Any) -> None:
    given = {town.people[0].pk: QuarterEntered(grade="good")}
    quarterly.enter_quarter(town.district.town, year=2026, quarter=3, given=given, actor=town.staff)
    page = reverse("appraisal:quarter_confirm", kwargs={"pk": town.district.town.pk, "year": 2026, "quarter": 3})
    assert heard("quarter_confirm", town.leader) == [page]
    assert sweep().found > 0
    assert client_of(town.leader).get("/").content.decode().count(f'href="{page}"') == 1
