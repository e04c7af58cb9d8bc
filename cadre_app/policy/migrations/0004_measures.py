"""Organizational measures, and the ways of admonition, for installations that were seeded before they existed."""

from importlib import import_module

from django.db import migrations

ADDED = ("discipline_organizational", "admonition")


def seed(apps, schema_editor):
    Code = apps.get_model("policy", "Code")
    for table in ADDED:
        if not Code.objects.filter(table=table).exists():
            import_module("cadre_app.policy.migrations.0002_seed").seed_table(apps, table)


class Migration(migrations.Migration):
    dependencies = [("policy", "0003_arrival_items")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
