"""Whose form it is: by the ID number, else by name and month of birth, among the files that somebody works on as staff."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import FormFields
from cadre_app.core import crypto
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee
from cadre_app.people.writing import id_numbers
from cadre_app.people.writing.names import tidy_name

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def match(forms: Iterable[FormFields], *, user: "User") -> list[tuple[Trainee | None, str]]:
    """For each form the file, or None and why; two queries for all of them."""
    listed = list(forms)
    files = Trainee.objects.in_scope(user, Role.STAFF).standing().select_related("person")
    numbers = {crypto.digest(number) for form in listed if (number := id_numbers.normalize(form.id_number))}
    by_number = {each.person.id_digest: each for each in files.filter(person__id_digest__in=numbers)}
    names = {tidy_name(form.name) for form in listed}
    by_name: dict[str, list[Trainee]] = {}
    for each in files.filter(person__name__in=names):
        by_name.setdefault(each.person.name, []).append(each)
    return [_match(form, by_number, by_name) for form in listed]


def _match(
    form: FormFields, by_number: dict[str, Trainee], by_name: dict[str, list[Trainee]]
) -> tuple[Trainee | None, str]:
    number = id_numbers.normalize(form.id_number)
    if number and (found := by_number.get(crypto.digest(number))) is not None:
        return found, ""
    month = dates.month_of(form.birth)
    same = [each for each in by_name.get(tidy_name(form.name), []) if month and each.person.birth_month == month]
    # Another number in the file means another person of that name and month.
    same = [each for each in same if not (number and each.person.id_digest)]
    if len(same) == 1:
        return same[0], ""
    if same:
        return None, _("Several people have this name and month of birth: add the ID number to the form.")
    return None, _("Nobody whose growth file you keep has this ID number, or this name and month of birth.")
