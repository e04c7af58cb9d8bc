"""`manage.py create_account`: the first staff of a new installation, or a second security administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.accounts import services
from cadre_app.accounts.models import AccountKind
from cadre_app.core.roles import ADMINISTRATOR_ROLES, Role
from cadre_app.org.models import Unit


class Command(BaseCommand):
    help = "Create an account with a temporary password, printed once; it must be changed at the first sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The unit is named as it is called; without one the topmost unit is meant."""
        parser.add_argument("username")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", choices=Role.values, default="")
        parser.add_argument("--kind", choices=AccountKind.values, default="")
        parser.add_argument("--unit", default="")
        parser.add_argument("--post", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the user name and the temporary password."""
        unit = self._unit(options["unit"])
        role = options["role"]
        password = services.temporary_password()
        kind = options["kind"] or (AccountKind.ADMINISTRATOR if role in ADMINISTRATOR_ROLES else AccountKind.OFFICE)
        try:
            with transaction.atomic():
                user = services.create_user(
                    username=options["username"],
                    display_name=options["name"],
                    unit=unit,
                    kind=kind,
                    post=options["post"],
                    password=password,
                    must_change_password=True,
                    actor=None,
                )
                if role:
                    on = None if role in ADMINISTRATOR_ROLES else unit
                    services.grant_role(user, role=role, unit=on, valid_from=timezone.localdate(), actor=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.username}  {password}")

    def _unit(self, name: str) -> Unit:
        units = Unit.objects.standing().in_official_order()
        found = list(units.filter(name=name)[:2]) if name else list(units[:1])
        if len(found) != 1:
            raise CommandError(_("There is no unit of this name, or more than one."))
        return found[0]
