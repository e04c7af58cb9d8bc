"""Who a viewer is to one growth file: roles that cover it, relations that tie to it (ACCESS.md, "Who sees what")."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q

from cadre_app.core.growth import Access
from cadre_app.core.registries import relations
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class Level:
    """What a tie shows beside name and unit: the post, the phone (masked, a reveal is logged), where the village term is."""

    post: bool = False
    phone: bool = False
    term: bool = False


LEVELS = {
    "name": Level(),
    "mentor": Level(post=True, phone=True, term=True),
}
TIE = "tie_{}"


def avoids_a_file(user: "User") -> bool:
    """Whether there is a file that `user` never works on, their own or a declared relative's (回避), whatever unit it belongs to."""
    avoided = avoided_persons(user)
    return bool(avoided) and Trainee.objects.standing().filter(person__in=avoided).exists()


def with_ties(user: "User", files: Any) -> Any:
    """Files annotated with the relations that tie `user` to each, for `access_of`; no query of its own."""
    ties = {
        TIE.format(number): ExpressionWrapper(Q(pk__in=relation.trainee_ids(user)), output_field=BooleanField())
        for number, relation in enumerate(relations.values())
    }
    return files.annotate(**ties)


def roles_on(user: "User", trainee: Trainee) -> frozenset[str]:
    """The business roles that `user` holds on the unit of a file."""
    return frozenset(role for role in BUSINESS_ROLES if user.holds(trainee.home_unit, role))


def access_of(user: "User", trainee: Trainee) -> Access:
    """The access to a file that came from `with_ties`, with its unit and person; no query but those of the request."""
    is_own = trainee.person.account_id is not None and trainee.person.account_id == user.pk
    if is_own or trainee.person_id in avoided_persons(user):
        return Access(user, trainee.pk, frozenset(), frozenset(), frozenset(), is_own=is_own)
    held = [
        (key, relation)
        for number, (key, relation) in enumerate(relations.items())
        if getattr(trainee, TIE.format(number))
    ]
    return Access(
        user,
        trainee.pk,
        roles_on(user, trainee),
        frozenset(key for key, _relation in held),
        frozenset(relation.level for _key, relation in held),
        is_own=False,
    )


def resolve(user: "User", trainee: Trainee | UUID) -> Access:
    """The access to one file, in one query beside those that a request asks once."""
    key = trainee.pk if isinstance(trainee, Trainee) else trainee
    files = with_ties(user, Trainee.objects.select_related("person", "home_unit"))
    return access_of(user, files.get(pk=key))


def shows(access: Access, part: str) -> bool:
    """True where a tie of `access` shows this part of Level."""
    return any(getattr(LEVELS[level], part) for level in access.levels)
