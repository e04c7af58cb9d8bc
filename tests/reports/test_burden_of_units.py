"""减负清单 of units and mentors: counted where somebody was on that day, within the scope, each reminder once."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cadre_app.achievements.models import AchievementState
from cadre_app.appraisal.models import QuarterlyAssessment
from cadre_app.assignments.models import TermReview
from cadre_app.core.demands import MENTORS, PERSONS, UNITS, demands
from cadre_app.core.roles import Role
from cadre_app.people.models import Relative, VillageTerm
from cadre_app.people.services import transfers
from cadre_app.probation.models import Probation
from cadre_app.reminders.models import Notice, Occurrence
from tests.achievements.factories import make_achievement
from tests.advancement.conftest import graded
from tests.assignments.factories import make_leave
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UserFactory
from tests.mentorship.notes.conftest import pairing_of
from tests.reports.test_burden import BURDEN, NOVEMBER, counted, of

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)

pytestmark = pytest.mark.django_db


def moved(trainee, unit, day=JULY):
    transfers.transfer_trainee(trainee, to_unit=unit, effective_on=day, document_number="望组干〔2026〕8号", actor=None)
    trainee.refresh_from_db()


def asked_in_june(trainee):
    """One of each that a unit is asked for about somebody."""
    day = date(2026, 6, 10)
    make_leave(trainee, on=day, requested_on=day, confirmed_on=day, confirmed_by=UserFactory.create())
    make_achievement(trainee, state=AchievementState.DEPARTMENT, since=day)
    Probation.objects.create(trainee=trainee, opinion="同意", opinion_on=day, opinion_by=UserFactory.create())
    QuarterlyAssessment.objects.create(
        trainee=trainee,
        unit=trainee.home_unit,
        status=trainee.status,
        year=2026,
        quarter=1,
        grade="good",
        entered_on=day,
    )


def told(account, *, on=NOVEMBER, **occurrence):
    """A reminder in the inbox, about what `occurrence` says."""
    when = datetime.combine(on, time(9), tzinfo=timezone.get_current_timezone())
    item = Occurrence.objects.create(rule="test", source=uuid4(), due_on=on, **occurrence)
    Notice.objects.create(
        kind="item", step=0, due_on=on, made_on=on, created_at=when, recipient=account, channel="inbox", occurrence=item
    )


def test_what_was_asked_of_a_unit_stays_with_it_after_a_transfer(place, trainee):
    asked_in_june(trainee)
    moved(trainee, place.other_town)
    later = date(2026, 8, 3)
    make_leave(trainee, on=later, requested_on=later, confirmed_on=later, confirmed_by=UserFactory.create())
    units = (place.town, place.other_town)
    assert [counted(of(place, UNITS), unit) for unit in units] == [{JUNE: 4}, {date(2026, 8, 1): 1}]
    for unit in units:
        asked = of(place, UNITS, unit=unit)
        assert counted(asked, unit) == counted(of(place, UNITS), unit)
        assert sum(total for _demand, _numbers, total in asked.sums()) == len(asked.askings(unit.pk))


def test_several_transfers_each_have_their_days(place, trainee):
    asked_in_june(trainee)
    moved(trainee, place.village, MAY)
    moved(trainee, place.other_town)
    found = of(place, UNITS)
    assert [counted(found, unit) for unit in (place.village, place.other_town)] == [{JUNE: 3}, {}]


def test_whoever_left_the_scope_counts_for_the_unit_and_is_not_named(client_of, place, trainee):
    asked_in_june(trainee)
    moved(trainee, place.other_town)
    staff = place.somebody(Role.STAFF, place.town)
    asked = of(place, UNITS, user=staff)
    assert counted(asked, place.town) == {JUNE: 4}
    assert {asking.what for asking in asked.askings(place.town.pk)} == {""}
    assert trainee.person.name in {asking.what for asking in of(place, UNITS).askings(place.town.pk)}
    page = client_of(staff).get(reverse("reports:burden_of", kwargs={"party": UNITS, "pk": place.town.pk}))
    assert trainee.person.name not in page.content.decode()
    assert counted(of(place, UNITS, user=place.somebody(Role.STAFF, place.other_town)), place.other_town) == {}


def test_the_own_file_and_those_of_relatives_count_for_no_unit(place, trainee):
    asked_in_june(trainee)
    own = TraineeFactory.create(home_unit=place.town)
    type(own.person).objects.filter(pk=own.person_id).update(account=place.staff)
    Relative.objects.create(person=own.person, relation="哥哥", name=trainee.person.name, other=trainee.person)
    assert counted(of(place, UNITS), place.town) == {}


def test_a_past_month_shows_the_unit_of_that_time(client_of, place, trainee):
    moved(trainee, place.other_town)
    client = client_of(place.staff)
    for month, name in (("2026-06", "梧岭镇"), ("2026-11", "潮音镇")):
        page = client.get(BURDEN, {"month": month})
        assert [column.value(trainee_row) for column, trainee_row in places(page)] == [name]


def places(page):
    table = page.context["table"]
    [column] = [column for column in table.columns if column.key == "place"]
    return [(column, row.object) for row in table.rows]


def test_reminders_of_mentors_are_those_about_mentees_of_the_scope(place, trainee):
    mentor = PersonFactory.create(account=UserFactory.create())
    there = TraineeFactory.create(home_unit=place.other_town)
    for file in (trainee, there):
        pairing_of(file, mentor)
        told(mentor.account, trainee=file, doer=mentor.account)
    told(mentor.account, trainee=None, doer=mentor.account)
    Notice.objects.create(
        kind="backlog", step=0, due_on=NOVEMBER, made_on=NOVEMBER, created_at=timezone.now(), recipient=mentor.account,
        channel="inbox", count=4,
    )  # fmt: skip
    town = place.somebody(Role.STAFF, place.town)
    assert [counted(of(place, MENTORS, user=user), mentor) for user in (place.staff, town)] == [
        {NOVEMBER: 3},
        {NOVEMBER: 2},
    ]


def test_reminders_of_a_liaison_count_once_and_not_what_is_personal(place, trainee):
    liaison = UserFactory.create()
    for unit in (place.other_town, place.town):
        GrantFactory.create(user=liaison, role=Role.LIAISON, unit=unit)
    told(liaison, trainee=trainee)
    told(liaison, trainee=TraineeFactory.create(home_unit=place.other_town))
    told(liaison, trainee=None)
    told(liaison, trainee=trainee, is_personal=True)
    found = of(place, UNITS)
    assert [counted(found, unit) for unit in (place.town, place.other_town)] == [{NOVEMBER: 2}, {NOVEMBER: 1}]


def test_reminders_before_somebody_was_liaison_are_not_the_units(place, trainee):
    liaison = UserFactory.create()
    GrantFactory.create(user=liaison, role=Role.LIAISON, unit=place.town, valid_from=date(2026, 11, 10))
    told(liaison, trainee=trainee, on=date(2026, 11, 9))
    told(liaison, trainee=trainee, on=date(2026, 11, 10))
    assert counted(of(place, UNITS), place.town) == {NOVEMBER: 1}


def test_what_else_is_asked_of_young_cadres(place, trainee):
    day = date(2026, 11, 10)
    pairing = pairing_of(trainee, PersonFactory.create(name="张清泉"))
    pairing.check_ins.create(planned_on=day, held_on=day)
    term = VillageTerm.objects.create(
        trainee=trainee, village=place.village, role="director", started_on=date(2024, 11, 1), months=24,
        due_on=date(2026, 10, 31),
    )  # fmt: skip
    TermReview.objects.create(term=term, due_on=date(2026, 10, 31), summary="两年来", summary_on=day)
    graded(trainee, 2025, self_report_on=date(2025, 12, 20), filed_on=date(2026, 1, 28), signed_on=date(2026, 2, 3))
    new = TraineeFactory.create(home_unit=place.town, arrived_on=date(2026, 11, 10) - timedelta(days=30))
    found = of(place)
    asked = [(asking.demand, asking.on, asking.what) for asking in found.askings(trainee.pk)]
    assert asked == [
        (demands["mentorship.own_check_ins"], day, "张清泉"),
        (demands["assignments.summaries"], date(2026, 8, 2), "梧头村"),
        (demands["appraisal.signatures"], date(2026, 1, 28), "2025"),
        (demands["appraisal.own_reports"], date(2025, 12, 1), "2025"),
    ]
    assert [(asking.demand, asking.on) for asking in found.askings(new.pk)] == [(demands["people.arrival"], day)]
    assert counted(of(place, PERSONS), trainee)[NOVEMBER] == 1
