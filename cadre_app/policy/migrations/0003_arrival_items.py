"""The arrival checklist, for installations that were seeded before it existed."""

from importlib import import_module

from django.db import migrations


def seed(apps, schema_editor):
    Code = apps.get_model("policy", "Code")
    if not Code.objects.filter(table="arrival_item").exists():
        import_module("cadre_app.policy.migrations.0002_seed").seed_table(apps, "arrival_item")


class Migration(migrations.Migration):
    dependencies = [("policy", "0002_seed")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
