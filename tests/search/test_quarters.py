"""An index that tells quarters apart finds what reading text by text finds: for every viewer, page by page, in any span."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.core.roles import Role
from cadre_app.core.texts import text_sources
from cadre_app.mentorship.models import GuidanceNote, MentorKind, Pairing, Visibility
from cadre_app.search.finding import Span, find_texts
from cadre_app.search.words import words_of
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UnitFactory, UserFactory

NOTES = "mentorship.notes"
MANY = 120
LATEST = date(2026, 9, 30)
WORDS = ("抗旱", "茶园", "抽水站", "看了茶")


def clerk(unit: Any) -> User:
    user = UserFactory.create(unit=unit)
    GrantFactory.create(user=user, role=Role.STAFF, unit=unit)
    return user


@pytest.fixture
def district(db: None) -> Any:
    return UnitFactory.create(name="望屿区")


@pytest.fixture
def viewers(district: Any, monkeypatch: Any) -> dict[str, User]:
    """Staff of the district, of a town with one note in six, and of a town without any; none is led to own pairings."""
    monkeypatch.setattr("cadre_app.mentorship.search.FEW", 0)
    towns = {name: UnitFactory.create(name=name, parent=district) for name in ("云汀镇", "鹤浦镇", "南屿镇")}
    pairings = [pairing_in(towns["云汀镇"]), *(pairing_in(towns["鹤浦镇"]) for _number in range(5))]
    pairing_in(towns["南屿镇"])
    write_years(pairings)
    return {"district": clerk(district), "part": clerk(towns["云汀镇"]), "none": clerk(towns["南屿镇"])}


def pairing_in(unit: Any) -> Pairing:
    started = LATEST - timedelta(days=1200)
    return Pairing.objects.create(
        trainee=TraineeFactory.create(home_unit=unit), mentor=PersonFactory.create(), kind=MentorKind.COMMUNITY,
        choice_reason="熟悉村情", started_on=started, due_on=LATEST, check_in_days=30, last_record_on=started,
    )  # fmt: skip


def write_years(pairings: list[Pairing]) -> None:
    """Notes of three years, several on one day; some voided, corrected or their author's own; 抗旱 in old ones alone."""
    chance = random.Random(5)
    notes = []
    for number in range(MANY):
        pairing = pairings[number % len(pairings)]
        day = LATEST - timedelta(days=30 * chance.randrange(36))
        texts = ["茶园" if chance.random() < 0.7 else "水渠", "看了茶园", "茶园看了", "修抽水站", "抽水，在水站"]
        text = "，".join(chance.sample(texts, 2)) + ("。抗旱" if day.year < 2025 and chance.random() < 0.6 else "。")
        note = GuidanceNote(pairing=pairing, author=pairing.mentor, happened_on=day, way="face", text=text)
        note.visibility = chance.choice(
            [Visibility.SHARED, Visibility.SHARED, Visibility.DEPARTMENT, Visibility.PRIVATE]
        )
        note.voided_at = timezone.now() if chance.random() < 0.1 else None
        note.superseded_at = timezone.now() if chance.random() < 0.1 else None
        notes.append(note)
    GuidanceNote.objects.bulk_create(notes)


def found(user: User, typed: str, near: int, size: int, **span: Any) -> list[list[str]]:
    """What stands on each page until the last."""
    source, words = replace(text_sources[NOTES], near=near), words_of(typed)
    assert words is not None
    viewer, pages, after = User.objects.get(pk=user.pk), [], ""
    while True:
        page = find_texts(source, viewer, words, size, Span(after=after, **span))
        pages.append([hit.place.url for hit in page.hits])
        after = page.following
        if not after:
            return pages


@pytest.mark.parametrize("times", [(3, 40), (1,), (1, 2)], ids=str)
@pytest.mark.parametrize("size", [3, 50])
def test_by_quarter_and_text_by_text_find_alike(
    viewers: dict[str, User], monkeypatch: Any, times: tuple[int, ...], size: int
) -> None:
    monkeypatch.setattr("cadre_app.search.finding.KEYS", times)
    for viewer in viewers.values():
        for typed in (*WORDS, "茶", "茶园 抗旱", "鲸鱼"):
            read = found(viewer, typed, near=MANY, size=size)
            for near in (0, 9):
                assert found(viewer, typed, near=near, size=size) == read
    assert [len(found(viewers[name], "抗旱", near=0, size=50)[0]) for name in viewers] == [11, 2, 0]


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2024, 2, 5), date(2024, 11, 1)),
        (date(2024, 5, 20), None),
        (None, date(2024, 5, 20)),
        (date(2024, 10, 1), None),
        (date(2010, 1, 1), date(2010, 12, 31)),
    ],
)
def test_a_period_holds_quarter_by_quarter(viewers: dict[str, User], since: date | None, until: date | None) -> None:
    for typed in WORDS:
        read = found(viewers["district"], typed, near=MANY, size=3, since=since, until=until)
        assert found(viewers["district"], typed, near=0, size=3, since=since, until=until) == read


def test_whoever_reads_a_text_reads_none_that_the_index_leaves_out(viewers: dict[str, User]) -> None:
    source = text_sources[NOTES]
    assert source.quarters is not None
    read = source.rows(viewers["district"])
    assert (read.exists(), read.exclude(source.quarters).exists()) == (True, False)


def test_quarters_are_asked_of_the_index_in_their_order(viewers: dict[str, User]) -> None:
    """Were they sorted, all would be looked up before the first text is shown; were days looked up too, half of all rows."""
    with CaptureQueriesContext(connection) as told:
        found(viewers["district"], "抗旱", near=0, size=50, until=date(2024, 5, 20))
    [asked] = [query["sql"] for query in told if "ORDINALITY" in query["sql"]]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("DROP INDEX one_correction_of_a_note")
        plan = plan_of(cursor, asked)
        cursor.execute("DROP INDEX note_grams")
        without = plan_of(cursor, asked)
    assert "Function Scan on unnest part" in plan
    assert "Sort Key: part" not in plan
    assert "Bitmap Index Scan on note_grams" in plan
    assert "note_by_day" not in without


def plan_of(cursor: Any, asked: str) -> str:
    cursor.execute("EXPLAIN " + asked.replace("%", "%%"))
    return "\n".join(line for (line,) in cursor.fetchall())


def test_many_quarters_cost_the_same_queries(viewers: dict[str, User]) -> None:
    counts = []
    for since in (date(2026, 4, 1), None):
        with CaptureQueriesContext(connection) as told:
            found(viewers["district"], "鲸鱼", near=0, size=50, since=since)
        counts.append(len(told))
    assert counts[0] == counts[1]
