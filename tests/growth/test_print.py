"""The growth file on paper: who may print it, that it is on record, and how much goes on paper."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.growth.views import files as views
from cadre_app.history.models import Entry
from cadre_app.people.models import PostRecord


def page(trainee, query: str = "") -> str:
    return reverse("growth:print", kwargs={"pk": trainee.pk}) + query


def readings() -> list[tuple[str, object, object]]:
    found = Entry.objects.filter(verb="growth.file.printed")
    return [(entry.kind, entry.object_id, entry.actor_id) for entry in found]


@pytest.mark.django_db(transaction=True)
def test_printing_is_on_record_and_the_sheet_bears_who_and_when(place, trainee, client_of):
    text = client_of(place.staff).get(page(trainee)).content.decode()

    assert readings() == [("reading", trainee.pk, place.staff.pk)]
    assert (f"{place.staff.display_name} 23 Nov 2026" in text, text.count('class="tl-i')) == (True, 7)


@pytest.mark.django_db(transaction=True)
def test_a_sheet_that_cannot_be_put_on_record_is_not_printed(place, trainee, client_of, monkeypatch):
    def refuse(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(views.history, "record_reading", refuse)
    client = client_of(place.staff)
    client.raise_request_exception = False

    assert client.get(page(trainee)).status_code == 500


@pytest.mark.django_db(transaction=True)
def test_kind_and_year_narrow_what_is_printed(place, trainee, client_of):
    response = client_of(place.staff).get(page(trainee, "?kind=posts&year=2024&after=x"))

    assert response.content.decode().count('class="tl-i') == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("three_entries")
def test_the_sheet_holds_nothing_restricted_and_counts_what_stands_on_it(place, trainee, client_of):
    client = client_of(place.staff)
    sheet, shown = client.get(page(trainee)), client.get(reverse("growth:file", kwargs={"pk": trainee.pk}))
    told = [[f"事项{one}" in answer.content.decode() for one in ("draft", "restricted")] for answer in (sheet, shown)]
    assert told == [[True, False], [True, True]]
    assert (sheet.context["of_kind"], shown.context["of_kind"]) == (9, 10)
    counts = {part.year: part.count for part in sheet.context["years"]}
    assert counts[2025] == sheet.content.decode().count('<time datetime="2025-')


@pytest.mark.parametrize("level", ["mentor", "name"])
def test_a_tie_prints_nothing(place, trainee, client_of, tied, level):
    assert client_of(tied(trainee, level)).get(page(trainee)).status_code == 403
    assert readings() == []


def test_a_role_elsewhere_finds_nothing(place, trainee, client_of):
    assert client_of(place.somebody(Role.STAFF, place.town)).get(page(trainee)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_too_long_a_file_is_narrowed_first(place, trainee, client_of, monkeypatch):
    monkeypatch.setattr(views, "MOST_PRINTED", 10)
    PostRecord.objects.bulk_create(
        PostRecord(trainee=trainee, started_on=date(2025, 1, 1) + timedelta(days=number), post="职务")
        for number in range(4)
    )
    client = client_of(place.staff)

    text = client.get(page(trainee)).content.decode()

    assert ("More than 10 entries do not go on paper." in text, readings()) == (True, [])
    assert client.get(page(trainee, "?year=2024")).content.decode().count('class="tl-i') == 4
