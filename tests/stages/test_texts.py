"""The sentences in English; the catalogue's own test sees to the Chinese."""

from datetime import date

import pytest
from django.utils import translation

from cadre_app.policy import services
from cadre_app.stages import policies
from cadre_app.stages.labels import STAGE_CHOICES, full_label, parse, stage_label, value_of
from cadre_app.stages.rules import Facts, Rules, stage_on
from cadre_app.stages.templatetags.stages import stage_badge
from cadre_app.stages.texts import basis_text, duration_text, missing_texts, rule_text
from tests.factories import UserFactory

DAY = date(2026, 11, 23)
SECOND_YEAR, THIRD_YEAR = date(2025, 7, 7), date(2024, 6, 1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def stage(day=DAY, rules=None, **dates):
    return stage_on(Facts(**dates), day, rules or Rules())


@pytest.mark.parametrize(
    ("dates", "text"),
    [
        (
            {"arrived_on": SECOND_YEAR},
            (
                "On the reference date of 1 Sep 2026 1 year and 1 month of service completed, less than 2 years. "
                "Grade 3 from 1 Sep 2027; the advanced plan after the village term."
            ),
        ),
        (
            {"arrived_on": SECOND_YEAR, "term_ends_on": date(2027, 11, 30)},
            (
                "On the reference date of 1 Sep 2026 1 year and 1 month of service completed, less than 2 years. "
                "Grade 3 from 1 Sep 2027; the advanced plan after the village term, which ends on 30 Nov 2027."
            ),
        ),
        (
            {"arrived_on": SECOND_YEAR, "term_ends_on": date(2027, 5, 31)},
            (
                "On the reference date of 1 Sep 2026 1 year and 1 month of service completed, less than 2 years. "
                "The village term ends on 31 May 2027, the advanced plan begins on 1 Jun 2027."
            ),
        ),
        (
            {"arrived_on": SECOND_YEAR, "departed_on": date(2028, 1, 1)},
            (
                "On the reference date of 1 Sep 2026 1 year and 1 month of service completed, less than 2 years. "
                "Grade 3 from 1 Sep 2027."
            ),
        ),
        (
            {"arrived_on": SECOND_YEAR, "departed_on": date(2027, 1, 1)},
            (
                "On the reference date of 1 Sep 2026 1 year and 1 month of service completed, less than 2 years. "
                "Leaves on 1 Jan 2027."
            ),
        ),
        (
            {"arrived_on": THIRD_YEAR},
            (
                "On the reference date of 1 Sep 2026 2 years and 3 months of service, at least 2 years. "
                "The advanced plan follows the village term."
            ),
        ),
        (
            {"arrived_on": date(2026, 1, 5)},
            (
                "On the reference date of 1 Sep 2026 7 months of service, less than 1 year. "
                "Grade 2 from 1 Sep 2027; the advanced plan after the village term."
            ),
        ),
        (
            {"arrived_on": date(2026, 9, 1)},
            (
                "On the reference date of 1 Sep 2026 less than a month of service. "
                "Grade 2 from 1 Sep 2027; the advanced plan after the village term."
            ),
        ),
        (
            {"arrived_on": date(2026, 9, 2)},
            (
                "Reported for duty on 2 Sep 2026, after the reference date of 1 Sep 2026. "
                "Grade 2 from 1 Sep 2028; the advanced plan after the village term."
            ),
        ),
        ({"arrived_on": date(2026, 12, 1)}, "Reports for duty on 1 Dec 2026. Grade 1 from 1 Dec 2026."),
        (
            {"arrived_on": THIRD_YEAR, "term_ends_on": date(2026, 8, 31)},
            "The village term was due to end on 31 Aug 2026.",
        ),
        (
            {"arrived_on": THIRD_YEAR, "term_ends_on": date(2026, 8, 31), "term_confirmed": True},
            "The village term ended on 31 Aug 2026.",
        ),
        ({"arrived_on": THIRD_YEAR, "departed_on": date(2026, 5, 1)}, "Left on 1 May 2026."),
    ],
)
def test_the_rule_says_why_and_what_comes_next(dates, text):
    assert rule_text(stage(**dates)) == text


def test_the_sentence_names_the_years_of_the_settings():
    rules = Rules(second_years=2, third_years=4, month=2, day=29)
    assert rule_text(stage(rules=rules, arrived_on=date(2024, 2, 29))) == (
        "On the reference date of 28 Feb 2026 2 years of service completed, less than 4 years. "
        "Grade 3 from 29 Feb 2028; the advanced plan after the village term."
    )


@pytest.mark.parametrize(
    ("dates", "text"),
    [
        (
            {"arrived_on": date(2026, 1, 5)},
            "Second grade from: 1 year (Rules on the grades of the camp); reference date: 1 Sep (Local custom)",
        ),
        (
            {"arrived_on": SECOND_YEAR},
            (
                "Second grade from: 1 year (Rules on the grades of the camp); "
                "Third grade from: 2 years (Rules on the grades of the camp); reference date: 1 Sep (Local custom)"
            ),
        ),
        (
            {"arrived_on": THIRD_YEAR},
            "Third grade from: 2 years (Rules on the grades of the camp); reference date: 1 Sep (Local custom)",
        ),
        ({"arrived_on": THIRD_YEAR, "term_ends_on": date(2026, 8, 31)}, ""),
    ],
)
def test_the_settings_behind_a_grade_are_named_with_their_source(db, dates, text):
    assert basis_text(stage(**dates)) == text


def test_a_past_day_is_judged_and_explained_by_the_rules_of_that_day(db):
    services.add_value(
        policies.REFERENCE_MONTH,
        value=12,
        valid_from=date(2026, 1, 1),
        source="望屿组发〔2026〕1号",
        reason="调整",
        actor=UserFactory(),
    )
    before, after = (stage_on(Facts(arrived_on=SECOND_YEAR), day) for day in (date(2025, 12, 31), DAY))
    assert (before.reference_on, before.rules.month) == (date(2025, 9, 1), 9)
    assert (after.reference_on, after.grade) == (date(2025, 12, 1), 1)
    assert basis_text(before).endswith("reference date: 1 Sep (Local custom)")
    assert basis_text(after).endswith("reference date: 1 Dec (望屿组发〔2026〕1号, Local custom)")


def test_what_is_missing_is_said_in_words():
    assert missing_texts(stage(arrived_on=SECOND_YEAR)) == ["No village term has been entered"]
    assert missing_texts(stage(arrived_on=date(2026, 9, 2))) == []


@pytest.mark.parametrize(
    ("months", "text"),
    [(-1, "less than a month"), (0, "less than a month"), (1, "1 month"), (12, "1 year"), (25, "2 years and 1 month")],
)
def test_completed_months_are_written_as_years_and_months(months, text):
    assert duration_text(months) == text


def test_the_choices_of_a_filter_in_order():
    assert [(value, str(label)) for value, label in STAGE_CHOICES] == [
        ("camp-1", "Grade 1"),
        ("camp-2", "Grade 2"),
        ("camp-3", "Grade 3"),
        ("advanced", "Advanced plan"),
        ("not_arrived", "Not yet reported"),
        ("left", "Left"),
    ]


def test_a_choice_is_read_back_to_the_stage_that_it_names():
    for value, label in STAGE_CHOICES:
        assert (value_of(*parse(value)), stage_label(*parse(value))) == (value, label)


@pytest.mark.parametrize("value", ["", "camp", "camp-0", "camp-4", "camp-²", "advanced-1", "\x00", "CAMP-1"])
def test_anything_else_is_no_choice(value):
    with pytest.raises(ValueError):
        parse(value)


def test_the_head_of_a_page_names_the_camp_with_its_grade():
    assert [full_label("camp", 2), full_label("advanced")] == ["Youth camp, Grade 2", "Advanced plan"]


@pytest.mark.parametrize(
    ("shown", "html"),
    [
        (("camp", 2), '<span class="badge badge-q">Grade 2</span>'),
        (("advanced", None), '<span class="badge badge-l">Advanced plan</span>'),
        (("not_arrived", None), '<span class="badge badge-line">Not yet reported</span>'),
        (("left", None), '<span class="badge">Left</span>'),
    ],
)
def test_a_badge_has_a_word_and_the_colour_of_its_stage(shown, html):
    assert stage_badge(*shown) == html
