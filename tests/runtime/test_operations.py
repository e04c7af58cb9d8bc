from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.operations import OperationsLine, OperationsReport, operations_parts
from cadre_app.core.registries import sweeps
from cadre_app.core.roles import Role
from cadre_app.jobs.models import Job
from cadre_app.runtime import operations, services
from cadre_app.runtime.models import Heartbeat, SweepRun
from tests.factories import GrantFactory, UserFactory

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
PAGE = reverse("runtime:health")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


@pytest.fixture
def all_well():
    for name in Heartbeat.Name:
        services.record_heartbeat(name)


def make_user(role: Role) -> User:
    kind = AccountKind.ADMINISTRATOR if role == Role.SYSTEM else AccountKind.OFFICE
    user = UserFactory.create(kind=kind)
    GrantFactory.create(user=user, role=role, unit=None if role == Role.SYSTEM else user.unit)
    return user


def signed_in(role: Role = Role.SYSTEM) -> Client:
    client = Client()
    client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_sweep_is_on_record_with_what_each_key_did(monkeypatch):
    def broken() -> int:
        raise RuntimeError("broken")

    monkeypatch.setattr(sweeps, "_items", {"a.broken": broken, "b.well": lambda: 4, "c.idle": lambda: 0})

    run = services.sweep_once()

    found = SweepRun.objects.values_list("started_at", "ended_at", "handled", "failed").get()
    assert found == (NOON, NOON, {"b.well": 4, "c.idle": 0}, ["a.broken"])
    assert Heartbeat.objects.get(name="sweep").detail == {"handled": {"a.broken": None, "b.well": 4, "c.idle": 0}}
    assert run.pk == SweepRun.objects.get().pk


def test_a_killed_sweep_leaves_a_row_without_an_end_and_no_heartbeat(monkeypatch):
    def killed() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(sweeps, "_items", {"a": killed})
    with pytest.raises(KeyboardInterrupt):
        services.sweep_once()

    assert list(SweepRun.objects.values_list("ended_at", flat=True)) == [None]
    assert Heartbeat.objects.filter(name="sweep").count() == 0


def test_sweeps_are_kept_for_seven_days_by_the_sweep_itself():
    old = SweepRun.objects.create(started_at=NOON - timedelta(days=7, seconds=1))
    young = SweepRun.objects.create(started_at=NOON - timedelta(days=7))

    services.sweep_once()

    kept = set(SweepRun.objects.values_list("pk", flat=True))
    assert (old.pk in kept, young.pk in kept, len(kept)) == (False, True, 2)
    assert SweepRun.objects.first().handled["runtime.runs"] == 1


@pytest.mark.parametrize(
    ("minutes", "newest", "ended", "failed", "state"),
    [
        (1, True, True, [], "ok"),
        (1, True, True, ["a"], "over"),
        (29, True, False, [], "wait"),
        (30, True, False, [], "over"),
        (2, False, False, [], "wait"),
        (3, False, False, [], "over"),
    ],
)
def test_the_state_of_a_sweep(minutes, newest, ended, failed, state):
    started = NOON - timedelta(minutes=minutes)
    run = SweepRun.objects.create(started_at=started, ended_at=started if ended else None, failed=failed)
    if not newest:
        SweepRun.objects.create(started_at=NOON, ended_at=NOON)

    lines = operations.last_sweeps(NOON)

    assert [line.state for line in lines if line.run == run] == [state]


def test_twenty_sweeps_are_shown_newest_first_with_their_seconds():
    for number in range(22):
        start = NOON - timedelta(minutes=number)
        SweepRun.objects.create(started_at=start, ended_at=start + timedelta(seconds=1.5), handled={"b": 2, "a": 0})

    lines = operations.last_sweeps(NOON)

    assert (len(lines), lines[0].run.started_at, lines[-1].run.started_at) == (20, NOON, NOON - timedelta(minutes=19))
    assert (lines[0].seconds, lines[0].handled, lines[0].total) == (1.5, [("b", 2)], 2)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "0 seconds ago"),
        (1, "1 second ago"),
        (59, "59 seconds ago"),
        (60, "1 minute ago"),
        (3599, "59 minutes ago"),
        (3600, "1 hour ago"),
        (172_799, "47 hours ago"),
        (172_800, "2 days ago"),
    ],
)
def test_how_long_ago(seconds, text):
    assert operations.ago(timedelta(seconds=seconds)) == text


def test_the_queue_is_counted_and_unknown_without_a_broker(settings, tmp_path):
    import redis

    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete("celery")
        broker.rpush("celery", "a", "b")
        counted = operations.queue_length()
        broker.delete("celery")
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    assert (counted, operations.queue_length()) == (2, None)


def test_the_page_opens_without_a_broker(all_well, settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    page = signed_in().get(PAGE)
    assert (page.status_code, page.context["queue"], page.context["stands_still"]) == (200, None, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_queries_however_much_there_is(all_well, rows, django_assert_num_queries):
    client = signed_in()
    for number in range(rows):
        SweepRun.objects.create(started_at=NOON - timedelta(minutes=number), ended_at=NOON, handled={"a": 1})
        failed_job(number)
    client.get(PAGE)
    with django_assert_num_queries(16):
        page = client.get(PAGE)
    reports = dict(zip(operations_parts, (report for _part, report in page.context["reports"]), strict=True))
    assert (len(page.context["sweeps"]), reports["jobs.failed"].total) == (rows, rows)


def failed_job(number: int, **values) -> Job:
    owner = UserFactory.create()
    defaults = {"state": "failed", "finished_at": NOON - timedelta(hours=number), "attempts": 2, "error": "秘密原因"}
    return Job.objects.create(kind="org.units", owner=owner, params_key=str(uuid4()), **(defaults | values))


def test_failed_long_work_of_seven_days_is_told_without_owner_and_cause():
    shown = failed_job(1)
    failed_job(24 * 7 + 1)
    failed_job(2, state="cancelled")

    report = operations_parts["jobs.failed"].report(make_user(Role.SYSTEM))

    [line] = report.lines
    assert report.total == 1
    assert (line.name, line.when, line.note) == (
        "List of units",
        NOON - timedelta(hours=1),
        f"tried 2 times · in the log as {shown.pk}",
    )


def test_of_many_lines_the_rest_is_counted():
    assert OperationsReport([OperationsLine("a", "over", "b")], 4).more == 3


@pytest.mark.parametrize(
    ("seconds", "still"), [(0, False), (180, False), (181, True)], ids=["now", "three minutes", "a second more"]
)
@pytest.mark.parametrize(("role", "manages"), [(Role.SYSTEM, True), (Role.STAFF, False), (Role.LEADER, False)])
def test_the_desk_and_the_page_say_that_reminders_stand_still(all_well, seconds, still, role, manages):
    at = NOON - timedelta(seconds=seconds)
    Heartbeat.objects.filter(name="sweep").update(at=at)
    client = signed_in(role)

    desk, page = client.get("/").context["desk"], client.get(PAGE)

    shown = [panel.context for panel in desk.panels if panel.template == "runtime/_standstill.html"]
    assert shown == ([{"since": at, "manages_system": manages}] if still else [])
    assert page.context["stands_still"] == still
    assert page.content.decode().count("alert-danger") == int(still)


def test_before_the_first_sweep_the_desk_says_so(db):
    [panel] = [
        panel for panel in signed_in().get("/").context["desk"].panels if panel.template == "runtime/_standstill.html"
    ]
    assert panel.context == {"since": None, "manages_system": True}


@pytest.mark.parametrize("role", [Role.LIAISON, Role.AUDIT, Role.SECURITY])
def test_others_are_not_told(role):
    user = UserFactory.create(kind=AccountKind.OFFICE if role == Role.LIAISON else AccountKind.ADMINISTRATOR)
    GrantFactory.create(user=user, role=role, unit=user.unit if role == Role.LIAISON else None)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert [panel.template for panel in client.get("/").context["desk"].panels if panel.leads] == []


def test_the_banner_costs_one_query(all_well, rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = make_user(Role.STAFF)
    with django_assert_num_queries(1):
        assert operations.standstill(request) is None


def test_the_poll_answers_a_fragment_and_says_that_it_is_none_of_the_readers_doing(all_well):
    body = signed_in().get(PAGE, headers={"HX-Request": "true", "X-Poll": "1"}).content.decode()
    assert body.startswith('<div class="stack" id="health"')
    assert 'hx-headers=\'{"X-Poll": "1"}\'' in body


def test_while_a_vital_sweep_fails_there_is_no_sign_of_life_and_a_part_of_it_is_none(monkeypatch):
    from cadre_app.core import registries
    from cadre_app.runtime.services import sweep_once

    def fail(error):
        def sweep():
            raise error

        return sweep

    known = registries.Registry("sweeps of this test")
    known.register("bell", fail(registries.PartlyFailed("one rule")))
    monkeypatch.setattr("cadre_app.runtime.services.sweeps", known)
    monkeypatch.setattr("cadre_app.runtime.services.vital_sweeps", {"bell"})
    assert (sweep_once().failed, Heartbeat.objects.filter(name="sweep").count()) == (["bell"], 1)
    Heartbeat.objects.all().delete()
    known._items["bell"] = fail(RuntimeError("all of it"))
    assert (sweep_once().failed, Heartbeat.objects.filter(name="sweep").count()) == (["bell"], 0)
