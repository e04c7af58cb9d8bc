from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("core", "0001_initial")]

    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_id", models.UUIDField()),
                ("token", models.UUIDField()),
                ("result_label", models.CharField(blank=True, max_length=100)),
                ("result_id", models.UUIDField(null=True)),
                ("sent_at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user_id", "token"), name="one_submission_per_token")],
            },
        ),
    ]
