"""Achievements as they stand, for tests that do not care how they came there."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.achievements.models import Achievement, AchievementComment, AchievementState
from cadre_app.achievements.models.choices import SETTLED
from cadre_app.files.models import PDF
from cadre_app.files.uploads import CheckedUpload
from cadre_app.people.models import Trainee
from tests.factories import UserFactory


def make_achievement(
    trainee: Trainee, *, state: str = AchievementState.VERIFIED, actor: User | None = None, **fields: Any
) -> Achievement:
    """A complete entry about the last quarter; in its state since yesterday, verified by `actor` where it was; by the unit before."""
    today = timezone.localdate()
    since: date = fields.pop("since", today - timedelta(days=1))
    values: dict[str, Any] = {
        "title": "撂荒地复耕86亩",
        "started_on": today - timedelta(days=120),
        "ended_on": today - timedelta(days=30),
        "role": "具体负责",
        "done": "逐户核实撂荒地台账，协调3家合作社统一流转。",
        "result": "复耕86亩，村集体当年增收6.4万元。",
        "witness": "梧头村党支部书记",
        "state": state,
        "state_since": since,
    }
    if state == AchievementState.RETURNED:
        values["return_comment"] = "请补充村账截图。"
    if state in (*SETTLED, AchievementState.DEPARTMENT):
        values |= {"unit_verified_by": UserFactory.create(), "unit_verified_on": since}
    if state in SETTLED:
        values |= {"verified_by": actor or UserFactory.create(), "verified_on": since}
    return Achievement.objects.create(trainee=trainee, **values | fields)


def make_comment(achievement: Achievement, *, author: User, text: str = "做得扎实。") -> AchievementComment:
    return AchievementComment.objects.create(achievement=achievement, author=author, text=text)


def upload(name: str) -> CheckedUpload:
    """A small PDF of its own."""
    return CheckedUpload(name, PDF, "application/pdf", b"%PDF-1.4 " + name.encode(), pages=1)
