"""The box: nothing that the database keeps leads from a sheet to a code (ADR 24)."""

import uuid
from typing import Any

import pytest
from django.db import connection, models
from django.utils import timezone

from cadre_app.evaluation.models import (
    BatchKind,
    BatchState,
    BoxedSheet,
    Campaign,
    CampaignState,
    OneTimeCode,
    Outcome,
    PaperBatch,
    Remark,
    Sheet,
    Subject,
    Way,
)
from cadre_app.evaluation.policies import CODES_ON
from cadre_app.evaluation.services import batches, codes
from cadre_app.evaluation.services.box import LEAST, stir_box
from cadre_app.evaluation.services.campaigns import close_campaign
from cadre_app.evaluation.services.results import Received, received_of, settle_campaign
from cadre_app.history.models import Entry
from tests.evaluation.factories import make_campaign, make_town, make_user, put_sheets, subject_of
from tests.factories import TraineeFactory

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = 200


@pytest.fixture
def codes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cadre_app.evaluation.services.codes.CODES_ON", _On())


class _On:
    def now(self) -> bool:
        return True


def rows_of(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def filled(number: int, *, stir_every: int = 0) -> tuple[Subject, list[str]]:
    """A person with so many codes used one after the other; each sheet can be told by its comment."""
    town = make_town()
    actor = make_user(town)
    campaign = make_campaign(TraineeFactory.create(home_unit=town), way=Way.CODE)
    subject = subject_of(campaign)
    tokens = [
        token
        for _round in range(-(-number // 200))
        for token in codes.make_codes(subject, number=min(number, 200), actor=actor)
    ]
    for place, token in enumerate(tokens[:number]):
        codes.fill_in(token, answers=[1, 1, 1, 1, 1], respondent="other", comment=f"第{place:04d}张")
        if stir_every and place % stir_every == stir_every - 1:
            stir_box()
    return subject, tokens[:number]


def groups_of(table: str) -> list[int]:
    """How many rows of the table each transaction wrote, the fewest first."""
    return sorted(count for _xmin, count in rows_of(f"SELECT xmin::text, count(*) FROM {table} GROUP BY 1"))  # noqa: S608


def order_of_use(tokens: list[str]) -> dict[str, int]:
    return {codes.digest_of(token): place for place, token in enumerate(tokens)}


def correlation(places: list[int]) -> float:
    """Spearman's of an order of 0…n-1 with the natural one."""
    size = len(places)
    squares = sum((place - rank) ** 2 for rank, place in enumerate(places))
    return 1 - 6 * squares / (size * (size**2 - 1))


def test_no_table_of_sheets_has_a_time_a_counter_or_a_version() -> None:
    for model in (OneTimeCode, BoxedSheet, Sheet, Remark):
        kinds = {type(field) for field in model._meta.concrete_fields}
        assert not kinds & {
            models.DateField,
            models.DateTimeField,
            models.TimeField,
            models.AutoField,
            models.BigAutoField,
        }
        assert type(model._meta.pk) is models.UUIDField
        assert model._meta.pk.default is uuid.uuid4


def test_defaults_of_the_tables_are_neither_times_nor_counters() -> None:
    found = rows_of(
        "SELECT table_name, column_name, data_type, column_default FROM information_schema.columns "
        "WHERE table_name IN ('evaluation_onetimecode', 'evaluation_boxedsheet', 'evaluation_sheet', 'evaluation_remark') "
        "AND (column_default IS NOT NULL OR data_type ~ 'time|date' OR is_identity = 'YES')"
    )
    assert found == []


def test_ten_are_kept_back_until_the_end(codes_on: None) -> None:
    subject, _tokens = filled(2 * LEAST - 1)
    assert stir_box() == 0
    assert (Sheet.objects.count(), BoxedSheet.objects.count()) == (0, 2 * LEAST - 1)
    put_sheets(subject, 1)
    assert stir_box() == LEAST
    assert (Sheet.objects.count(), BoxedSheet.objects.count()) == (LEAST, LEAST)


def test_what_was_stirred_and_did_not_change_is_left_alone(codes_on: None) -> None:
    filled(3)
    stir_box()
    before = set(BoxedSheet.objects.values_list("pk", flat=True))
    assert stir_box() == 0
    assert set(BoxedSheet.objects.values_list("pk", flat=True)) == before


def test_no_sheet_can_be_joined_to_a_code_by_transaction_place_or_key(codes_on: None) -> None:
    """Stirred again and again while codes are used, then counted: the way of a real evaluation."""
    subject, _tokens = filled(NUMBER, stir_every=17)
    campaign = subject.campaign
    actor = make_user(campaign.unit)
    close_campaign(campaign, actor=actor)
    settle_campaign(campaign, actor=actor)
    assert Sheet.objects.count() == NUMBER
    # By transaction: every group of sheets and of comments is ten or more, and all used codes are of one transaction.
    for table in ("evaluation_sheet", "evaluation_remark"):
        assert min(groups_of(table)) >= LEAST
    assert len(rows_of("SELECT DISTINCT xmin::text FROM evaluation_onetimecode WHERE is_used")) == 1
    joined = rows_of(
        "SELECT c.id, count(*) FROM evaluation_onetimecode c JOIN evaluation_sheet s ON s.xmin = c.xmin GROUP BY 1"
    )
    assert all(count >= LEAST for _code, count in joined)
    # By key: none is shared, and none tells when it was made.
    keys = {key for model in (OneTimeCode, Sheet, Remark) for key in model.objects.values_list("pk", flat=True)}
    assert len(keys) == 3 * NUMBER
    assert {key.version for key in keys} == {4}


def test_the_place_of_a_sheet_does_not_tell_when_its_code_was_used(codes_on: None) -> None:
    """Of 200 sheets an order says nothing: beyond 0.3 lies one shuffle in 40,000."""
    _subject, tokens = filled(NUMBER)
    stir_box()
    use = order_of_use(tokens)
    remarks = [int(text[1:5]) for (text,) in rows_of("SELECT text FROM evaluation_remark ORDER BY ctid")]
    first = {place: rank for rank, place in enumerate(sorted(remarks))}
    assert abs(correlation([first[place] for place in remarks])) < 0.3
    by_key = [int(text[1:5]) for (text,) in rows_of("SELECT text FROM evaluation_remark ORDER BY id")]
    assert abs(correlation([first[place] for place in by_key])) < 0.3
    by_code = [
        use[digest] for (digest,) in rows_of("SELECT digest FROM evaluation_onetimecode WHERE is_used ORDER BY id")
    ]
    assert abs(correlation(by_code)) < 0.3


def test_choices_and_comments_of_one_sheet_do_not_stand_in_the_same_place(codes_on: None) -> None:
    town = make_town()
    campaign = make_campaign(TraineeFactory.create(home_unit=town))
    subject = subject_of(campaign)
    for place in range(60):
        put_sheets(
            subject, 1, answers=(place % 4 + 1, place // 4 % 4 + 1, place // 16 + 1, 1, 1), comment=f"第{place:04d}张"
        )
    stir_box(final=[subject.pk])
    sheets = rows_of("SELECT answers FROM evaluation_sheet ORDER BY ctid")
    texts = rows_of("SELECT text FROM evaluation_remark ORDER BY ctid")
    ones = [(answers[0] - 1) + 4 * (answers[1] - 1) + 16 * (answers[2] - 1) for (answers,) in sheets]
    others = [int(text[1:5]) for (text,) in texts]
    assert sum(one == other for one, other in zip(ones, others, strict=True)) < 10


def test_what_waits_stands_in_one_transaction_and_cannot_be_read_without_the_key(codes_on: None) -> None:
    filled(5)
    stir_box()
    assert rows_of("SELECT count(DISTINCT xmin::text) FROM evaluation_boxedsheet") == [(1,)]
    assert rows_of("SELECT count(DISTINCT xmin::text) FROM evaluation_onetimecode WHERE is_used") == [(1,)]
    assert not any("第" in content for (content,) in rows_of("SELECT content FROM evaluation_boxedsheet"))


def test_the_rows_that_left_the_box_are_gone_from_the_disk(codes_on: None) -> None:
    """An emptied table has a new file: there is no dead row that a later look could read."""
    filled(2 * LEAST)
    before = rows_of("SELECT pg_relation_filenode('evaluation_boxedsheet')")
    stir_box()
    assert rows_of("SELECT pg_relation_filenode('evaluation_boxedsheet')") != before


def test_history_and_sent_forms_know_no_code(codes_on: None) -> None:
    _subject, tokens = filled(12)
    stir_box()
    written = " ".join(f"{entry.before} {entry.after} {entry.reason}" for entry in Entry.objects.all())
    for token in tokens:
        assert token not in written
        assert codes.digest_of(token) not in written
    assert Entry.objects.filter(verb__contains="sheet").count() == 0


def tallied(subject: Subject, number: int) -> PaperBatch:
    """So many sheets counted by question, all of the third choice, with one comment."""
    return PaperBatch.objects.create(
        subject=subject,
        kind=BatchKind.TALLY,
        number=number,
        held_on=subject.campaign.opens_on,
        collected_by="王组织",
        state=BatchState.COUNTED,
        tally=[[0, 0, number, 0, 0]] * 5,
        comments=["办事有回音。"],
        entered_by=make_user(subject.campaign.unit),
    )


def counted(subject: Subject) -> Subject:
    """The person once the evaluation is closed and counted."""
    actor = make_user(subject.campaign.unit)
    close_campaign(subject.campaign, actor=actor)
    settle_campaign(subject.campaign, actor=actor)
    return Subject.objects.get(pk=subject.pk)


@pytest.mark.parametrize("by_code", [1, LEAST - 1])
def test_fewer_than_ten_by_code_are_no_part_of_a_result_and_are_forgotten(codes_on: None, by_code: int) -> None:
    """Whoever entered the paper takes it off the result: what is left must not be somebody's sheet."""
    subject, _tokens = filled(by_code)
    tallied(subject, LEAST)
    assert received_of([subject])[subject.pk] == Received(LEAST, by_code)
    subject = counted(subject)
    assert (subject.outcome, subject.sheets, subject.codes_left_out) == (Outcome.VALID, LEAST, by_code)
    assert subject.counts == [[0, 0, LEAST, 0, 0]] * 5
    assert (Sheet.objects.count(), BoxedSheet.objects.count()) == (0, 0)
    assert list(Remark.objects.values_list("text", flat=True)) == ["办事有回音。"]


def test_fewer_than_ten_by_code_are_no_part_of_enough(codes_on: None) -> None:
    """Nine by code and nine on paper are eighteen sheets and no result; with one code more they are nineteen and one."""
    subject, _tokens = filled(LEAST - 1)
    tallied(subject, LEAST - 1)
    small = counted(subject)
    assert (small.outcome, small.sheets, small.codes_left_out) == (Outcome.SMALL, None, 0)
    assert (Sheet.objects.count(), Remark.objects.count(), BoxedSheet.objects.count()) == (0, 0, LEAST - 1)
    put_sheets(subject, 1)
    actor = make_user(subject.campaign.unit)
    settle_campaign(Campaign.objects.get(), actor=actor)
    valid = Subject.objects.get(pk=subject.pk)
    assert (valid.outcome, valid.sheets, valid.codes_left_out) == (Outcome.VALID, 2 * LEAST - 1, 0)
    assert valid.counts[0] == [LEAST, 0, LEAST - 1, 0, 0]


def test_paper_is_never_in_the_box_and_hides_no_code(codes_on: None) -> None:
    """Nine paper sheets entered one by one are sheets at once; the tenth, by code, waits alone and is forgotten."""
    subject, _tokens = filled(1)
    actor = make_user(subject.campaign.unit)
    for number in (LEAST - 1, 1):
        batch = batches.begin_batch(
            subject, kind="sheets", number=number, held_on=timezone.localdate(), collected_by="王组织", codeless=True,
            actor=actor,
        )  # fmt: skip
        rows = [batches.Row([2, 2, 2, 2, 2], "villagers", f"纸{place}") for place in range(number)]
        batches.count_batch(batches.write_sheets(batch, rows=rows, actor=actor), actor=actor)
    assert (Sheet.objects.count(), BoxedSheet.objects.count()) == (LEAST, 1)
    subject = counted(subject)
    assert (subject.sheets, subject.codes_left_out) == (LEAST, 1)
    assert subject.counts == [[0, LEAST, 0, 0, 0]] * 5
    assert not Remark.objects.filter(text__startswith="第").exists()


def test_with_too_few_nothing_leaves_the_box(codes_on: None) -> None:
    subject, _tokens = filled(9)
    campaign = subject.campaign
    actor = make_user(campaign.unit)
    close_campaign(campaign, actor=actor)
    settled = settle_campaign(campaign, actor=actor)
    subject.refresh_from_db()
    assert settled.state == CampaignState.SMALL
    assert (subject.outcome, subject.sheets, subject.counts) == ("small", None, [])
    assert (Sheet.objects.count(), BoxedSheet.objects.count(), Remark.objects.count()) == (0, 9, 0)


def test_the_last_nineteen_leave_together(codes_on: None) -> None:
    """What is kept back is never less than ten once sheets went before: no small group is left at the end."""
    subject, _tokens = filled(LEAST + LEAST)
    stir_box()
    actor = make_user(subject.campaign.unit)
    put_sheets(subject, 9)
    stir_box()
    close_campaign(subject.campaign, actor=actor)
    settle_campaign(subject.campaign, actor=actor)
    assert groups_of("evaluation_sheet") == [LEAST, LEAST + 9]


def test_codes_are_off_until_the_office_switches_them_on() -> None:
    assert CODES_ON.now() is False
