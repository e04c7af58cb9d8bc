"""An outcome and a first grading that meet in one record of post and rank: neither is taken back under the other."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cadre_app.advancement.models import Outcome
from cadre_app.advancement.services import decisions, outcomes
from cadre_app.people.models import PostRecord
from cadre_app.probation.services import conclusions
from cadre_app.probation.services import decisions as grading
from tests.people.conftest import TODAY, _on_the_day, place
from tests.probation.conftest import ENDS, GRADING, Town, town

__all__ = ["_on_the_day", "place", "town"]

FURTHER: dict[str, Any] = {
    "kind": "further",
    "post": GRADING["post"],
    "document_number": "望委干〔2026〕31号",
    "published_on": TODAY,
    "effective_on": ENDS,
}


def of_use(town: Town) -> Outcome:
    outcome = outcomes.enter_outcome(town.trainee, **FURTHER, actor=town.staff)
    return decisions.sign_outcome(decisions.check_outcome(outcome, actor=town.other), actor=town.leader)


def held(town: Town) -> tuple[str, str, str]:
    record = PostRecord.objects.standing().get(trainee=town.trainee, started_on=ENDS)
    return record.post, record.rank, record.document_number


def test_a_grading_on_which_an_outcome_stands_is_not_taken_back(town: Town) -> None:
    one = town.signed()
    outcome = of_use(town)
    assert held(town) == (GRADING["post"], "11", FURTHER["document_number"])
    with pytest.raises(ValidationError) as caught:
        grading.take_sign_off_back(one, reason="误", actor=town.leader)
    assert caught.value.code == "built_on"
    assert held(town) == (GRADING["post"], "11", FURTHER["document_number"])
    outcomes.void_outcome(outcome, reason="误", actor=town.leader)
    grading.take_sign_off_back(one, reason="误", actor=town.leader)
    assert not PostRecord.objects.standing().filter(trainee=town.trainee, started_on=ENDS).exists()


def test_a_post_of_the_day_on_which_probation_ends_is_graded_and_keeps_its_outcome(town: Town) -> None:
    town.opined()
    outcome = of_use(town)
    one = conclusions.conclude_passed(town.one, **GRADING, actor=town.staff)
    one = grading.sign_conclusion(grading.check_conclusion(one, actor=town.other), actor=town.leader)
    assert held(town) == (GRADING["post"], "11", FURTHER["document_number"])
    with pytest.raises(ValidationError) as caught:
        outcomes.void_outcome(outcome, reason="误", actor=town.leader)
    assert caught.value.code == "carried"
    grading.take_sign_off_back(one, reason="误", actor=town.leader)
    assert held(town) == (GRADING["post"], "", FURTHER["document_number"])
    outcomes.void_outcome(outcome, reason="误", actor=town.leader)
    assert not PostRecord.objects.standing().filter(trainee=town.trainee, started_on=ENDS).exists()
