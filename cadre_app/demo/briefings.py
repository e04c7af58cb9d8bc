"""Briefings of the district (demo texts B17): one issued at the end of a month, one to be issued, one being written."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cadre_app.briefings import services
from cadre_app.briefings.models import Briefing
from cadre_app.core.figures import period_start

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

SHORTCOMINGS = "点单课程中写作、应急类场次偏少，部分课程报名等待时间较长；个别帮带记录不够及时，半年小结质量不均衡"
PLANS = "按岗位需求增开写作、应急类点单课程，逐对核对帮带记录和半年小结，并做好到村任职期满人员的考核和后续培养"


def load_briefings(users: "dict[str, User]", district: "Unit", as_of: date) -> None:
    """As they stand on `as_of`: the first one of the year, the last quarter that waits for the leader, and the draft of the
    twelve months that end on that day.
    """
    staff = users["staff"]
    month_end = as_of.replace(day=1) - timedelta(days=1)
    services.issue_briefing(
        _submitted(staff, district, period_start(month_end), month_end, as_of), on=as_of, actor=users["leader"]
    )
    quarter_end = as_of.replace(month=(as_of.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)
    _submitted(staff, district, quarter_end.replace(month=quarter_end.month - 2, day=1), quarter_end, as_of)
    services.create_briefing(unit=district, since=period_start(as_of), as_of=as_of, actor=staff)


def _submitted(staff: "User", district: "Unit", since: date, last: date, as_of: date) -> Briefing:
    briefing = services.create_briefing(unit=district, since=since, as_of=last, actor=staff)
    texts = {name: getattr(briefing, name) for name in services.TEXTS}
    texts |= {"shortcomings": SHORTCOMINGS, "plans": PLANS}
    briefing = services.change_briefing(briefing, suggested=[], actor=staff, **texts)
    return services.submit_briefing(briefing, on=as_of, actor=staff)
