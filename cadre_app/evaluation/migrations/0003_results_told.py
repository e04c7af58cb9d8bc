from typing import Any

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Least


def keep_last_days(apps: Any, schema_editor: Any) -> None:
    """What was counted before: no later than the day of counting, whatever the evaluation was extended to since."""
    campaign = apps.get_model("evaluation", "Campaign").objects.filter(pk=OuterRef("campaign"))
    days = [Subquery(campaign.values(name)[:1]) for name in ("closes_on", "closed_on")]
    apps.get_model("evaluation", "Subject").objects.filter(outcome="valid").update(
        filled_until=Least(*days, F("decided_on"))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0002_left_out_and_kept_small"),
    ]

    operations = [
        migrations.AddField(
            model_name="subject",
            name="filled_until",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="last day of its sheets"),
        ),
        migrations.AddField(
            model_name="subject",
            name="released_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="comments released on"),
        ),
        migrations.RunPython(keep_last_days, migrations.RunPython.noop, elidable=True),
    ]
