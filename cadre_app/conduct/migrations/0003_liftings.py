from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conduct", "0002_talks"),
    ]

    operations = [
        migrations.AddField(
            model_name="sanction",
            name="lift_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("decision", "The decision says so"),
                    ("prolonged", "Prolonged by a later decision"),
                    ("shortened", "Ended early by a later decision"),
                    ("merged", "Counted together with another period"),
                ],
                max_length=10,
                verbose_name="why lifted early",
            ),
        ),
        migrations.AddField(
            model_name="sanction",
            name="lift_document",
            field=models.CharField(blank=True, max_length=60, verbose_name="document of the lifting"),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lifted_on__isnull", False), models.Q(("lift_document", ""), ("lift_reason", "")), _connector="OR"
                ),
                name="only_lifted_decisions_say_why",
            ),
        ),
    ]
