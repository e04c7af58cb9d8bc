import os
import signal
import sys
import time

import pytest

from cadre_app.runtime import processes, product
from cadre_app.runtime import supervisor as module
from cadre_app.runtime.processes import Child
from cadre_app.runtime.say import Refusal
from cadre_app.runtime.supervisor import FIRST_PAUSE, StopRequested, Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
"""
STUBBORN = [sys.executable, "-c", DEAF]
PARENT = [sys.executable, "-c", "import subprocess, sys; subprocess.Popen(sys.argv[1:]).wait()", *SLEEP]


@pytest.fixture
def child(tmp_path):
    made = []

    def make(command, name="web", patience=5.0):
        made.append(
            Child(
                name,
                command,
                run=tmp_path,
                log=tmp_path / f"{name}.log",
                ending=((signal.SIGTERM, patience),),
                environment={**os.environ, processes.MARK: str(tmp_path)},
            )
        )
        return made[-1]

    yield make
    for one in made:
        one.stop()
    for pid in processes.marked(str(tmp_path)):
        os.kill(pid, signal.SIGKILL)


def until(done, seconds=10):
    limit = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < limit
        time.sleep(0.02)


def test_a_child_starts_leaves_its_pid_and_ends(child, tmp_path):
    web = child(SLEEP)
    web.start()
    pid = web.process.pid

    assert processes.still_running(tmp_path / "web.pid") == pid
    web.stop()
    assert (processes.birth(pid), (tmp_path / "web.pid").exists()) == ("", False)


def test_one_that_ignores_the_polite_signal_is_ended_all_the_same(child, tmp_path):
    web = child([*STUBBORN, str(tmp_path / "ready")], patience=0.2)
    web.start()
    until((tmp_path / "ready").exists)
    pid = web.process.pid

    web.stop()

    assert processes.birth(pid) == ""


def test_grandchildren_end_with_the_child(child, tmp_path):
    web = child(PARENT)
    web.start()
    until(lambda: len(processes.marked(str(tmp_path))) == 2)

    web.stop()

    until(lambda: processes.marked(str(tmp_path)) == [])


def test_a_dead_child_starts_again_after_a_pause_that_doubles(child):
    supervisor = Supervisor("nothing")
    web = supervisor.start(child([sys.executable, "-c", "raise SystemExit(3)"]))
    until(lambda: not web.alive)

    supervisor.look()
    assert web.process is None
    supervisor.look()
    assert web.process is None
    time.sleep(FIRST_PAUSE)
    supervisor.look()

    assert web.process is not None
    assert supervisor._pauses["web"] == FIRST_PAUSE * 2


def test_a_pid_that_now_names_another_process_is_left_alone(child, tmp_path):
    stranger = child(SLEEP, name="stranger")
    stranger.start()
    (tmp_path / "web.pid").write_text(f"{stranger.process.pid} otherboot:1\n")

    found = processes.end_orphans([child(SLEEP)], "nothing")

    assert (found, stranger.alive, (tmp_path / "web.pid").exists()) == (0, True, False)


def test_what_an_interrupted_run_left_is_found_and_ended(child, tmp_path):
    left = child(SLEEP)
    left.start()
    pid = left.process.pid

    found = processes.end_orphans([left], str(tmp_path))

    assert found == 1
    left.process.wait()
    assert processes.birth(pid) == ""


def test_a_folder_has_one_holder(tmp_path):
    with product.locked(tmp_path), pytest.raises(Refusal) as refusal, product.locked(tmp_path):
        pass

    assert str(os.getpid()) in str(refusal.value)
    with product.locked(tmp_path):
        pass


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/"),
        ("0.0.0.0", "http://127.0.0.1:80/"),  # noqa: S104 - only a text here
        ("::", "http://[::1]:80/"),
        ("::1", "http://[::1]:80/"),
    ],
)
def test_the_printed_address_can_be_opened(host, shown):
    assert product.address(host, 80) == shown


def test_a_port_that_is_no_port_is_refused():
    with pytest.raises(Refusal):
        product.check_port("127.0.0.1", 99999)


def test_the_fingerprint_changes_with_a_file(tmp_path):
    (tmp_path / "a.css").write_text("a")
    first = product.fingerprint(tmp_path.iterdir())
    same = product.fingerprint(tmp_path.iterdir())
    (tmp_path / "a.css").write_text("ab")

    assert (first == same, first == product.fingerprint(tmp_path.iterdir())) == (True, False)


def test_a_stop_that_was_swallowed_around_a_fork_is_not_forgotten(child, monkeypatch):
    monkeypatch.setattr(module, "_asked", [signal.SIGTERM])

    with pytest.raises(StopRequested):
        Supervisor("nothing").start(child(SLEEP))
