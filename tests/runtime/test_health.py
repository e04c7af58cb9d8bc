import socket
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError, connection
from django.urls import reverse

from cadre_app.core.models import Submission
from cadre_app.core.registries import sweeps
from cadre_app.runtime import services
from cadre_app.runtime.models import Heartbeat
from cadre_app.runtime.tasks import sweep
from tests.factories import UserFactory

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
NAMES = ["database", "broker", "worker", "beat", "sweep"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def all_well():
    with time_machine.travel(NOON, tick=False):
        for name in Heartbeat.Name:
            services.record_heartbeat(name)
        yield


def test_all_is_well(client, all_well):
    response = client.get("/healthz")

    body = response.json()
    assert response.status_code == 200
    assert list(body) == [*NAMES, "down"]
    assert body["down"] == []
    assert body["database"] == {"ok": True}
    assert body["worker"] == {"ok": True, "at": "2026-11-23T04:00:00Z"}


@pytest.mark.parametrize(("name", "seconds"), [("worker", 36), ("beat", 36), ("sweep", 181)])
def test_a_part_that_fell_silent_is_named(client, all_well, name, seconds):
    Heartbeat.objects.filter(name=name).update(at=NOON - timedelta(seconds=seconds))

    response = client.get("/healthz")

    assert (response.status_code, response.json()["down"]) == (503, [name])


def test_a_part_that_never_lived_is_named(client, all_well):
    Heartbeat.objects.filter(name="beat").delete()

    assert client.get("/healthz").json()["down"] == ["beat"]


def test_without_a_database_the_answer_is_503_even_with_a_session_cookie(client, all_well, monkeypatch):
    client.force_login(UserFactory())

    def away(*args, **kwargs):
        raise OperationalError("away")

    monkeypatch.setattr(connection, "cursor", away)

    response = client.get("/healthz")

    assert (response.status_code, response.json()["down"]) == (503, ["database", "worker", "beat", "sweep"])


def test_without_a_broker_the_answer_is_503(client, all_well, settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"

    response = client.get("/healthz")

    assert (response.status_code, response.json()["down"]) == (503, ["broker"])


def test_it_answers_any_host_makes_no_session_and_refuses_posts(client, all_well):
    response = client.get("/healthz", headers={"host": "10.0.0.9"})

    assert response.status_code == 200
    assert response.cookies.output() == ""
    assert response["Cache-Control"] == "no-store"
    assert client.post("/healthz").status_code == 405


def test_the_address_is_the_one_the_middleware_answers():
    assert reverse("runtime:healthz") == "/healthz"
    assert settings.MIDDLEWARE[0] == "cadre_app.runtime.middleware.HealthMiddleware"


def test_a_heartbeat_is_one_row_and_one_statement(django_assert_num_queries):
    services.record_heartbeat("worker", pool=2)
    with django_assert_num_queries(1):
        services.record_heartbeat("worker", pool=3)

    assert list(Heartbeat.objects.values_list("name", "detail")) == [("worker", {"pool": 3})]


def test_one_failing_sweep_does_not_keep_the_others_from_running(monkeypatch):
    def broken() -> int:
        raise RuntimeError("broken")

    monkeypatch.setattr(sweeps, "_items", {"a.broken": broken, "b.well": lambda: 4})

    sweep()

    assert Heartbeat.objects.get(name="sweep").detail == {"handled": {"a.broken": None, "b.well": 4}}


def test_old_submissions_are_forgotten_and_young_ones_kept():
    user = UserFactory()
    rows = [
        Submission.objects.create(user_id=user.pk, token=user.pk),
        Submission.objects.create(user_id=user.pk, token=NEW),
    ]
    Submission.objects.filter(pk=rows[0].pk).update(sent_at=datetime.now(UTC) - timedelta(days=7, minutes=1))
    Submission.objects.filter(pk=rows[1].pk).update(sent_at=datetime.now(UTC) - timedelta(days=6))

    purged = services.purge_submissions()

    assert (purged, [row.pk for row in Submission.objects.all()]) == (1, [rows[1].pk])


def test_expired_sessions_are_removed(client):
    from django.contrib.sessions.models import Session

    client.force_login(UserFactory())
    live = client.session.session_key
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=datetime.now(UTC) - timedelta(minutes=1))

    purged = services.purge_sessions()

    assert (purged, [row.session_key for row in Session.objects.all()]) == (1, [live])


NEW = "6f1c1f1e-8d0b-4d53-9c39-0f3f4a1f0001"


def test_a_frozen_database_is_named_after_two_seconds(client, all_well, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as frozen:
        where = {**connection.get_connection_params(), "host": "127.0.0.1", "port": frozen.getsockname()[1]}
        monkeypatch.setattr(connection, "get_connection_params", lambda: where)
        response = client.get("/healthz")
    assert (response.status_code, "database" in response.json()["down"]) == (503, True)
