"""`manage.py load_demo`: the fictional district in an empty installation."""

import os
import secrets
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cadre_app.demo.services import NotEmpty, load_demo


class Command(BaseCommand):
    help = "Fill an empty installation with the fictional demo district."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--as-of", type=date.fromisoformat, default=None, help="the day on which everything stands, 2026-11-23"
        )

    def handle(self, *args: Any, as_of: date | None, **options: Any) -> None:
        """Print the accounts; the password comes from QINGLAN_DEMO_PASSWORD or is made up and printed."""
        password = os.environ.get("QINGLAN_DEMO_PASSWORD") or secrets.token_urlsafe(9)
        try:
            accounts = load_demo(password, as_of)
        except NotEmpty as error:
            raise CommandError(_("The demo district goes into an empty installation only.")) from error
        except ValueError as error:
            raise CommandError(_("The demo district stands as on a day that has come.")) from error
        for username, post in accounts:
            self.stdout.write(f"{username:16}{post}")
        self.stdout.write(password)
