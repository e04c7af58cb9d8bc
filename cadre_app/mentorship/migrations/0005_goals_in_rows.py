"""Goals were lines of one text; each becomes a row. Days that follow from other records are filled in, and every pairing
that runs gets its open review."""

import calendar
from datetime import date, timedelta
from typing import Any

from django.db import migrations
from django.db.models import Max
from django.utils import timezone

REVIEW_MONTHS = 6
LONGEST_GOAL = 200
SIDES = {"帮带对象": "trainee", "双方": "both"}


def months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def fill(apps: Any, schema_editor: Any) -> None:
    pairing_model = apps.get_model("mentorship", "Pairing")
    goal = apps.get_model("mentorship", "PairingGoal")
    review = apps.get_model("mentorship", "PairingReview")
    today = timezone.localdate()
    goals, reviews, pairings = [], [], []
    signed = signed_days(apps)
    for row in pairing_model.objects.annotate(held=Max("check_ins__held_on")):
        row.last_record_on = max(day for day in (row.started_on, row.last_note_on, row.held) if day is not None)
        row.signed_on = signed.get(row.pk)
        if row.signed_on is not None:
            row.signed_on = min(day for day in (row.signed_on, row.ended_on) if day is not None)
        pairings.append(row)
        goals += [
            goal(
                pairing_id=row.pk,
                position=place,
                side=side_of(line),
                text=line[:LONGEST_GOAL],
                is_agreed=row.signed_on is not None,
            )
            for place, line in enumerate(filter(None, map(str.strip, row.goals.splitlines())))
        ]
        if row.ended_on is None and row.voided_at is None:
            first, last = stretch(row.started_on, row.due_on, today)
            reviews.append(review(pairing_id=row.pk, period_from=first, period_until=last, is_final=last == row.due_on))
    pairing_model.objects.bulk_update(pairings, ["last_record_on", "signed_on"], batch_size=500)
    goal.objects.bulk_create(goals, batch_size=500)
    review.objects.bulk_create(reviews, batch_size=500)


def signed_days(apps: Any) -> dict[Any, date]:
    """The day on which the first signed copy was attached, by pairing."""
    files = apps.get_model("files", "StoredFile").objects.filter(kind="mentorship.agreement", voided_at=None)
    return {
        owner: timezone.localdate(at)
        for owner, at in files.order_by("-created_at").values_list("owner_id", "created_at")
    }


def side_of(line: str) -> str:
    return next((side for word, side in SIDES.items() if line.startswith(word)), "mentor")


def stretch(started_on: date, due_on: date, today: date) -> tuple[date, date]:
    """The half year in which `today` lies; the last one of a pairing past its planned last day."""
    first, step = started_on, 1
    while True:
        last = min(months_later(started_on, step * REVIEW_MONTHS) - timedelta(days=1), due_on)
        if last >= min(today, due_on):
            return first, last
        first, step = last + timedelta(days=1), step + 1


class Migration(migrations.Migration):
    dependencies = [
        ("mentorship", "0004_agreements_and_reviews"),
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
