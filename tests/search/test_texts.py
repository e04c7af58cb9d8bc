"""Texts on the page of results and under the box: by kind, by period, page by page, near and far, at the same cost."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.roles import Role
from cadre_app.core.texts import text_sources
from cadre_app.mentorship.models import GuidanceNote, MentorKind, Pairing
from cadre_app.mentorship.services import notes
from cadre_app.search.finding import Span, find_texts
from cadre_app.search.words import words_of
from tests.achievements.factories import make_achievement
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UnitFactory, UserFactory
from tests.search.looking import look

RESULTS, SUGGESTIONS = reverse("search:results"), reverse("search:suggestions")
NOTES = "mentorship.notes"
DAY = date(2026, 6, 1)
PAGE_QUERIES, BOX_QUERIES = 32, 32


@pytest.fixture
def staff(db: None) -> User:
    district = UnitFactory.create(name="望屿区")
    user = UserFactory.create(unit=district)
    GrantFactory.create(user=user, role=Role.STAFF, unit=district)
    return user


@pytest.fixture
def pairing(staff: User) -> Pairing:
    mentor = UserFactory.create(kind=AccountKind.MENTOR, unit=staff.unit)
    return Pairing.objects.create(
        trainee=TraineeFactory.create(person=PersonFactory.create(name="陈嘉穗"), home_unit=staff.unit),
        mentor=PersonFactory.create(name="张清泉", account=mentor),
        kind=MentorKind.COMMUNITY,
        choice_reason="熟悉村情",
        started_on=date(2025, 9, 1),
        due_on=date(2027, 8, 31),
        check_in_days=30,
        next_check_in_on=date(2025, 10, 1),
        last_record_on=date(2025, 9, 1),
    )


@pytest.fixture
def page(client: Any, staff: User) -> Any:
    """The page of results that staff see."""
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    return lambda address=RESULTS, **query: client.get(address, query)


def write(pairing: Pairing, many: int, text: str = "看了茶园{}。", first: date = DAY) -> None:
    for number in range(many):
        notes.add_note(
            pairing, happened_on=first + timedelta(days=number), way="face", text=text.format(number), actor=None
        )


def shown(response: Any) -> dict[str, list[str]]:
    """The snippets by kind."""
    return {
        group.key: ["".join(piece.text for piece in hit.pieces) for hit in group.page.hits]
        for group in response.context["texts"]
    }


def test_people_come_first_then_texts_the_latest_first_with_the_word_marked(page: Any, pairing: Pairing) -> None:
    write(pairing, 2)
    make_achievement(pairing.trainee, title="茶园改造", done="茶园<b>86亩</b>")
    response = page(q="茶园")
    assert [(key, len(found)) for key, found in shown(response).items()] == [
        (NOTES, 2),
        ("achievements.achievements", 1),
    ]
    assert shown(response)[NOTES] == ["看了茶园1。", "看了茶园0。"]
    body = response.content.decode()
    assert "看了<mark>茶园</mark>1。" in body
    both = page(q="陈").content.decode()
    assert "陈嘉穗" in both
    assert "<b>86亩" not in page(q="86亩 茶园").content.decode()


def test_the_box_offers_three_texts_of_a_kind(page: Any, pairing: Pairing) -> None:
    write(pairing, 5)
    response = page(SUGGESTIONS, q="茶园")
    assert shown(response) == {NOTES: ["看了茶园4。", "看了茶园3。", "看了茶园2。"]}
    assert response.content.decode().count('role="option"') == 4


def test_one_kind_is_read_page_by_page(page: Any, pairing: Pairing) -> None:
    write(pairing, 45)
    first = page(q="茶园")
    assert len(shown(first)[NOTES]) == 5
    assert f"kind={NOTES}" in first.content.decode()
    seen, after, pages = [], "", 0
    while pages < 5:
        [group] = page(q="茶园", kind=NOTES, after=after).context["texts"]
        seen += ["".join(piece.text for piece in hit.pieces) for hit in group.page.hits]
        pages, after = pages + 1, group.page.following
        if not after:
            break
    assert (pages, seen) == (3, [f"看了茶园{number}。" for number in reversed(range(45))])


def test_texts_of_one_day_are_parted_by_key(page: Any, pairing: Pairing) -> None:
    for number in range(25):
        notes.add_note(pairing, happened_on=DAY, way="face", text=f"看了茶园{number}。", actor=None)
    [first] = page(q="茶园", kind=NOTES).context["texts"]
    [second] = page(q="茶园", kind=NOTES, after=first.page.following).context["texts"]
    urls = [hit.place.url for hit in (*first.page.hits, *second.page.hits)]
    assert (len(urls), len(set(urls))) == (25, 25)


def test_a_later_page_on_which_nothing_stands_any_more_leads_to_the_first(page: Any, pairing: Pairing) -> None:
    write(pairing, 25)
    [first] = page(q="茶园", kind=NOTES).context["texts"]
    GuidanceNote.objects.update(voided_at="2026-01-01T00:00:00Z")
    later = page(q="茶园", kind=NOTES, after=first.page.following).content.decode()
    assert ("没有找到" in later, f'href="?q={quote("茶园")}&amp;kind={NOTES}"' in later) == (False, True)


def test_a_period_narrows_texts_and_leaves_out_what_has_no_day(page: Any, pairing: Pairing) -> None:
    write(pairing, 5)
    write(pairing, 1, text="陈嘉穗去了茶园。", first=date(2026, 1, 5))
    response = page(q="茶园", since="2026-06-02", until="2026-06-03")
    assert shown(response) == {NOTES: ["看了茶园2。", "看了茶园1。"]}
    response = page(q="陈嘉穗", since="2026-01-01")
    assert (response.context["found"], shown(response)) == ([], {NOTES: ["陈嘉穗去了茶园。"]})
    assert [group.key for group in page(q="陈嘉穗").context["found"]] == ["people.trainees"]


def test_one_kind_of_names_leaves_texts_out(page: Any, pairing: Pairing) -> None:
    write(pairing, 1, text="陈嘉穗去了茶园。")
    response = page(q="陈嘉穗", kind="people.trainees")
    assert ([group.key for group in response.context["found"]], shown(response)) == (["people.trainees"], {})


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"since": "2026-13-01"}, "since"),
        ({"until": "gestern"}, "until"),
        ({"since": "0001-01-01"}, "since"),
        ({"until": "9999-12-31"}, "until"),
        ({"since": "2026-06-02", "until": "2026-06-01"}, "until"),
        ({"kind": "people.secrets"}, "kind"),
    ],
)
def test_bad_conditions_are_told_beside_their_field(page: Any, pairing: Pairing, query: Any, field: str) -> None:
    write(pairing, 1)
    response = page(q="茶园", **query)
    assert (list(response.context["form"].errors), shown(response), response.context["found"]) == ([field], {}, [])
    body = response.content.decode()
    assert 'value="茶园"' in body
    assert f'id="id_{field}_error"' in body


@pytest.mark.parametrize(
    "after", ["x", "_", "2026-06-01", "2026-06-01_", "2026-06-01_zz", "99999-01-01_" + "0" * 32, "\x00_" + "0" * 32]
)
def test_a_bad_place_in_the_list_opens_the_first_page(page: Any, pairing: Pairing, after: str) -> None:
    write(pairing, 2)
    assert len(shown(page(q="茶园", kind=NOTES, after=after))[NOTES]) == 2


@pytest.mark.parametrize(
    "text", ["%", "_", "'", "\\", "(", "[a", "茶\x00园", "茶\u202e园", "*茶", "?", "茶" * 41, "a", "。"]
)
def test_odd_texts_find_nothing_and_do_no_harm(page: Any, pairing: Pairing, text: str) -> None:
    write(pairing, 1)
    assert (shown(page(q=text)), shown(page(SUGGESTIONS, q=text))) == ({}, {})


def test_an_empty_result_says_what_to_try(page: Any, pairing: Pairing) -> None:
    body = page(q="鲸鱼").content.decode()
    assert "没有找到“鲸鱼”。" in body
    assert "lzy" in body
    narrowed = page(q="鲸鱼", kind=NOTES).content.decode()
    assert 'href="?q=%E9%B2%B8%E9%B1%BC"' in narrowed
    assert 'href="?q=%E9%B2%B8%E9%B1%BC"' not in body


@pytest.mark.parametrize("near", [0, 1, 2, 3_000])
@pytest.mark.parametrize("typed", ["茶", "茶园", "看了茶园", "茶园 看了"])
def test_near_and_far_texts_are_found_alike(
    staff: User, pairing: Pairing, monkeypatch: Any, near: int, typed: str
) -> None:
    monkeypatch.setattr("cadre_app.mentorship.search.FEW", 0)
    elsewhere = TraineeFactory.create(home_unit=staff.unit)
    Pairing.objects.create(
        trainee=elsewhere, mentor=pairing.mentor, kind=MentorKind.COMMUNITY, choice_reason="熟悉村情", started_on=DAY,
        due_on=date(2028, 1, 1), check_in_days=30, last_record_on=DAY,
    )  # fmt: skip
    write(pairing, 6)
    write(pairing, 3, text="看了园中的茶{}。", first=DAY + timedelta(days=2))
    source, words = replace(text_sources[NOTES], near=near), words_of(typed)
    assert words is not None
    user = User.objects.get(pk=staff.pk)
    found, after = [], ""
    for _page in range(9):
        part = find_texts(source, user, words, 2, Span(after=after))
        found += ["".join(piece.text for piece in hit.pieces) for hit in part.hits]
        after = part.following
        if not after:
            break
    wanted = [f"看了茶园{number}。" for number in reversed(range(6))]
    assert [text for text in found if "茶园" in text] == wanted
    assert len(found) == (9 if typed == "茶" else 6)


@pytest.mark.parametrize("rows", [1, 3])
def test_looking_through_costs_the_same_queries_however_many_are_found(
    page: Any, pairing: Pairing, rows: int, django_assert_num_queries: Any
) -> None:
    write(pairing, rows)
    for number in range(rows):
        make_achievement(pairing.trainee, title=f"茶园改造{number}")
    page(q="茶园")
    with django_assert_num_queries(PAGE_QUERIES):
        assert len(shown(page(q="茶园"))[NOTES]) == rows
    with django_assert_num_queries(BOX_QUERIES):
        page(SUGGESTIONS, q="茶园")


def test_somebody_without_a_role_looks_through_their_own(client: Any, pairing: Pairing) -> None:
    write(pairing, 1)
    client.force_login(pairing.mentor.account, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(RESULTS, {"q": "茶园"})
    assert (response.context["found"], shown(response)) == ([], {NOTES: ["看了茶园0。"]})
    assert look("achievements.achievements", pairing.mentor.account, "茶园").hits == []
