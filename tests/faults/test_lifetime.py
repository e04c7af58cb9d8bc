"""The whole product: started, used, killed and started again."""

import os
import signal

import psycopg2
import pytest

from cadre_app.runtime.environment import read_env
from tests.faults.up import CHILDREN, wait

pytestmark = pytest.mark.faults


def people(up) -> list[str]:
    with psycopg2.connect(read_env(up.folder / "env")["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT username FROM accounts_user ORDER BY username")
        names = [name for (name,) in cursor.fetchall()]
    connection.close()
    return names


def test_it_starts_becomes_healthy_keeps_its_data_and_leaves_nothing(make_up, capsys):
    up = make_up("数 据 data folder").start()
    first = up.seconds
    up.becomes_healthy()
    names = people(up)
    told = up.folder / "demo-accounts.txt"
    assert sorted(names) == sorted(line.split("\t")[0] for line in told.read_text("utf-8").splitlines()[1:])
    assert "staff" in names
    assert told.stat().st_mode & 0o777 == 0o600
    assert up.stop() == 0
    assert up.living() == set()

    up.start()
    second = up.seconds
    assert people(up) == names
    assert up.stop(signal.SIGINT) == 0
    assert up.living() == set()
    with capsys.disabled():
        print(f"\nfirst start {first:.1f} s, again {second:.1f} s")


def test_hangup_ends_it_too(make_begun):
    up = make_begun("data", "--no-demo").start()

    assert up.stop(signal.SIGHUP) == 0
    assert up.living() == set()


def test_stopping_in_the_middle_of_the_first_start_leaves_nothing(make_up):
    up = make_up("data", "--no-demo")
    up.launch()
    wait(lambda: "青蓝" in up.output, 30, "nothing was said")
    up.process.send_signal(signal.SIGTERM)

    assert up.process.wait(30) == 0
    # initdb's own child notices a moment later that its parent is gone.
    wait(lambda: not up.living(), 5, up.table)
    up.start()
    assert up.stop() == 0


def test_each_child_that_is_killed_comes_back(make_begun):
    up = make_begun("data", "--no-demo").start()
    up.becomes_healthy()
    for name in CHILDREN:
        before = up.pid(name)
        os.kill(before, signal.SIGKILL)
        wait(lambda name=name, before=before: up.pid(name) not in (None, before), 30, f"{name} did not come back")
    up.becomes_healthy()

    assert up.process.poll() is None
    assert up.stop() == 0
    assert up.living() == set()


def test_after_kill_9_of_the_parent_nothing_lives_on_and_the_next_start_has_the_data(make_begun):
    up = make_begun("data", "--no-demo").start()
    up.becomes_healthy()
    names = people(up)

    up.process.kill()
    up.process.wait()
    wait(lambda: not up.living(), 120, up.table)
    up.start()

    assert people(up) == names
    assert up.stop() == 0
    assert up.living() == set()


def test_orphans_that_held_out_are_cleared_by_the_next_start(make_begun):
    up = make_begun("data", "--no-demo").start()
    up.becomes_healthy()
    worker = up.pid("worker")
    os.kill(worker, signal.SIGSTOP)

    up.process.kill()
    up.process.wait()
    up.start()

    assert up.pid("worker") != worker
    assert "Cleared" in up.output
    up.becomes_healthy()
    assert up.stop() == 0
    assert up.living() == set()


def test_a_database_killed_with_its_parent_recovers(make_begun):
    up = make_begun("data", "--no-demo").start()
    names = people(up)
    postgres = up.pid("postgres")

    up.process.kill()
    os.kill(postgres, signal.SIGKILL)
    up.process.wait()
    up.start()

    assert people(up) == names
    assert up.stop() == 0


def test_an_ordinary_user_runs_it(make_up, ordinary_user):
    who = ordinary_user
    up = make_up("数据 of nobody", "--no-demo", identity=who.identity, python=who.python, path=who.path).start()
    up.becomes_healthy()

    assert up.folder.stat().st_uid == who.identity.get("user", os.geteuid())
    assert up.stop() == 0
    assert up.living() == set()
