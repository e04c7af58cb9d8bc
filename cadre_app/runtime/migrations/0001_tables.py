import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("runtime", "0001_initial"), ("runtime", "0002_sweep_runs")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "name",
                    models.CharField(
                        choices=[("worker", "Background work"), ("beat", "Clock"), ("sweep", "Regular sweep")],
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
                ("detail", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="SweepRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(db_index=True, verbose_name="started")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                ("handled", models.JSONField(default=dict)),
                (
                    "failed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
            ],
            options={
                "verbose_name": "sweep",
                "ordering": ("-started_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="sweep_ends_after_start",
                    )
                ],
            },
        ),
    ]
