"""提醒方式: what is kept and shown, who wants to be told, and test messages."""

import smtplib
import uuid

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from cadre_app.accounts.models import User
from cadre_app.core.models import Stale
from cadre_app.history.models import Entry
from cadre_app.reminders.channels import Outgoing
from cadre_app.reminders.models import Preference
from cadre_app.reminders.services import preferences as services
from cadre_app.reminders.services.preferences import address_of, set_channel, wanted
from tests.factories import PersonFactory, UserFactory
from tests.reminders.prefs.conftest import signed_in
from tests.reminders.prefs.test_addresses import DINGTALK, KEY, SECRET, TOKEN, WECOM

pytestmark = pytest.mark.django_db
PAGE = "/reminders/mine/"


def typed(**fields):
    return {"submission": str(uuid.uuid4()), "mode": "daily", **fields}


def test_without_a_choice_email_goes_once_a_day_to_the_address_on_record(mentor):
    assert address_of(mentor, "email") == ("off", "")
    PersonFactory.create(account=mentor, email="mentor@example.cn")
    found = {channel: address_of(mentor, channel) for channel in ("email", "wecom", "dingtalk")}
    assert found == {"email": ("daily", "mentor@example.cn"), "wecom": ("off", ""), "dingtalk": ("off", "")}


def test_a_choice_holds_with_the_address_of_ones_own_or_on_record(mentor):
    PersonFactory.create(account=mentor, email="mentor@example.cn")
    row = set_channel("email", mode="at_once", actor=mentor)
    assert address_of(mentor, "email") == ("at_once", "mentor@example.cn")
    row = set_channel("email", mode="daily", address="own@example.cn", version=row.version, actor=mentor)
    assert address_of(mentor, "email") == ("daily", "own@example.cn")
    row = set_channel("email", mode="off", version=row.version, actor=mentor)
    assert address_of(mentor, "email") == ("off", "own@example.cn")
    set_channel("email", mode="daily", forget=True, version=row.version, actor=mentor)
    assert address_of(mentor, "email") == ("daily", "mentor@example.cn")


def test_a_disabled_account_is_told_nothing(mentor):
    set_channel("email", mode="daily", address="own@example.cn", actor=mentor)
    mentor.is_active = False
    assert address_of(mentor, "email") == ("off", "")


def test_an_address_that_can_no_longer_be_read_is_none(mentor):
    set_channel("wecom", mode="daily", address=KEY, actor=mentor)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reminders_preference SET address = 'gone:AAAA'")
    assert address_of(mentor, "wecom") == ("off", "")


def test_an_address_is_kept_sealed(mentor):
    set_channel("wecom", mode="daily", address=f"{WECOM}?key={KEY}", actor=mentor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM reminders_preference")
        ((kept,),) = cursor.fetchall()
    assert (KEY in kept, Preference.objects.get().address) == (False, KEY)


def test_the_history_tells_that_an_address_changed_and_never_which(mentor):
    row = set_channel("dingtalk", mode="daily", address=TOKEN, signing=SECRET, actor=mentor)
    set_channel("dingtalk", mode="at_once", address=TOKEN, version=row.version, actor=mentor)
    entries = Entry.objects.about(row).order_by("at")
    assert [(entry.verb, entry.sealed) for entry in entries] == [("reminders.preference.set", ["address"])] * 2
    told = str([(entry.before, entry.after) for entry in entries])
    assert [word for word in (TOKEN, SECRET) if word in told] == []


def test_the_first_choice_made_twice_at_once_is_stale(mentor):
    set_channel("email", mode="off", actor=mentor)
    with pytest.raises(Stale):
        set_channel("email", mode="off", actor=mentor)


@pytest.mark.parametrize(
    ("channel", "fields"),
    [
        ("email", {"mode": "daily"}),
        ("wecom", {"mode": "at_once"}),
        ("wecom", {"mode": "daily", "address": "https://evil.example/"}),
        ("dingtalk", {"mode": "daily", "address": " "}),
    ],
)
def test_nobody_is_told_where_there_is_no_address(mentor, channel, fields):
    with pytest.raises(ValidationError) as caught:
        set_channel(channel, actor=mentor, **fields)
    assert (list(caught.value.error_dict), Preference.objects.count()) == (["address"], 0)


@pytest.mark.parametrize("channel", ["inbox", "pager"])
def test_there_is_no_choice_about_the_inbox(mentor, channel):
    with pytest.raises(ValidationError) as caught:
        set_channel(channel, mode="off", actor=mentor)
    assert caught.value.code == "not_a_choice"


@pytest.fixture
def everybody(district):
    """One account of each sort, by what it is."""
    made = {
        name: UserFactory.create(unit=district, username=name.replace("_", "."), is_active="disabled" not in name)
        for name in (
            "nothing",
            "on_record",
            "voided_record",
            "off_with_record",
            "at_once_by_record",
            "own_email",
            "without_address",
            "two_robots",
            "disabled_on_record",
            "disabled_own",
        )
    }
    for name, user in made.items():
        if "record" in name:
            PersonFactory.create(account=user, email=f"{user.username}@example.cn")
    made["voided_record"].person.voided_at = made["voided_record"].created_at
    made["voided_record"].person.save()
    rows = [
        ("off_with_record", "email", "off", ""),
        ("at_once_by_record", "email", "at_once", ""),
        ("own_email", "email", "daily", "own@example.cn"),
        ("own_email", "wecom", "off", KEY),
        ("without_address", "email", "daily", ""),
        ("without_address", "wecom", "daily", ""),
        ("two_robots", "wecom", "daily", KEY),
        ("two_robots", "dingtalk", "at_once", TOKEN),
        ("disabled_own", "email", "daily", "own@example.cn"),
    ]
    for name, channel, mode, address in rows:
        Preference.objects.create(user=made[name], channel=channel, mode=mode, address=address)
    return made


EXPECTED = [
    ("at_once_by_record", "email", "at_once"),
    ("on_record", "email", "daily"),
    ("own_email", "email", "daily"),
    ("two_robots", "dingtalk", "at_once"),
    ("two_robots", "wecom", "daily"),
]


def test_everybody_who_wants_to_be_told_outside_and_can_be(everybody):
    names = {user.pk: name for name, user in everybody.items()}
    assert sorted((names[user], channel, mode) for user, channel, mode in wanted()) == EXPECTED


JOINED = (
    "SELECT account.username, channel, mode FROM accounts_user AS account JOIN ({wishes}) AS wish (user_id, channel, mode) ON wish.user_id = account.id "
    "ORDER BY 1, 2"
)


def test_the_same_can_be_joined_in_sql(everybody):
    sql, params = wanted().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(JOINED.format(wishes=sql), params)
        assert [(name.replace(".", "_"), *rest) for name, *rest in cursor.fetchall()] == EXPECTED


def test_set_and_single_form_agree(everybody):
    singly = [
        (name, channel, address_of(user, channel)[0])
        for name, user in sorted(everybody.items())
        for channel in ("dingtalk", "email", "wecom")
        if all(address_of(user, channel)) and address_of(user, channel)[0] != "off"
    ]
    assert singly == EXPECTED


# The pages


def test_the_page_shows_ones_own_addresses_masked(mentor, staff):
    PersonFactory.create(account=mentor, email="on.record@example.cn")
    set_channel("dingtalk", mode="at_once", address=TOKEN, signing=SECRET, actor=mentor)
    set_channel("wecom", mode="daily", address="f" * 30, actor=staff)
    answer = signed_in(mentor).get(PAGE)
    lines = answer.context["lines"]
    assert [(line.channel, line.mode, line.address, line.by_record, line.state) for line in lines] == [
        ("email", "daily", "o***@example.cn", True, "ok"),
        ("wecom", "off", "", False, "idle"),
        ("dingtalk", "at_once", "***8f90", False, "ok"),
    ]
    page = answer.content.decode()
    assert [word for word in ("on.record@", TOKEN, SECRET, "ffff") if word in page] == []


def test_a_webhook_address_is_pasted_and_never_sent_back(mentor):
    client = signed_in(mentor)
    url = f"{PAGE}dingtalk/"
    answer = client.post(url, typed(address=f"{DINGTALK}?access_token={TOKEN}", signing=SECRET))
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert address_of(mentor, "dingtalk") == ("daily", f"{TOKEN}:{SECRET}")
    page = client.get(url).content.decode()
    assert ([word for word in (TOKEN, SECRET) if word in page], "***8f90" in page) == ([], True)
    client.post(url, typed(mode="at_once", version=1))
    assert address_of(mentor, "dingtalk") == ("at_once", f"{TOKEN}:{SECRET}")
    client.post(url, typed(mode="off", forget="on", version=2))
    assert address_of(mentor, "dingtalk") == ("off", "")


@pytest.mark.parametrize(
    ("channel", "fields", "wrong"),
    [
        ("email", {"address": "nobody"}, ["address"]),
        ("email", {"address": ""}, ["address"]),
        ("email", {"mode": "hourly"}, ["mode"]),
        ("wecom", {"address": "https://evil.example/cgi-bin/webhook/send?key=" + KEY}, ["address"]),
        ("wecom", {"address": "x" * 401}, ["address"]),
        ("dingtalk", {"address": TOKEN, "signing": "nonsense"}, ["signing"]),
        ("dingtalk", {"address": "", "signing": SECRET, "mode": "off"}, ["address"]),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(mentor, channel, fields, wrong):
    form = signed_in(mentor).post(f"{PAGE}{channel}/", typed(**fields)).context["form"]
    assert (list(form.errors), {name: form[name].value() for name in fields}) == (wrong, fields)
    assert Preference.objects.count() == 0


def test_a_stale_page_is_answered_with_409_and_without_the_kept_address(mentor):
    set_channel("wecom", mode="daily", address=KEY, actor=mentor)
    client = signed_in(mentor)
    answers = [client.post(f"{PAGE}wecom/", typed(mode=mode, version=1)) for mode in ("off", "at_once")]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert KEY not in answers[1].content.decode()


def test_a_channel_that_does_not_exist_is_not_found(mentor):
    client = signed_in(mentor)
    assert [client.get(f"{PAGE}{name}/").status_code for name in ("inbox", "pager")] == [404, 404]
    assert client.post(f"{PAGE}inbox/try/").status_code == 404


# Test messages


def said(client, channel="email"):
    answer = client.post(f"{PAGE}{channel}/try/", follow=True)
    return [(message.level_tag, str(message)) for message in answer.context["messages"]]


def test_a_test_message_goes_to_ones_own_address_in_ones_own_language(mentor):
    set_channel("email", mode="off", address="own@example.cn", actor=mentor)
    assert said(signed_in(mentor)) == [("success", "测试消息已发出，请查看是否收到。")]
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["own@example.cn"], "青蓝：测试消息")


def test_without_a_mail_server_a_test_message_says_that_it_stays_here(mentor, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    set_channel("email", mode="daily", address="own@example.cn", actor=mentor)
    assert said(signed_in(mentor)) == [("warning", "系统尚未配置邮件服务器，消息已生成但未发出。")]
    assert len(list(tmp_path.iterdir())) == 1


def test_only_a_few_test_messages_an_hour(mentor, staff):
    for user in (mentor, staff):
        set_channel("email", mode="daily", address="own@example.cn", actor=user)
    client = signed_in(mentor)
    levels = [said(client)[0][0] for _ in range(services.MOST_TRIALS + 2)]
    assert levels == ["success"] * services.MOST_TRIALS + ["warning"] * 2
    assert len(mail.outbox) == services.MOST_TRIALS
    assert said(signed_in(staff))[0][0] == "success"


def test_without_an_address_there_is_nothing_to_test(mentor):
    assert said(signed_in(mentor), "wecom") == [("error", "尚无可用地址，请先填写。")]
    assert Entry.objects.filter(verb=services.TRIED).count() == 0


def test_a_test_message_that_fails_says_why_and_keeps_the_address_to_itself(mentor, monkeypatch):
    def refuse(self, messages):
        raise smtplib.SMTPRecipientsRefused({"own@example.cn": (550, b"no such person own@example.cn")})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    set_channel("email", mode="daily", address="own@example.cn", actor=mentor)
    assert said(signed_in(mentor)) == [("error", "测试消息未能发出：对方拒收。")]


def test_a_test_message_is_on_record_before_it_is_sent(mentor, monkeypatch):
    seen = []
    monkeypatch.setattr(
        services, "send", lambda message: seen.append((message, Entry.objects.filter(verb=services.TRIED).count()))
    )
    set_channel("wecom", mode="daily", address=KEY, actor=mentor)
    services.try_channel("wecom", link="/", actor=User.objects.get(pk=mentor.pk))
    ((message, count),) = seen
    assert (isinstance(message, Outgoing), message.address, count) == (True, KEY, 1)
