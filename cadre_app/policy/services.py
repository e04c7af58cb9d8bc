"""Every change of settings, codes and holidays; each carries a reason and is in force from the next request on."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.policy import snapshot, workdays
from cadre_app.policy.holiday_rows import HolidayRow, check_day, read_rows
from cadre_app.policy.models import Code, Holiday, PolicyValue
from cadre_app.policy.specs import Policy
from cadre_app.policy.tables import CodeTable

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def add_value(
    policy: Policy[Any], *, value: Any, valid_from: date, source: str, reason: str, actor: "User"
) -> PolicyValue:
    """A new value of a setting from a local date on; raises ValidationError if that day already has one."""
    item = PolicyValue(key=policy.key, valid_from=valid_from)
    with history.change(item, actor=actor, reason=reason, verb="policy.value.added"):
        _fill_value(item, policy, value=value, source=source, reason=reason)
    return item


@transaction.atomic
def correct_value(
    item: PolicyValue, policy: Policy[Any], *, value: Any, source: str, reason: str, version: int, actor: "User"
) -> PolicyValue:
    """Put a mistyped value or source right, from the same day on. Raises Stale for an old `version`."""
    item = _standing_value(item, version)
    with history.change(item, actor=actor, reason=reason, verb="policy.value.corrected"):
        _fill_value(item, policy, value=value, source=source, reason=reason)
    return item


@transaction.atomic
def withdraw_value(item: PolicyValue, *, reason: str, version: int, actor: "User") -> PolicyValue:
    """Take back a value that is not yet in force. Raises Stale, or ValidationError once it is in force."""
    item = _standing_value(item, version)
    if not item.is_future:
        raise ValidationError(
            _("This value is already in force. Enter a new value from a later day instead."), code="in_force"
        )
    history.void(item, actor=actor, reason=reason, version=version)
    snapshot.forget()
    return item


@transaction.atomic
def add_code(
    table: CodeTable, *, code: str, name_zh: str, name_en: str, order: int, reason: str, actor: "User"
) -> Code:
    """A new line of a local table; raises ValidationError for a national standard or a code that exists."""
    if table.is_national:
        raise ValidationError(_("A national standard takes no codes of our own."), code="national")
    row = Code(table=table.key, code=code, name_zh=name_zh, name_en=name_en, order=order, source=table.source)
    with history.change(row, actor=actor, reason=reason, verb="policy.code.added"):
        row.full_clean()
        row.save()
    snapshot.forget()
    return row


@transaction.atomic
def change_code(
    row: Code,
    *,
    name_zh: str,
    name_en: str,
    order: int,
    is_active: bool,
    reason: str,
    version: int,
    actor: "User",
) -> Code:
    """Names, order and use of a code; the code itself stays. Raises Stale for an old `version`."""
    row = Code.objects.lock(row.pk, version)
    with history.change(row, actor=actor, reason=reason, verb="policy.code.changed"):
        row.name_zh, row.name_en, row.order, row.is_active = name_zh, name_en, order, is_active
        row.full_clean()
        row.save()
    snapshot.forget()
    return row


@transaction.atomic
def add_holiday(*, day: date, kind: str, name: str, source: str, reason: str, actor: "User") -> Holiday:
    """One holiday or make-up workday; raises ValidationError if the day is entered or needs no entry."""
    check_day(day, kind)
    holiday = Holiday(day=day)
    _save_holiday(holiday, kind=kind, name=name, source=source, reason=reason, actor=actor)
    workdays.rebuild()
    return holiday


@transaction.atomic
def void_holiday(holiday: Holiday, *, reason: str, version: int, actor: "User") -> Holiday:
    """Remove a wrongly entered day: it follows its weekday again. Raises Stale for an old `version`."""
    history.void(holiday, actor=actor, reason=reason, version=version)
    workdays.rebuild()
    return holiday


@transaction.atomic
def import_holidays(*, text: str, source: str, reason: str, actor: "User") -> int:
    """Enter every day of a list (see holiday_rows); days already entered take the list's kind and name.

    All or nothing: raises ValidationError if one row cannot be read. Returns how many days were written.
    """
    rows = read_rows(text)
    if not rows or any(row.errors for row in rows):
        raise ValidationError(_("The list still has rows that cannot be read. Correct them first."), code="bad_rows")
    written = sum(_import_row(row, source=source, reason=reason, actor=actor) for row in rows)
    workdays.rebuild()
    return written


def _import_row(row: HolidayRow, *, source: str, reason: str, actor: "User") -> bool:
    if row.day is None:
        return False
    known = Holiday.objects.standing().select_for_update().filter(day=row.day).first()
    holiday = known or Holiday(day=row.day)
    if known is not None and (known.kind, known.name) == (row.kind, row.name):
        return False
    _save_holiday(holiday, kind=row.kind, name=row.name, source=source, reason=reason, actor=actor)
    return True


def _save_holiday(holiday: Holiday, *, kind: str, name: str, source: str, reason: str, actor: "User") -> None:
    verb = "policy.holiday.added" if holiday._state.adding else "policy.holiday.changed"
    with history.change(holiday, actor=actor, reason=reason, verb=verb):
        holiday.kind, holiday.name, holiday.source = kind, name, source
        holiday.full_clean()
        holiday.save()


def _standing_value(item: PolicyValue, version: int) -> PolicyValue:
    item = PolicyValue.objects.lock(item.pk, version)
    if item.is_voided:
        raise ValidationError(_("This value was withdrawn."), code="withdrawn")
    return item


def _fill_value(item: PolicyValue, policy: Policy[Any], *, value: Any, source: str, reason: str) -> None:
    item.value = policy.to_json(policy.clean(value))
    item.source, item.reason = source, reason
    item.full_clean(exclude=["value"])
    item.save()
    snapshot.forget()
