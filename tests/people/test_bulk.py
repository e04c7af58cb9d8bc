from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from cadre_app.history.models import Entry
from cadre_app.org.models import UnitKind
from cadre_app.people.models import Education, Interruption, PostRecord, Trainee, VillageTerm
from cadre_app.people.services import bulk
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def new():
    town = UnitFactory.create(name="梧岭镇", kind=UnitKind.TOWN)
    village = UnitFactory.create(name="梧头村", kind=UnitKind.VILLAGE, parent=town)

    def make(name="林知远", *, arrived=date(2024, 8, 5), id_number="", **changes):
        person = bulk.NewPerson(name=name, id_number=id_number, political_status="01", party_stage="full")
        values = {
            "kind": "selected",
            "sub_kind": "targeted",
            "status": "civil_servant",
            "arrived_on": arrived,
            "home_unit": town,
            "educations": (bulk.NewEducation(mode="full_time", level="14"),),
            "posts": (
                bulk.NewPost(started_on=arrived, post="试用期公务员（选调生）"),
                bulk.NewPost(started_on=date(2025, 8, 5), post="党建办公室工作人员", rank="10"),
                bulk.NewPost(started_on=date(2026, 1, 5), post="党建办公室主任", rank="10"),
            ),
            "term": bulk.NewTerm(village=village, started_on=date(2024, 8, 20)),
        }
        return bulk.NewTrainee(person=person, **values | changes)

    return make


def test_a_file_gets_its_number_keys_probation_term_and_present_post(new):
    [trainee] = bulk.create_trainees_many([new()], actor=None)
    trainee = Trainee.objects.select_related("person").get(pk=trainee.pk)
    assert (trainee.file_number, trainee.person.name_initials) == ("WY-2024-0001", "lzy")
    assert trainee.stroke_key == trainee.person.name_stroke_key
    assert (trainee.probation_ends_on, trainee.term_ends_on) == (date(2025, 8, 5), date(2026, 8, 19))
    assert (trainee.post, trainee.post_since) == ("党建办公室主任", date(2026, 1, 5))
    assert (trainee.rank, trainee.rank_order, trainee.rank_since) == ("10", 10, date(2025, 8, 5))
    assert VillageTerm.objects.get().role == "secretary"


def test_numbers_count_on_within_the_year_of_arrival(new):
    bulk.create_trainees_many([new(), new("陈嘉穗", arrived=date(2023, 8, 1), posts=(), term=None)], actor=None)
    later = bulk.create_trainees_many([new("黄雨桐"), new("吴承翰")], actor=None)
    assert [trainee.file_number for trainee in later] == ["WY-2024-0002", "WY-2024-0003"]


def test_an_interruption_moves_the_end_and_an_open_one_leaves_it_open(new):
    def term(last):
        gap = (date(2025, 3, 1), last, "抽调")
        village = UnitFactory.create(kind=UnitKind.VILLAGE)
        return bulk.NewTerm(village=village, started_on=date(2024, 8, 20), interruptions=(gap,))

    files = bulk.create_trainees_many([new(term=term(date(2025, 3, 31))), new("陈嘉穗", term=term(None))], actor=None)
    assert [trainee.term_ends_on for trainee in files] == [date(2026, 9, 19), None]
    assert Interruption.objects.count() == 2


def test_every_record_has_its_entry_as_a_single_one_would(new):
    bulk.create_trainees_many([new(), new("陈嘉穗")], actor=None, reason="导入")
    verbs = list(Entry.objects.order_by("verb").values_list("verb", flat=True))
    assert {verb: verbs.count(verb) for verb in verbs} == {
        "people.person.created": 2,
        "people.trainee.created": 2,
        "people.education.added": Education.objects.count(),
        "people.postrecord.added": PostRecord.objects.count(),
        "people.villageterm.started": 2,
    }
    assert set(Entry.objects.values_list("reason", flat=True)) == {"导入"}


@pytest.mark.parametrize("count", [1, 3])
def test_many_cost_the_same_queries_as_one(new, count, django_assert_num_queries):
    wanted = [new(f"某{'甲乙丙'[number]}") for number in range(count)]
    with django_assert_num_queries(20):
        bulk.create_trainees_many(wanted, actor=None)


@pytest.mark.parametrize(
    ("changes", "error"), [({"kind": "unknown"}, ValidationError), ({"status": "institution"}, IntegrityError)]
)
def test_one_impossible_row_keeps_all_out(new, changes, error):
    with pytest.raises(error):
        bulk.create_trainees_many([new(), new("陈嘉穗", **changes)], actor=None)
    assert Trainee.objects.count() == 0
