"""A paper that waits follows the correction of its record in place; what staff struck off stays away; voided ones are marked."""

from datetime import date, timedelta
from typing import Any

import pytest

from cadre_app.handover.models import HandOver, Material
from cadre_app.handover.papers import sheet_url
from cadre_app.handover.services import materials as services
from cadre_app.people.models import PostRecord, Trainee
from cadre_app.people.services import posts
from tests.handover.conftest import TODAY, District, Entered

pytestmark = pytest.mark.django_db
DAY = TODAY - timedelta(days=5)
POST = {"started_on": DAY, "post": "党建办主任", "rank": "09", "document_number": "望委干〔2026〕31号"}


@pytest.fixture
def record(place: District, file: Trainee) -> PostRecord:
    old = {"started_on": date(2025, 11, 3), "rank": "10", "document_number": "望委组〔2025〕8号"}
    posts.add_post_record(file, **old, actor=place.staff)
    return posts.add_post_record(file, **POST, actor=place.staff)


def corrected(place: District, record: PostRecord, **values: Any) -> PostRecord:
    return posts.change_post_record(record, **(POST | values), actor=place.staff)


def test_the_paper_that_waits_keeps_its_remark_and_the_day_staff_gave_it(place: District, record: PostRecord) -> None:
    [material] = Material.objects.all()
    own_day = TODAY - timedelta(days=1)
    services.change_material(
        material, kind="post", title=material.title, formed_on=own_day, remark="原件在档案室", actor=place.staff
    )
    corrected(place, record, post="综合办主任", started_on=DAY - timedelta(days=2))
    [found] = Material.objects.all()
    assert (found.pk, found.formed_on, found.remark, "综合办主任" in found.title) == (
        material.pk,
        own_day,
        "原件在档案室",
        True,
    )


def test_a_day_that_nobody_touched_follows_the_record(place: District, record: PostRecord) -> None:
    corrected(place, record, started_on=DAY - timedelta(days=2))
    assert [row.formed_on for row in Material.objects.all()] == [DAY - timedelta(days=2)]


@pytest.fixture
def published(place: District, record: PostRecord, file: Trainee) -> PostRecord:
    """A rank of August whose document came in November."""
    late = {"started_on": date(2026, 8, 1), "published_on": date(2026, 11, 18)}
    PostRecord.objects.filter(pk=record.pk).delete()
    Material.objects.all().delete()
    return posts.add_post_record(file, **(POST | late), actor=place.staff)


def days() -> list[tuple[date, date]]:
    return list(Material.objects.waiting().values_list("formed_on", "due_on"))


@pytest.mark.parametrize("number", [POST["document_number"], "望委干〔2026〕32号"])
def test_the_paper_follows_the_corrected_day_of_its_document(
    place: District, published: PostRecord, number: str
) -> None:
    values = {"started_on": date(2026, 8, 1), "published_on": date(2026, 11, 20), "document_number": number}
    corrected(place, published, **values)
    assert days() == [(date(2026, 11, 20), date(2026, 12, 20))]


def test_a_day_that_staff_gave_stays_whatever_day_the_document_has(place: District, published: PostRecord) -> None:
    material = Material.objects.get()
    services.change_material(
        material, kind="post", title=material.title, formed_on=date(2026, 11, 19), actor=place.staff
    )
    corrected(place, published, started_on=date(2026, 8, 1), published_on=date(2026, 11, 20))
    assert days() == [(date(2026, 11, 19), date(2026, 12, 19))]


def test_another_post_leaves_the_paper_the_day_of_its_document(place: District, published: PostRecord) -> None:
    corrected(place, published, started_on=date(2026, 8, 1), post="综合办主任")
    corrected(place, published, started_on=date(2026, 8, 3), post="综合办主任")
    assert days() == [(date(2026, 11, 18), date(2026, 12, 18))]


def test_a_restored_record_brings_its_paper_back_on_the_day_of_its_document(
    place: District, published: PostRecord
) -> None:
    record = posts.void_post_record(published, reason="误录", actor=place.staff)
    posts.restore_post_record(record, actor=place.staff)
    assert days() == [(date(2026, 11, 18), date(2026, 12, 18))]


def test_what_staff_struck_off_does_not_come_back(place: District, record: PostRecord) -> None:
    services.void_material(Material.objects.get(), reason="此件不归档", actor=place.staff)
    record = corrected(place, record, post="综合办主任")
    record = posts.void_post_record(record, reason="误录", actor=place.staff)
    posts.restore_post_record(record, actor=place.staff)
    assert [row.is_voided for row in Material.objects.all()] == [True]


def test_what_went_with_its_record_comes_back_with_it(place: District, record: PostRecord) -> None:
    record = posts.void_post_record(record, reason="误录", actor=place.staff)
    assert not Material.objects.waiting().exists()
    posts.restore_post_record(record, actor=place.staff)
    assert Material.objects.waiting().count() == 1


def test_a_record_without_a_document_takes_its_paper_off_the_list(place: District, record: PostRecord) -> None:
    corrected(place, record, document_number="")
    assert not Material.objects.waiting().exists()


def test_a_paper_that_was_voided_is_marked_on_the_list_it_went_with(
    place: District, entered: Entered, client_of: Any
) -> None:
    material, other = entered(), entered(title="获奖证书", formed_on=date(2026, 11, 2))
    keys = [material.pk, other.pk]
    services.hand_over_many(keys, handed_over_on=TODAY, received_by="严正平", actor=place.staff)
    material.refresh_from_db()
    material = services.void_material(material, reason="误录", actor=place.staff)
    client = client_of(place.staff)
    sheet = client.get(sheet_url(HandOver.objects.get().pk)).context["v"]
    assert ([row["remark"] for row in sheet["rows"]], sheet["count"]) == (["材料已作废", ""], "1")
    [row] = client.get("/materials/handed-over/").context["table"].rows
    assert (row.object.papers, row.object.struck, row.object.voided) == (1, 0, 1)
    services.restore_material(material, actor=place.staff)
    assert client.get(sheet_url(HandOver.objects.get().pk)).context["v"]["count"] == "2"
