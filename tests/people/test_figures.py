"""Figures about people: what each counts, as of which day, for which unit; the list behind it holds just these."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone, translation

from cadre_app.accounts.models import User
from cadre_app.core.figures import Asked, breakdowns, count_all, figures, period_start
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.people.figures import by_stage, by_year, people_counts
from cadre_app.people.models import ArrivalCheck, Relative, Trainee, VillageTerm
from cadre_app.people.services import arrival, interruptions, terms, transfers
from cadre_app.policy import codes
from tests.district import load_demo
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db

NOBODY = dict.fromkeys(
    (
        "people_total",
        "introduced",
        "selected",
        "people_camp_1",
        "people_camp_2",
        "people_camp_3",
        "people_advanced",
        "in_village",
        "village_interrupted",
        "village_ending",
        "probation_ending",
        "arrival_open",
        "people_arrived",
        "people_left",
    ),
    0,
)


@pytest.fixture
def add(place):
    def make(unit=None, **values):
        return TraineeFactory.create(home_unit=unit or place.town, **values)

    return make


def counted(place, **asked):
    return people_counts(Asked.on(**{"as_of": TODAY, "user": place.staff} | asked))


def shares_of(rows):
    return [(str(share.label), share.counts) for share in rows]


def test_the_figures_are_announced_in_one_query(place, django_assert_num_queries):
    own = {key: figure for key, figure in figures.items() if figure.group == "people"}
    asked = Asked.on(TODAY)
    with django_assert_num_queries(3):  # settings, items of the checklist, and the figures
        assert count_all(asked, own) == NOBODY


def test_each_figure_counts_whom_its_rule_names(place, add):
    add(arrived_on=date(2026, 8, 3), probation_ends_on=date(2027, 8, 2))
    second = add(arrived_on=date(2025, 7, 1), probation_ends_on=date(2026, 12, 31))
    third = add(arrived_on=date(2024, 7, 1))
    advanced = add(arrived_on=date(2023, 7, 1), term_ends_on=date(2026, 6, 30))
    add(arrived_on=date(2022, 7, 1), departed_on=date(2026, 5, 1))
    add(arrived_on=date(2026, 2, 1), departed_on=date(2026, 11, 23))
    add(arrived_on=date(2020, 7, 1), departed_on=date(2025, 5, 1))
    add(voided_at=timezone.now())
    terms.start_term(second, village=place.village, started_on=date(2025, 7, 8), actor=None)
    held = terms.start_term(third, village=place.village, started_on=date(2025, 1, 1), months=26, actor=None)
    interruptions.interrupt_term(held, started_on=date(2026, 11, 23), reason="抽调", actor=None)
    ending = add(arrived_on=date(2024, 12, 1), kind="introduced", status="institution")
    terms.start_term(ending, village=place.village, started_on=date(2024, 12, 10), actor=None)
    VillageTerm.objects.create(
        trainee=advanced,
        village=place.village,
        role="director",
        started_on=date(2024, 7, 1),
        months=24,
        due_on=date(2026, 6, 30),
        ended_on=date(2026, 6, 30),
    )
    assert counted(place) == {
        "people_total": 5,
        "introduced": 1,
        "selected": 4,
        "people_camp_1": 1,
        "people_camp_2": 2,
        "people_camp_3": 1,
        "people_advanced": 1,
        "in_village": 2,
        "village_interrupted": 1,
        "village_ending": 1,
        "probation_ending": 1,
        "arrival_open": 1,
        "people_arrived": 2,
        "people_left": 2,
    }


def test_a_checklist_is_open_until_every_item_in_use_is_done(place, add):
    trainee = add(arrived_on=date(2026, 10, 1))
    *most, last = [code for code, _name in codes.choices(arrival.TABLE)]
    for item in most:
        ArrivalCheck.objects.create(trainee=trainee, item=item, done_on=date(2026, 10, 8))
    assert counted(place)["arrival_open"] == 1
    ArrivalCheck.objects.create(trainee=trainee, item=last, done_on=date(2026, 10, 20))
    assert [counted(place, as_of=day)["arrival_open"] for day in (date(2026, 10, 19), date(2026, 10, 20))] == [1, 0]


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        (date(2026, 11, 23), date(2025, 11, 24)),
        (date(2026, 1, 2), date(2025, 1, 3)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 2, 29)),
    ],
)
def test_a_year_is_the_twelve_months_that_end_on_the_day(as_of, first):
    assert period_start(as_of) == first


def test_what_was_counted_on_a_day_is_counted_for_it_later(place):
    first = date(2026, 6, 30)
    with time_machine.travel("2026-06-30T12:00:00+08:00", tick=False):
        moving = TraineeFactory.create(home_unit=place.town, arrived_on=date(2026, 6, 1))
        leaving = TraineeFactory.create(home_unit=place.town, arrived_on=date(2025, 7, 1))
        serving = TraineeFactory.create(home_unit=place.other_town, arrived_on=date(2024, 7, 1))
        term = terms.start_term(serving, village=place.village, started_on=date(2024, 8, 1), actor=None)
        units = (None, place.town, place.other_town, place.village)
        then = [counted(place, as_of=first, unit=unit) for unit in units]
    interruptions.interrupt_term(
        term, started_on=date(2026, 7, 1), ended_on=date(2026, 7, 31), reason="抽调", actor=None
    )
    terms.end_term(VillageTerm.objects.get(pk=term.pk), ended_on=date(2026, 8, 31), actor=None)
    arrival.tick_item(moving, item="01", done_on=date(2026, 7, 1), actor=None)
    moved = {"document_number": "望组干〔2026〕8号", "actor": None}
    transfers.transfer_trainee(moving, to_unit=place.other_town, effective_on=date(2026, 7, 1), **moved)
    transfers.transfer_trainee(
        Trainee.objects.get(pk=moving.pk), to_unit=place.top, effective_on=date(2026, 9, 1), **moved
    )
    transfers.record_departure(
        leaving, kind="resignation", effective_on=date(2026, 8, 1), destination="外区", approval="同意", **moved
    )
    assert [counted(place, as_of=first, unit=unit) for unit in units] == then
    assert [numbers["people_total"] for numbers in then] == [3, 2, 1, 1]
    assert [counted(place, unit=unit)["people_total"] for unit in units] == [2, 0, 1, 0]


def test_a_figure_counts_only_files_that_its_reader_works_on(place, add):
    add()
    add(place.other_town)
    own = add(person=PersonFactory.create(account=place.staff))
    relative = add()
    Relative.objects.create(person=own.person, relation="父亲", name="程父", other=relative.person)
    liaison = place.somebody(Role.LIAISON, place.town)
    stranger = UserFactory.create(unit=place.top)
    GrantFactory.create(user=stranger, role=Role.SECURITY)
    asked = [
        counted(place),
        counted(place, unit=place.town),
        counted(place, user=liaison),
        counted(place, user=liaison, unit=place.other_town),
        counted(place, user=stranger),
        counted(place, user=None),
        counted(place, user=None, unit=place.other_town),
    ]
    assert [numbers["people_total"] for numbers in asked] == [2, 1, 3, 0, 0, 4, 1]


def test_people_are_divided_by_stage_and_kind(place, add):
    add(arrived_on=date(2026, 8, 3))
    add(arrived_on=date(2026, 8, 3), kind="introduced", status="institution")
    add(arrived_on=date(2021, 8, 3), term_ends_on=date(2024, 1, 1))
    with translation.override("zh-hans"):
        assert shares_of(by_stage(Asked.on(TODAY))) == [
            ("一年级", (1, 1, 2)),
            ("二年级", (0, 0, 0)),
            ("三年级", (0, 0, 0)),
            ("青竹培优", (0, 1, 1)),
        ]


def test_people_are_divided_by_year_of_arrival_earlier_ones_together(client_of, place, add):
    for year in (2000, 2006, 2007, 2026):
        add(arrived_on=date(year, 8, 3))
    add(arrived_on=date(2018, 8, 3), departed_on=date(2024, 1, 1))
    rows = by_year(Asked.on(TODAY, user=place.staff))
    assert [share.counts for share in rows] == [(0, 2, 2), (0, 1, 1), (0, 1, 1)]
    assert [share.url for share in rows] == ["/people/?year=earlier", "/people/?year=2007", "/people/?year=2026"]
    assert [client_of(place.staff).get(share.url).context["counted"].total for share in rows] == [2, 1, 1]
    assert rows[1].urls == ("/people/?year=2007&kind=introduced", "/people/?year=2007&kind=selected")


def test_a_list_is_offered_as_of_the_day_and_none_without_a_reader(place):
    unit = {"unit": place.town}
    figure = figures["in_village"]
    urls = [
        figure.url(Asked.on(TODAY, user=place.staff)),
        figure.url(Asked.on(TODAY, user=place.staff, **unit)),
        figure.url(Asked.on(date(2026, 11, 22), user=place.staff)),
        figure.url(Asked.on(TODAY)),
    ]
    assert urls == [
        "/people/?term=running",
        f"/people/?term=running&unit={place.town.pk}",
        "/people/?term=running&as_of=2026-11-22",
        "",
    ]


def test_the_roster_of_a_past_day_holds_whom_that_day_knew(client_of, place):
    moved = TraineeFactory.create(home_unit=place.village, arrived_on=date(2024, 7, 1))
    TraineeFactory.create(home_unit=place.village, arrived_on=date(2024, 7, 1), departed_on=date(2026, 10, 1))
    TraineeFactory.create(home_unit=place.village, arrived_on=date(2026, 10, 1))
    transfers.transfer_trainee(
        moved, to_unit=place.other_town, effective_on=date(2026, 10, 1), document_number="望组干〔2026〕8号", actor=None
    )
    client = client_of(place.staff)
    asked = {"as_of": "2026-09-30", "unit": str(place.town.pk)}
    ways = (asked, asked | {"below": "direct"}, {"as_of": "2026-09-30"}, {"unit": str(place.town.pk)})
    assert [client.get("/people/", way).context["counted"].total for way in ways] == [2, 0, 2, 1]
    direct = {"as_of": "2026-09-30", "unit": str(place.village.pk), "below": "direct"}
    assert client.get("/people/", direct).context["counted"].total == 2


@pytest.mark.usefixtures("_on_the_day")
@pytest.mark.parametrize("name", ["", "梧岭镇", "梧头村", "区融媒体中心"])
def test_the_list_behind_each_figure_holds_exactly_whom_it_counts(sign_in, name):
    load_demo()
    staff = User.objects.get(username="staff")
    client = sign_in(staff)
    asked = Asked.on(TODAY, user=staff, unit=Unit.objects.get(name=name) if name else None)
    own = {key: figure for key, figure in figures.items() if figure.group == "people"}
    numbers = count_all(asked, own)
    shown = {key: client.get(figure.url(asked)).context["counted"].total for key, figure in own.items()}
    assert shown == numbers
    for key in ("people_by_stage", "people_by_year"):
        shares = breakdowns[key].rows(asked)
        lists = [client.get(share.url).context["counted"] for share in shares]
        found = [(part.introduced, part.selected, part.total) for part in lists]
        assert found == [share.counts for share in shares]
        assert sum(share.total for share in shares) == numbers["people_total"]
    assert numbers["people_total"] == {"": 61, "梧岭镇": 7, "梧头村": 1, "区融媒体中心": 4}[name]
