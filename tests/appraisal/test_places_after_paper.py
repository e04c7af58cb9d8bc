"""What was excellent on paper takes no place of a quota; who becomes excellent by a correction takes one like everybody."""

from datetime import date
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection

from cadre_app.appraisal.importing.annual import SHEET
from cadre_app.appraisal.models import AnnualAssessment, UnitQuota
from cadre_app.appraisal.services import corrections
from cadre_app.core.importing import Applied, ImportRow
from tests.appraisal.conftest import COMMENT, LATER, Town

PAPER = {"approved_by": "区委组织部", "approved_on": date(2026, 2, 10), "filed_on": date(2026, 2, 20)}
AFTER_THE_NOTICE = "2026-12-01T12:00:00+08:00"


def on_paper(town: Town, **outcomes: str) -> list[Applied]:
    """Import these results as filed, by the names of the people."""
    given = [{"name": name, "year": 2025, "outcome": outcome, **PAPER} for name, outcome in outcomes.items()]
    rows = [
        ImportRow(number, cells={key: str(value) for key, value in known.items()}, values=known)
        for number, known in enumerate(given, start=2)
    ]
    SHEET.check(rows, town.staff, lambda done, total: None)
    return SHEET.apply(rows, town.staff, lambda done, total: None)


def correct(town: Town, index: int, outcome: str, **values: Any) -> AnnualAssessment:
    """Signed off once its public notice, if there is one, is over."""
    given = {"outcome": outcome, "comment": COMMENT, "reason": "与原件不符"} | values
    proposed = corrections.propose_correction(town.row(index), **given, actor=town.staff)
    with time_machine.travel(AFTER_THE_NOTICE, tick=False):
        return corrections.sign_correction(proposed, actor=town.leader)


def test_two_on_paper_do_not_share_the_one_place_of_a_unit(town: Town) -> None:
    town.approve(1)
    on_paper(town, 林知远="competent", 陈嘉穗="competent")
    correct(town, 0, "excellent", **LATER)
    assert town.quota.excellents == 1
    with pytest.raises(ValidationError) as error:
        correct(town, 1, "excellent", **LATER)
    assert list(error.value.message_dict) == ["outcome"]
    with pytest.raises(ValidationError):
        town.enter(2, "excellent")
    assert town.quota.excellents == 1


def test_who_became_excellent_by_a_correction_keeps_and_gives_up_the_place(town: Town) -> None:
    town.approve(1)
    on_paper(town, 林知远="competent")
    correct(town, 0, "excellent", **LATER)
    one = correct(town, 0, "excellent", comment="评语有误")
    assert (one.excellent_on_paper, town.quota.excellents) == (False, 1)
    correct(town, 0, "competent")
    assert town.quota.excellents == 0


def test_who_was_excellent_on_paper_comes_back_to_it_by_a_place(town: Town) -> None:
    on_paper(town, 林知远="excellent")
    assert (town.row(0).excellent_on_paper, town.quota.excellents) == (True, 0)
    correct(town, 0, "competent")
    with pytest.raises(ValidationError) as error:
        correct(town, 0, "excellent", **LATER)
    assert list(error.value.message_dict) == ["outcome"]


def test_an_import_of_paper_that_is_undone_leaves_nothing_of_it(town: Town) -> None:
    done = on_paper(town, 林知远="excellent")
    assert SHEET.undo(done, town.staff, "误导入") == []
    assert town.row(0).excellent_on_paper is False
    done = on_paper(town, 林知远="excellent")
    del done[0].undo["was"]["excellent_on_paper"]  # as earlier versions kept it
    assert SHEET.undo(done, town.staff, "误导入") == []
    assert (town.row(0).grade, town.row(0).excellent_on_paper) == ("", False)


@pytest.mark.parametrize(("approved", "is_on_paper", "excellents"), [(3, False, 2), (1, True, 0), (None, True, 0)])
def test_an_upgrade_counts_corrections_of_before_where_the_quota_has_room(
    town: Town, approved: int | None, is_on_paper: bool, excellents: int
) -> None:
    step = import_module("cadre_app.appraisal.migrations.0003_places_after_paper")
    town.approve(3)
    on_paper(town, 林知远="competent", 陈嘉穗="competent", 黄雨桐="excellent")
    for index in range(2):
        correct(town, index, "excellent", **LATER)
    AnnualAssessment.objects.filter(grade="excellent").update(excellent_on_paper=True)  # nobody of paper was counted
    UnitQuota.objects.filter(pk=town.quota.pk).update(approved=approved)
    with connection.cursor() as cursor:
        cursor.execute(step.MARK)
        cursor.execute(step.TAKE)
    stands = {one.trainee_id: one.excellent_on_paper for one in AnnualAssessment.objects.filter(grade="excellent")}
    people = [one.pk for one in town.people]
    assert [stands[key] for key in people[:3]] == [is_on_paper, is_on_paper, True]
    assert town.quota.excellents == excellents
