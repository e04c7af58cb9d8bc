"""Three acts, three accounts: what is asked of a user, of rows, and of a page that was read before the record moved on."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cadre_app.core import signing
from cadre_app.core.submit import require_step
from cadre_app.org.models import Unit
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_third_is_neither_of_the_first_two() -> None:
    user, other = UserFactory.create(), uuid4()
    assert signing.is_third(user, entered=other)
    assert signing.is_third(user, entered=other, checked=None)
    assert not signing.is_third(user, entered=user.pk)
    assert not signing.is_third(user, entered=other, checked=user.pk)
    assert signing.only_checked(user, entered=other, checked=user.pk)
    assert not signing.only_checked(user, entered=user.pk, checked=user.pk)


def test_a_refusal_says_which_act_was_taken_before() -> None:
    user, other = UserFactory.create(), uuid4()
    signing.refuse_same_hand(user, entered=other, checked=other)
    for entered, checked, code in ((user.pk, other, "own_entry"), (other, user.pk, "own_check")):
        with pytest.raises(ValidationError) as caught:
            signing.refuse_same_hand(user, entered=entered, checked=checked)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("method", "version", "duty", "outdated"),
    [
        ("post", 0, True, True),
        ("post", 0, False, False),
        ("post", None, True, False),
        ("post", 1, True, False),
        ("get", 0, True, False),
    ],
)
def test_only_an_old_page_of_whoever_has_the_duty_is_told_that_it_is_old(
    rf: Any, method: str, version: int | None, duty: bool, outdated: bool
) -> None:
    unit = Unit.objects.get(pk=UnitFactory.create().pk)
    data = {} if version is None else {"version": str(version if version == 0 else unit.version)}
    request = getattr(rf, method)("/", data)
    if outdated:
        require_step(request, False, unit, duty=duty, page="/there/")
        assert (request.refusal.status, request.refusal.ways[0][0]) == (409, "/there/")
    else:
        with pytest.raises(PermissionDenied):
            require_step(request, False, unit, duty=duty, page="/there/")
    require_step(request, True, unit, duty=duty, page="/there/")
