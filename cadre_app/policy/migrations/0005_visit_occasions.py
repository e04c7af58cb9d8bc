"""Occasions of visits to people, for installations that were seeded before they existed."""

from importlib import import_module

from django.db import migrations


def seed(apps, schema_editor):
    Code = apps.get_model("policy", "Code")
    if not Code.objects.filter(table="visit_occasion").exists():
        import_module("cadre_app.policy.migrations.0002_seed").seed_table(apps, "visit_occasion")


class Migration(migrations.Migration):
    dependencies = [("policy", "0004_measures")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
