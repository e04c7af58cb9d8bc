"""What happens at the same moment to one review."""

import pytest

from cadre_app.core.models import Stale
from cadre_app.mentorship.models import PairingReview
from cadre_app.mentorship.services import review_decisions
from tests.accounts.test_races import at_once
from tests.mentorship.reviews.conftest import concluded, written

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_four_sign_offs_at_once_one_counts(place, review, leader):
    done = concluded(review, place.staff)
    outcomes = at_once(*[lambda: review_decisions.sign_off_review(done, actor=leader).pk] * 4)
    assert (outcomes.count("refused"), PairingReview.objects.count()) == (3, 2)


def test_two_who_conclude_from_the_same_page_do_not_overwrite_each_other(place, review):
    done = written(review, place.staff)
    version = PairingReview.objects.get(pk=done.pk).version

    def conclude(text):
        def answered():
            try:
                review_decisions.conclude_review(done, conclusion=text, version=version, actor=place.staff)
            except Stale:
                return "stale"
            return "concluded"

        return answered

    assert sorted(at_once(conclude("一"), conclude("二"))) == ["concluded", "stale"]
