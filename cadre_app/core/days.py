"""Local days as moments, so that a filter by day can use the index on the moment."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def start_of(day: date) -> datetime:
    """Midnight at which the local day begins, aware."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """Midnight at which the local day ends, aware; raises OverflowError for 31 December 9999."""
    return start_of(day + timedelta(days=1))
