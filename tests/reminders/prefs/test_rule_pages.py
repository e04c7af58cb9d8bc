"""The pages of 提醒规则: days in any punctuation, errors beside their field, the same queries however many rules."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from cadre_app.core.reminding import reminder_rules
from cadre_app.reminders.days import read_days, shown_days
from cadre_app.reminders.forms.settings import DaysField
from cadre_app.reminders.models import RuleSetting
from cadre_app.reminders.services.settings import set_rule
from tests.reminders.prefs.conftest import plain_rule, signed_in
from tests.reminders.prefs.test_rule_settings import given

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
LIST = "/reminders/rules/"
EDIT = reverse("reminders:rule_edit", kwargs={"key": "test.meeting"})
NEW = reverse("reminders:exception_new", kwargs={"key": "test.meeting"})


def typed(**fields):
    return {
        "submission": str(uuid.uuid4()),
        "is_on": "on",
        "leads": "14，7、1,0",
        "overdue": "7",
        "attention": "14",
        "source": "区委通知",
        "reason": "统一口径",
        **fields,
    }


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("14, 7, 1, 0", [14, 7, 1, 0]),
        ("14，7、1；0", [14, 7, 1, 0]),
        ("１４，７", [14, 7]),
        ("0 7 7 14", [0, 7, 14]),
        ("14天、7天，当天前1日", None),
        ("14天、7日", [14, 7]),
        ("", []),
        ("，,、", []),
        ("007", [7]),
        ("-1", None),
        ("1.5", [1, 5]),
        ("七", None),
        ("①", [1]),
        ("٣", None),
        ("99999999999999999999", [10000]),
    ],
)
def test_days_are_read_in_any_punctuation_and_width(text, days):
    if days is None:
        with pytest.raises(ValidationError):
            read_days(text)
    else:
        assert read_days(text) == days


@pytest.mark.parametrize(("text", "code"), [("366", "out_of_bounds"), ("9" * 30, "out_of_bounds"), ("x", "not_days")])
def test_the_field_refuses_what_is_no_day(text, code):
    with pytest.raises(ValidationError) as caught:
        DaysField().clean(text)
    assert caught.value.code == code


def test_days_are_shown_in_the_viewers_language():
    with translation.override("en"):
        assert (shown_days([14, 0], zero="on the day"), shown_days([], zero="")) == ("14, on the day", "")


def test_what_is_typed_is_saved_sorted_and_once(sysadmin):
    answer = signed_in(sysadmin).post(EDIT, typed(leads="１，7、7 14", overdue="30 7", attention=""))
    assert answer.url == reverse("reminders:rule_detail", kwargs={"key": "test.meeting"})
    row = RuleSetting.objects.get()
    assert (row.unit, row.leads, row.overdue, row.attention) == (None, [14, 7, 1], [7, 30], None)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"leads": "14, 366"}, ["leads"]),
        ({"overdue": "x"}, ["overdue"]),
        ({"attention": "366"}, ["attention"]),
        ({"source": ""}, ["source"]),
        ({"reason": "秘密★1年"}, ["reason"]),
        ({"leads": "7\u202e"}, ["leads"]),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(sysadmin, fields, wrong):
    form = signed_in(sysadmin).post(EDIT, typed(**fields)).context["form"]
    assert (list(form.errors), {name: form[name].value() for name in fields}) == (wrong, fields)
    assert RuleSetting.objects.count() == 0


def test_a_form_begins_with_what_holds(sysadmin):
    set_rule("test.meeting", actor=sysadmin, **given(leads=[9, 2]))
    client = signed_in(sysadmin)
    form = client.get(EDIT).context["form"]
    assert [form[name].value() for name in ("leads", "overdue", "attention", "reason")] == ["9, 2", "3", 10, ""]
    form = client.get(NEW).context["form"]
    assert [form[name].value() for name in ("leads", "unit")] == ["9, 2", None]


def test_a_unit_gets_its_own_setting_once(sysadmin, town):
    client = signed_in(sysadmin)
    assert client.post(NEW, typed(unit=str(town.pk))).status_code == 302
    form = client.post(NEW, typed(unit=str(town.pk))).context["form"]
    assert (list(form.errors), RuleSetting.objects.get().unit) == (["unit"], town)


def test_an_exception_is_changed_taken_back_and_restored(sysadmin, town):
    client = signed_in(sysadmin)
    setting = set_rule("test.meeting", unit=town, actor=sysadmin, **given())
    for version, (page, data) in enumerate(
        [("setting_edit", typed(leads="3")), ("setting_void", typed()), ("setting_restore", typed())], start=1
    ):
        url = reverse(f"reminders:{page}", kwargs={"pk": setting.pk})
        assert client.get(url).status_code == 200
        assert client.post(url, {**data, "version": version}).status_code == 302
    setting.refresh_from_db()
    assert (setting.leads, setting.voided_at, setting.version) == ([3], None, 4)


def test_a_stale_change_is_answered_with_both_texts(sysadmin):
    set_rule("test.meeting", actor=sysadmin, **given())
    client = signed_in(sysadmin)
    statuses = [client.post(EDIT, typed(version=1, leads=leads)).status_code for leads in ("3", "5")]
    assert (statuses, RuleSetting.objects.get().leads) == ([302, 409], [3])


def test_staff_read_and_do_not_change(staff):
    client = signed_in(staff)
    assert [client.get(url).status_code for url in (LIST, f"{LIST}test.meeting/", EDIT, NEW)] == [200, 200, 403, 403]
    assert "/edit/" not in client.get(f"{LIST}test.meeting/").content.decode()


@pytest.mark.parametrize("rules_more", [0, 2])
def test_the_list_costs_the_same_queries_however_many_rules(sysadmin, town, rules_more, django_assert_num_queries):
    for number in range(rules_more):
        reminder_rules.register(f"test.more{number}", plain_rule(order=30 + number))
        set_rule(f"test.more{number}", unit=town, actor=sysadmin, **given())
    client = signed_in(sysadmin)
    client.get(LIST)
    with django_assert_num_queries(6):
        assert len(client.get(LIST).context["lines"]) == 2 + rules_more


def test_no_rules_at_all_are_said(sysadmin):
    reminder_rules._items.clear()
    assert signed_in(sysadmin).get(LIST).status_code == 200
