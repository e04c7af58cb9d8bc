"""`manage.py briefing`: the figures of the reference year, computed; works while the product runs and while it does not."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.figures import Asked, check_day
from cadre_app.org.models import Unit
from cadre_app.reports import services
from cadre_app.reports.absence import check_unit
from cadre_app.runtime import setup
from cadre_app.runtime.environment import surroundings
from cadre_app.runtime.say import Refusal

NAMED = 5


def read_day(text: str) -> date:
    """A day written 2026-11-23."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("Write the day as 2026-11-23.")) from error


class Command(BaseCommand):
    help = "Print the figures of the briefing. 输出工作简报所用的数字。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", type=read_day, default=None, metavar="DAY", help="2026-11-23; default: today")
        parser.add_argument("--unit", default=None, help="name or UUID of a unit; default: everything")
        parser.add_argument("--json", action="store_true", help="one JSON object of keys and numbers")

    def handle(self, *args: Any, as_of: date | None, unit: str | None, json: bool, **options: Any) -> None:
        """Print a line for each figure, or all as one JSON object; ends with 1 for a day or unit that cannot be asked."""
        here = surroundings()
        if "DATABASE_URL" not in here.given and not (here.folder / "pg" / "PG_VERSION").exists():
            raise Refusal(f"数据目录 {here.folder} 中没有数据库。", "There is no database there.")
        try:
            day = check_day(as_of or timezone.localdate())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        with setup.database_at_hand(here):
            asked = Asked.on(day, unit=unit_on(unit, day) if unit is not None else None)
            self._print(services.briefing(asked), as_json=json)

    def _print(self, found: list[services.Counted], *, as_json: bool) -> None:
        if as_json:
            numbers = {counted.key: counted.number for counted in found}
            self.stdout.write(json.dumps(numbers, ensure_ascii=False, indent=2))
            return
        for counted in found:
            line = _("%(figure)s: %(number)s %(unit)s")
            self.stdout.write(line % {"figure": counted.figure.label, "number": counted.text, "unit": counted.unit})
        if not found:
            self.stdout.write(_("No figure of the briefing exists yet."))


def unit_on(text: str, day: date) -> Unit:
    """As `unit_named`; raises CommandError also where the unit was closed by that day or not opened yet."""
    unit = unit_named(text)
    try:
        check_unit(unit, day)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return unit


def unit_named(text: str) -> Unit:
    """The standing unit of this UUID, name or short name. Raises CommandError for none and for more than one."""
    units, name = Unit.objects.standing().select_related("parent").in_official_order(), text.strip()
    try:
        found = list(units.filter(pk=UUID(name)))
    except ValueError:
        found = list(units.filter(Q(name=name) | Q(short_name=name))[: NAMED + 1]) if name else []
    if not found:
        raise CommandError(_("There is no unit of this name or key: %(unit)s") % {"unit": text})
    if len(found) > 1:
        names = "\n".join(f"{unit.pk}  {unit.parent or ''} {unit.name}" for unit in found[:NAMED])
        raise CommandError(_("More than one unit has this name; name one by its key:") + "\n" + names)
    return found[0]
