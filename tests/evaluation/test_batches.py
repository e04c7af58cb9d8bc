"""Paper: sheet by sheet and counted by question; what does not agree with the cover is not counted."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from cadre_app.accounts.models import User
from cadre_app.core.registries import verbs
from cadre_app.evaluation.forms.batches import GridForm, TallyForm
from cadre_app.evaluation.models import BatchKind, BoxedSheet, CampaignState, PaperBatch, Remark, Sheet, Subject
from cadre_app.evaluation.services import batches
from cadre_app.evaluation.services.batches import Row
from cadre_app.evaluation.services.campaigns import close_campaign
from cadre_app.evaluation.services.results import received_of, settle_campaign
from cadre_app.history.models import Entry
from tests.evaluation.conftest import Village

pytestmark = pytest.mark.django_db
TALLY = [[6, 4, 0, 0, 0], [5, 2, 1, 0, 2], [10, 0, 0, 0, 0], [4, 4, 2, 0, 0], [7, 2, 0, 0, 1]]


def begun(subject: Subject, actor: User, **changed: Any) -> PaperBatch:
    known = {"kind": BatchKind.SHEETS, "number": 2, "held_on": timezone.localdate(), "collected_by": "王组织"}
    return batches.begin_batch(subject, **known | changed, actor=actor)


def rows(number: int) -> list[Row]:
    return [Row([1, 2, 1, 2, 1], "villagers", f"第{place}张的话") for place in range(number)]


def test_sheets_are_kept_while_they_are_entered_and_stand_together_once_counted(village: Village) -> None:
    batch = begun(village.subject, village.liaison)
    batch = batches.write_sheets(batch, rows=rows(1), actor=village.liaison)
    assert batches.problem_of(batch)
    with pytest.raises(ValidationError):
        batches.count_batch(batch, actor=village.liaison)
    batch = batches.write_sheets(batch, rows=rows(2), actor=village.liaison)
    counted = batches.count_batch(batch, actor=village.liaison)
    assert (counted.state, counted.rows, BoxedSheet.objects.count()) == ("counted", [], 0)
    assert (Sheet.objects.count(), set(Remark.objects.values_list("text", flat=True))) == (
        2,
        {"第0张的话", "第1张的话"},
    )
    with pytest.raises(ValidationError):
        batches.void_batch(counted, reason="错", actor=village.liaison)


@pytest.mark.parametrize(
    "row", [Row([1, 2, None, 2, 1], "villagers"), Row([1, 2, 6, 2, 1], "villagers"), Row([1, 2, 1, 2, 1], "")]
)
def test_an_incomplete_sheet_is_kept_and_not_counted(village: Village, row: Row) -> None:
    batch = begun(village.subject, village.liaison)
    batch = batches.write_sheets(batch, rows=[*rows(1), row], actor=village.liaison)
    assert len(batch.rows) == 2
    with pytest.raises(ValidationError):
        batches.count_batch(batch, actor=village.liaison)


@pytest.mark.parametrize(
    "tally", [[], TALLY[:4], [[6, 4, 0, 0, 1], *TALLY[1:]], [*TALLY[:4], [7, 2, 0, 0, 0]], [[10], *TALLY[1:]]]
)
def test_a_tally_adds_up_to_the_sheets_at_every_question(village: Village, tally: list[list[int]]) -> None:
    batch = begun(village.subject, village.liaison, kind=BatchKind.TALLY, number=10)
    batch = batches.write_tally(batch, tally=tally, comments=[], actor=village.liaison)
    with pytest.raises(ValidationError):
        batches.count_batch(batch, actor=village.liaison)


def test_a_tally_is_counted_with_its_comments(village: Village) -> None:
    batch = begun(village.subject, village.liaison, kind=BatchKind.TALLY, number=10)
    batch = batches.write_tally(batch, tally=TALLY, comments=["说话客气。"], actor=village.liaison)
    batches.count_batch(batch, actor=village.liaison)
    assert received_of([village.subject])[village.subject.pk].sheets == 10
    close_campaign(village.now(), actor=village.liaison)
    settle_campaign(village.now(), actor=village.liaison)
    subject = village.subject
    assert (subject.outcome, subject.sheets, subject.counts) == ("valid", 10, TALLY)
    assert (subject.satisfied, subject.judged) == (9, 9)
    assert list(subject.remarks.values_list("text", flat=True)) == ["说话客气。"]


def test_a_counted_tally_is_taken_back_until_the_result_is_valid(village: Village) -> None:
    batch = begun(village.subject, village.liaison, kind=BatchKind.TALLY, number=10)
    batch = batches.write_tally(batch, tally=TALLY, comments=[], actor=village.liaison)
    batch = batches.count_batch(batch, actor=village.liaison)
    voided = batches.void_batch(batch, reason="错", actor=village.liaison)
    assert received_of([village.subject])[village.subject.pk].sheets == 0
    batches.restore_batch(voided, actor=village.liaison)
    close_campaign(village.now(), actor=village.liaison)
    settle_campaign(village.now(), actor=village.liaison)
    batch = PaperBatch.objects.select_related("subject__campaign").get()
    with pytest.raises(ValidationError):
        batches.void_batch(batch, reason="错", actor=village.liaison)


@pytest.mark.parametrize("name", ["林知远", "林 知远", "林知远、王组织", "林\u200b知远"])
def test_the_person_evaluated_collects_nothing(village: Village, name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        begun(village.subject, village.liaison, collected_by=name)
    assert list(refused.value.error_dict) == ["collected_by"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"number": 0}, "number"), ({"number": 61}, "number"), ({"number": 5001, "kind": "tally"}, "number")],
)
def test_a_batch_has_a_size(village: Village, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        begun(village.subject, village.liaison, **changed)
    assert list(refused.value.error_dict) == [field]


def test_a_comment_with_a_marking_is_refused(village: Village) -> None:
    batch = begun(village.subject, village.liaison, kind=BatchKind.TALLY, number=10)
    with pytest.raises(ValidationError):
        batches.write_tally(batch, tally=TALLY, comments=["秘密★1年"], actor=village.liaison)


def test_history_keeps_that_sheets_were_entered_and_never_what(village: Village) -> None:
    batch = begun(village.subject, village.liaison)
    batch = batches.write_sheets(batch, rows=rows(2), actor=village.liaison)
    batches.count_batch(batch, actor=village.liaison)
    written = " ".join(f"{entry.before} {entry.after}" for entry in Entry.objects.all())
    assert "第0张的话" not in written
    assert {entry.verb for entry in Entry.objects.all()} <= set(verbs)


def test_the_grid_keeps_what_was_typed_and_counts_what_is_whole(village: Village, client_of: Any) -> None:
    client = client_of(village.liaison)
    batch = begun(village.subject, village.liaison)
    url = reverse("evaluation:batch_enter", kwargs={"pk": batch.pk})
    line = {"q1_0": "1", "q2_0": "5", "q3_0": "9", "q4_0": "1", "q5_0": "1", "who_0": "party", "text_0": "肯跑"}
    wrong = client.post(url, line | {"version": batch.version})
    assert wrong.status_code == 200
    assert "肯跑" in wrong.content.decode()
    second = {"q1_1": "1", "q2_1": "1", "q3_1": "1", "q4_1": "1", "q5_1": "1", "who_1": "other"}
    kept = client.post(url, line | second | {"q3_0": "2", "version": batch.version, "then": "count"})
    assert kept.status_code == 302
    assert kept["Location"] == reverse("evaluation:batch_count", kwargs={"pk": batch.pk})
    batch.refresh_from_db()
    assert batch.rows == [[[1, 5, 2, 1, 1], "party", "肯跑"], [[1, 1, 1, 1, 1], "other", ""]]
    assert client.post(kept["Location"], {"version": batch.version}).status_code == 302
    assert Sheet.objects.count() == 2


def test_the_tally_says_beside_a_question_that_it_does_not_add_up(village: Village, client_of: Any) -> None:
    batch = begun(village.subject, village.liaison, kind=BatchKind.TALLY, number=10)
    url = reverse("evaluation:batch_enter", kwargs={"pk": batch.pk})
    boxes = {f"n{question}_1": "10" for question in range(1, 6)} | {"n2_1": "9"}
    response = client_of(village.liaison).post(url, boxes | {"version": batch.version})
    assert list(response.context["form"].errors) == ["n2_1"]
    assert response.context["form"].errors["n2_1"] == ["9 answers on 10 sheets: they have to be as many."]


def test_what_is_wrong_is_named_by_question_and_sheet(village: Village) -> None:
    tally = begun(village.subject, village.liaison, kind=BatchKind.TALLY, number=10)
    form = TallyForm({"n1_2": "-1"}, batch=tally)
    assert str(form["n1_2"].label) == gettext("Question %(number)s, “%(choice)s”") % {
        "number": 1,
        "choice": form.sheet.questions[0].choices[1],
    }
    grid = GridForm({"q3_4": "9"}, batch=begun(village.subject, village.liaison, number=6))
    labels = [str(grid[name].label) for name in ("q3_4", "who_4", "text_4")]
    assert labels[0] == gettext("Sheet %(sheet)s, %(what)s") % {
        "sheet": 5,
        "what": pgettext("evaluation", "Question %(number)s") % {"number": 3},
    }
    assert {"5" in label for label in labels} == {True}


def test_no_paper_is_entered_before_it_is_open(village: Village) -> None:
    type(village.campaign).objects.update(state=CampaignState.PLANNED)
    with pytest.raises(ValidationError):
        begun(village.subject, village.liaison)
