"""Briefings of the district (demo texts B17): one issued at the end of a month, one being written."""

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
    """As they stand on `as_of`: the first one of the year, and the draft of the twelve months that end on that day."""
    month_end = as_of.replace(day=1) - timedelta(days=1)
    _issued(users, district, month_end, as_of)
    services.create_briefing(unit=district, since=period_start(as_of), as_of=as_of, actor=users["staff"])


def _issued(users: "dict[str, User]", district: "Unit", last: date, as_of: date) -> Briefing:
    staff = users["staff"]
    briefing = services.create_briefing(unit=district, since=period_start(last), as_of=last, actor=staff)
    texts = {name: getattr(briefing, name) for name in services.TEXTS}
    texts |= {"shortcomings": SHORTCOMINGS, "plans": PLANS}
    briefing = services.change_briefing(briefing, suggested=[], actor=staff, **texts)
    briefing = services.submit_briefing(briefing, on=as_of, actor=staff)
    return services.issue_briefing(briefing, on=as_of, actor=users["leader"])
