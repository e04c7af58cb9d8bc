"""A symposium of the tests in each of its states, and what is due and told of it."""

from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cadre_app.care.models import Invitation, Symposium, SymposiumNews
from cadre_app.care.services import invitations, symposiums
from cadre_app.core.reminding import reminder_rules
from tests.care.conftest import TODAY, Care

NEXT, SECRET = date(2026, 11, 30), "对个别同志的思想波动另行了解"
FAR = date(2099, 1, 1)
LIST_QUERIES, DETAIL_QUERIES, ATTENDANCE_QUERIES, SHEET_QUERIES = 8, 17, 8, 7
TYPED = {
    "title": "下半年座谈会", "kind": "second_half", "day": "2026-11-30", "starts_at": "09:00", "ends_at": "11:00",
    "place": "部会议室", "chair": "部长", "agenda": "学习传达有关精神\n意见建议", "guests": "",
}  # fmt: skip


def made(care: Care, **values: Any) -> Symposium:
    known = TYPED | {"day": NEXT, "starts_at": time(9), "ends_at": time(11), "unit": care.district.top}
    return symposiums.plan_symposium(**known | values, actor=care.staff)  # type: ignore[arg-type]


def invited(care: Care, symposium: Symposium, *files: Any) -> Invitation:
    invitations.invite_many(symposium, trainees=[care.file, *files], actor=care.staff)
    return Invitation.objects.get(symposium=symposium, trainee=care.file)


def notified(care: Care, **values: Any) -> Invitation:
    symposium = made(care, **values)
    invitation = invited(care, symposium)
    invitation.symposium = symposiums.notify_symposium(symposium, actor=care.staff)
    return invitation


def held(care: Care, *files: Any, **values: Any) -> Symposium:
    symposium = made(care, **{"day": TODAY} | values)
    invited(care, symposium, *files)
    presence = dict.fromkeys(symposium.invitations.values_list("pk", flat=True), "present")
    return invitations.record_attendance(symposium, presence=presence, actor=care.staff)


def codes(error: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    found = error.value.error_dict if hasattr(error.value, "error_dict") else {"": error.value.error_list}
    return {name: [str(one.code) for one in errors] for name, errors in found.items()}


def due(key: str) -> list[tuple[Any, ...]]:
    return list(reminder_rules[key].dues(FAR).values_list("due_day", "trainee_key", "doer_key"))


def told(care: Care) -> list[str]:
    rows = SymposiumNews.objects.filter(closed_at=None, invitation__trainee=care.file)
    return list(rows.values_list("kind", flat=True))
