"""Whose form it is: by the ID number with the name, else by name and month of birth, among the files that somebody works on as staff."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import FormFields
from cadre_app.core import crypto
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee
from cadre_app.people.writing import id_numbers
from cadre_app.people.writing.names import tidy_name

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.importing import Text
    from cadre_app.people.models.trainees import TraineeQuerySet

SEVERAL = _("Several people have this name and month of birth. Say whose form it is.")
NOBODY = _("Nobody whose growth file you keep has this ID number, or this name and month of birth.")
OTHER_NAME = _(
    "The ID number is that of somebody with another name. Compare both with the paper, then say whose form it is."
)
MOST_CANDIDATES = 20


def match(forms: Iterable[FormFields], *, user: "User") -> list[tuple[Trainee | None, "Text"]]:
    """For each form the file, or None and why (lazy); two queries for all of them."""
    listed = list(forms)
    files = _mine(user)
    numbers = {crypto.digest(number) for form in listed if (number := id_numbers.normalize(form.id_number))}
    by_number = {each.person.id_digest: each for each in files.filter(person__id_digest__in=numbers)}
    names = {tidy_name(form.name) for form in listed}
    by_name: dict[str, list[Trainee]] = {}
    for each in files.filter(person__name__in=names):
        by_name.setdefault(each.person.name, []).append(each)
    return [_match(form, by_number, by_name) for form in listed]


def candidates(form: FormFields, *, user: "User") -> list[Trainee]:
    """Open files whose it may be: by the name, by the ID number, or by the month of birth alone; the same name first."""
    name, month, number = tidy_name(form.name), dates.month_of(form.birth), id_numbers.normalize(form.id_number)
    meant = Q(person__name=name)
    if number:
        meant |= Q(person__id_digest=crypto.digest(number))
    if month is not None:
        meant |= Q(person__birth_month=month)
    found = _mine(user).in_development().filter(meant).order_by("person__name", "pk")[: 5 * MOST_CANDIDATES]
    return sorted(found, key=lambda each: each.person.name != name)[:MOST_CANDIDATES]


def _mine(user: "User") -> "TraineeQuerySet":
    return Trainee.objects.in_scope(user, Role.STAFF).standing().select_related("person", "home_unit")


def _match(
    form: FormFields, by_number: dict[str, Trainee], by_name: dict[str, list[Trainee]]
) -> tuple[Trainee | None, "Text"]:
    number, month = id_numbers.normalize(form.id_number), dates.month_of(form.birth)
    if number and (found := by_number.get(crypto.digest(number))) is not None:
        # One copied number would lay everything of one person into the file of another.
        name, person = tidy_name(form.name), found.person
        is_theirs = name == person.name if name else month in (None, person.birth_month)
        return (found, "") if is_theirs else (None, OTHER_NAME)
    same = [each for each in by_name.get(tidy_name(form.name), []) if month and each.person.birth_month == month]
    # Another number in the file means another person of that name and month.
    same = [each for each in same if not (number and each.person.id_digest)]
    if len(same) == 1:
        return same[0], ""
    return None, SEVERAL if same else NOBODY
