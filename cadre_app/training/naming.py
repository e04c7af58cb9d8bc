"""People named in a pasted list: by name, or by file number where two bear one name."""

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.core.roles import Role
from cadre_app.core.tables import joined
from cadre_app.people.models import Trainee
from cadre_app.people.writing.names import tidy_name

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST = 500
SOME = 20
BETWEEN = re.compile(r"[\n\r\t,，、;；]+")


def trainees_named(text: str, *, user: "User") -> list[Trainee]:
    """Those whom `user` works on as staff, in the order in which they are named, each once.

    Raises ValidationError naming what is unknown, and names that more than one person bears.
    """
    typed = list(
        dict.fromkeys(filter(None, (part.strip() for part in BETWEEN.split(unicodedata.normalize("NFKC", text)))))
    )
    if len(typed) > MOST:
        raise ValidationError(_("No more than %(most)s people at once.") % {"most": MOST}, code="too_many")
    rows = Trainee.objects.in_scope(user, Role.STAFF).standing().select_related("person", "home_unit")
    named = rows.filter(person__name__in=[tidy_name(one) for one in typed])
    numbered = rows.filter(file_number__in=[_number(one) for one in typed])
    by_number = {row.file_number: row for row in numbered}
    by_name: dict[str, list[Trainee]] = {}
    for row in named.order_by("departed_on", "file_number"):
        by_name.setdefault(row.person.name, []).append(row)
    found: dict[object, Trainee] = {}
    unknown: list[tuple[str, list[Trainee]]] = []
    doubled: list[tuple[str, list[Trainee]]] = []
    for one in typed:
        hits = [by_number[_number(one)]] if _number(one) in by_number else _present(by_name.get(tidy_name(one), []))
        if len(hits) == 1:
            found[hits[0].pk] = hits[0]
        else:
            (doubled if hits else unknown).append((one, hits))
    _refuse(unknown, doubled)
    return list(found.values())


def _present(rows: list[Trainee]) -> list[Trainee]:
    """Of several of one name those who are still in the programme, if any."""
    return [row for row in rows if row.departed_on is None] or rows


def _number(typed: str) -> str:
    """The file number in what was typed, which may stand behind the name."""
    return typed.rsplit(maxsplit=1)[-1].upper()


def _refuse(unknown: list[tuple[str, list[Trainee]]], doubled: list[tuple[str, list[Trainee]]]) -> None:
    errors = []
    if unknown:
        text = _("Nobody of these names is among your people: %(names)s.")
        errors.append(ValidationError(text % {"names": _some(name for name, _hits in unknown)}, code="unknown"))
    for name, hits in doubled[:SOME]:
        text = _("%(count)d people are called %(name)s: %(people)s. Write the file number behind the name.")
        people = joined(f"{hit.home_unit.label} {hit.file_number}" for hit in hits)
        errors.append(ValidationError(text % {"count": len(hits), "name": name, "people": people}, code="doubled"))
    if errors:
        raise ValidationError(errors)


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    shown = joined(listed[:SOME])
    return shown if len(listed) <= SOME else _("%(names)s and others") % {"names": shown}
