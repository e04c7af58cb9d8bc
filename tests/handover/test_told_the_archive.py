"""A record that is corrected, voided or restored after its paper was handed over: the archive is told by a further paper."""

from datetime import date, timedelta
from typing import Any

import pytest

from cadre_app.handover.models import Material
from cadre_app.handover.services import materials as services
from cadre_app.people.models import Person, PostRecord, Trainee
from cadre_app.people.services import persons, posts
from tests.handover.conftest import TODAY, District

pytestmark = pytest.mark.django_db
POST = {
    "started_on": TODAY - timedelta(days=5),
    "post": "党建办主任",
    "rank": "09",
    "document_number": "望委干〔2026〕31号",
}


@pytest.fixture
def record(place: District, file: Trainee) -> PostRecord:
    """A post whose paper was handed over."""
    old = {"started_on": date(2025, 11, 3), "rank": "10", "document_number": "望委组〔2025〕8号"}
    posts.add_post_record(file, **old, actor=place.staff)
    found = posts.add_post_record(file, **POST, actor=place.staff)
    gone(place)
    return found


def gone(place: District) -> None:
    for material in Material.objects.waiting():
        services.hand_over(material, handed_over_on=TODAY, received_by="严正平", actor=place.staff)


def waiting() -> list[tuple[str, date]]:
    return list(Material.objects.waiting().values_list("title", "formed_on"))


def corrected(place: District, record: PostRecord, **values: Any) -> PostRecord:
    return posts.change_post_record(record, **(POST | values), actor=place.staff)


def test_the_archive_is_told_how_a_corrected_post_reads_once(place: District, record: PostRecord) -> None:
    record = corrected(place, record, post="综合办主任")
    [(title, day)] = waiting()
    assert ("综合办主任、三级主任科员" in title, "2026年11月18日" in title, day) == (True, True, TODAY)
    record = corrected(place, record, post="综合办副主任")
    assert ["综合办副主任" in title for title, _day in waiting()] == [True]
    corrected(place, record)
    assert waiting() == []


def test_a_correction_long_after_is_told_as_well(place: District, record: PostRecord) -> None:
    PostRecord.objects.filter(pk=record.pk).update(started_on=date(2026, 5, 4))
    corrected(place, PostRecord.objects.get(pk=record.pk), started_on=date(2026, 5, 6))
    assert ["2026年5月6日" in title for title, _day in waiting()] == [True]


def test_the_archive_is_told_that_a_voided_post_no_longer_stands(place: District, record: PostRecord) -> None:
    first = Material.objects.get()
    record = posts.void_post_record(record, reason="误录", actor=place.staff)
    [(title, day)] = waiting()
    assert (first.title in title, "2026年11月18日" in title, day) == (True, True, TODAY)
    record = posts.restore_post_record(record, actor=place.staff)
    assert (waiting(), Material.objects.get(pk=first.pk).is_voided) == ([], False)
    record = posts.void_post_record(record, reason="误录", actor=place.staff)
    gone(place)
    posts.restore_post_record(record, actor=place.staff)
    assert [first.title in title for title, _day in waiting()] == [True]


def test_a_post_without_a_document_any_more_is_told_once(place: District, record: PostRecord) -> None:
    record = corrected(place, record, document_number="")
    posts.void_post_record(record, reason="误录", actor=place.staff)
    assert len(waiting()) == 1


def test_the_archive_is_told_of_another_day_of_the_party_and_of_one_taken_back(place: District, file: Trainee) -> None:
    values = {"political_status": "02", "party_stage": "probationary"}
    persons.change_party(file.person, **values, party_joined_on=TODAY - timedelta(days=20), actor=place.staff)
    gone(place)
    person = Person.objects.get(pk=file.person_id)
    persons.change_party(person, **values, party_joined_on=date(2026, 11, 5), actor=place.staff)
    assert ["2026年11月5日" in title for title, _day in waiting()] == [True]
    none = {"political_status": "03", "party_stage": "candidate", "party_joined_on": None}
    persons.change_party(Person.objects.get(pk=person.pk), **none, actor=place.staff)
    assert ["2026年11月3日" in title for title, _day in waiting()] == [True]
