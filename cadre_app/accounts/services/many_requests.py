"""Requests for the accounts of many people at once, as an import makes them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Func, QuerySet, Value
from django.utils.translation import gettext as _

from cadre_app.accounts.models import AccountKind, AccountRequest, User
from cadre_app.core.fields import validate_plain_text
from cadre_app.core.roles import Role
from cadre_app.history import services as history
from cadre_app.org.models import Unit

BATCH = 1_000
TOLD = 20
SHORTEST, LONGEST, DIGITS = 3, 32, 6
UNFIT = re.compile(r"[^a-z0-9._-]")


@dataclass(frozen=True)
class WantedAccount:
    """Somebody who needs an account; `username_base` is what the sign-in name begins with, as `linzhiyuan`."""

    display_name: str
    username_base: str
    unit: Unit
    post: str
    kind: str


def request_accounts(*, wanted: Sequence[WantedAccount], reason: str, actor: User) -> list[AccountRequest]:
    """Ask for these accounts, in their order; a taken sign-in name gets a number (`lin`, `lin2`, `lin3` …).

    All or none, for the same few queries however many there are (the insertions: one per 1,000). Raises ValidationError
    naming who cannot have an account: units outside the actor's own scope, administrators, texts that do not fit.
    """
    _check_reason(reason)
    _check(wanted, actor)
    for last in (False, False, True):
        try:
            return _create(wanted, reason=reason, actor=actor)
        except IntegrityError:  # somebody took one of the names between looking and writing: look again
            if last:
                raise
    return []


@transaction.atomic
def withdraw_requests(keys: Iterable[UUID], *, actor: User) -> None:
    """Take back those of these requests that wait for an answer; the others stay as they are."""
    waiting = AccountRequest.objects.filter(pk__in=list(keys), status=AccountRequest.Status.WAITING, voided_at=None)
    locked = waiting.select_for_update(of=("self",)).order_by("pk")
    with history.changes_many(locked, actor=actor, verb="accounts.request.withdrawn") as requests:
        for request in requests:
            request.status = AccountRequest.Status.WITHDRAWN
        AccountRequest.objects.bulk_update(requests, ["status"], batch_size=BATCH)


@transaction.atomic
def _create(wanted: Sequence[WantedAccount], *, reason: str, actor: User) -> list[AccountRequest]:
    names = _free_names([_base_of(item) for item in wanted])
    requests = [
        AccountRequest(
            display_name=item.display_name,
            username=name,
            unit=item.unit,
            post=item.post,
            kind=item.kind,
            reason=reason,
            requested_by=actor,
        )
        for item, name in zip(wanted, names, strict=True)
    ]
    _clean(requests)
    AccountRequest.objects.bulk_create(requests, batch_size=BATCH)
    history.record_created_many(requests, actor=actor, verb="accounts.request.created")
    return requests


def _check_reason(reason: str) -> None:
    try:
        AccountRequest._meta.get_field("reason").clean(reason, None)
        validate_plain_text(reason)
    except ValidationError as error:
        raise ValidationError({"reason": error.messages}) from error


def _check(wanted: Iterable[WantedAccount], actor: User) -> None:
    """Staff ask only inside their own scope, and never for administrators (ACCESS.md)."""
    held: dict[str, bool] = {}
    problems = []
    for item in wanted:
        if item.unit.path not in held:
            held[item.unit.path] = actor.holds(item.unit, Role.STAFF)
        if not held[item.unit.path]:
            problems.append(_told(item.display_name, _("This unit is outside your own scope.")))
        elif item.kind == AccountKind.ADMINISTRATOR:
            problems.append(_told(item.display_name, _("Administrator accounts are not asked for here.")))
        elif not _base_of(item):
            problems.append(_told(item.display_name, _("No sign-in name can be made of this name.")))
    if problems:
        raise ValidationError(problems[:TOLD])


def _clean(requests: Iterable[AccountRequest]) -> None:
    """Texts only: units and names were asked for already, once for all."""
    keys = {field.name for field in AccountRequest._meta.concrete_fields if isinstance(field, models.ForeignKey)}
    problems = []
    for request in requests:
        try:
            validate_plain_text(request.display_name + request.post)
            request.clean_fields(exclude=keys)
        except ValidationError as error:
            problems += [_told(request.display_name, message) for message in error.messages]
    if problems:
        raise ValidationError(problems[:TOLD])


def _told(name: str, problem: str) -> ValidationError:
    return ValidationError(_("%(name)s: %(problem)s"), params={"name": name, "problem": problem})


def _free_names(bases: Sequence[str]) -> list[str]:
    """One free sign-in name for each base, in their order; two queries."""
    stems = {stem for base in bases for stem in _stems(base)}
    waiting = AccountRequest.objects.standing().filter(status=AccountRequest.Status.WAITING)
    taken = _names_of(User.objects.all(), stems) | _names_of(waiting, stems)
    candidates = {base: _candidates(base) for base in set(bases)}
    found = []
    for base in bases:
        name = next(name for name in candidates[base] if name not in taken)
        taken.add(name)
        found.append(name)
    return found


def _base_of(item: WantedAccount) -> str:
    return UNFIT.sub("", item.username_base.lower()).lstrip("._-")


def _candidates(base: str) -> Iterator[str]:
    """`base` and then with numbers from 2 on, cut to the length that a sign-in name may have."""
    for number in count(1):
        suffix = str(number) if number > 1 else ""
        name = base[: LONGEST - len(suffix)] + suffix
        if len(name) >= SHORTEST:
            yield name


def _stems(base: str) -> set[str]:
    """What is left of the names made of `base` without the digits at their end."""
    cuts = range(LONGEST - DIGITS, LONGEST + 1)
    return {base[:cut].rstrip("0123456789") for cut in cuts}


def _names_of(rows: "QuerySet[User] | QuerySet[AccountRequest]", stems: set[str]) -> set[str]:
    stem = Func(F("username"), Value("[0-9]+$"), Value(""), function="regexp_replace", output_field=models.CharField())
    return set(rows.alias(stem=stem).filter(stem__in=stems).values_list("username", flat=True))
