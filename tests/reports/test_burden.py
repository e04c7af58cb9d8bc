"""减负清单: what was asked of whom in a month, who is over the cap, what it was; and nobody is ranked by it."""

import re
from datetime import date, time

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.care.services import invitations, recording, symposiums, talks
from cadre_app.core.demands import PERSONS, Demand, demands, parties
from cadre_app.core.figures import Asked
from cadre_app.core.roles import Role
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job
from cadre_app.jobs.tasks import run
from cadre_app.org.models import Unit
from cadre_app.people.services import transfers
from cadre_app.policy import services as policy
from cadre_app.reports.burden import Burden, span_until
from cadre_app.reports.policies import CAP_OF_A_PERSON
from tests.district import load_demo
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.mentorship.notes.conftest import pairing_of

BURDEN = reverse("reports:burden")
JOBS = reverse("jobs:job_start")
NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path, monkeypatch):
    settings.PRIVATE_ROOT = tmp_path
    monkeypatch.setattr(jobs.current_app, "send_task", lambda *args, **options: None)


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


def talked(place, file, *days, **values):
    known = {
        "kind": "care",
        "occasion": "family",
        "interviewer": place.staff,
        "topics": ["family"],
        "actor": place.staff,
    }
    return [recording.add_held_talk(file, held_on=day, **known | values) for day in days]


def capped(place, value):
    values = {"value": value, "valid_from": date(2020, 1, 1), "source": "测试", "reason": "测试"}
    policy.add_value(CAP_OF_A_PERSON, **values, actor=place.staff)


def of(place, key=PERSONS, month=NOVEMBER, **asked):
    since, until = span_until(month)
    return Burden(Asked(as_of=until, since=since, **{"user": User.objects.get(pk=place.staff.pk)} | asked), key)


def counted(burden, row):
    burden.load([row.pk])
    return {month: count for month in burden.months if (count := burden.count(row.pk, month))}


def test_twelve_months_end_with_the_one_that_is_asked():
    assert span_until(date(2026, 11, 9)) == (date(2025, 12, 1), date(2026, 11, 30))
    assert span_until(date(2024, 2, 1)) == (date(2023, 3, 1), date(2024, 2, 29))


def test_each_thing_counts_in_its_month(place, trainee):
    talked(place, trainee, date(2026, 11, 20), date(2026, 11, 2), date(2026, 10, 31), date(2025, 11, 30))
    [voided] = talked(place, trainee, date(2026, 11, 3))
    talks.void_talk(voided, reason="重复", actor=place.staff)
    talks.plan_talk(trainee, kind="routine", planned_on=date(2026, 11, 28), actor=place.staff)
    assert counted(of(place), trainee) == {NOVEMBER: 2, OCTOBER: 1}
    assert [(demand, total) for demand, _numbers, total in of(place).sums() if total] == [(demands["care.talks"], 3)]


def test_an_invitation_counts_from_the_notice_on(place, trainee):
    values = {"starts_at": time(9), "ends_at": time(11), "place": "会议室", "chair": "部长", "agenda": "交流"}
    symposium = symposiums.plan_symposium(
        title="座谈会", kind="quarter", unit=place.top, day=date(2026, 11, 27), **values, actor=place.staff
    )
    invitations.invite_many(symposium, trainees=[trainee], actor=place.staff)
    assert counted(of(place), trainee) == {}
    symposiums.notify_symposium(symposium, actor=place.staff)
    assert counted(of(place), trainee) == {NOVEMBER: 1}


def test_several_classes_of_one_day_are_one_day(place, trainee, monkeypatch):
    talked(place, trainee, date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 21))
    rows = demands["care.talks"].rows
    monkeypatch.setattr(demands, "_items", {"days": Demand("天", PERSONS, 1, rows, by_day=True)})
    assert counted(of(place), trainee) == {NOVEMBER: 2}
    assert len(of(place).askings(trainee.pk)) == 2


def test_over_the_cap_is_said_as_the_setting_stood(place, trainee):
    capped(place, 2)
    other = TraineeFactory.create(home_unit=place.town)
    talked(place, trainee, date(2026, 11, 20), date(2026, 11, 2), date(2026, 11, 3))
    talked(place, other, date(2026, 11, 20), date(2026, 11, 2))
    over = of(place).over
    assert {month: keys for month, keys in over.items() if keys} == {NOVEMBER: {trainee.pk}}


def test_the_page_marks_who_is_over_and_narrows_to_them(staff, place, trainee):
    capped(place, 1)
    TraineeFactory.create(home_unit=place.town)
    talked(place, trainee, date(2026, 11, 20), date(2026, 11, 2))
    page = staff.get(BURDEN)
    assert (page.context["table"].total, page.context["over"]) == (2, [0] * 11 + [1])
    narrowed = staff.get(BURDEN, {"over": "1"})
    assert [row.object.pk for row in narrowed.context["table"].rows] == [trainee.pk]
    assert "2, over" in narrowed.content.decode()
    cells = re.findall(r'<td data-label="([^"]+)" class="n (month[^"]*)"', narrowed.content.decode())
    # On a phone every month but the one over the cap waits behind the button of its card.
    assert [name for _, name in cells] == ["month folds"] * 11 + ["month"]
    assert 'data-unfold aria-expanded="false"' in narrowed.content.decode()


def test_of_a_unit_that_was_closed_by_the_last_day_the_page_says_so(staff, place, trainee):
    Unit.objects.filter(pk=place.village.pk).update(closed_on=date(2026, 10, 31))
    told = [
        "was closed on 31 Oct 2026" in staff.get(BURDEN, {"unit": str(place.village.pk), "month": month}).text
        for month in ("2026-09", "2026-10")
    ]
    assert told == [False, True]


def test_nobody_can_be_ordered_by_how_much_was_asked(staff, place, trainee):
    headings = staff.get(BURDEN).context["table"].headings
    assert [heading.column.key for heading in headings if heading.sort_param] == ["name"]


def test_what_it_was_is_told_by_day(staff, place, trainee):
    talked(place, trainee, date(2026, 11, 20), content="不宜外传的内容")
    page = staff.get(reverse("reports:burden_of", kwargs={"party": PERSONS, "pk": trainee.pk}))
    [month] = page.context["months"]
    found = [(asking.on, str(asking.demand.label), asking.what) for asking in month.askings]
    assert found == [(date(2026, 11, 20), "Talks", "Talk after a serious change in the family")]
    assert "不宜外传的内容" not in page.content.decode()


def test_mentors_are_counted_for_mentees_of_the_scope_alone(client_of, place, trainee):
    mentor = PersonFactory.create(name="张清泉", account=UserFactory.create())
    there = TraineeFactory.create(home_unit=place.other_town)
    pairings = [pairing_of(file, mentor) for file in (trainee, there)]
    for pairing in pairings:
        pairing.check_ins.create(planned_on=date(2026, 11, 10), held_on=date(2026, 11, 10))
        pairing.check_ins.create(planned_on=date(2026, 11, 28))
        pairing.check_ins.create(
            planned_on=date(2026, 11, 5), called_off_on=date(2026, 11, 4), called_off_reason="会议"
        )
    assert counted(of(place, "mentors"), mentor) == {NOVEMBER: 4}
    town = place.somebody(Role.STAFF, place.town)
    assert counted(of(place, "mentors", user=town), mentor) == {NOVEMBER: 2}
    page = client_of(town).get(BURDEN, {"party": "mentors"})
    assert [row.object.name for row in page.context["table"].rows] == ["张清泉"]


def test_reminders_are_counted_and_nothing_of_them_is_told(staff, place, trainee):
    from cadre_app.reminders.models import Notice

    account = UserFactory.create()
    type(trainee.person).objects.filter(pk=trainee.person_id).update(account=account)
    values = {"kind": "item", "step": 0, "due_on": NOVEMBER, "made_on": NOVEMBER, "created_at": timezone.now()}
    for channel in ("inbox", "email"):
        Notice.objects.create(recipient=account, channel=channel, **values)
    assert counted(of(place), trainee) == {NOVEMBER: 1}
    [asking] = of(place).askings(trainee.pk)
    assert (asking.demand, asking.what) == (demands["reminders.persons"], "")


def test_whoever_moved_counts_with_the_unit_of_the_last_day(place, trainee):
    talked(place, trainee, date(2026, 10, 5), date(2026, 11, 5))
    transfers.transfer_trainee(
        trainee,
        to_unit=place.other_town,
        effective_on=date(2026, 11, 1),
        document_number="望组干〔2026〕8号",
        actor=None,
    )

    def seen(unit, month):
        return list(parties[PERSONS].rows(of(place, month=month, unit=unit).asked))

    assert [seen(unit, OCTOBER) for unit in (place.town, place.other_town)] == [[trainee], []]
    assert [seen(unit, NOVEMBER) for unit in (place.town, place.other_town)] == [[], [trainee]]


def test_a_unit_stays_as_long_as_it_was_open_in_the_period(place):
    Unit.objects.filter(pk=place.village.pk).update(opened_on=date(2020, 1, 1), closed_on=date(2026, 6, 1))
    party = parties["units"]

    def has(month):
        return party.rows(of(place, "units", month).asked).filter(pk=place.village.pk).exists()

    assert [has(NOVEMBER), has(date(2027, 4, 1)), has(date(2027, 6, 1))] == [True, True, False]


@pytest.mark.parametrize("party", ["persons", "mentors", "units"])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_queries_however_many_it_shows(staff, place, party, rows, django_assert_num_queries):
    for _ in range(rows):
        file = TraineeFactory.create(home_unit=place.town)
        talked(place, file, date(2026, 11, 20))
        pairing_of(file, PersonFactory.create()).check_ins.create(planned_on=date(2026, 11, 10))
    staff.get(BURDEN, {"party": party})
    with django_assert_num_queries(11 + (party == "persons")):
        staff.get(BURDEN, {"party": party})


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"month": "2027-01"}, "month"),
        ({"month": "1999-12"}, "month"),
        ({"month": "x"}, "month"),
        ({"party": "x"}, "party"),
        ({"unit": "x"}, "unit"),
        ({"over": "x"}, "over"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(staff, query, field):
    page = staff.get(BURDEN, query)
    assert list(page.context["form"].errors) == [field]
    assert "Nothing is counted as long as" in page.content.decode()


def test_only_staff_and_leaders_have_it(client_of, place, trainee):
    talked(place, trainee, date(2026, 11, 20))
    page = reverse("reports:burden_of", kwargs={"party": PERSONS, "pk": trainee.pk})

    def statuses(role, unit):
        client = client_of(place.somebody(role, unit))
        return client.get(BURDEN).status_code, client.get(page).status_code

    found = [statuses(role, place.town) for role in (Role.STAFF, Role.LEADER, Role.LIAISON)]
    assert found == [(200, 200), (200, 200), (404, 404)]
    assert statuses(Role.STAFF, place.other_town) == (200, 404)


def test_the_workbook_holds_every_row_with_its_numbers(staff, place, trainee, aside_here):
    talked(place, trainee, date(2026, 11, 20), date(2026, 10, 20))
    TraineeFactory.create(home_unit=place.other_town)
    page = staff.get(BURDEN)
    staff.post(JOBS, {"kind": page.context["table"].export_kind, "query": page.context["table"].query})
    run(str(Job.objects.get().pk))
    with jobs.result_path(Job.objects.get()).open("rb") as file:
        rows = [list(row) for row in openpyxl.load_workbook(file).active.iter_rows(values_only=True)]
    [line] = [row for row in rows if row[0] == trainee.person.name]
    assert line[1:] == ["梧岭镇", *[0] * 10, 1, 1, 2]
    assert len(rows) >= 3


@pytest.mark.usefixtures("_on_the_day")
def test_the_months_of_everybody_add_up_to_the_whole():
    load_demo()
    since, until = span_until(NOVEMBER)
    for party in parties:
        burden = Burden(Asked(as_of=until, since=since, user=User.objects.get(username="staff")), party)
        keys = list(burden.party.rows(burden.asked).values_list("pk", flat=True))
        burden.load(keys)
        assert sum(burden.total(key) for key in keys) == sum(total for _demand, _numbers, total in burden.sums()) > 0
        assert sum(len(burden.askings(key)) for key in keys[:5]) == sum(burden.total(key) for key in keys[:5])
