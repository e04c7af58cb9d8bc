"""上级报表: the return of the year before last, frozen and filed, and that of last year as a draft."""

from datetime import date, timedelta

from cadre_app.accounts.models import User
from cadre_app.org.models import Unit
from cadre_app.rosters.services import reports

FILLED_IN, FROZEN_AFTER = (1, 12), timedelta(days=6)


def load_reports(unit: Unit, users: dict[str, User], as_of: date) -> None:
    """Staff fill in, the deputy head freezes the older one; its number is that of the letter that took it along."""
    filled = date(as_of.year - 1, *FILLED_IN)
    older = reports.start_report(
        unit=unit,
        as_of=date(as_of.year - 2, 12, 31),
        remark="数据由成长档案自动汇总。",
        on=filled,
        actor=users["staff"],
    )
    submitted = reports.submit_report(older, on=filled, actor=users["staff"])
    frozen = reports.freeze_report(submitted, on=filled + FROZEN_AFTER, actor=users["leader"])
    reports.number_report(frozen, filing_number=f"望委组〔{filled.year}〕3号", actor=users["staff"])
    reports.start_report(unit=unit, as_of=date(as_of.year - 1, 12, 31), on=as_of, actor=users["staff"])
