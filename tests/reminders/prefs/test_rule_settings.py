"""提醒规则: what is set for everybody or for a unit, and that what is open is worked out anew."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from cadre_app.core.models import Stale
from cadre_app.history.models import Entry
from cadre_app.reminders.models import Occurrence, RuleSetting
from cadre_app.reminders.rule_lines import rule_lines
from cadre_app.reminders.services.settings import restore_setting, set_rule, void_setting
from tests.reminders.prefs.conftest import due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def given(**fields):
    return {
        "is_on": True,
        "leads": [7, 1],
        "overdue": [3],
        "attention": 10,
        "source": "区委通知",
        "reason": "统一口径",
        **fields,
    }


def lines():
    return {line.key: line for line in rule_lines(RuleSetting.objects.standing().select_related("unit"))}


def test_without_settings_every_rule_shows_its_own_values_in_order():
    assert [
        (line.key, line.general.is_on, line.general.leads, line.general.overdue, line.general.attention, line.units)
        for line in lines().values()
    ] == [("test.meeting", True, (14, 7, 1, 0), (7,), 14, []), ("test.talk", False, (30,), (), None, [])]


def test_a_setting_for_everybody_replaces_the_default(sysadmin):
    set_rule("test.meeting", actor=sysadmin, **given(leads=[1, 7, 1, 0], overdue=[9, 3], attention=None))
    general = lines()["test.meeting"].general
    assert (general.leads, general.overdue, general.attention, general.source) == ((7, 1, 0), (3, 9), None, "区委通知")


def test_units_that_differ_stand_beside_it_in_official_order(sysadmin, district, town):
    for unit in (town, district):
        set_rule("test.meeting", unit=unit, actor=sysadmin, **given(is_on=False))
    line = lines()["test.meeting"]
    assert [ringing.setting.unit for ringing in line.units] == [district, town]
    assert (line.general.setting, line.general.is_on) == (None, True)


def test_the_open_items_of_the_rule_and_no_others_are_worked_out_anew(sysadmin):
    today = timezone.localdate()
    later = today + timedelta(days=40)
    items = {
        "open": due("test.meeting", uuid.uuid4(), 50, next_on=later),
        "told": due("test.meeting", uuid.uuid4(), -50, next_on=None),
        "closed": due("test.meeting", uuid.uuid4(), 50, next_on=later, closed_at=timezone.now()),
        "other": due("test.talk", uuid.uuid4(), 50, next_on=later),
    }
    setting = set_rule("test.meeting", actor=sysadmin, **given())
    expected = {"open": today, "told": today, "closed": later, "other": later}
    assert {key: Occurrence.objects.get(pk=item.pk).next_on for key, item in items.items()} == expected
    Occurrence.objects.open().update(next_on=later)
    setting = void_setting(setting, reason="不再需要", version=setting.version, actor=sysadmin)
    assert Occurrence.objects.get(pk=items["open"].pk).next_on == today
    Occurrence.objects.open().update(next_on=later)
    restore_setting(setting, version=setting.version, actor=sysadmin)
    assert Occurrence.objects.get(pk=items["open"].pk).next_on == today


def test_a_setting_taken_back_gives_way_to_the_default_and_can_be_restored(sysadmin):
    setting = set_rule("test.meeting", actor=sysadmin, **given())
    voided = void_setting(setting, reason="不再需要", version=setting.version, actor=sysadmin)
    assert lines()["test.meeting"].general.setting is None
    restore_setting(voided, version=voided.version, actor=sysadmin)
    assert lines()["test.meeting"].general.leads == (7, 1)


def test_a_setting_is_not_restored_beside_another_one(sysadmin, town):
    first = set_rule("test.meeting", unit=town, actor=sysadmin, **given())
    first = void_setting(first, reason="有误", version=first.version, actor=sysadmin)
    set_rule("test.meeting", unit=town, actor=sysadmin, **given())
    with pytest.raises(ValidationError) as caught:
        restore_setting(first, version=first.version, actor=sysadmin)
    assert [error.code for error in caught.value.error_dict["__all__"]] == ["unit"]


def test_who_looked_at_an_older_setting_is_told_so(sysadmin):
    first = set_rule("test.meeting", actor=sysadmin, **given())
    for version in (None, 7):
        with pytest.raises(Stale):
            set_rule("test.meeting", version=version, actor=sysadmin, **given(leads=[3]))
    second = set_rule("test.meeting", version=first.version, actor=sysadmin, **given(leads=[3]))
    assert (second.pk, second.leads, second.version) == (first.pk, [3], 2)


def test_a_second_setting_for_a_unit_is_refused_beside_the_unit(sysadmin, town):
    set_rule("test.meeting", unit=town, actor=sysadmin, **given())
    with pytest.raises(ValidationError) as caught:
        set_rule("test.meeting", unit=town, actor=sysadmin, **given())
    assert list(caught.value.error_dict) == ["unit"]


def test_a_setting_that_was_taken_back_meanwhile_is_not_changed(sysadmin, town):
    setting = set_rule("test.meeting", unit=town, actor=sysadmin, **given())
    void_setting(setting, reason="有误", version=1, actor=sysadmin)
    with pytest.raises(ValidationError) as caught:
        set_rule("test.meeting", unit=town, version=1, actor=sysadmin, **given())
    assert caught.value.code == "voided"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"leads": [366]}, ["leads"]),
        ({"leads": [-1]}, ["leads"]),
        ({"leads": range(13)}, ["leads"]),
        ({"overdue": [400]}, ["overdue"]),
        ({"attention": 366}, ["attention"]),
        ({"attention": -1}, ["attention"]),
        ({"source": ""}, ["source"]),
        ({"reason": ""}, ["reason"]),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(sysadmin, fields, wrong):
    with pytest.raises(ValidationError) as caught:
        set_rule("test.meeting", actor=sysadmin, **given(**fields))
    assert (list(caught.value.error_dict), RuleSetting.objects.count()) == (wrong, 0)


def test_a_rule_that_nobody_announces_is_not_set(sysadmin):
    with pytest.raises(ValidationError) as caught:
        set_rule("no.such", actor=sysadmin, **given())
    assert caught.value.code == "no_rule"


def test_the_history_tells_each_step_with_its_reason(sysadmin, town):
    setting = set_rule("test.meeting", unit=town, actor=sysadmin, **given(reason="甲"))
    setting = set_rule("test.meeting", unit=town, version=1, actor=sysadmin, **given(leads=[5], reason="乙"))
    void_setting(setting, reason="丙", version=2, actor=sysadmin)
    entries = Entry.objects.about(setting).order_by("at").values_list("verb", "reason", "actor")
    assert list(entries) == [
        ("reminders.rule.exempted", "甲", sysadmin.pk),
        ("reminders.rule.set", "乙", sysadmin.pk),
        ("reminders.rulesetting.voided", "丙", sysadmin.pk),
    ]


def test_the_history_names_the_rule_and_writes_days_as_words(sysadmin):
    setting = set_rule("test.meeting", actor=sysadmin, **given())
    with translation.override("zh-hans"):
        (entry,) = Entry.objects.about(setting).told()
        told = {change.name: change.after for change in entry.changes}
    assert (told["rule"], told["leads"], told["overdue"]) == ("帮带见面", "7、1", "3")
