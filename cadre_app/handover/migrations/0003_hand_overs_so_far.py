"""What went before hand-overs were kept: papers of one day with one signature went together; who gave them is not known."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import migrations


def keep(apps: Any, schema_editor: Any) -> None:
    went: dict[tuple[date, str], list[Any]] = defaultdict(list)
    gone = apps.get_model("handover", "Material").objects.exclude(handed_over_on=None)
    for material in gone.select_related("trainee__home_unit").order_by("trainee__home_unit__path", "due_on", "pk"):
        went[material.handed_over_on, material.received_by].append(material)
    hand_over, line = apps.get_model("handover", "HandOver"), apps.get_model("handover", "HandOverLine")
    for (day, received_by), papers in went.items():
        kept = hand_over.objects.create(handed_over_on=day, received_by=received_by)
        line.objects.bulk_create(
            [
                line(
                    hand_over=kept,
                    material=material,
                    number=number,
                    unit=material.trainee.home_unit.name,
                    title=material.title,
                    formed_on=material.formed_on,
                    remark=material.remark,
                )
                for number, material in enumerate(papers, start=1)
            ],
            batch_size=500,
        )


class Migration(migrations.Migration):
    dependencies = [("handover", "0002_hand_overs"), ("people", "0004_party_probation")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
