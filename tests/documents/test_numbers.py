"""Numbers of papers: without a gap, once for each paper, and what happens at the same moment."""

import uuid

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from cadre_app.core.documents import Series, document_kinds
from cadre_app.documents.models import DocumentNumber
from cadre_app.documents.services.numbers import give_number
from cadre_app.history.models import Entry
from tests.accounts.test_races import at_once
from tests.documents.conftest import KIND
from tests.factories import PersonFactory


def given(owner, place) -> str:
    return str(give_number(owner, kind=KIND, actor=place.staff))


@pytest.mark.django_db
def test_numbers_are_counted_by_year_and_a_paper_keeps_its_own(place, owner):
    other, third = PersonFactory.create(), PersonFactory.create()
    assert [given(each, place) for each in (owner, other, owner)] == [
        "望样〔2026〕1号",
        "望样〔2026〕2号",
        "望样〔2026〕1号",
    ]
    with time_machine.travel("2027-01-01T09:00:00+08:00", tick=False):
        assert given(third, place) == "望样〔2027〕1号"
    [*entries] = Entry.objects.filter(verb="documents.number.given")
    assert ({entry.actor for entry in entries}, len(entries)) == ({place.staff}, 3)


@pytest.mark.django_db
def test_another_prefix_leaves_given_numbers_as_they_are(place, owner, monkeypatch):
    given(owner, place)
    series = document_kinds[KIND].series
    changed = document_kinds[KIND].__class__(
        **{**document_kinds[KIND].__dict__, "series": Series(series.key, lambda: "望新")}
    )
    monkeypatch.setitem(document_kinds._items, KIND, changed)
    assert [given(owner, place), given(PersonFactory.create(), place)] == ["望样〔2026〕1号", "望新〔2026〕2号"]


@pytest.mark.django_db
def test_a_kind_without_a_series_bears_no_number(place, owner, monkeypatch):
    plain = document_kinds[KIND].__class__(**{**document_kinds[KIND].__dict__, "series": None})
    monkeypatch.setitem(document_kinds._items, KIND, plain)
    with pytest.raises(ValidationError) as caught:
        given(owner, place)
    assert caught.value.code == "no_series"


@pytest.mark.django_db(transaction=True)
def test_six_papers_at_once_get_six_numbers_in_a_row(place):
    owners = [PersonFactory.create() for _ in range(6)]
    outcomes = at_once(
        *[lambda owner=owner: give_number(owner, kind=KIND, actor=place.staff).number for owner in owners]
    )
    assert sorted(outcomes) == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db(transaction=True)
def test_one_paper_numbered_by_four_at_once_has_one_number(place, owner):
    outcomes = at_once(*[lambda: give_number(owner, kind=KIND, actor=place.staff).pk] * 4)
    assert (len(set(outcomes)), DocumentNumber.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_staff_give_it_on_the_page_and_all_forms_bear_it(client_of, place, owner):
    client = client_of(place.staff)
    url = reverse("documents:paper_number", kwargs={"kind": KIND, "pk": owner.pk})
    assert "counted by year without a gap" in client.get(url).content.decode()
    assert client.post(url, {"submission": str(uuid.uuid4())}).status_code == 302
    page = client.get(reverse("documents:paper", kwargs={"kind": KIND, "pk": owner.pk})).content.decode()
    assert (page.count("望样〔2026〕1号") >= 2, "Give a number" in page) == (True, False)
    assert "bears the number 望样〔2026〕1号 already" in client.get(url).content.decode()
    assert client.post(url, {"submission": str(uuid.uuid4())}).status_code == 302
    assert DocumentNumber.objects.count() == 1
