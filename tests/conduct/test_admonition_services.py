"""What is written of admonitions: by whom they can be used, and their follow-up."""

from datetime import date
from typing import Any

import pytest

from cadre_app.conduct.models import Admonition
from cadre_app.conduct.services import admonitions
from cadre_app.people.models import Trainee
from tests.conduct.conftest import TODAY, Conduct, fields_of

pytestmark = pytest.mark.django_db


def test_an_admonition_counts_and_is_followed_up_six_months_after(conduct: Conduct) -> None:
    found = conduct.warned()
    assert (found.ends_on, found.review_due_on) == (date(2027, 2, 28), date(2027, 2, 28))


@pytest.mark.parametrize(
    ("way", "ok"), [("1", True), ("4", True), ("2", False), ("3", False), ("5", False), ("7", False)]
)
def test_without_a_leadership_post_only_the_mild_ways_are_used(conduct: Conduct, way: str, ok: bool) -> None:
    Trainee.objects.filter(pk=conduct.file.pk).update(post_level="150")
    if ok:
        assert conduct.warned(way=way).way == way
    else:
        assert fields_of(lambda: conduct.warned(way=way)) == {"way": ["no_leadership"]}


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"way": "99"}, {"way": ["not_a_way"]}),
        ({"matter": "secret"}, {"matter": ["invalid_choice"]}),
        ({"given_on": date(2026, 12, 31)}, {"given_on": ["future"]}),
        ({"answer_due_on": date(2026, 8, 1)}, {"answer_due_on": ["answer_due_on"]}),
        ({"answer_due_on": date(2036, 8, 1)}, {"answer_due_on": ["too_late"]}),
        ({"document_number": "望组函〔2026〕8号 迟到早退"}, {"document_number": ["not_a_number"]}),
        ({"document_number": "酒驾1"}, {"document_number": ["not_a_number"]}),
        ({"approver_post": "因其2026年工作失误致群众上访"}, {"approver_post": ["not_a_post"]}),
        ({"document_number": ""}, {"document_number": ["blank"]}),
    ],
)
def test_an_admonition_is_refused_beside_its_field(conduct: Conduct, values: Any, refused: Any) -> None:
    assert fields_of(lambda: conduct.warned(**values)) == refused


def test_an_admonition_has_no_room_for_the_matter_itself() -> None:
    texts = {field.name for field in Admonition._meta.fields if field.get_internal_type() == "TextField"}
    longest = {field.name: field.max_length for field in Admonition._meta.fields if field.max_length}
    assert (texts, max(longest.values())) == (set(), 60)


def test_the_follow_up_is_recorded_with_what_was_found_not_long_before_it_is_due(conduct: Conduct) -> None:
    found = conduct.warned(given_on=date(2026, 6, 20))

    def refused(day: date) -> dict[str, list[str]]:
        early = {"reviewed_on": day, "review_result": "better", "actor": conduct.named}
        return fields_of(lambda: admonitions.record_review(found, **early))

    days = (date(2026, 6, 1), date(2026, 6, 21), date(2026, 11, 19))
    assert [refused(day) for day in days] == [{"reviewed_on": ["too_early"]}] * 3
    done = admonitions.record_review(found, reviewed_on=TODAY, review_result="better", actor=conduct.named)
    assert (done.reviewed_on, done.review_result) == (TODAY, "better")
