"""Processes that never outlive their parent: started in a group of their own, found again after a kill -9, ended in order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from cadre_app.runtime.identity import Account

MARK = "QINGLAN_SUPERVISED"
LOG_LIMIT = 20 * 1024 * 1024
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

Ending = Sequence[tuple[signal.Signals, float]]


@dataclass
class Child:
    """One long-lived process. `ending` is tried in order, each signal with its patience in seconds, then SIGKILL."""

    name: str
    command: Sequence[str]
    run: Path
    log: Path
    ending: Ending
    orphaned: signal.Signals = signal.SIGTERM
    account: Account | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] = lambda: None
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def pid_file(self) -> Path:
        return self.run / f"{self.name}.pid"

    def start(self) -> None:
        """Start in a new session with output in the log; the kernel sends `orphaned` should this process die.

        Must be called by the main thread: the death signal follows the *thread* that forked.
        """
        self.prepare()
        with open_log(self.log) as log:
            self.process = subprocess.Popen(
                list(self.command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(self.environment),
                start_new_session=True,
                preexec_fn=lambda: follow_parent(self.orphaned),  # noqa: PLW1509 - one thread only
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
            )
        self.pid_file.write_text(f"{self.process.pid} {birth(self.process.pid)}\n", "ascii")

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """End it and whatever is left of its group."""
        if self.process is not None:
            for number, patience in self.ending:
                if not self.alive:
                    break
                self.process.send_signal(number)
                _wait(lambda: not self.alive, patience)
            kill_group(self.process.pid)
            self.process.wait()
            self.process = None
        self.pid_file.unlink(missing_ok=True)


def run_as(account: Account | None, command: Sequence[str], *, log: Path, environment: Mapping[str, str]) -> int:
    """Run to the end with output in `log`; returns the exit code."""
    with open_log(log) as output:
        return subprocess.run(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            check=False,
            preexec_fn=lambda: follow_parent(signal.SIGKILL),
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        ).returncode


def follow_parent(number: signal.Signals) -> None:
    """Ask the kernel to send `number` to this process when its parent dies (Linux)."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def open_log(path: Path) -> BinaryIO:
    """Append to a log of 20 MB at most; the one before it is kept."""
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".old.log"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")


def last_line(path: Path) -> str:
    """The last line of a log that says something, for a refusal."""
    lines = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def birth(pid: int) -> str:
    """Boot and start time of a process: with its number the one name that is never given twice."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else f"{boot}:{fields[19]}"


def still_running(pid_file: Path) -> int | None:
    """The process that `pid_file` names, if it is still that one."""
    try:
        pid, _, born = pid_file.read_text("ascii").strip().partition(" ")
        number = int(pid)
    except (OSError, ValueError):
        return None
    return number if born and birth(number) == born else None


def end_orphans(children: Sequence[Child], mark: str) -> int:
    """After a kill -9 of the parent: end what it left behind in this data folder. Returns how many were found."""
    found = 0
    for child in children:
        pid = still_running(child.pid_file)
        if pid is not None:
            found += 1
            end_process(pid, child.ending)
        child.pid_file.unlink(missing_ok=True)
    for pid in marked(mark):
        found += 1
        end_process(pid, ())
    return found


def end_process(pid: int, ending: Ending) -> None:
    """End a process that is not our child: the signals of `ending`, then SIGKILL for its group."""
    born = birth(pid)
    for number, patience in (*ending, (signal.SIGKILL, 5.0)):
        if birth(pid) != born:
            break
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            break
        _wait(lambda: birth(pid) != born, patience)
    kill_group(pid)


def marked(mark: str) -> list[int]:
    """Processes started under this data folder's mark, however deep."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            held = (entry / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if wanted in held and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found


def kill_group(pid: int) -> None:
    """SIGKILL for the group that `pid` led; nothing if it is empty."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _wait(done: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
