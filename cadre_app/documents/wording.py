"""How official papers write dates and marks: in Chinese, whoever looks (GB/T 9704)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

INTERNAL = "内部资料 注意保管"


def day_text(day: date) -> str:
    """2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"


def mark_text(user: "User", moment: datetime, state: str = "") -> str:
    """内部资料 注意保管  张三 2026年11月23日 9:05; before it the state of a paper that is not a finished one."""
    local = timezone.localtime(moment)
    moment_text = f"{day_text(local.date())} {local.hour}:{local.minute:02d}"
    return "  ".join([*([state] if state else []), INTERNAL, f"{user.display_name} {moment_text}"])
