import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError
from django.utils import timezone, translation

from cadre_app.core.context import RequestContext, current_request
from cadre_app.core.models import Stale
from cadre_app.history.models import Entry
from cadre_app.policy import services, snapshot
from cadre_app.policy.models import PolicyValue
from cadre_app.policy.overview import value_lines
from cadre_app.policy.registry import policies
from cadre_app.policy.specs import BoolPolicy, ChoicePolicy, DatePolicy, DecimalPolicy, IntPolicy, TextPolicy
from cadre_app.policy.values import ACCOUNTS_IDLE_MINUTES, CORE_CONTACT_PHONE

DAY = date(2026, 3, 1)


def add(actor, value=20, valid_from=DAY, policy=ACCOUNTS_IDLE_MINUTES):
    return services.add_value(
        policy, value=value, valid_from=valid_from, source="内部通知", reason="按要求调整", actor=actor
    )


@pytest.fixture
def in_request():
    token = current_request.set(RequestContext(uuid.uuid4().hex))
    yield
    current_request.reset(token)


def test_the_settings_of_this_part_are_exactly_these():
    assert policies.keys() == (
        "accounts.idle_minutes",
        "accounts.mentor_idle_hours",
        "accounts.staff_session_hours",
        "accounts.lock_threshold",
        "accounts.lock_minutes",
        "accounts.slip_days",
        "core.organization_name",
        "core.district_name",
        "core.city_name",
        "core.contact_phone",
        "jobs.result_days",
        "files.most_megabytes",
        "files.keep_removed_days",
        "stages.second_grade_years",
        "stages.third_grade_years",
        "stages.reference_month",
        "stages.reference_day",
        "people.file_prefix",
        "people.arrival_days",
        "people.probation_months",
        "people.term_months",
        "people.minimum_service_years",
        "reminders.quiet_from",
        "reminders.quiet_until",
        "reminders.digest_hour",
        "reminders.monthly_cap",
        "reminders.backlog_days",
        "reminders.outside_workdays",
        "care.talk_months",
        "care.trigger_days",
        "care.problem_days",
        "care.visit_most",
        "handover.months",
        "achievements.unit_days",
        "achievements.department_days",
        "evaluation.least_sheets",
        "evaluation.codes_on",
        "probation.assess_days",
        "probation.open_days",
        "probation.opinion_days",
        "probation.extension_months",
        "probation.extension_times",
        "probation.rank_doctor",
        "probation.rank_master",
        "probation.rank_bachelor",
        "probation.rank_other",
        "appraisal.entry_month",
        "appraisal.entry_days",
        "appraisal.notice_days",
        "appraisal.signature_days",
        "appraisal.review_days",
        "appraisal.excellent_share",
        "appraisal.away_days",
        "appraisal.quarter_days",
        "appraisal.criteria_years",
        "conduct.followed_months",
        "conduct.number_days",
        "advancement.figures_since",
        "advancement.rank_years",
        "advancement.rank_excellent_months",
        "advancement.rank_skips_basic",
        "advancement.rank_skips_no_grade",
        "advancement.rank_skips_periods",
        "imports.most_rows",
        "imports.keep_days",
        "reports.cap_of_a_person",
        "reports.cap_of_a_unit",
        "mentorship.pairing_months",
        "mentorship.newcomer_months",
        "mentorship.agreement_days",
        "mentorship.check_in_days",
        "mentorship.note_days",
        "mentorship.note_edit_days",
        "mentorship.remind_political",
        "mentorship.ending_days",
        "mentorship.review_months",
        "mentorship.quiet_days",
        "mentorship.max_load",
        "mentorship.agreement_prefix",
        "mentorship.letter_prefix",
        "mentorship.burden_cap",
        "training.hours_per_year",
        "training.county_hours",
        "training.online_counts",
        "training.online_cap",
        "training.missed_part",
        "training.pass_marks",
        "training.group_size",
        "training.wait_days",
        "training.orders_per_round",
        "training.result_days",
        "training.feedback_days",
        "training.feedback_threshold",
        "training.code_on",
        "training.code_seconds",
        "training.induction_months",
        "training.certificate_prefix",
        "postings.shadow_months",
        "postings.shadow_extensions",
        "postings.shadow_cooling_months",
        "postings.resume_months",
        "postings.temporary_least_months",
        "postings.temporary_most_months",
        "postings.loan_months",
        "postings.village_months",
        "postings.mid_term_from_months",
        "postings.compliance_weekday",
        "postings.document_days",
        "postings.appraisal_days",
        "postings.due_soon_days",
        "postings.leave_by_unit_days",
        "postings.leave_counted_from_days",
        "postings.notice_days",
        "postings.term_review_days",
        "postings.reviewers",
        "postings.review_days",
        "postings.competition_reviewers",
        "postings.leave_kinds_counted",
        "postings.figures_since",
        "api.calls_a_minute",
    )


def test_every_default_is_a_valid_value_and_survives_storing():
    for policy in policies.values():
        assert policy.from_json(policy.to_json(policy.clean(policy.default))) == policy.default


def test_a_value_applies_from_its_day_on_and_the_default_before(sysadmin):
    add(sysadmin, 20, DAY)
    add(sysadmin, 30, date(2026, 6, 1))
    days = [date(1, 1, 1), date(2026, 2, 28), DAY, date(2026, 5, 31), date(2026, 6, 1), date(9999, 12, 31)]
    assert [ACCOUNTS_IDLE_MINUTES.on(day) for day in days] == [15, 15, 20, 20, 30, 30]


def test_a_request_asks_once_and_sees_its_own_change(sysadmin, in_request, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [ACCOUNTS_IDLE_MINUTES.on(DAY), CORE_CONTACT_PHONE.on(DAY)] == [15, ""]
    add(sysadmin, 20)
    assert ACCOUNTS_IDLE_MINUTES.on(DAY) == 20


def test_outside_requests_a_block_that_holds_asks_once(db, django_assert_num_queries):
    with django_assert_num_queries(1), snapshot.held():
        ACCOUNTS_IDLE_MINUTES.on(DAY)
        with snapshot.held():
            CORE_CONTACT_PHONE.on(DAY)


def test_in_a_request_a_block_that_holds_keeps_what_was_read(db, in_request, django_assert_num_queries):
    with django_assert_num_queries(1):
        ACCOUNTS_IDLE_MINUTES.on(DAY)
        with snapshot.held():
            CORE_CONTACT_PHONE.on(DAY)


def test_the_source_is_that_of_the_value_in_force(sysadmin):
    add(sysadmin, 20, DAY)
    days = [DAY - timedelta(days=1), DAY]
    assert [ACCOUNTS_IDLE_MINUTES.source_on(day) for day in days] == [str(ACCOUNTS_IDLE_MINUTES.source), "内部通知"]


def test_the_next_request_sees_a_change_made_by_another_process(sysadmin, in_request):
    assert ACCOUNTS_IDLE_MINUTES.on(DAY) == 15
    PolicyValue.objects.create(key="accounts.idle_minutes", value=45, valid_from=DAY, source="x", reason="x")
    current_request.set(RequestContext("the-next-request"))
    assert ACCOUNTS_IDLE_MINUTES.on(DAY) == 45


def test_before_the_tables_exist_the_default_stands(monkeypatch):
    def missing():
        error = ProgrammingError("relation does not exist")
        error.__cause__ = type("UndefinedTable", (Exception,), {"pgcode": "42P01"})()
        raise error

    monkeypatch.setattr(snapshot, "_read_settings", missing)
    assert ACCOUNTS_IDLE_MINUTES.now() == 15


@pytest.mark.parametrize("value", [4, 121, "20", True, None, 7.5])
def test_a_value_of_another_type_or_out_of_bounds_is_refused(sysadmin, value):
    with pytest.raises(ValidationError):
        add(sysadmin, value)
    assert PolicyValue.objects.count() == 0


def test_one_day_has_one_value(sysadmin):
    add(sysadmin, 20)
    with pytest.raises(ValidationError, match="already a value") as caught, translation.override("en"):
        add(sysadmin, 30)
    assert caught.value.error_dict.keys() == {"__all__"}


def test_a_correction_keeps_the_day_and_the_history_both_values(sysadmin):
    item = add(sysadmin, 20)
    services.correct_value(
        item, ACCOUNTS_IDLE_MINUTES, value=25, source="内部通知", reason="录入有误", version=1, actor=sysadmin
    )
    entry = Entry.objects.about(item).get(verb="policy.value.corrected")
    assert (entry.before["value"], entry.after["value"], entry.reason) == (20, 25, "录入有误")
    assert ACCOUNTS_IDLE_MINUTES.on(DAY) == 25


def test_a_correction_based_on_an_old_page_is_stale(sysadmin):
    item = add(sysadmin, 20)
    arguments = {"source": "通知", "reason": "录入有误", "version": 1, "actor": sysadmin}
    services.correct_value(item, ACCOUNTS_IDLE_MINUTES, value=25, **arguments)
    with pytest.raises(Stale):
        services.correct_value(item, ACCOUNTS_IDLE_MINUTES, value=35, **arguments)
    assert ACCOUNTS_IDLE_MINUTES.on(DAY) == 25


def test_only_a_value_to_come_can_be_withdrawn(sysadmin):
    today = timezone.localdate()
    now, later = add(sysadmin, 20, today), add(sysadmin, 30, today + timedelta(days=1))
    services.withdraw_value(later, reason="暂缓", version=1, actor=sysadmin)
    assert ACCOUNTS_IDLE_MINUTES.on(today + timedelta(days=1)) == 20
    with pytest.raises(ValidationError):
        services.withdraw_value(now, reason="暂缓", version=1, actor=sysadmin)
    assert ACCOUNTS_IDLE_MINUTES.on(today) == 20


def test_the_list_of_values_says_which_one_is_in_force(sysadmin):
    items = [add(sysadmin, 20, date(2026, 1, 1)), add(sysadmin, 30, date(2026, 2, 1)), add(sysadmin, 40, DAY)]
    lines = value_lines(ACCOUNTS_IDLE_MINUTES, items, date(2026, 2, 10))
    assert [line.state for line in lines] == ["wait", "ok", "idle", "idle"]


NAMES = {"key": "x", "label": "x", "group": "office"}


@pytest.mark.parametrize(
    ("policy", "stored"),
    [
        (IntPolicy(**NAMES, default=7), 7),
        (DecimalPolicy(**NAMES, default=Decimal("0.5")), "0.5"),
        (BoolPolicy(**NAMES, default=True), True),
        (DatePolicy(**NAMES, default=date(2024, 2, 29)), "2024-02-29"),
        (TextPolicy(**NAMES, default="望屿区"), "望屿区"),
        (ChoicePolicy(**NAMES, default="a", choices=(("a", "A"),)), "a"),
    ],
)
def test_every_kind_of_setting_stores_plain_values(policy, stored):
    assert policy.to_json(policy.default) == stored
    assert policy.from_json(stored) == policy.clean(policy.default) == policy.default


@pytest.mark.parametrize(
    ("policy", "wrong"),
    [
        (DecimalPolicy(**NAMES, default=Decimal(1)), "NaN"),
        (BoolPolicy(**NAMES, default=True), "yes"),
        (DatePolicy(**NAMES, default=DAY), "2026-03-01"),
        (TextPolicy(**NAMES, default="望屿区"), "  "),
        (ChoicePolicy(**NAMES, default="a", choices=(("a", "A"),)), "b"),
    ],
)
def test_every_kind_of_setting_refuses_what_it_is_not(policy, wrong):
    with pytest.raises(ValidationError):
        policy.clean(wrong)
