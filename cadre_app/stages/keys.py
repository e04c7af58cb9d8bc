"""Codes of the rules: tables keep them, so that they know nothing of the settings by which rules count."""

from enum import StrEnum


class Rule(StrEnum):
    """Which rule says so; texts.rule_text gives its sentence."""

    NOT_ARRIVED = "not_arrived"
    AFTER_REFERENCE = "after_reference"
    FIRST_GRADE = "first_grade"
    SECOND_GRADE = "second_grade"
    THIRD_GRADE = "third_grade"
    TERM_ENDED = "term_ended"
    LEFT = "left"
