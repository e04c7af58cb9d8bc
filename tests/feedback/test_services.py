from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cadre_app.core.models import Stale
from cadre_app.feedback import desk, services
from cadre_app.feedback.models import Feedback, FeedbackState
from cadre_app.history.models import Entry

pytestmark = pytest.mark.django_db


def test_a_suggestion_is_kept_and_recorded(author):
    given = services.give_feedback(text="字号太小", page="/units/", actor=author)
    assert (given.author, given.state, given.text) == (author, FeedbackState.OPEN, "字号太小")
    assert list(Entry.objects.values_list("verb", "actor")) == [("feedback.feedback.given", author.pk)]


def test_an_answer_is_given_and_may_be_corrected(author, staff):
    given = services.give_feedback(text="字号太小", actor=author)
    first = services.answer_feedback(given, answer="已加大", version=1, actor=staff)
    second = services.answer_feedback(given, answer="已加大一号", version=2, actor=staff)
    assert (first.state, second.answer, second.answered_by) == (FeedbackState.ANSWERED, "已加大一号", staff)
    with pytest.raises(Stale):
        services.answer_feedback(given, answer="旧页", version=2, actor=staff)


@pytest.mark.parametrize("page", ["http://example.test/", "//example.test", "/\\example.test", "javascript:1", "/a b"])
def test_only_a_page_of_this_system_is_kept(author, page):
    with pytest.raises(ValidationError) as caught:
        services.give_feedback(text="字号太小", page=page, actor=author)
    assert list(caught.value.error_dict) == ["page"]


def test_an_empty_answer_is_refused_by_service_and_database(author, staff):
    given = services.give_feedback(text="字号太小", actor=author)
    with pytest.raises(ValidationError):
        services.answer_feedback(given, answer="", version=1, actor=staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.update(state=FeedbackState.ANSWERED)


def test_staff_see_those_of_their_units_and_everybody_their_own(author, staff, other_staff):
    own = services.give_feedback(text="字号太小", actor=author)
    foreign = services.give_feedback(text="邻区的建议", actor=other_staff)
    seen = [set(Feedback.objects.visible_to(user)) for user in (author, staff, other_staff)]
    assert seen == [{own}, {own}, {foreign}]
    assert [set(Feedback.objects.to_answer(user)) for user in (author, staff, other_staff)] == [set(), {own}, set()]


def test_the_desk_names_what_waits_and_what_was_answered_in_the_last_week(author, staff, rf):
    def titles(user) -> list[tuple[str, str]]:
        request = rf.get("/")
        request.user = user
        return [(item.subject, item.url.split("/")[2]) for item in desk.items(request)]

    first = services.give_feedback(text="字号太小", actor=author)
    second = services.give_feedback(text="颜色太浅", actor=author)
    assert (len(titles(staff)), titles(author)) == (2, [])
    services.answer_feedback(first, answer="已加大", version=1, actor=staff)
    services.answer_feedback(second, answer="已加深", version=1, actor=staff)
    Feedback.objects.filter(pk=second.pk).update(answered_at=timezone.now() - timedelta(days=8))
    assert (titles(staff), len(titles(author))) == ([], 1)
