"""The bell of a running product: what is due, what was told, what has left, and killing whoever rings it."""

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2
import redis
from celery import Celery
from kombu.exceptions import OperationalError

from cadre_app.runtime import processes
from cadre_app.runtime.broker import celery_url
from cadre_app.runtime.environment import read_env
from tests.faults.district import HOST, told_of
from tests.faults.postbox import Postbox
from tests.faults.up import Up, clean_environment, manage, wait

LEASE_SECONDS = 15
MAIL_SECONDS = 2
PATIENCE = 60
KILLED = ("worker", "beat", "broker", "postgres")
RULE = "people.probation"

FALL_DUE = """
    UPDATE people_trainee SET probation_ends_on = %(day)s
    WHERE id IN (SELECT id FROM people_trainee WHERE probation_ends_on IS NULL ORDER BY file_number LIMIT %(count)s)
    RETURNING file_number
"""
DUE = "SELECT file_number FROM people_trainee WHERE probation_ends_on IS NOT NULL ORDER BY file_number"
TOLD = """
    SELECT file.file_number, account.username, notice.kind, notice.step FROM reminders_notice AS notice
    JOIN reminders_occurrence AS item ON item.id = notice.occurrence_id AND item.rule = %(rule)s
    JOIN people_trainee AS file ON file.id = item.source JOIN accounts_user AS account ON account.id = notice.recipient_id
    WHERE notice.channel = %(channel)s
"""
MESSAGES = """
    SELECT message.id::text, account.username, message.state, count(notice.id) FROM reminders_message AS message
    JOIN accounts_user AS account ON account.id = message.recipient_id
    JOIN reminders_notice AS notice ON notice.message_id = message.id
    JOIN reminders_occurrence AS item ON item.id = notice.occurrence_id
    JOIN people_trainee AS file ON file.id = item.source
    WHERE file.file_number = ANY(%(files)s) GROUP BY message.id, account.username
"""

NO_PAUSE = "UPDATE reminders_message SET send_at = created_at WHERE state = 'waiting' AND lease_until IS NULL"

Row = tuple[Any, ...]


@dataclass
class Bell:
    """A product whose district is filled (tests.faults.district), and its postbox; `due` are the files made due."""

    up: Up
    postbox: Postbox
    day: str
    due: list[str] = field(default_factory=list)

    def rows(self, query: str, **values: Any) -> list[Row]:
        """What a statement answers, on a connection of its own; asked again while the database is away."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self._asked(query, values)
            except (psycopg2.OperationalError, psycopg2.InterfaceError):
                assert time.monotonic() < until, "the database stayed away"
                time.sleep(0.2)

    def _asked(self, query: str, values: dict[str, Any]) -> list[Row]:
        connection = psycopg2.connect(read_env(self.up.folder / "env")["DATABASE_URL"], connect_timeout=3)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(query, values)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def one(self, query: str, **values: Any) -> Any:
        return self.rows(query, **values)[0][0]

    def fall_due(self, count: int) -> list[str]:
        """The next `count` files become due today; returns their numbers."""
        found = [number for (number,) in self.rows(FALL_DUE, day=self.day, count=count)]
        self.due += found
        return found

    def all_due(self) -> list[str]:
        """Every file that is due: a statement whose answer was cut off may have been done all the same."""
        self.due = [number for (number,) in self.rows(DUE)]
        return self.due

    def ring(self) -> None:
        """As beat does, between its minutes; a broker that is away is left alone."""
        url = celery_url(read_env(self.up.folder / "env")["REDIS_URL"])
        gone = suppress(OperationalError, redis.RedisError, OSError)
        with Celery("ringing", broker=url, set_as_current=False) as ringing, gone:
            ringing.send_task("runtime.sweep", expires=55, retry=False)

    def rung(self) -> float:
        """Ring and wait for a sweep to end; returns how long it took."""
        sweeps = self.sweeps()
        self.ring()
        return soon(lambda: self.sweeps() > sweeps, 30, "no sweep came")

    def told(self, files: list[str], channel: str = "inbox") -> list[Row]:
        """(file, account, kind, step) of every notice about these files, in order."""
        wanted = set(files)
        return sorted(row for row in self.rows(TOLD, rule=RULE, channel=channel) if row[0] in wanted)

    def messages(self, files: list[str]) -> list[Row]:
        """(id, account, state, notices) of every message about these files."""
        return self.rows(MESSAGES, files=files)

    def waiting(self) -> int:
        return int(self.one("SELECT count(*) FROM reminders_message WHERE state = 'waiting'"))

    def sweeps(self) -> int:
        return int(self.one("SELECT count(*) FROM runtime_sweeprun WHERE ended_at IS NOT NULL"))

    def all_left(self, seconds: float, *, hasten: bool = True) -> None:
        """Wait until no message waits; with `hasten` somebody rings every few seconds, and no pause is kept."""
        until = time.monotonic() + seconds
        while left := self.waiting():
            assert time.monotonic() < until, f"{left} messages still wait"
            if hasten:
                self.rows(NO_PAUSE)
                self.ring()
            time.sleep(2)

    def flush_broker(self) -> None:
        with redis.Redis.from_url(read_env(self.up.folder / "env")["REDIS_URL"]) as broker:
            broker.flushall()


def expected(files: list[str]) -> list[Row]:
    """One notice for each of staff of the file's town, of the day itself."""
    return sorted((file, name, "item", 0) for file in files for name in told_of(file))


def letters(bell: Bell, files: list[str]) -> set[tuple[str, str]]:
    """What must have arrived: (Message-ID, address) of every message about these files."""
    return {(f"<{pk}@127.0.0.1>", f"{name}@{HOST}") for pk, name, _state, _count in bell.messages(files)}


def start(up: Up, postbox: Postbox, **district: int) -> Bell:
    """The product with `district`, sending to `postbox`."""
    up.more = {
        "EMAIL_URL": postbox.url,
        "EMAIL_TIMEOUT": str(MAIL_SECONDS),
        "NOTICE_LEASE_SECONDS": str(LEASE_SECONDS),
    }
    up.start(patience=240)
    up.becomes_healthy(120)
    arguments = ", ".join(f"{name}={value}" for name, value in district.items())
    shell(up, f"from tests.faults.district import fill; fill({arguments})")
    bell = Bell(up, postbox, day="")
    bell.day = str(bell.one("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date"))
    return bell


def shell(up: Up, code: str) -> None:
    done = manage("shell", "-c", code, env=clean_environment(QINGLAN_DATA_DIR=str(up.folder)))
    assert done.returncode == 0, done.stderr


def kill_somebody(up: Up, chance: random.Random) -> str:
    """Kill -9 one of the four that run, or one of the processes it has; returns whom."""
    wait(lambda: any(up.pid(name) for name in KILLED), PATIENCE, "nobody came back")
    name = chance.choice([name for name in KILLED if up.pid(name)])
    main = up.pid(name)
    below = children(main) if main and name in {"worker", "postgres"} else []
    victim = chance.choice(below) if below and chance.random() < 1 / 2 else main
    if victim is None or not processes.birth(victim):
        return f"{name}, gone before"
    os.kill(victim, signal.SIGKILL)
    return name if victim == main else f"{name}, one of its processes"


def children(pid: int) -> list[int]:
    """The processes that `pid` has started."""
    found = []
    for entry in sorted(Path("/proc").glob("[0-9]*")):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found.append(int(entry.name))
    return found


def soon(done: Callable[[], object], seconds: float, problem: str) -> float:
    """Wait for it; returns how long it took."""
    begun = time.monotonic()
    wait(done, seconds, problem)
    return time.monotonic() - begun


def await_quietly(done: Callable[[], object], seconds: float) -> bool:
    """Wait for it, but no longer; whether it came."""
    until = time.monotonic() + seconds
    while not (came := bool(done())) and time.monotonic() < until:
        time.sleep(0.1)
    return came
