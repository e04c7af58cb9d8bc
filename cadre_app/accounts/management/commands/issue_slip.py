"""`manage.py issue_slip`: a way back in when the only security administrator has lost the password."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cadre_app.accounts import services
from cadre_app.accounts.models import User


class Command(BaseCommand):
    help = "Give an account a temporary password, printed once; its sessions end, its locks go."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the user name and the temporary password; the reason goes into history."""
        account = User.objects.filter(username=options["username"].lower()).first()
        if account is None:
            raise CommandError(_("There is no account of this name."))
        password = services.temporary_password()
        services.reset_password(account, password=password, reason=options["reason"], actor=None)
        self.stdout.write(f"{account.username}  {password}")
