"""submit(): errors to their fields, a stale page to 409, a double tap to the first result."""

import uuid
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import RequestFactory
from django.utils import translation

from cadre_app.core.forms import ChangeForm
from cadre_app.core.models import Stale, Submission
from cadre_app.core.submit import Conflict, submit
from cadre_app.org.models import Unit
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


class NameForm(ChangeForm):
    name = forms.CharField(max_length=20)


def post(**data: Any) -> Any:
    request = RequestFactory().post("/", data)
    request.user = UserFactory.create()
    return request


def rename(unit: Unit, *, name: str, version: int, actor: Any) -> Unit:
    row = Unit.objects.lock(unit.pk, version)
    row.name = name
    row.full_clean()
    row.save()
    return row


def create(*, name: str, actor: Any) -> Unit:
    return UnitFactory.create(name=name)


def test_a_valid_form_reaches_the_service_with_its_actor_and_version() -> None:
    unit = UnitFactory.create()
    request = post(name="新名", version=1)
    done = submit(request, NameForm(request.POST, instance=unit), rename, unit)
    assert done is not None
    assert Unit.objects.get(pk=unit.pk).name == "新名"


def test_an_opened_page_calls_nothing() -> None:
    request = RequestFactory().get("/")
    assert submit(request, NameForm(), rename) is None


def test_the_service_s_error_stands_beside_its_field_and_an_unknown_one_at_the_head() -> None:
    def refuse(*, name: str, actor: Any) -> None:
        raise ValidationError({"name": "重名", "elsewhere": "另一处"})

    request = post(name="甲")
    form = NameForm(request.POST)
    assert submit(request, form, refuse) is None
    assert form.errors == {"name": ["重名"], "__all__": ["另一处"]}


def test_a_constraint_that_only_the_database_saw_is_said_in_words() -> None:
    parent = UnitFactory.create()
    UnitFactory.create(name="甲", parent=parent)

    def race(*, name: str, actor: Any) -> None:
        with transaction.atomic():
            UnitFactory.create(name=name, parent=parent)

    request = post(name="甲")
    form = NameForm(request.POST)
    assert submit(request, form, race) is None
    constraint = next(one for one in Unit._meta.constraints if one.name == "one_unit_name_per_parent")
    assert form.non_field_errors() == [str(constraint.violation_error_message)]


def test_a_stale_page_raises_a_conflict_with_both_texts() -> None:
    unit = UnitFactory.create(name="原名")
    Unit.objects.filter(pk=unit.pk).update(version=2, name="别人改的")
    request = post(name="我改的", version=1)
    with pytest.raises(Conflict) as caught:
        submit(request, NameForm(request.POST, instance=unit), rename, unit)
    assert caught.value.current.name == "别人改的"
    assert caught.value.form.cleaned_data["name"] == "我改的"
    assert isinstance(caught.value.__cause__, Stale)


def test_the_same_form_sent_twice_creates_one_row_and_returns_the_first() -> None:
    token = str(uuid.uuid4())
    request = post(name="一次", submission=token)
    first = submit(request, NameForm(request.POST), create)
    second = submit(request, NameForm(request.POST), create)
    assert Unit.objects.filter(name="一次").count() == 1
    assert (second.result, second.repeated) == (first.result, True)


def test_what_the_first_sending_made_wrong_is_a_double_tap_all_the_same() -> None:
    class Fresh(NameForm):
        def clean_name(self) -> str:
            if Unit.objects.filter(name=self.cleaned_data["name"]).exists():
                raise ValidationError("已有")
            return self.cleaned_data["name"]

    request = post(name="一次", submission=str(uuid.uuid4()))
    first, second = (submit(request, Fresh(request.POST), create) for _time in range(2))
    assert first is not None
    assert second is not None
    assert (second.result, second.repeated) == (first.result, True)
    other = RequestFactory().post("/", {"name": "一次", "submission": str(uuid.uuid4())})
    other.user = request.user
    assert submit(other, Fresh(other.POST), create) is None  # type: ignore[arg-type]


def test_another_person_s_submission_id_is_not_taken_for_mine() -> None:
    token = str(uuid.uuid4())
    first, second = post(name="甲", submission=token), post(name="乙", submission=token)
    submit(first, NameForm(first.POST), create)
    done = submit(second, NameForm(second.POST), create)
    assert done.repeated is False
    assert Unit.objects.filter(name__in=["甲", "乙"]).count() == 2


def test_a_refused_form_can_be_sent_again_after_correction() -> None:
    token = str(uuid.uuid4())

    def refuse(*, name: str, actor: Any) -> None:
        raise ValidationError("不行")

    request = post(name="甲", submission=token)
    submit(request, NameForm(request.POST), refuse)
    assert Submission.objects.count() == 0
    assert submit(request, NameForm(request.POST), create) is not None


@pytest.mark.parametrize("token", ["not-a-uuid", "", "1" * 5000])
def test_a_damaged_submission_id_never_breaks_the_page(token: str) -> None:
    request = post(name="甲", submission=token)
    form = NameForm(request.POST)
    done = submit(request, form, create)
    assert (done is None) == ("submission" in form.errors)


def test_the_token_of_one_form_is_no_double_tap_of_another() -> None:
    token = str(uuid.uuid4())
    first = post(name="甲", submission=token)
    submit(first, NameForm(first.POST), create)
    second = RequestFactory().post("/elsewhere/", {"name": "乙", "submission": token})
    second.user = first.user  # type: ignore[attr-defined]
    done = submit(second, NameForm(second.POST), create)  # type: ignore[arg-type]
    assert done is not None
    assert (done.repeated, done.result.name) == (False, "乙")


def test_the_same_id_with_another_text_is_a_submission_of_its_own() -> None:
    token = str(uuid.uuid4())
    first = post(name="甲", submission=token)
    submit(first, NameForm(first.POST), create)
    second = RequestFactory().post("/", {"name": "乙", "submission": token})
    second.user = first.user
    assert submit(second, NameForm(second.POST), create).repeated is False
    assert Unit.objects.filter(name__in=["甲", "乙"]).count() == 2


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("text", ["字\x00号", "\x00" * 21, "字\u202e号", "字\x85号"])
def test_a_hidden_character_is_told_in_one_sentence(language: str, text: str) -> None:
    with translation.override(language):
        form = NameForm({"name": text[:20]})
        [said] = form.errors["name"]
        found = next(character for character in text if character != "字")
        assert f"U+{ord(found):04X}" in said


class LimitedForm(ChangeForm):
    name = forms.CharField(max_length=3)
    order = forms.IntegerField(min_value=1, max_value=9)


@pytest.mark.parametrize(
    ("language", "order", "found"),
    [
        ("zh-hans", 10, ["不能超过3个字。", "不能大于9。"]),
        ("zh-hans", 0, ["不能超过3个字。", "不能小于1。"]),
        ("en", 10, ["No more than 3 characters.", "No more than 9."]),
    ],
)
def test_a_limit_is_said_in_our_own_words(language: str, order: int, found: list[str]) -> None:
    with translation.override(language):
        form = LimitedForm({"name": "太长的字", "order": order})
        assert [*form.errors["name"], *form.errors["order"]] == found


@pytest.mark.parametrize(
    ("part", "said"),
    [("0.55", "No more than 1 decimal place."), ("12345", "No more than 3 digits."), ("", "Please fill this in.")],
)
def test_a_field_added_later_says_its_limits_in_our_own_words(part: str, said: str) -> None:
    form = LimitedForm({"name": "字", "order": 1, "part": part})
    form.fields["part"] = forms.DecimalField(max_digits=3, decimal_places=1)
    with translation.override("en"):
        assert form.errors == {"part": [said]}
