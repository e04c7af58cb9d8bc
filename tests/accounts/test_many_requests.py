"""Accounts asked for many people at once: free names, one's own scope, the same few queries."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import translation

from cadre_app.accounts import services
from cadre_app.accounts.models import AccountKind, AccountRequest
from cadre_app.accounts.services import WantedAccount
from cadre_app.history.models import Entry
from tests.accounts.conftest import People, ask, person


def wanted(people: People, *bases: str, **fields: object) -> list[WantedAccount]:
    values = {"display_name": "林致远", "unit": people.town, "post": "镇团委书记", "kind": AccountKind.TRAINEE}
    return [WantedAccount(username_base=base, **{**values, **fields}) for base in bases]  # type: ignore[arg-type]


def asked(people: People, *bases: str, reason: str = "名册导入", **fields: object) -> list[AccountRequest]:
    return services.request_accounts(wanted=wanted(people, *bases, **fields), reason=reason, actor=people.staff)


def test_names_are_free_of_accounts_waiting_requests_and_each_other(people: People) -> None:
    person("lin", people.town)
    person("lin3", people.town)
    ask(people, "lin2")
    ask(people, "wang")
    services.withdraw_request(ask(people, "chen"), actor=people.staff)
    found = asked(people, "lin", "chen", "lin", "lin", "wang")
    assert [request.username for request in found] == ["lin4", "chen", "lin5", "lin6", "wang2"]


@pytest.mark.parametrize(
    ("base", "names"),
    [
        ("Lin.ZhiYuan", ["lin.zhiyuan", "lin.zhiyuan2"]),
        ("lin zhi-yuan·", ["linzhi-yuan", "linzhi-yuan2"]),
        ("wu", ["wu2", "wu3"]),
        ("e", ["e10", "e11"]),
        ("lin2", ["lin2", "lin22"]),
        ("._lin", ["lin", "lin2"]),
        ("a" * 40, ["a" * 32, "a" * 31 + "2"]),
        ("a" * 31 + "2", ["a" * 31 + "2", "a" * 31 + "3"]),
    ],
)
def test_a_name_is_made_that_may_be_one(people: People, base: str, names: list[str]) -> None:
    assert [request.username for request in asked(people, base, base)] == names
    for request in AccountRequest.objects.all():
        request.full_clean(validate_unique=False, validate_constraints=False)


def test_cut_names_meet_those_that_exist(people: People) -> None:
    person("a" * 31 + "2", people.town)
    person("a" * 32, people.town)
    assert [request.username for request in asked(people, "a" * 32)] == ["a" * 31 + "3"]


def test_each_request_waits_like_one_asked_for_by_hand(people: People) -> None:
    by_hand = ask(people, "by.hand", reason="名册导入", post="镇团委书记")
    (found,) = asked(people, "from.list")
    found.refresh_from_db()
    left_out = {"id", "created_at", "updated_at", "username"}
    values = [
        {name: value for name, value in request.public_values().items() if name not in left_out}
        for request in (by_hand, found)
    ]
    assert values[0] == values[1]
    entries = [Entry.objects.get(object_id=request.pk) for request in (by_hand, found)]
    assert entries[0].after | {"username": "from.list"} == entries[1].after
    assert [(entry.verb, entry.actor, entry.reason) for entry in entries] == [
        ("accounts.request.created", people.staff, "")
    ] * 2


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"unit": "elsewhere"}, "林致远: This unit is outside your own scope."),
        ({"kind": AccountKind.ADMINISTRATOR}, "林致远: Administrator accounts are not asked for here."),
        ({"username_base": "林"}, "林致远: No sign-in name can be made of this name."),
        ({"username_base": "\x00"}, "林致远: No sign-in name can be made of this name."),
        ({"kind": "robot"}, "林致远: Value 'robot' is not a valid choice."),
        ({"post": "职" * 61}, "林致远: Ensure this value has at most 60 characters (it has 61)."),
    ],
)
def test_one_who_cannot_have_an_account_is_named_and_nobody_gets_one(
    people: People, fields: dict[str, str], told: str
) -> None:
    base = fields.pop("username_base", "wrong")
    if fields.get("unit"):
        fields = {"unit": people.elsewhere}  # type: ignore[dict-item]
    both = [*wanted(people, "right", display_name="沈亦舟"), *wanted(people, base, **fields)]
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        services.request_accounts(wanted=both, reason="名册导入", actor=people.staff)
    with translation.override("en"):
        assert caught.value.messages == [told]
    assert AccountRequest.objects.count() == 0


@pytest.mark.parametrize("name", ["林\x00致远", "林\ud800", "林\u202e致远"])
def test_a_hidden_character_is_refused(people: People, name: str) -> None:
    with pytest.raises(ValidationError):
        asked(people, "lin", display_name=name)


@pytest.mark.parametrize("reason", ["字" * 301, "报到\x00"])
def test_a_reason_that_does_not_fit_is_told_once(people: People, reason: str) -> None:
    with pytest.raises(ValidationError) as caught:
        asked(people, "lin", "chen", reason=reason)
    assert {name: len(errors) for name, errors in caught.value.error_dict.items()} == {"reason": 1}


def test_the_first_twenty_problems_are_told(people: People) -> None:
    with pytest.raises(ValidationError) as caught:
        asked(people, *["lin"] * 30, unit=people.elsewhere)
    assert len(caught.value.messages) == 20


@pytest.mark.parametrize("number", [1, 1_000])
def test_a_thousand_cost_the_queries_of_one(people: People, number: int, django_assert_num_queries) -> None:
    actor = type(people.staff).objects.get(pk=people.staff.pk)
    many = wanted(people, *["lin"] * number)
    with django_assert_num_queries(7):
        found = services.request_accounts(wanted=many, reason="名册导入", actor=actor)
    assert len({request.username for request in found}) == number


def test_nobody_wanted_is_nothing_asked(people: People) -> None:
    assert asked(people) == []
    assert AccountRequest.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_lists_with_the_same_names_both_get_theirs(people: People) -> None:
    barrier = threading.Barrier(2)
    outcomes: list[list[str]] = []

    def ask_for() -> None:
        try:
            barrier.wait(timeout=10)
            outcomes.append([request.username for request in asked(people, *["lin"] * 50)])
        finally:
            connection.close()

    threads = [threading.Thread(target=ask_for) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len({name for names in outcomes for name in names}) == 100
