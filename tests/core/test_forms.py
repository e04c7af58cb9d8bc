"""What every form of the house refuses: texts that nobody sees, years that are slips of the hand."""

import pytest
from django import forms
from django.http import QueryDict

from cadre_app.core.fields import seen
from cadre_app.core.forms import ChangeForm

UNSEEN = ("\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\u3164", "\u2800")


class ReasonForm(ChangeForm):
    reason = forms.CharField(widget=forms.Textarea)
    tags = forms.MultipleChoiceField(choices=[("a", "a"), ("b", "b")], required=False)
    password = forms.CharField(widget=forms.PasswordInput, required=False, strip=False)


@pytest.mark.parametrize("character", UNSEEN)
def test_a_text_of_these_alone_is_empty(character: str) -> None:
    form = ReasonForm(QueryDict(f"reason={character} {character}"))
    assert [error.code for error in form.errors.as_data()["reason"]] == ["required"]


def test_what_can_be_read_is_kept_without_them() -> None:
    data = QueryDict("reason=核实\u200b材料&tags=a&tags=b\u200b&password=岚\u200b岚")
    form = ReasonForm(data)
    assert form.is_valid()
    kept = {name: form.cleaned_data[name] for name in ("reason", "tags", "password")}
    assert kept == {"reason": "核实材料", "tags": ["a", "b"], "password": "岚\u200b岚"}
    assert form["reason"].value() == "核实材料"


def test_data_of_a_dict_is_read_alike() -> None:
    form = ReasonForm({"reason": "\ufeff核实", "tags": ["a"]})
    assert (form.is_valid(), form.cleaned_data["reason"]) == (True, "核实")


def test_ordinary_spaces_and_line_ends_stay() -> None:
    assert seen("第一行\n  第二行\u3000完") == "第一行\n  第二行\u3000完"


class DayForm(ChangeForm):
    day = forms.DateField()


@pytest.mark.parametrize(
    ("day", "is_refused"),
    [
        ("0001-01-01", True),
        ("1899-12-31", True),
        ("2200-01-01", True),
        ("9999-12-31", True),
        ("1900-01-01", False),
        ("2024-02-29", False),
        ("2199-12-31", False),
    ],
)
def test_years_that_are_slips_of_the_hand_are_refused_at_their_field(day: str, is_refused: bool) -> None:
    form = DayForm({"day": day})
    assert [error.code for error in form.errors.as_data().get("day", ())] == ["year"] * is_refused
