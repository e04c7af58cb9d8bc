"""Papers of posts and of Party membership come by themselves, and go with the record they belong to."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from docx import Document

from cadre_app.handover.models import Material
from cadre_app.handover.services import materials as services
from cadre_app.history.models import Entry
from cadre_app.people.models import Person, PostRecord, Trainee
from cadre_app.people.services import persons, posts
from tests.handover.conftest import TODAY, District, Entered

OLD = date(2025, 11, 3)
NEW = {
    "started_on": TODAY - timedelta(days=5),
    "post": "党建办公室主任",
    "rank": "09",
    "document_number": "望委干〔2026〕31号",
}


@pytest.fixture
def graded(place: District, file: Trainee) -> Trainee:
    posts.add_post_record(file, started_on=OLD, rank="10", document_number="望委组〔2025〕8号", actor=place.staff)
    return file


def waiting() -> list[tuple[str, str, date]]:
    return [(row.kind, row.title, row.formed_on) for row in Material.objects.waiting().order_by("formed_on", "title")]


def added(place: District, file: Trainee, **values: Any) -> PostRecord:
    return posts.add_post_record(file, **(NEW | values), actor=place.staff)


def test_a_post_given_by_a_document_is_on_the_list(place: District, graded: Trainee) -> None:
    added(place, graded)
    [(kind, title, day)] = waiting()
    assert (kind, day) == ("post", TODAY - timedelta(days=5))
    assert "党建办公室主任、三级主任科员" in title


@pytest.mark.parametrize(
    "values", [{"document_number": ""}, {"started_on": TODAY - timedelta(days=31)}], ids=["no document", "long ago"]
)
def test_other_posts_are_not(place: District, graded: Trainee, values: Any) -> None:
    added(place, graded, **values)
    assert waiting() == []


def test_the_first_rank_is_left_to_the_form_of_grading(place: District, file: Trainee) -> None:
    added(place, file)
    assert waiting() == []


def test_a_post_without_a_rank_is_on_the_list_also_before_the_first_rank(place: District, file: Trainee) -> None:
    added(place, file, rank="")
    assert ["党建办公室主任" in title for _kind, title, _day in waiting()] == [True]


def test_a_document_that_came_late_counts_by_its_own_day(place: District, graded: Trainee) -> None:
    added(place, graded, started_on=TODAY - timedelta(days=90), published_on=TODAY - timedelta(days=4))
    assert [day for _kind, _title, day in waiting()] == [TODAY - timedelta(days=4)]


def days_later(days: int) -> None:
    """Posts and papers as they stand so many days on."""
    for material in Material.objects.all():
        moved = {"formed_on": material.formed_on - timedelta(days=days), "due_on": material.due_on}
        Material.objects.filter(pk=material.pk).update(**moved)
    for record in PostRecord.objects.exclude(document_number="望委组〔2025〕8号"):
        PostRecord.objects.filter(pk=record.pk).update(started_on=record.started_on - timedelta(days=days))


def test_a_late_paper_goes_on_waiting_when_its_record_is_corrected_or_restored(
    place: District, graded: Trainee
) -> None:
    record = added(place, graded)
    days_later(40)
    record = PostRecord.objects.get(pk=record.pk)
    values = NEW | {"started_on": record.started_on, "post": "综合办主任"}
    record = posts.change_post_record(record, **values, actor=place.staff)
    assert ["综合办主任" in title for _kind, title, _day in waiting()] == [True]
    record = posts.void_post_record(record, reason="误录", actor=place.staff)
    assert waiting() == []
    posts.restore_post_record(record, actor=place.staff)
    assert len(waiting()) == 1


def test_a_late_paper_of_the_party_goes_on_waiting_under_the_corrected_day(place: District, file: Trainee) -> None:
    values = {"political_status": "02", "party_stage": "probationary"}
    person = persons.change_party(file.person, **values, party_joined_on=TODAY - timedelta(days=20), actor=place.staff)
    late = TODAY - timedelta(days=34)
    persons.change_party(person, **values, party_joined_on=late, actor=place.staff)
    assert [day for _kind, _title, day in waiting()] == [late]
    assert not Material.objects.waiting().filter(formed_on=TODAY - timedelta(days=20)).exists()


def test_the_paper_follows_its_record(place: District, graded: Trainee) -> None:
    record = added(place, graded)
    record = posts.change_post_record(record, **(NEW | {"post": "综合办主任"}), actor=place.staff)
    assert ["综合办主任、三级主任科员" in title for _kind, title, _day in waiting()] == [True]
    record = posts.void_post_record(record, reason="误录", actor=place.staff)
    assert waiting() == []
    posts.restore_post_record(record, actor=place.staff)
    assert len(waiting()) == 1


def test_steps_to_the_party_are_on_the_list_each_with_its_paper(place: District, file: Trainee) -> None:
    joined, full = TODAY - timedelta(days=20), TODAY - timedelta(days=2)
    values = {"political_status": "02", "party_stage": "probationary", "party_joined_on": joined}
    person = persons.change_party(file.person, **values, actor=place.staff)
    persons.change_party(person, **values, actor=place.staff)
    assert [(kind, day) for kind, _title, day in waiting()] == [("party", joined)]
    more = {"political_status": "01", "party_stage": "full", "party_full_on": full, "party_full_why": "作战立功"}
    persons.change_party(Person.objects.get(pk=person.pk), **more, actor=place.staff)
    assert [(kind, day) for kind, _title, day in waiting()] == [("party", joined), ("party", full)]


def test_a_step_that_was_taken_back_takes_its_paper_with_it(place: District, file: Trainee) -> None:
    values = {"political_status": "02", "party_stage": "probationary", "party_joined_on": TODAY}
    person = persons.change_party(file.person, **values, actor=place.staff)
    none = {"political_status": "03", "party_stage": "candidate", "party_joined_on": None}
    persons.change_party(person, **none, actor=place.staff)
    assert waiting() == []


def test_the_sheet_in_word_holds_what_waits_and_goes_on_record(
    place: District, entered: Entered, client_of: Any
) -> None:
    entered()
    gone = entered(title="党员登记表")
    services.hand_over(gone, handed_over_on=TODAY, received_by="严正平", actor=place.staff)
    answer = client_of(place.staff).get(reverse("handover:material_sheet_word"))
    document = Document(io.BytesIO(b"".join(answer)))
    table = document.tables[0]
    assert [[cell.text for cell in row.cells][:4] for row in table.rows] == [
        ["序号", "姓名", "单位", "材料名称"],
        ["1", "林知远", "梧岭镇", "学历认证报告"],
    ]
    assert Entry.objects.filter(verb="handover.material.sheet_saved", actor=place.staff).count() == 1
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_list_is_narrowed_by_the_last_day(place: District, entered: Entered, client_of: Any) -> None:
    soon = entered(formed_on=date(2026, 10, 30))
    entered(formed_on=date(2026, 11, 20))
    page = client_of(place.staff).get(reverse("handover:material_list"), {"due_by": "2026-11-30"})
    assert [row.pk for row in page.context["filter"].qs] == [soon.pk]
