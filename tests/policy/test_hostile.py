"""What a hostile form sends to the settings: a plain answer, nothing saved."""

import uuid

import pytest
from django.test import Client

from cadre_app.policy.models import Code, Holiday, PolicyValue
from cadre_app.policy.tables import code_tables

pytestmark = pytest.mark.django_db
IMPORT = "/settings/calendar/import/"


def test_a_list_sent_twice_is_entered_once_and_another_text_is_read_anew(manager: Client) -> None:
    data = {"submission": str(uuid.uuid4()), "source": "国办发明电", "reason": "年度安排"}
    manager.raise_request_exception = False
    manager.post(IMPORT, {**data, "text": "2030-01-01,放假,元旦"})
    assert manager.post(IMPORT, {**data, "text": "2030-01-01,放假,元旦"}).status_code == 302
    again = manager.post(IMPORT, {**data, "text": "x"})
    assert (again.status_code, [bool(row.errors) for row in again.context["rows"]]) == (200, [True])
    assert Holiday.objects.filter(day__year=2030).count() == 1


@pytest.mark.parametrize("value", ["区委\u202e组织部", "区委\u200f", "区委\x0b部"])
def test_a_setting_takes_no_text_that_hides_or_turns_letters(manager: Client, value: str) -> None:
    data = {"value": value, "valid_from": "2020-01-01", "source": "文件", "reason": "更正"}
    answer = manager.post("/settings/values/core.organization_name/new/", data)
    assert (answer.status_code, PolicyValue.objects.filter(key="core.organization_name").count()) == (200, 0)


def test_a_code_of_our_own_can_be_opened_after_it_was_added(manager: Client) -> None:
    table = next(table for table in code_tables.values() if not table.is_national)
    data = {"code": "Z9", "name_zh": "其他", "name_en": "Other", "order": "1", "reason": "增设"}
    manager.post(f"/settings/tables/{table.key}/new/", data)
    row = Code.objects.get(table=table.key, code="Z9")
    manager.raise_request_exception = False
    assert manager.get(f"/settings/codes/{row.pk}/").status_code == 200
