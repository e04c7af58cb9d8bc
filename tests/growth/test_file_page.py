"""The page of a growth file: who reads what above and beside the timeline, and what it costs."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cadre_app.core.growth import Gap, GapPart, HeadLine, HeadPart, gap_parts, head_parts
from cadre_app.core.roles import Role
from cadre_app.files.models import StoredFile
from cadre_app.people.models import Person, PostRecord, Trainee
from cadre_app.people.services import family, posts
from cadre_app.people.services.photos import PHOTO
from tests.factories import PersonFactory, TraineeFactory

PHONE = "13900000024"
FRAGMENT = {"HX-Request": "true"}


def page(trainee, query: str = "") -> str:
    return reverse("growth:file", kwargs={"pk": trainee.pk}) + query


def text_of(client, trainee, query: str = "", **headers) -> str:
    response = client.get(page(trainee, query), headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def days(response) -> list[str]:
    return [str(entry.day) for part in response.context["years"] for entry in part.entries]


@pytest.fixture
def long_file(place) -> Trainee:
    """A file with 45 posts, one each day from 1 February 2025 back, and the arrival."""
    file = TraineeFactory.create(home_unit=place.town)
    last = date(2025, 2, 1)
    PostRecord.objects.bulk_create(
        PostRecord(trainee=file, started_on=last - timedelta(days=number), post=f"职务{number}") for number in range(45)
    )
    return file


def test_staff_read_head_timeline_what_comes_and_what_is_missing(place, trainee, client_of):
    text = text_of(client_of(place.staff), trainee)

    words = ("林知远", "Selected graduate", trainee.file_number, "望组干〔2024〕6号", "Minimum service ends")
    assert [word for word in words if word not in text] == []
    assert ('class="ruler"' in text, 'id="missing"' in text, "style=" in text) == (True, True, False)


def test_staff_are_led_to_where_what_is_missing_is_entered(place, trainee, client_of):
    gaps = client_of(place.staff).get(page(trainee)).context["gaps"]

    key = {"pk": trainee.pk}
    assert [(gap.text, gap.action, gap.url) for gap in gaps if gap.text in {"Sex", "Full-time education"}] == [
        ("Sex", "Enter", reverse("people:section_edit", kwargs=key | {"section": "identity"})),
        ("Full-time education", "Enter", reverse("people:education_add", kwargs=key)),
    ]


def test_the_person_is_led_to_propose_what_is_missing(place, trainee, own, client_of):
    gaps = client_of(own).get(page(trainee)).context["gaps"]

    key = {"pk": trainee.pk}
    assert [(gap.text, gap.action, gap.url) for gap in gaps if gap.text in {"Sex", "Full-time education"}] == [
        ("Sex", "Propose", reverse("people:section_propose", kwargs=key | {"section": "identity"})),
        ("Full-time education", "Propose", reverse("people:section_propose", kwargs=key | {"section": "education"})),
    ]


def test_a_leader_reads_what_is_missing_and_enters_nothing(place, trainee, client_of):
    gaps = client_of(place.somebody(Role.LEADER, place.top)).get(page(trainee)).context["gaps"]

    assert {gap.url for gap in gaps} == {""}
    assert "Sex" in [gap.text for gap in gaps]


def test_whoever_sees_no_entry_is_told_so(place, trainee, client_of, tied):
    text = text_of(client_of(tied(trainee, "name")), trainee)

    assert ("林知远" in text, "潮音镇" in text, "Nothing here is for you to see." in text) == (True, True, True)


def test_a_tie_by_name_reads_nothing_else(place, trainee, client_of, tied):
    text = text_of(client_of(tied(trainee, "name")), trainee)

    hidden = ("党建办", trainee.file_number, "梧头村", 'class="gf-head"', "missing", "Selected graduate")
    assert [word for word in hidden if word in text] == []


def test_a_mentor_reads_post_masked_phone_and_village(place, trainee, client_of, tied):
    Person.objects.filter(pk=trainee.person_id).update(native_place="临澜望屿")
    person = Person.objects.get(pk=trainee.person_id)
    person.phone = PHONE
    person.save()

    text = text_of(client_of(tied(trainee, "mentor")), trainee)

    seen = ("林知远", "潮音镇", "党建办科员", "139****0024", "梧头村")
    hidden = (PHONE, "临澜望屿", trainee.file_number, "望组", "病假", "住村委会", "内部备注", "梧岭镇", 'class="ruler"')
    hidden += ("Selected graduate",)
    assert [word for word in (*seen, *hidden) if word in text] == list(seen)


def test_a_mentor_shows_the_phone_with_a_reason(place, trainee, client_of, tied):
    person = Person.objects.get(pk=trainee.person_id)
    person.phone = PHONE
    person.save()
    client = client_of(tied(trainee, "mentor"))

    shown = client.post(reverse("people:reveal", args=[person.pk, "phone"]), {"reason": "约定走访"})

    assert (shown.status_code, PHONE in shown.content.decode()) == (200, True)
    assert client.get(reverse("people:reveal", args=[person.pk, "id_number"])).status_code == 403


@pytest.mark.parametrize(
    "query", ["?kind=nothing", "?year=x", "?year=0", "?year=99999", "?after=zzz", "?kind=\x00&year=-1"]
)
def test_what_fits_nothing_is_left_out(place, trainee, sign_in, query):
    assert len(days(sign_in(place.staff).get(page(trainee, query)))) == 7


def test_a_kind_and_a_year_narrow_the_list_and_stay_in_its_links(place, trainee, sign_in):
    response = sign_in(place.staff).get(page(trainee, "?kind=posts&year=2024"))

    assert days(response) == ["2024-07-01", "2024-07-01"]
    assert response.context["year_chips"] == [(2026, 1, "?kind=posts&year=2026"), (2024, 2, "?kind=posts&year=2024")]
    assert [(key, count, url) for key, _kind, count, url in response.context["kinds"]] == [
        ("practice", 2, "?kind=practice"),
        ("posts", 3, "?kind=posts"),
        ("party", 2, "?kind=party"),
    ]


def test_a_year_without_entries_offers_the_whole(place, trainee, client_of):
    assert "No entry of this kind and year." in text_of(client_of(place.staff), trainee, "?year=1999")


def test_earlier_entries_follow_by_link_and_are_not_repeated(place, long_file, sign_in):
    client, seen, query = sign_in(place.staff), [], ""
    pages = 0
    while pages == 0 or query:
        response = client.get(page(long_file, query))
        seen += days(response)
        query, pages = response.context["more_url"], pages + 1

    assert (len(seen), len(set(seen)), pages) == (46, 46, 3)
    assert seen == sorted(seen, reverse=True)


def test_the_button_gets_earlier_entries_alone_and_no_second_mark_of_the_year(place, long_file, client_of):
    client = client_of(place.staff)
    first = client.get(page(long_file))
    year = first.context["years"][-1].year
    assert year == 2025

    text = text_of(client, long_file, first.context["more_url"], **FRAGMENT)

    assert [mark in text for mark in ("<html", 'id="timeline"', 'class="yr">2025', 'class="yr">2024')] == [
        False,
        False,
        False,
        True,
    ]
    assert text.count('class="tl-i') == 20


def test_a_kind_alone_is_the_list_alone(place, trainee, client_of):
    text = text_of(client_of(place.staff), trainee, "?kind=posts", **FRAGMENT)

    assert [mark in text for mark in ("<html", 'id="timeline"', 'class="gf-head"')] == [False, True, False]


def test_rooms_add_lines_to_the_head_and_to_what_is_missing(place, trainee, client_of, tied):
    head_parts.register("tests", HeadPart(5, lambda file, access: [HeadLine("Mentor", "梁国忠", "镇党委书记")]))
    gap_parts.register("tests", GapPart(5, lambda file, access: [Gap("Agreement", why="三方未签")]))
    try:
        text = text_of(client_of(place.staff), trainee)
        others = text_of(client_of(tied(trainee, "mentor")), trainee)
    finally:
        head_parts._items.pop("tests")
        gap_parts._items.pop("tests")

    assert [word in text for word in ("梁国忠", "镇党委书记", "Agreement", "三方未签")] == [True] * 4
    assert [word in others for word in ("梁国忠", "三方未签")] == [False] * 2


@pytest.mark.parametrize(("who", "seen"), [("staff", True), ("own", True), ("mentor", False)])
def test_the_photo_that_stands_is_in_the_head(place, trainee, own, tied, client_of, who, seen):
    given = {"kind": PHOTO, "owner_label": "people.person", "owner_id": trainee.person_id}
    given |= {"size": 1, "uploaded_by": place.staff}
    kept, removed = StoredFile(**given), StoredFile(**given, voided_at=timezone.now())
    StoredFile.objects.bulk_create([removed, kept])
    user = {"staff": place.staff, "own": own}.get(who) or tied(trainee, "mentor")

    text = text_of(client_of(user), trainee)

    assert (str(kept.pk) in text, str(removed.pk) in text) == (seen, False)


def add_rows(place, trainee, rows: int) -> None:
    for number in range(rows):
        posts.add_post_record(trainee, started_on=date(2025, 8, 1 + number), post=f"职务{number}", actor=place.staff)
        family.add_education(trainee.person, mode="full_time", level=f"2{number + 1}", school="某校", actor=place.staff)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_staff_the_same_with_more_entries(place, trainee, sign_in, rows, django_assert_num_queries):
    add_rows(place, trainee, rows)
    client = sign_in(place.staff)
    client.get(page(trainee))
    with django_assert_num_queries(22):
        client.get(page(trainee))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_person_the_same_with_more_entries(
    place, trainee, own, sign_in, rows, django_assert_num_queries
):
    add_rows(place, trainee, rows)
    client = sign_in(own)
    client.get(page(trainee))
    with django_assert_num_queries(20):
        client.get(page(trainee))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_a_mentor_less(place, trainee, tied, sign_in, rows, django_assert_num_queries):
    add_rows(place, trainee, rows)
    client = sign_in(tied(trainee, "mentor"))
    client.get(page(trainee))
    with django_assert_num_queries(8):
        client.get(page(trainee))


@pytest.mark.parametrize("name", ["王㛃", "阿依努尔·艾山", "<b>林</b>", "O'Neil & 林"])
def test_rare_names_are_shown_as_written(place, sign_in, name):
    from django.utils.html import escape

    trainee = TraineeFactory.create(home_unit=place.town, person=PersonFactory.create(name=name))

    assert f"<h1>{escape(name)}</h1>" in text_of(sign_in(place.staff), trainee)


@pytest.mark.parametrize("arrived", [date(1, 1, 1), date(1950, 2, 28), date(2024, 2, 29), date(9989, 12, 31)])
def test_dates_at_the_edges_are_shown_without_a_failure(place, client_of, arrived):
    trainee = TraineeFactory.create(home_unit=place.town, arrived_on=arrived)
    client = client_of(place.staff)

    response = client.get(page(trainee))

    assert days(response) == [arrived.isoformat()]
    assert client.get(page(trainee, f"?year={arrived.year}")).status_code == 200
