"""申请账号: the account of one person, or of many trainees at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.accounts.models import AccountKind, AccountRequest
from cadre_app.accounts.services import WantedAccount, request_account, request_accounts
from cadre_app.core.roles import Role
from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of
from cadre_app.people.models import OfficeHolding, Person, Trainee
from cadre_app.people.services.persons import lock_person
from cadre_app.people.writing.names import username_base

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST = 1_000
BATCH = 500


@dataclass(frozen=True)
class Wanted:
    """Whose account can be asked for, and why the others' cannot."""

    trainees: Sequence[Trainee]
    have: int
    requested: int

    @property
    def left_out(self) -> int:
        return self.have + self.requested


def requestable(trainees: "QuerySet[Trainee]", *, actor: "User") -> "QuerySet[Trainee]":
    """Files among `trainees` in development whose units `actor` works for as staff."""
    keys = Trainee.objects.in_scope(actor, Role.STAFF).in_development().values("pk")
    return trainees.filter(pk__in=keys)


def sorted_out(trainees: "Iterable[Trainee]") -> Wanted:
    """Leave out who has an account or a request that waits."""
    listed = list(trainees)
    without = [trainee for trainee in listed if trainee.person.account_id is None]
    wanted = [trainee for trainee in without if not _waits(trainee.person)]
    return Wanted(wanted, len(listed) - len(without), len(without) - len(wanted))


@transaction.atomic
def request_person_account(
    person: Person, *, username: str, reason: str, version: int | None = None, actor: "User"
) -> AccountRequest:
    """Ask for the account of a trainee in their unit, or of an office-holder in a unit of the actor's scope.

    Raises Stale for an old `version` of the person; ValidationError by field, and where there is an account, a request
    that waits, a closed file or no office.
    """
    person = lock_person(person, version)
    if person.account_id is not None:
        raise ValidationError(_("This person has an account already."), code="has_account")
    if _waits(person):
        raise ValidationError(_("A request for this person waits already."), code="waiting")
    unit, post, kind = _place_of(person, actor)
    request = request_account(
        display_name=person.name, username=username, unit=unit, post=post[:60], kind=kind, reason=reason, actor=actor
    )
    with history.change(person, actor=actor, verb="people.person.account_requested", reason=reason):
        person.account_request = request
        person.save(update_fields=["account_request", "updated_at"])
    return request


@transaction.atomic
def request_trainee_accounts(*, keys: Sequence[UUID], reason: str = "", actor: "User") -> list[AccountRequest]:
    """Ask for the accounts of the trainees `keys`; those who have one, or a waiting request, are left out.

    All or none. Raises ValidationError for more than 1,000, and where accounts.services.request_accounts refuses.
    """
    if len(keys) > MOST:
        message = ngettext(
            "At most %(most)s account is asked for at once. Narrow the list.",
            "At most %(most)s accounts are asked for at once. Narrow the list.",
            MOST,
        )
        raise ValidationError(message % {"most": MOST}, code="too_many")
    files = requestable(Trainee.objects.filter(pk__in=keys), actor=actor)
    persons = Person.objects.filter(pk__in=files.values("person_id"))
    list(persons.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    rows = files.select_related("person__account_request", "home_unit").order_by("home_unit__path", "stroke_key", "pk")
    wanted = sorted_out(rows).trainees
    requests = request_accounts(wanted=[_wanted(trainee) for trainee in wanted], reason=reason, actor=actor)
    people = [trainee.person for trainee in wanted]
    with history.changes_many(people, actor=actor, verb="people.person.account_requested", reason=reason):
        for person, request in zip(people, requests, strict=True):
            person.account_request = request
        Person.objects.bulk_update(people, ["account_request"], batch_size=BATCH)
    return requests


def _waits(person: Person) -> bool:
    request = person.account_request
    return request is not None and request.status == AccountRequest.Status.WAITING and not request.is_voided


def _wanted(trainee: Trainee) -> WantedAccount:
    person = trainee.person
    return WantedAccount(
        display_name=person.name,
        username_base=username_base(person.name),
        unit=trainee.home_unit,
        post=trainee.post[:60],
        kind=AccountKind.TRAINEE,
    )


def _place_of(person: Person, actor: "User") -> tuple[Unit, str, str]:
    """Unit, post and kind of the account: of the growth file, else of the office that is held."""
    trainee = Trainee.objects.select_related("home_unit").filter(person=person).first()
    if trainee is not None:
        return trainee.home_unit, trainee.post, AccountKind.TRAINEE
    mine = any_of(actor.unit_ranges(Role.STAFF), "office__unit__path")
    found = OfficeHolding.objects.current().filter(mine, person=person).select_related("office__unit")
    holding = found.order_by("-since").first()
    if holding is None:
        message = _("This person holds no office in your scope now. Record the office first.")
        raise ValidationError(message, code="no_office")
    return holding.office.unit, holding.office.name, AccountKind.MENTOR
