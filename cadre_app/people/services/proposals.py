"""Proposals: values that a trainee or a liaison would change, kept sealed until staff accept some or refuse.

The body is JSON {field: [value then, value proposed]}, with a third element once answered: whether it was taken.
"""

import copy
import json
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DateField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.models import Stale
from cadre_app.history import services as history
from cadre_app.people import permissions
from cadre_app.people.models import Education, Person, Proposal, Trainee
from cadre_app.people.services import persons
from cadre_app.people.services.checks import lock_file, lock_open_file, refusal
from cadre_app.people.services.family import add_education
from cadre_app.people.services.identity import (
    CONTACTS,
    IDENTITY,
    PARTY,
    check_contacts,
    check_identity,
    check_party,
    plain_name,
)
from cadre_app.people.writing import resume as resumes

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

Status = Proposal.Status
Body = dict[str, list[Any]]

EDUCATION = "education"
NUMBERS = frozenset({"id_number", "phone"})
SECTIONS: "dict[str, _StrPromise]" = {
    "identity": gettext_lazy("Identity"),
    "contacts": gettext_lazy("Contacts"),
    "party": gettext_lazy("Political affiliation"),
    "resume": gettext_lazy("Résumé"),
    EDUCATION: gettext_lazy("Education"),
}
FIELDS: dict[str, tuple[str, ...]] = {
    "identity": ("name", *IDENTITY),
    "contacts": CONTACTS,
    "party": PARTY,
    "resume": ("resume",),
    EDUCATION: ("mode", "level", "degree", "school", "major", "started_on", "graduated_on"),
}
CHANGES: dict[str, Callable[..., Person]] = {
    "identity": persons.change_identity,
    "contacts": persons.change_contacts,
    "party": persons.change_party,
    "resume": persons.change_resume,
}


@transaction.atomic
def propose_change(
    trainee: Trainee,
    *,
    section: str,
    values: Mapping[str, Any],
    reason: str = "",
    version: int | None = None,
    actor: "User",
) -> Proposal:
    """Propose `values` (as the change services take them) for a section; only what differs is kept.

    `education` proposes a further row. A number is kept although it does not differ where `actor` may not see it: by
    the answer they would learn the one that is recorded. Raises Stale for an old `version` of the person; ValidationError by field,
    where nothing differs, and while an earlier proposal of the same person for this section waits.
    """
    trainee = lock_open_file(trainee.pk)
    if version is not None and section != EDUCATION and trainee.person.version != version:
        raise Stale(trainee.person)
    wanted = {name: values[name] for name in FIELDS[section] if name in values}
    unseen = frozenset() if permissions.can_reveal(actor, trainee) else NUMBERS
    body = _new_row(wanted) if section == EDUCATION else _differences(trainee.person, section, wanted, unseen)
    if not body:
        raise ValidationError(_("Nothing differs from what is recorded."), code="nothing")
    earlier = Proposal.objects.waiting().filter(trainee=trainee, section=section, proposed_by=actor)
    if earlier.exists():
        message = _("Your earlier proposal for this section is still waiting. Withdraw it first.")
        raise ValidationError(message, code="waiting")
    proposal = Proposal(trainee=trainee, section=section, reason=reason, proposed_by=actor)
    proposal.body = json.dumps(body, ensure_ascii=False)
    with history.change(proposal, actor=actor, verb="people.proposal.made"):
        proposal.full_clean()
        proposal.save()
    return proposal


@transaction.atomic
def accept_proposal(
    proposal: Proposal,
    *,
    fields: Collection[str] | None = None,
    answer: str = "",
    version: int | None = None,
    actor: "User",
) -> Proposal:
    """Take over the proposed values of `fields` (None: all) by the same service as a change of one's own.

    `version` is that of `compared_state`: raises Stale if proposal or person changed since the comparison;
    ValidationError as the change does.
    """
    trainee = lock_open_file(proposal.trainee_id)
    proposal = _lock_waiting(proposal, trainee.person, version)
    body = body_of(proposal)
    chosen = set(body) if fields is None or proposal.section == EDUCATION else set(fields)
    if not chosen or not chosen <= set(body):
        raise refusal("fields", _("Tick at least one line, or refuse the proposal."), code="fields")
    values = {name: from_json(proposal.section, name, body[name][1]) for name in body if name in chosen}
    if proposal.section == EDUCATION:
        add_education(trainee.person, **values, actor=actor)
    else:
        if proposal.section == "identity":
            values.setdefault("name", trainee.person.name)
        CHANGES[proposal.section](trainee.person, **values, actor=actor)
    answered = {name: [*pair[:2], name in chosen] for name, pair in body.items()}
    with history.change(proposal, actor=actor, verb="people.proposal.accepted"):
        proposal.body = json.dumps(answered, ensure_ascii=False)
        _answer(proposal, Status.ACCEPTED, answer, actor)
    return proposal


@transaction.atomic
def refuse_proposal(proposal: Proposal, *, answer: str, version: int | None = None, actor: "User") -> Proposal:
    """Refuse with a comment that the proposer reads. Raises Stale as `accept_proposal`; ValidationError."""
    trainee = lock_file(proposal.trainee_id)
    proposal = _lock_waiting(proposal, trainee.person, version)
    with history.change(proposal, actor=actor, verb="people.proposal.refused"):
        _answer(proposal, Status.REFUSED, answer, actor)
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, version: int | None = None, actor: "User") -> Proposal:
    """Take back a proposal that waits. Raises Stale; ValidationError if it was answered meanwhile."""
    proposal = Proposal.objects.lock(proposal.pk, version)
    _check_waiting(proposal)
    with history.change(proposal, actor=actor, verb="people.proposal.withdrawn"):
        proposal.status = Status.WITHDRAWN
        proposal.save(update_fields=["status", "updated_at"])
    return proposal


def reveal_proposed(proposal: Proposal, *, field: str, reason: str, actor: "User") -> str:
    """A proposed ID number or phone in clear, once its reading with the reason is on record.

    Call it outside a transaction: the entry is committed first. Raises ValidationError without a reason or a value.
    """
    value = body_of(proposal).get(field, ["", ""])[1]
    if field not in NUMBERS or not value:
        raise ValidationError(_("No number is proposed."), code="empty")
    if not reason.strip():
        raise refusal("reason", _("Please fill this in."), code="required")
    history.record_reading("people.proposal.number_revealed", actor=actor, obj=proposal, reason=reason.strip())
    return str(value)


def compared_state(proposal: Proposal, person: Person) -> Proposal:
    """An unsaved stand-in for `proposal` whose version counts changes of the proposal and of the person."""
    return Proposal(pk=proposal.pk, section=proposal.section, version=proposal.version + person.version)


def body_of(proposal: Proposal) -> Body:
    """{field: [value then, value proposed, taken or not once answered]}; values as `from_json` reads them."""
    found: Body = json.loads(proposal.body)
    return found


def from_json(section: str, name: str, value: Any) -> Any:
    """The value of a field as it is in Python."""
    model = Education if section == EDUCATION else Person
    is_day = isinstance(model._meta.get_field(name), DateField)
    return date.fromisoformat(value) if is_day and value is not None else value


def _differences(person: Person, section: str, wanted: Mapping[str, Any], unseen: Collection[str]) -> Body:
    """What would be different after the change, checked as the change would check it; what is `unseen` if given."""
    changed = copy.copy(person)
    for name, value in wanted.items():
        if value is not None or name not in NUMBERS:
            setattr(changed, name, value)
    _check(changed, person, section)
    return {
        name: [_json(getattr(person, name)), _json(getattr(changed, name))]
        for name in FIELDS[section]
        if getattr(changed, name) != getattr(person, name) or (name in unseen and wanted.get(name))
    }


def _check(changed: Person, person: Person, section: str) -> None:
    """Without asking whether an ID number is taken: proposers do not learn that."""
    if section == "identity":
        changed.name = plain_name(changed.name)
        check_identity(changed, before=person, actor=None, may_be_taken=True)
    elif section == "contacts":
        check_contacts(changed, before=person)
    elif section == "party":
        check_party(changed, before=person)
    else:
        try:
            changed.resume = resumes.check(changed.resume, typed_on=timezone.localdate())
        except ValidationError as error:
            raise ValidationError({"resume": error}) from error
    changed.clean_fields(exclude={field.name for field in Person._meta.fields} - set(FIELDS[section]))


def _new_row(wanted: Mapping[str, Any]) -> Body:
    return {name: [None, _json(value)] for name, value in wanted.items()}


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _lock_waiting(proposal: Proposal, person: Person, version: int | None) -> Proposal:
    proposal = Proposal.objects.lock(proposal.pk)
    state = compared_state(proposal, person)
    if version is not None and state.version != version:
        raise Stale(state)
    _check_waiting(proposal)
    return proposal


def _check_waiting(proposal: Proposal) -> None:
    if proposal.status != Status.WAITING or proposal.is_voided:
        raise ValidationError(_("This proposal has already been answered or withdrawn."), code="answered")


def _answer(proposal: Proposal, status: str, answer: str, actor: "User") -> None:
    proposal.status, proposal.answer = status, answer
    proposal.answered_by, proposal.answered_at = actor, timezone.now()
    proposal.full_clean()
    proposal.save()
