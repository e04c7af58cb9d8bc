"""The bell while everything around it is killed, forgotten, doubled or stuck: told exactly once, mailed at least once."""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cadre_app.runtime.environment import PROJECT, read_env
from tests.faults import postbox
from tests.faults.bell import PATIENCE, Bell, await_quietly, expected, kill_somebody, letters, shell, soon, start
from tests.faults.district import staff_name
from tests.faults.postbox import Postbox
from tests.faults.up import Up, clean_environment, wait

pytestmark = [pytest.mark.faults, pytest.mark.long]

SEED = 20_261_128
KILLS = 50
TOWNS, FILES = 20, 100
ITEMS = TOWNS * FILES
A_WAVE = 2 * ITEMS // KILLS
TRIO = ("worker", "broker", "postgres")
OF_NOBODY = """
    INSERT INTO reminders_message (id, recipient_id, channel, key, created_at, send_at, state, tries, error)
    SELECT gen_random_uuid(), gen_random_uuid(), 'email', 'nobody ' || number, now(), now() - interval '1 day', 'waiting',
        0, '' FROM generate_series(1, 5) AS number
"""
Report = Callable[[str], None]


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    def say(text: str) -> None:
        with capsys.disabled():
            print(f"\n{text}")

    return say


@pytest.fixture
def box() -> Iterator[Postbox]:
    with Postbox() as found:
        yield found


@pytest.fixture(scope="module")
def running() -> Iterator[Bell]:
    """One product for all cases that do not kill it; each takes files of its own."""
    place = Path(tempfile.mkdtemp(prefix="qinglan-faults-", dir="/tmp"))
    place.chmod(0o777)
    up = Up(place / "data", ("--no-demo",))
    try:
        with Postbox() as found:
            yield start(up, found, towns=10, files=100)
    finally:
        up.clear()
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def bell(running: Bell) -> Bell:
    """The running product, well, with nothing left to send."""
    running.postbox.mode = postbox.WELL
    running.all_left(PATIENCE)
    return running


def held(bell: Bell, files: list[str]) -> tuple[int, int]:
    """Every notice exactly once, every message at least once under its own Message-ID; returns messages and repeats."""
    assert bell.told(files) == expected(files)
    assert bell.told(files, "email") == expected(files)
    rows = bell.messages(files)
    assert Counter((state, count) for _pk, _name, state, count in rows) == {("sent", 1): 2 * len(files)}
    wanted = letters(bell, files)
    came = {letter: count for letter, count in bell.postbox.counted.items() if letter in wanted}
    assert set(came) == wanted
    return len(wanted), sum(came.values()) - len(came)


def nobody_else_got_anything(bell: Bell) -> None:
    """What the postbox took is what the database knows, whatever it was about."""
    known = {f"<{pk}@127.0.0.1>" for (pk,) in bell.rows("SELECT id::text FROM reminders_message")}
    assert {pk for pk, _address in bell.postbox.letters} - known == set()


def test_two_thousand_items_fall_due_while_everything_is_killed(
    make_up: Callable[..., Up], box: Postbox, report: Report
) -> None:
    bell = start(make_up("bell", "--no-demo"), box, towns=TOWNS, files=FILES)
    chance, killed, begun = random.Random(SEED), Counter[str](), time.monotonic()
    while killed.total() < KILLS:
        if await_quietly(lambda: all(bell.up.pid(name) for name in TRIO), 5):
            bell.fall_due(A_WAVE)
        seen = len(box.letters)
        bell.ring()
        if killed.total() % 2:  # every other one dies while letters leave, the rest while the sweep is at work
            await_quietly(lambda seen=seen: len(box.letters) > seen, 4)
        time.sleep(chance.uniform(0.05, 1.5))
        victim = kill_somebody(bell.up, chance)
        killed[victim] += not victim.endswith("gone before")
    lasted, before = time.monotonic() - begun, len(box.letters)
    while len(bell.all_due()) < ITEMS:
        bell.fall_due(ITEMS)
    wait(lambda: len(bell.told(bell.due)) == 2 * ITEMS, 240, "not everybody was told")
    bell.all_left(600, hasten=False)
    assert bell.up.process is not None
    assert bell.up.process.poll() is None
    bell.up.becomes_healthy()

    messages, repeats = held(bell, bell.due)
    nobody_else_got_anything(bell)
    assert bell.one("SELECT count(*) FROM reminders_message WHERE state = 'parked'") == 0
    report(
        f"kills {killed.total()} in {lasted:.0f} s {dict(killed)}; items {ITEMS}, notices {2 * ITEMS}, messages "
        f"{messages} ({before} letters during the kills), repeats {repeats}, all in {time.monotonic() - begun:.0f} s"
    )


def test_a_broker_that_forgets_everything_loses_nothing(bell: Bell, report: Report) -> None:
    begun, files = time.monotonic(), bell.fall_due(100)
    for _time in range(5):
        bell.ring()
        time.sleep(0.3)
        bell.flush_broker()
    time.sleep(1)
    since = bell.one("SELECT now()")
    rung = "SELECT count(*) FROM runtime_sweeprun WHERE started_at > %(since)s AND ended_at IS NOT NULL"
    waited = soon(lambda: bell.one(rung, since=since) > 0, 90, "the clock rings no more")
    bell.all_left(120, hasten=False)

    messages, repeats = held(bell, files)
    assert repeats == 0
    report(
        f"broker emptied 5 times: notices {2 * len(files)}, messages {messages}, repeats {repeats}, next sweep by beat "
        f"after {waited:.0f} s, all in {time.monotonic() - begun:.0f} s"
    )


def test_two_clocks_tell_nothing_twice(bell: Bell, report: Report) -> None:
    begun, files = time.monotonic(), bell.fall_due(100)
    folder = bell.up.folder
    with (folder / "log" / "second-beat.log").open("wb") as log:
        second = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "cadre_app.celery", "beat", "--loglevel", "INFO", "--pidfile", ""],
            cwd=PROJECT,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=clean_environment(**read_env(folder / "env"), QINGLAN_DATA_DIR=str(folder)),
        )
    try:
        sweeps = bell.sweeps()
        for _time in range(20):
            bell.ring()
        wait(lambda: b"runtime.sweep" in (folder / "log" / "second-beat.log").read_bytes(), 120, "it did not ring")
        bell.all_left(120)
    finally:
        second.kill()
        second.wait()

    messages, repeats = held(bell, files)
    assert repeats == 0
    report(
        f"two clocks: {bell.sweeps() - sweeps} sweeps, notices {2 * len(files)}, messages {messages}, repeats "
        f"{repeats}, in {time.monotonic() - begun:.0f} s"
    )


def test_a_mail_server_that_takes_and_breaks_off_gets_everything_again(bell: Bell, report: Report) -> None:
    bell.postbox.mode = postbox.RESET
    begun, files = time.monotonic(), bell.fall_due(40)
    bell.ring()
    told = soon(lambda: bell.told(files) == expected(files), 30, "not told at once")
    failed = "SELECT count(*) FROM reminders_message WHERE state = 'waiting' AND error = 'connection'"
    wait(lambda: bell.one(failed) >= 3, PATIENCE, "nothing failed")
    bell.ring()
    wait(lambda: bell.one(failed) >= 6, PATIENCE, "the next round did not come")
    bell.postbox.mode = postbox.WELL
    bell.all_left(PATIENCE)

    messages, repeats = held(bell, files)
    assert repeats >= 6
    report(
        f"taken and broken off: told after {told:.1f} s, notices {2 * len(files)}, messages {messages}, repeats "
        f"{repeats}, in {time.monotonic() - begun:.0f} s"
    )


def test_a_mail_server_that_says_nothing_holds_up_mail_alone(bell: Bell, report: Report) -> None:
    bell.postbox.mode = postbox.HANG
    calls, begun, files = bell.postbox.calls, time.monotonic(), bell.fall_due(40)
    bell.ring()
    told = soon(lambda: bell.told(files) == expected(files), 30, "not told at once")
    wait(lambda: bell.postbox.calls > calls, 30, "nobody called")
    longest = 0.0
    while bell.postbox.calls < calls + 9:
        longest = max(longest, bell.rung())
        time.sleep(1)
        assert time.monotonic() - begun < 120
    assert longest < 10
    assert bell.up.health()[0] == 200
    bell.postbox.mode = postbox.WELL
    bell.all_left(PATIENCE)

    messages, repeats = held(bell, files)
    report(
        f"mail server without a word: told after {told:.1f} s, longest wait for a sweep meanwhile {longest:.1f} s, "
        f"notices {2 * len(files)}, messages {messages}, repeats {repeats}, in {time.monotonic() - begun:.0f} s"
    )


def test_poisoned_messages_keep_no_other_from_leaving(bell: Bell, report: Report) -> None:
    poisoned = staff_name(0, 1)
    shell(bell.up, f"from tests.faults.district import move; move({poisoned!r})")
    bell.rows(OF_NOBODY)
    begun, files = time.monotonic(), bell.fall_due(100)
    bell.ring()
    wait(lambda: bell.told(files) == expected(files), 30, "not told at once")
    well = {letter for letter in letters(bell, files) if not letter[1].startswith(poisoned)}
    took = soon(lambda: well <= set(bell.postbox.letters), 50, "others were kept from leaving")
    spoilt = [row for row in bell.messages(files) if row[1] == poisoned]
    assert {state for _pk, _name, state, _count in spoilt} == {"waiting"}
    assert max(bell.postbox.counted[letter] for letter in well) == 1
    bell.rows("DELETE FROM reminders_message WHERE state = 'waiting' AND key LIKE 'nobody %%'")
    shell(bell.up, f"from tests.faults.district import HOST, move; move({poisoned!r}, {poisoned!r} + '@' + HOST)")
    bell.all_left(PATIENCE)

    messages, repeats = held(bell, files)
    report(
        f"poisoned messages {len(spoilt)} and 5 of nobody: {len(well)} others left after {took:.0f} s; with a mended "
        f"address messages {messages}, repeats {repeats}, all in {time.monotonic() - begun:.0f} s"
    )


def test_a_rule_that_fails_keeps_no_other_from_telling(bell: Bell, report: Report) -> None:
    bell.rows("ALTER TABLE people_villageterm RENAME COLUMN due_on TO mislaid")
    try:
        begun, files = time.monotonic(), bell.fall_due(40)
        bell.ring()
        told = soon(lambda: bell.told(files) == expected(files), 30, "a failing rule kept others from telling")
        bell.all_left(PATIENCE)
        failed = "SELECT count(*) FROM runtime_sweeprun WHERE 'reminders' = ANY(failed)"
        assert bell.one(failed) > 0
    finally:
        bell.rows("ALTER TABLE people_villageterm RENAME COLUMN mislaid TO due_on")

    messages, repeats = held(bell, files)
    assert repeats == 0
    report(f"one rule fails: told after {told:.1f} s, messages {messages}, in {time.monotonic() - begun:.0f} s")
