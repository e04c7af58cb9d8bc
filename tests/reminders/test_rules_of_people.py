"""What falls due with growth files, and what people read about it."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.people.file.sections import arrival_section
from cadre_app.people.models import Person, PostRecord, Trainee
from cadre_app.people.models.persons import PartyStage
from cadre_app.people.services import arrival, terms
from cadre_app.policy import snapshot
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db


def dues(rule: str, until: date = TODAY) -> list[tuple[str, date]]:
    """Whom it is about and when, soonest first."""
    rows = reminder_rules[rule].dues(until).order_by("due_day")
    return [(getattr(row, "trainee", row).person.name, row.due_day) for row in rows]


def words(rule: str, user, until: date = TODAY):
    found = reminder_rules[rule]
    row = found.visible(found.dues(until), user).get()
    with translation.override("en"):
        return found.words(row, row.due_day, user)


def somebody(place, name="林知远", unit=None, **values) -> Trainee:
    person = {key: values.pop(key) for key in list(values) if key.startswith("party_") or key == "account"}
    return TraineeFactory.create(
        person=PersonFactory.create(name=name, **person), home_unit=unit or place.town, **values
    )


def arrived(place, days_ago: int, name="林知远", unit=None) -> Trainee:
    return somebody(place, name, unit, arrived_on=TODAY - timedelta(days=days_ago))


def test_checklists_are_due_thirty_days_after_arrival_and_not_chased_after_a_year(place):
    arrived(place, 22, "未到期")
    arrived(place, 23, "七天内")
    arrived(place, 31, "已超期")
    arrived(place, 367, "去年以前")
    done = arrived(place, 40, "已办结")
    for row in arrival_section(place.staff, done)["rows"]:
        arrival.tick_item(done, item=row.code, done_on=TODAY, actor=place.staff)
    Trainee.objects.filter(pk=arrived(place, 40, "已离开").pk).update(departed_on=TODAY)
    assert dues("people.arrival", TODAY + timedelta(days=7)) == [
        ("已超期", TODAY - timedelta(days=1)),
        ("七天内", TODAY + timedelta(days=7)),
    ]


def test_a_checklist_is_told_to_staff_of_the_own_units_with_the_rule(place):
    arrived(place, 31, unit=place.other_town)
    mine = arrived(place, 31, "陈嘉穗")
    arrival.tick_item(mine, item="01", done_on=TODAY, actor=place.staff)
    with snapshot.held():
        said = words("people.arrival", place.somebody(Role.STAFF, place.town))
    assert (said.subject, said.title, said.why) == (
        "陈嘉穗",
        "9 items of the arrival checklist are open",
        "Due by 22 Nov 2026: 30 days after reporting for duty in 梧岭镇",
    )


def test_probation_is_due_at_its_end_until_the_grading_is_entered(place):
    for name, ends_on in (
        ("今天", TODAY),
        ("明天", TODAY + timedelta(days=1)),
        ("一年前", TODAY - timedelta(days=367)),
    ):
        somebody(place, name, arrived_on=date(2024, 7, 1), probation_ends_on=ends_on)
    graded = somebody(place, "已定级", arrived_on=date(2024, 7, 1), probation_ends_on=TODAY)
    PostRecord.objects.create(trainee=graded, started_on=TODAY, post="科员", rank="11")
    moved = somebody(place, "只换岗位", arrived_on=date(2024, 7, 1), probation_ends_on=TODAY - timedelta(days=1))
    PostRecord.objects.create(trainee=moved, started_on=TODAY, post="科员")
    assert dues("people.probation") == [("只换岗位", TODAY - timedelta(days=1)), ("今天", TODAY)]


def test_village_terms_are_due_at_their_planned_end_while_they_run(place):
    file = somebody(place, arrived_on=date(2024, 11, 1))
    term = terms.start_term(file, village=place.village, started_on=date(2024, 11, 24), actor=place.staff)
    assert dues("people.village_term") == [("林知远", term.due_on)]
    terms.end_term(term, ended_on=TODAY, actor=place.staff)
    assert dues("people.village_term") == []


@pytest.mark.parametrize(
    ("joined", "ends_on"),
    [(date(2025, 11, 23), date(2026, 11, 23)), (date(2025, 11, 24), None), (date(2024, 2, 29), date(2025, 2, 28))],
)
def test_party_probation_ends_a_year_after_the_branch_meeting(place, joined, ends_on):
    somebody(place, party_stage=PartyStage.PROBATIONARY, party_joined_on=joined, arrived_on=date(2023, 7, 1))
    assert dues("people.party_probation") == ([("林知远", ends_on)] if ends_on else [])


def test_whoever_is_on_party_probation_reads_it_as_one_s_own_business(place):
    own = UserFactory.create(unit=place.town, kind="trainee")
    file = somebody(
        place, party_stage=PartyStage.PROBATIONARY, party_joined_on=date(2025, 11, 23), arrived_on=date(2023, 7, 1)
    )
    Person.objects.filter(pk=file.person_id).update(account=own)
    assert (words("people.party_probation", own).title, words("people.party_probation", own).subject) == (
        "Apply for full Party membership",
        "",
    )
    assert words("people.party_probation", place.staff).subject == "林知远"
