"""Tokens older than the password of their account, and those of disabled accounts, are revoked as they now would be."""

from typing import Any

from django.db import migrations
from django.db.models import F, Q
from django.utils import timezone


def revoke(apps: Any, schema_editor: Any) -> None:
    token = apps.get_model("api", "Token")
    over = Q(owner__is_active=False) | Q(owner__password_set_at__gt=F("created_at"))
    keys = list(token.objects.filter(over, voided_at=None).values_list("pk", flat=True))
    token.objects.filter(pk__in=keys).update(voided_at=timezone.now(), version=F("version") + 1)


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0001_initial"),
        ("accounts", "0002_list_defaults"),
    ]

    operations = [migrations.RunPython(revoke, migrations.RunPython.noop)]
