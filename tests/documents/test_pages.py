"""The pages of a paper: on record first, read by whoever its kind lets, the same words in all three forms."""

import pytest
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.documents.views import papers
from cadre_app.history.models import Entry
from tests.documents.conftest import KIND, READERS
from tests.documents.made import pdf_pages, word_lines
from tests.jobs.test_pages import without_token

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {
    "paper": "documents.paper.opened",
    "paper_word": "documents.paper.word",
    "paper_pdf": "documents.paper.pdf",
}


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


def url(page: str, owner, kind: str = KIND) -> str:
    return reverse(f"documents:{page}", kwargs={"kind": kind, "pk": owner.pk})


@pytest.mark.parametrize(("page", "verb"), PAGES.items())
def test_each_reading_is_on_record(staff, place, owner, page, verb):
    assert staff.get(url(page, owner)).status_code == 200
    [entry] = Entry.objects.filter(verb__startswith="documents.")
    assert (entry.verb, entry.kind, entry.actor, entry.object_id) == (verb, "reading", place.staff, owner.pk)


@pytest.mark.parametrize("page", PAGES)
def test_what_cannot_be_put_on_record_is_not_sent(staff, owner, page, monkeypatch):
    def refuse(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(papers.history, "record_reading", refuse)
    staff.raise_request_exception = False
    response = staff.get(url(page, owner))
    assert (response.status_code, "林知远" in response.content.decode("utf-8", "replace")) == (500, False)


@pytest.mark.parametrize("page", [*PAGES, "paper_number"])
def test_foreign_and_nothing_answer_alike(staff, place, owner, page):
    READERS.clear()
    address = url(page, owner)
    answers = {without_token(staff.get(address).content)}
    READERS.add(place.staff.pk)
    owner.delete()
    answers.add(without_token(staff.get(address).content))
    assert staff.get(url(page, place.top, "tests.nothing")).status_code == 404
    assert (len(answers), Entry.objects.filter(kind="reading").count()) == (1, 0)


def test_the_mark_names_who_and_when_in_all_three(staff, place, owner):
    mark = f"内部资料 注意保管  {place.staff.display_name} 2026年11月23日 12:00"
    page = staff.get(url("paper", owner)).content.decode()
    word = staff.get(url("paper_word", owner)).content
    pdf = pdf_pages(staff.get(url("paper_pdf", owner)).content)[0]
    assert (page.count(mark), "".join(mark.split()) in pdf, word[:2]) == (3, True, b"PK")


def test_all_three_hold_the_same_words(staff, owner):
    lines = word_lines(staff.get(url("paper_word", owner)).content)
    pdf = pdf_pages(staff.get(url("paper_pdf", owner)).content)[0]
    page = staff.get(url("paper", owner)).content.decode()
    assert lines == [
        "聘　书",
        "兹聘请庄世恒同志担任林知远同志的政治淬炼导师，聘期自2026年9月1日起至2028年8月31日止。",
        "特发此聘书。",
        "中共望屿区委组织部",
        "2026年11月23日",
    ]
    assert [line for line in lines if "".join(line.split()) not in pdf or line not in page] == []


def test_the_paper_is_chinese_and_the_page_around_it_speaks_the_viewers_language(staff, owner):
    page = staff.get(url("paper", owner)).content.decode()
    assert ("Give a number" in page, 'lang="zh-Hans">' in page, "特发此聘书。" in page) == (True, True, True)


def test_who_may_not_number_sees_no_button_and_is_refused(client_of, place, owner):
    leader = place.somebody(Role.LEADER, place.top)
    READERS.add(leader.pk)
    client = client_of(leader)
    assert "Give a number" not in client.get(url("paper", owner)).content.decode()
    assert client.post(url("paper_number", owner)).status_code == 403


def test_a_paper_asks_the_same_few_queries(staff, owner, django_assert_num_queries):
    staff.get(url("paper", owner))
    with django_assert_num_queries(10):
        staff.get(url("paper", owner))
