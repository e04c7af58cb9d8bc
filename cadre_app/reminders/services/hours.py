"""When a message may leave: outside quiet hours and, by setting, on workdays only; local hours, times in UTC."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cadre_app.policy import workdays
from cadre_app.policy.workdays import OutOfCalendar
from cadre_app.reminders.policies import DIGEST_HOUR, OUTSIDE_WORKDAYS_ONLY, QUIET_FROM, QUIET_UNTIL


@dataclass(frozen=True)
class Hours:
    """Quiet from one full hour to another, over midnight or not; the same hour twice is never quiet."""

    quiet_from: int
    quiet_until: int
    digest_at: int
    workdays_only: bool

    @classmethod
    def now(cls) -> "Hours":
        """As the settings stand."""
        return cls(QUIET_FROM.now(), QUIET_UNTIL.now(), DIGEST_HOUR.now(), OUTSIDE_WORKDAYS_ONLY.now())

    def is_quiet(self, moment: datetime) -> bool:
        """True where nothing may be sent at `moment`."""
        local = timezone.localtime(moment)
        return self._is_quiet_hour(local.hour) or not self._is_open_day(local.date())

    def next_open(self, moment: datetime) -> datetime:
        """`moment` itself, or the first full hour after it at which messages may be sent."""
        if not self.is_quiet(moment):
            return moment
        local = timezone.localtime(moment)
        later = (hour for hour in range(local.hour + 1, 24) if not self._is_quiet_hour(hour))
        hour = next(later, None) if self._is_open_day(local.date()) else None
        if hour is not None:
            return _at(local.date(), hour)
        return _at(self._workday(local.date() + timedelta(days=1)), self._first_open_hour)

    def slots(self, moment: datetime) -> "Slots":
        """Where a notice made at `moment` goes: into a gathered message, or out at once."""
        day = self._workday(timezone.localtime(moment).date())
        if self._gathered_at(day) <= moment:
            day = self._workday(day + timedelta(days=1))
        days = (day, self._workday(day + timedelta(days=1)))
        return Slots(tuple((day, self._gathered_at(day)) for day in days), self.next_open(moment))

    def _gathered_at(self, day: date) -> datetime:
        return _at(day, self._first_open_hour if self._is_quiet_hour(self.digest_at) else self.digest_at)

    @property
    def _first_open_hour(self) -> int:
        return next((hour for hour in range(24) if not self._is_quiet_hour(hour)), 0)

    def _is_open_day(self, day: date) -> bool:
        return not self.workdays_only or _is_workday(day)

    def _is_quiet_hour(self, hour: int) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until

    def _workday(self, day: date) -> date:
        return day if self._is_open_day(day) else workdays.add_workdays(day, 0)


@dataclass(frozen=True)
class Slots:
    """Local day and time of the next gathered message and of the one after it; when a single one is sent (UTC)."""

    gathered: tuple[tuple[date, datetime], ...]
    at_once_at: datetime


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _is_workday(day: date) -> bool:
    try:
        return workdays.is_workday(day)
    except OutOfCalendar:
        return True
