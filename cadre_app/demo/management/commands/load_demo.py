"""`manage.py load_demo`: the fictional district in an empty installation."""

import os
import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cadre_app.demo.services import NotEmpty, load_demo


class Command(BaseCommand):
    help = "Fill an empty installation with the fictional demo district."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the accounts; the password comes from QINGLAN_DEMO_PASSWORD or is made up and printed."""
        password = os.environ.get("QINGLAN_DEMO_PASSWORD") or secrets.token_urlsafe(9)
        try:
            accounts = load_demo(password)
        except NotEmpty as error:
            raise CommandError(_("The demo district goes into an empty installation only.")) from error
        for username, post in accounts:
            self.stdout.write(f"{username:16}{post}")
        self.stdout.write(password)
