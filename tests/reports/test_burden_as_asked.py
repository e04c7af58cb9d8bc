"""减负清单: a demand counts in the month in which it was asked, answered or not; what was taken back asks nothing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cadre_app.appraisal.models import AnnualCorrection, AssessmentYear
from cadre_app.assignments.models import LeaveState, PostingAppraisal, PostingState, TermReview
from cadre_app.core.demands import PERSONS, UNITS, demands
from cadre_app.people.models import VillageTerm
from cadre_app.people.services import transfers
from cadre_app.probation.models import Conclusion, Probation, State
from tests.advancement.conftest import graded
from tests.assignments.factories import make_leave, make_posting
from tests.factories import TraineeFactory, UserFactory
from tests.reports.test_burden import NOVEMBER, OCTOBER, of

SEPTEMBER = date(2026, 9, 1)
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


def asked(place, party, row, key):
    """The days on which this was asked of a row of the party."""
    return [asking.on for asking in of(place, party).askings(row.pk) if asking.demand is demands[key]]


def void(row):
    type(row).objects.filter(pk=row.pk).update(voided_at=timezone.now())


class TestLeave:
    ASKED = date(2026, 9, 28)

    def leave(self, trainee, by, **fields):
        start = self.ASKED + timedelta(days=40)
        known = {"state": LeaveState.REQUESTED, "requested_on": self.ASKED} | fields
        return make_leave(trainee, on=start, actor=by, **known)

    def days(self, place):
        return asked(place, UNITS, place.town, "assignments.leaves")

    def test_one_that_waits_counts_on_the_day_it_was_asked_for(self, place, trainee):
        leave = self.leave(trainee, place.staff)
        assert self.days(place) == [self.ASKED]
        void(leave)
        assert self.days(place) == []

    def test_a_later_answer_leaves_it_in_its_month(self, place, trainee):
        self.leave(trainee, place.staff, state=LeaveState.APPROVED, confirmed_on=OCTOBER, confirmed_by=place.staff)
        assert self.days(place) == [self.ASKED]

    def test_one_that_the_person_asked_for_counts_however_it_was_decided(self, place, trainee):
        account = UserFactory.create()
        type(trainee.person).objects.filter(pk=trainee.person_id).update(account=account)
        self.leave(trainee, account, state=LeaveState.DECLINED, decline_reason="防汛值守")
        assert self.days(place) == [self.ASKED]

    def test_what_staff_entered_or_the_person_withdrew_asks_nothing(self, place, trainee):
        account = UserFactory.create()
        type(trainee.person).objects.filter(pk=trainee.person_id).update(account=account)
        self.leave(trainee, place.staff, state=LeaveState.APPROVED)
        self.leave(trainee, account, state=LeaveState.WITHDRAWN)
        assert self.days(place) == []

    def test_it_stays_with_the_unit_that_was_asked(self, place, trainee):
        self.leave(trainee, place.staff, state=LeaveState.APPROVED, confirmed_on=NOVEMBER, confirmed_by=place.staff)
        transfers.transfer_trainee(
            trainee, to_unit=place.other_town, effective_on=date(2026, 10, 15), document_number="望组干〔2026〕8号",
            actor=None,
        )  # fmt: skip
        assert self.days(place) == [self.ASKED]
        assert asked(place, UNITS, place.other_town, "assignments.leaves") == []


class TestAppraisal:
    RETURNED = date(2026, 9, 10)

    def posting(self, place, trainee, **fields):
        known = {
            "unit": place.village,
            "state": PostingState.RETURNED,
            "ended_on": date(2026, 9, 9),
            "returned_on": self.RETURNED,
        }
        return make_posting(trainee, on=date(2026, 3, 1), **known | fields)

    def days(self, place):
        return asked(place, UNITS, place.village, "assignments.appraisals")

    def written(self, place, posting, **fields):
        known = {"duties": "包干", "opinion": "扎实", "signatory": "周书记"}
        return PostingAppraisal.objects.create(
            posting=posting, written_by=place.staff, written_on=date(2026, 10, 5), **known | fields
        )

    def test_a_missing_one_counts_on_the_day_the_return_was_recorded(self, place, trainee):
        posting = self.posting(place, trainee)
        assert self.days(place) == [self.RETURNED]
        void(posting)
        assert self.days(place) == []

    def test_a_written_one_stays_in_its_month_also_when_it_is_voided(self, place, trainee):
        appraisal = self.written(place, self.posting(place, trainee))
        assert self.days(place) == [self.RETURNED]
        void(appraisal)
        assert self.days(place) == [self.RETURNED]

    def test_what_came_in_as_closed_on_paper_was_asked_of_nobody(self, place, trainee):
        paper = {"paper_signatory": "区委组织部", "signed_on": date(2026, 2, 20)}
        posting = self.posting(place, trainee, state=PostingState.CLOSED, **paper)
        appraisal = self.written(place, posting, confirmed_on=date(2026, 10, 5))
        assert self.days(place) == []
        type(appraisal).objects.filter(pk=appraisal.pk).update(confirmed_by=place.staff)
        assert self.days(place) == [self.RETURNED]


class TestVillageTerm:
    END, OPENS = date(2026, 12, 30), date(2026, 10, 1)

    def review(self, place, trainee, **fields):
        cut = fields.pop("is_cut_short", False)
        term = VillageTerm.objects.create(
            trainee=trainee, village=place.village, role="director", started_on=date(2024, 12, 31), months=24,
            due_on=self.END, is_cut_short=cut, ended_on=date(2026, 11, 2) if cut else None,
        )  # fmt: skip
        return TermReview.objects.create(term=term, due_on=self.END, **fields)

    def days(self, place, trainee):
        return asked(place, PERSONS, trainee, "assignments.summaries")

    def test_a_missing_summary_counts_on_the_day_the_review_opens(self, place, trainee):
        review = self.review(place, trainee)
        assert self.days(place, trainee) == [self.OPENS]
        void(review)
        assert self.days(place, trainee) == []

    @pytest.mark.parametrize(
        ("handed_in", "counts_on"), [(date(2026, 11, 3), OPENS), (date(2026, 9, 2), date(2026, 9, 2))]
    )
    def test_a_summary_counts_no_later_than_it_was_there(self, place, trainee, handed_in, counts_on):
        self.review(place, trainee, summary="两年来", summary_on=handed_in)
        assert self.days(place, trainee) == [counts_on]

    def test_a_term_that_ended_early_asks_nothing(self, place, trainee):
        self.review(place, trainee, is_cut_short=True)
        assert self.days(place, trainee) == []

    def test_whoever_left_before_was_not_asked(self, place, trainee):
        self.review(place, trainee)
        type(trainee).objects.filter(pk=trainee.pk).update(departed_on=self.OPENS)
        assert self.days(place, trainee) == []
        type(trainee).objects.filter(pk=trainee.pk).update(departed_on=self.OPENS + DAY)
        assert self.days(place, trainee) == [self.OPENS]


class TestProbation:
    END, OPENS = date(2026, 11, 30), date(2026, 10, 1)

    @pytest.fixture
    def probation(self, trainee):
        type(trainee).objects.filter(pk=trainee.pk).update(probation_ends_on=self.END)
        return Probation.objects.create(trainee=trainee)

    def summaries(self, place, trainee):
        return asked(place, PERSONS, trainee, "probation.summaries")

    def opinions(self, place):
        return asked(place, UNITS, place.town, "probation.opinions")

    def change(self, probation, **fields):
        Probation.objects.filter(pk=probation.pk).update(**fields)

    def test_a_missing_summary_counts_once_it_can_be_written(self, place, trainee, probation):
        assert (self.summaries(place, trainee), self.opinions(place)) == ([self.OPENS], [])
        void(probation)
        assert self.summaries(place, trainee) == []

    def test_the_unit_is_asked_once_the_summary_is_there(self, place, trainee, probation):
        day = date(2026, 10, 20)
        self.change(probation, state=State.UNDER_WAY, summary="一年来", summary_on=day)
        assert (self.summaries(place, trainee), self.opinions(place)) == ([self.OPENS], [day])
        self.change(probation, opinion="同意", opinion_on=date(2026, 11, 5), opinion_by=place.staff)
        assert (self.summaries(place, trainee), self.opinions(place)) == ([self.OPENS], [day])
        void(probation)
        assert (self.summaries(place, trainee), self.opinions(place)) == ([], [])

    def test_an_extension_leaves_the_first_round_in_its_month(self, place, trainee, probation):
        others = [UserFactory.create() for _ in range(3)]
        on = date(2026, 11, 28)
        self.change(
            probation, state=State.DEFERRED, conclusion=Conclusion.DEFERRED, comment="需再考察", reason="需再考察",
            extended_to=date(2027, 5, 31), ended_on=self.END, entered_by=others[0], entered_on=on,
            checked_by=others[1], checked_on=on, signed_by=others[2], signed_on=on,
        )  # fmt: skip
        Probation.objects.create(trainee=trainee, round=2)
        type(trainee).objects.filter(pk=trainee.pk).update(probation_ends_on=date(2027, 5, 31))
        assert self.summaries(place, trainee) == [self.OPENS]


class TestYear:
    """`graded` opens 2025 on 1 December 2025, so that twelve months until November 2026 hold it."""

    FILED, OPENED = date(2026, 1, 25), date(2025, 12, 1)

    def days(self, place, trainee, key):
        return asked(place, PERSONS, trainee, f"appraisal.{key}")

    def test_a_missing_signature_counts_on_the_day_of_the_filing(self, place, trainee):
        one = graded(trainee, 2025, filed_on=self.FILED)
        assert self.days(place, trainee, "signatures") == [self.FILED]
        void(one)
        assert self.days(place, trainee, "signatures") == []

    def test_a_later_signature_leaves_it_in_its_month(self, place, trainee):
        graded(trainee, 2025, filed_on=self.FILED, signed_on=date(2026, 3, 2))
        assert self.days(place, trainee, "signatures") == [self.FILED]

    def test_nobody_signs_what_was_filed_on_paper_or_after_they_left(self, place, trainee):
        paper = {"paper_signatory": "区委组织部", "checked_on": None}
        graded(trainee, 2025, filed_on=self.FILED, **paper)
        other = TraineeFactory.create(home_unit=place.town)
        graded(other, 2025, filed_on=self.FILED)
        type(other).objects.filter(pk=other.pk).update(departed_on=self.FILED)
        assert [self.days(place, file, "signatures") for file in (trainee, other)] == [[], []]
        assert self.days(place, trainee, "own_reports") == []

    def test_a_correction_after_the_filing_asks_again(self, place, trainee):
        one = graded(trainee, 2025, filed_on=self.FILED, corrected_on=SEPTEMBER)
        correction = AnnualCorrection.objects.create(
            assessment=one, grade="competent", reason="笔误", proposed_by=place.staff, decided_by=UserFactory.create(),
            decided_on=SEPTEMBER, is_signed=True,
        )  # fmt: skip
        both = ("signatures", "signatures_again")
        assert [self.days(place, trainee, key) for key in both] == [[self.FILED], [SEPTEMBER]]
        AnnualCorrection.objects.filter(pk=correction.pk).update(decided_on=self.FILED - DAY)
        assert [self.days(place, trainee, key) for key in both] == [[self.FILED], []]

    @pytest.mark.parametrize("reported", [None, date(2026, 1, 5)])
    def test_an_own_report_counts_on_the_day_the_year_is_opened(self, place, trainee, reported):
        one = graded(trainee, 2025, self_report_on=reported)
        assert self.days(place, trainee, "own_reports") == [self.OPENED]
        void(one)
        assert self.days(place, trainee, "own_reports") == []

    def test_an_earlier_report_counts_on_its_own_day(self, place, trainee):
        graded(trainee, 2025, self_report_on=date(2025, 12, 20))
        AssessmentYear.objects.update(starts_on=date(2026, 1, 4))
        assert self.days(place, trainee, "own_reports") == [date(2025, 12, 20)]

    def test_whoever_is_not_assessed_is_asked_no_report(self, place, trainee):
        graded(trainee, 2025, grade="", no_grade="away")
        assert self.days(place, trainee, "own_reports") == []


def test_nobody_is_asked_again_by_a_voided_year(place, trainee):
    graded(trainee, 2025, filed_on=date(2026, 1, 25))
    AssessmentYear.objects.update(voided_at=timezone.now())
    keys = ("appraisal.signatures", "appraisal.own_reports")
    assert [asked(place, PERSONS, trainee, key) for key in keys] == [[], []]
