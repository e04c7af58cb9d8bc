import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mentorship", "0005_goals_in_rows"),
    ]

    operations = [
        migrations.RemoveField(model_name="pairing", name="goals"),
        migrations.AlterField(
            model_name="pairing",
            name="last_record_on",
            field=models.DateField(editable=False, verbose_name="latest note or check-in on"),
        ),
        migrations.AlterField(
            model_name="pairinggoal",
            name="pairing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="goals",
                to="mentorship.pairing",
                verbose_name="pairing",
            ),
        ),
    ]
