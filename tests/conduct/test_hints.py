"""What annual grades suggest."""

import pytest

from cadre_app.conduct.hints import Graded, HintKind, hints_of

COMMENDATION, MERIT = HintKind.COMMENDATION, HintKind.MERIT


def graded(text: str, status: str = "civil_servant") -> list[Graded]:
    """One letter a year from 2020 on: e(xcellent), c(ompetent), b(asic), n(one)."""
    words = {"e": "excellent", "c": "competent", "b": "basic_competent"}
    return [Graded(2020 + number, words[one], status) for number, one in enumerate(text) if one in words]


@pytest.mark.parametrize(
    ("grades", "found"),
    [
        ("", []),
        ("ccc", []),
        ("e", [(2020, COMMENDATION)]),
        ("eee", [(2020, COMMENDATION), (2021, COMMENDATION), (2022, MERIT)]),
        ("eeee", [(2020, COMMENDATION), (2021, COMMENDATION), (2022, MERIT), (2023, COMMENDATION)]),
        ("ecee", [(2020, COMMENDATION), (2022, COMMENDATION), (2023, COMMENDATION)]),
        ("enee", [(2020, COMMENDATION), (2022, COMMENDATION), (2023, COMMENDATION)]),
        ("b", [(2020, HintKind.ADMONITION), (2020, HintKind.NOT_COUNTED)]),
    ],
)
def test_hints_of_a_civil_servant(grades: str, found: list[tuple[int, HintKind]]) -> None:
    assert [(hint.year, hint.kind) for hint in hints_of(graded(grades))] == found


def test_the_count_begins_anew_after_a_merit() -> None:
    merits = [hint.years for hint in hints_of(graded("eeeeee")) if hint.kind == MERIT]
    assert merits == [(2020, 2021, 2022), (2023, 2024, 2025)]


def test_public_institution_staff_have_no_merit_of_that_kind() -> None:
    assert [hint.kind for hint in hints_of(graded("eee", "institution"))] == [COMMENDATION] * 3
    assert [hint.kind for hint in hints_of(graded("b", "institution"))] == [HintKind.ADMONITION]


def test_only_years_as_a_civil_servant_are_running() -> None:
    mixed = [*graded("ee", "institution"), *graded("nnee")]
    assert [hint.kind for hint in hints_of(mixed)] == [COMMENDATION] * 4


def test_the_order_of_what_is_given_does_not_matter() -> None:
    assert hints_of(graded("eeb")[::-1]) == hints_of(graded("eeb"))
