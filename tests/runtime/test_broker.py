import pytest
import redis
from django.conf import settings
from kombu import Connection

from cadre_app.runtime.broker import celery_url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://h:6379/3", "redis://h:6379/3"),
        ("unix:///a/b.sock", "redis+socket:///a/b.sock?virtual_host=0"),
        ("unix:///a%20b/%E9%9D%92.sock?db=7", "redis+socket:///a%20b/%E9%9D%92.sock?virtual_host=7"),
    ],
)
def test_kombus_dialect(url, expected):
    assert celery_url(url) == expected


def test_both_dialects_reach_the_same_database():
    with redis.Redis.from_url(settings.REDIS_URL) as client, Connection(celery_url(settings.REDIS_URL)) as kombu:
        client.set("tests:dialect", "青蓝")
        try:
            found = kombu.default_channel.client.get("tests:dialect")
        finally:
            client.delete("tests:dialect")

    assert found == "青蓝".encode()
