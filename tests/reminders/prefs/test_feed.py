"""日历订阅: counts by day and rule for whoever knows the address, no names, no texts; one 404 for all others."""

import hashlib
import re
import uuid
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from cadre_app.history.models import Entry
from cadre_app.reminders.models import Feed
from cadre_app.reminders.services.feeds import make_feed, owner_of, remove_feed
from cadre_app.reminders.views.feed import MOST_A_MINUTE
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UserFactory
from tests.reminders.prefs.conftest import due, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
MINE = "/reminders/mine/"
TOKEN = "T" * 43
ONE_TIME = re.compile(r"[A-Za-z0-9]{64}|[xdr]{43}")  # tokens of forms, and the address that was asked for


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()
    yield
    cache.clear()


def url(token=TOKEN):
    return f"/reminders/feed/{token}.ics"


def events(client=None, token=TOKEN):
    answer = (client or Client()).get(url(token))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return [
        (event["summary"], event.decoded("dtstart"), event.decoded("dtend"), str(event["uid"]))
        for event in Calendar.from_ical(answer.content).walk("VEVENT")
    ]


@pytest.fixture
def file(town):
    return TraineeFactory.create(person=PersonFactory.create(name="林金丝雀"), home_unit=town)


def test_each_day_and_rule_is_one_entry_with_a_count(staff, file):
    make_feed(token=TOKEN, actor=staff)
    today = timezone.localdate()
    for rule, days in [
        ("test.meeting", 3),
        ("test.meeting", 3),
        ("test.talk", 3),
        ("test.meeting", 0),
        ("test.meeting", -9),
        ("test.meeting", 180),
        ("test.meeting", 181),
        ("gone.rule", 3),
    ]:
        due(rule, uuid.uuid4(), days, trainee=file)
    due("test.meeting", uuid.uuid4(), 3, trainee=file, closed_at=timezone.now())
    due("test.meeting", uuid.uuid4(), 5, trainee=file, postponed_to=today + timedelta(days=3), postponed_why="统一安排")
    third, last = today + timedelta(days=3), today + timedelta(days=180)
    assert [(summary, start, end) for summary, start, end, _uid in events()] == [
        ("帮带见面：2件", today, today + timedelta(days=1)),
        ("帮带见面：3件", third, third + timedelta(days=1)),
        ("谈心谈话：1件", third, third + timedelta(days=1)),
        ("帮带见面：1件", last, last + timedelta(days=1)),
    ]


def test_names_stay_the_same_while_counts_change(staff, file):
    make_feed(token=TOKEN, actor=staff)
    due("test.meeting", uuid.uuid4(), 3, trainee=file)
    before = events()
    due("test.meeting", uuid.uuid4(), 3, trainee=file)
    after = events()
    assert [event[3] for event in before] == [event[3] for event in after]
    day = timezone.localdate() + timedelta(days=3)
    assert after[0][3] == f"test.meeting.{day:%Y%m%d}.{staff.pk}@127.0.0.1"


def test_neither_names_nor_texts_leave_the_system(staff, file):
    make_feed(token=TOKEN, actor=staff)
    due("test.meeting", uuid.uuid4(), 1, trainee=file)
    content = Client().get(url()).content.decode()
    private = ("金丝雀", file.file_number, "结对协议", "梧岭镇", staff.display_name, staff.username)
    assert [word for word in private if word in content.replace("\r\n ", "")] == []


def test_everybody_gets_what_is_theirs_to_do(staff, mentor, file, district):
    other = UserFactory.create(unit=district)
    GrantFactory.create(user=other, role="liaison", unit=district)
    for user, token in ((staff, "s" * 43), (mentor, "m" * 43), (other, "o" * 43)):
        make_feed(token=token, actor=user)
    due("test.meeting", uuid.uuid4(), 1, trainee=file)
    due("test.meeting", uuid.uuid4(), 2, doer=mentor)
    due("test.meeting", uuid.uuid4(), 3, doer=mentor, is_personal=True)
    assert [len(events(token=letter * 43)) for letter in "smo"] == [1, 2, 0]


def test_it_speaks_the_language_of_its_owner(staff, file):
    staff.language = "en"
    staff.save()
    make_feed(token=TOKEN, actor=staff)
    due("test.meeting", uuid.uuid4(), 1, trainee=file)
    assert [event[0] for event in events()] == ["帮带见面: 1 due"]


def test_it_links_to_the_due_list_and_is_never_kept(staff, file, settings):
    settings.PUBLIC_URL = "https://qinglan.example.cn"
    make_feed(token=TOKEN, actor=staff)
    due("test.meeting", uuid.uuid4(), 1, trainee=file)
    answer = Client().get(url())
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["url"]) == "https://qinglan.example.cn/reminders/due/"
    assert (answer["Cache-Control"], "Set-Cookie" in answer.headers, answer.cookies.keys()) == (
        "private, no-store",
        False,
        set(),
    )


def test_what_did_not_change_is_not_sent_again(staff, file):
    make_feed(token=TOKEN, actor=staff)
    etag = Client().get(url())["ETag"]
    again = Client().get(url(), headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    due("test.meeting", uuid.uuid4(), 1, trainee=file)
    assert Client().get(url(), headers={"If-None-Match": etag}).status_code == 200


def test_an_unknown_a_removed_and_a_disabled_address_answer_alike(staff, mentor):
    make_feed(token="d" * 43, actor=mentor)
    mentor.is_active = False
    mentor.save()
    remove_feed(make_feed(token="r" * 43, actor=staff), actor=staff)
    answers = [Client().get(url(token)) for token in ("x" * 43, "d" * 43, "r" * 43, "x", "%00", "你好")]
    assert [answer.status_code for answer in answers] == [404] * 6
    assert len({ONE_TIME.sub("", answer.content.decode()) for answer in answers[:3]}) == 1


def test_other_methods_are_refused(staff):
    make_feed(token=TOKEN, actor=staff)
    assert [Client().post(url()).status_code, Client().head(url()).status_code] == [405, 200]


def test_who_asks_too_often_waits(staff):
    make_feed(token=TOKEN, actor=staff)
    statuses = [Client().get(url()).status_code for _ in range(MOST_A_MINUTE + 2)]
    assert statuses == [200] * MOST_A_MINUTE + [429] * 2


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_queries_however_much_is_due(staff, file, count, django_assert_num_queries):
    make_feed(token=TOKEN, actor=staff)
    for days in range(count):
        due("test.meeting", uuid.uuid4(), days, trainee=file)
    with django_assert_num_queries(4):
        assert len(events()) == count


# Its address


def test_the_address_is_shown_once_and_only_its_digest_is_kept(mentor):
    client = signed_in(mentor)
    data = {"submission": str(uuid.uuid4())}
    address = client.post(f"{MINE}calendar/make/", data).context["address"]
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert address == f"http://127.0.0.1:8000/reminders/feed/{token}.ics"
    assert (len(token), Feed.objects.get().digest) == (43, hashlib.sha256(token.encode()).hexdigest())
    assert client.post(f"{MINE}calendar/make/", data).context["address"] == ""
    assert token not in client.get(MINE).content.decode()
    assert owner_of(token) == mentor


def test_a_new_address_replaces_the_old_one(mentor):
    first = make_feed(token="1" * 43, actor=mentor)
    second = make_feed(token="2" * 43, actor=mentor)
    assert (first.pk == second.pk, owner_of("1" * 43), owner_of("2" * 43)) == (True, None, mentor)


def test_a_removed_address_can_be_made_anew(mentor):
    make_feed(token=TOKEN, actor=mentor)
    client = signed_in(mentor)
    assert client.post(f"{MINE}calendar/remove/", {"submission": str(uuid.uuid4())}).status_code == 302
    assert (owner_of(TOKEN), client.get(f"{MINE}calendar/remove/").status_code) == (None, 404)
    make_feed(token="2" * 43, actor=mentor)
    assert owner_of("2" * 43) == mentor
    verbs = Entry.objects.filter(object_label="reminders.feed").order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["reminders.feed.made", "reminders.feed.voided", "reminders.feed.made"]


def test_the_history_never_tells_the_address(mentor):
    make_feed(token=TOKEN, actor=mentor)
    entry = Entry.objects.get(verb="reminders.feed.made")
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    assert (entry.sealed, digest in str(entry.after)) == (["digest"], False)


def test_the_address_is_not_in_the_logs(mentor, caplog):
    make_feed(token=TOKEN, actor=mentor)
    caplog.set_level("INFO")
    Client().get(url())
    Client().get(url("U" * 43))
    assert ([word for word in (TOKEN, "U" * 43) if word in caplog.text], "/reminders/feed/…" in caplog.text) == (
        [],
        True,
    )


def test_the_calendar_begins_with_the_local_day(staff, file):
    make_feed(token=TOKEN, actor=staff)
    due("test.meeting", uuid.uuid4(), -400, trainee=file)
    assert [isinstance(event[1], date) and event[1] == timezone.localdate() for event in events()] == [True]
