"""The account of a person, and numbers shown in clear."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.accounts.models import AccountKind, AccountRequest, User
from cadre_app.history import services as history
from cadre_app.people.models import Person
from cadre_app.people.services.checks import refusal

REVEALED = {"id_number": "people.person.id_number_revealed", "phone": "people.person.phone_revealed"}


@transaction.atomic
def link_account(person: Person, *, account: User, version: int | None = None, actor: User | None) -> Person:
    """Say whose account this is. Raises Stale; ValidationError on `account` if one of the two has another already."""
    person = Person.objects.lock(person.pk, version)
    if account.kind == AccountKind.ADMINISTRATOR:
        raise refusal("account", _("Administrator accounts belong to nobody's file."), code="administrator")
    taken = Person.objects.filter(account=account).exclude(pk=person.pk).exists()
    if taken or person.account_id not in (None, account.pk):
        raise refusal("account", _("This account or this person is linked already."), code="linked")
    with history.change(person, actor=actor, verb="people.person.account_linked"):
        person.account = account
        person.save(update_fields=["account", "updated_at"])
    return person


@transaction.atomic
def unlink_account(person: Person, *, reason: str, version: int | None = None, actor: User) -> Person:
    """Take a wrong link back: from the next request on the account no longer opens the file. Raises Stale."""
    person = Person.objects.lock(person.pk, version)
    if person.account_id is None:
        raise ValidationError(_("No account is linked."), code="not_linked")
    with history.change(person, actor=actor, verb="people.person.account_unlinked", reason=reason):
        person.account = None
        person.save(update_fields=["account", "updated_at"])
    return person


def link_activated(request: AccountRequest) -> None:
    """After an activation: the account belongs to the person for whom it was asked."""
    person = Person.objects.filter(account_request=request, account=None).first()
    if person is not None and request.account is not None:
        link_account(person, account=request.account, actor=None)


def reveal(person: Person, *, field: str, reason: str, actor: User) -> str:
    """A number in clear, once its reading with the reason is on record. Raises ValidationError without a reason.

    Call it outside a transaction: the entry is committed first.
    """
    if field not in REVEALED:
        raise ValidationError(_("This cannot be shown."), code="field")
    if not reason.strip():
        raise ValidationError({"reason": _("Please fill this in.")})
    history.record_reading(REVEALED[field], actor=actor, obj=person, reason=reason.strip())
    value: str = getattr(person, field)
    return value
