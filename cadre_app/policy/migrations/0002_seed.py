"""The national code tables and the published holidays that a new installation starts with."""

import csv
import json
from datetime import timedelta
from pathlib import Path

from django.db import migrations

from cadre_app.policy import workdays
from cadre_app.policy.tables import code_tables

DATA = Path(__file__).resolve().parent.parent / "data"
FIRST_YEAR, LAST_YEAR = 2015, 2026
HOLIDAY_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
}


def seed_codes(apps, schema_editor):
    for key in code_tables.keys():
        seed_table(apps, key)


def seed_table(apps, key):
    """The codes of one table from its file."""
    Code = apps.get_model("policy", "Code")
    codes = {}
    with (DATA / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        for order, row in enumerate(csv.DictReader(file), 1):
            codes[row["code"]] = Code(
                table=key,
                code=row["code"],
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                order=order * 10,
                source=code_tables[key].source,
                parent=codes.get(row["parent"]),
                data=json.loads(row["data"]) if row["data"] else {},
            )
    Code.objects.bulk_create(codes.values())


def seed_holidays(apps, schema_editor):
    from chinese_calendar import constants

    Holiday = apps.get_model("policy", "Holiday")
    days = {day: ("holiday", name) for day, name in constants.holidays.items()}
    days |= {day: ("workday", name) for day, name in constants.workdays.items()}
    Holiday.objects.bulk_create(
        Holiday(
            day=day,
            kind=kind,
            name=HOLIDAY_NAMES[name.split(",")[0]],
            source=f"国务院办公厅关于{year_of_notice(day)}年部分节假日安排的通知",
        )
        for day, (kind, name) in sorted(days.items())
        if FIRST_YEAR <= day.year <= LAST_YEAR
    )


def year_of_notice(day):
    """The last days of December can belong to the New Year of the notice for the year after."""
    return (day + timedelta(days=5)).year if day.month == 12 else day.year


def build_calendar(apps, schema_editor):
    workdays.rebuild()


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_tables")]

    operations = [
        migrations.RunPython(seed_codes, migrations.RunPython.noop),
        migrations.RunPython(seed_holidays, migrations.RunPython.noop),
        migrations.RunPython(build_calendar, migrations.RunPython.noop),
    ]
