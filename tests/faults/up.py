"""`manage.py up` as its user starts it: its own process, its own folder, nothing of the test run's environment."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cadre_app.runtime import processes
from cadre_app.runtime.environment import PROJECT

CHILDREN = ("web", "beat", "worker", "broker", "postgres")
OURS = ("QINGLAN_", "PYTEST_", "DJANGO_", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "FIELD_KEY", "DIGEST_KEY")


def clean_environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def manage(*arguments: str, python: str = sys.executable, **options) -> "subprocess.CompletedProcess[str]":
    options.setdefault("env", clean_environment())
    command = [python, str(PROJECT / "manage.py"), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False, **options
    )


@dataclass
class Up:
    folder: Path
    options: tuple[str, ...] = ()
    identity: dict = field(default_factory=dict)
    python: str = sys.executable
    path: str = ""
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    seconds: float = 0.0

    @property
    def output(self) -> str:
        return self.screen.read_text("utf-8")

    @property
    def screen(self) -> Path:
        return self.folder.with_name(self.folder.name + ".screen")

    def start(self, patience: float = 240) -> "Up":
        """Until the address is printed; `seconds` is what the user waited."""
        begun = time.monotonic()
        self.launch()
        wait(lambda: "Ready in" in self.output or self.process.poll() is not None, patience, "no address was printed")
        self.seconds = time.monotonic() - begun
        assert self.process.poll() is None, self.output
        return self

    def launch(self) -> None:
        command = [self.python, str(PROJECT / "manage.py"), "up", "--port", str(self.port)]
        with self.screen.open("wb") as screen:
            self.process = subprocess.Popen(
                [*command, "--data-dir", str(self.folder), *self.options],
                stdout=screen,
                stderr=subprocess.STDOUT,
                env=clean_environment(**self.more, **({"PYTHONPATH": self.path} if self.path else {})),
                **self.identity,
            )

    def health(self) -> tuple[int, dict]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError:
            return 0, {}

    def becomes_healthy(self, seconds: float = 120) -> None:
        wait(lambda: self.health()[0] == 200, seconds, f"still {self.health()}")

    def pid(self, name: str) -> int | None:
        return processes.still_running(self.folder / "run" / f"{name}.pid")

    def living(self) -> set[int]:
        """Every process of this folder: the children, what carries its mark, what names it on its command line."""
        found = {pid for name in CHILDREN if (pid := self.pid(name))} | set(processes.marked(str(self.folder)))
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if os.fsencode(self.folder) in command and int(entry.name) != os.getpid():
                found.add(int(entry.name))
        return {pid for pid in found if processes.birth(pid)}

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        wait(lambda: self.process.poll() is not None, 60, f"{self.output}\n{self.table()}")
        return self.process.wait()

    def table(self) -> str:
        listed = subprocess.run(["ps", "-ef"], capture_output=True, text=True, check=False)  # noqa: S607
        numbers = {str(pid) for pid in self.living()}
        return "\n".join(line for line in listed.stdout.splitlines() if line.split()[1] in numbers)

    def clear(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for pid in self.living():
            os.kill(pid, signal.SIGKILL)


def wait(done: Callable[[], object], seconds: float, problem: str | Callable[[], str]) -> None:
    """Until it is so; a `problem` that is called tells how things stand when the time is over."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, problem if isinstance(problem, str) else problem()
        time.sleep(0.1)
