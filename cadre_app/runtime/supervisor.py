"""Keeps the children running: starts them, starts the dead ones again with back-off, ends all of them in order."""

import signal
import time
from types import FrameType

from cadre_app.runtime import processes
from cadre_app.runtime.processes import Child
from cadre_app.runtime.say import line

POLL_SECONDS = 0.2
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
ORDER_OF_ENDING = ("web", "beat", "worker", "broker", "postgres")
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Ctrl-C, TERM or HUP: unwind to the one place that ends everything."""


_asked: list[int] = []


def stop_on_signals() -> None:
    """From now on the first stop signal raises StopRequested; later ones are ignored while ending."""

    def stop(number: int, frame: FrameType | None) -> None:
        ignore_stop_signals()
        _asked.append(number)
        raise StopRequested

    _asked.clear()
    for name in STOP_SIGNALS:
        signal.signal(name, stop)


def heed_signals() -> None:
    """Raise StopRequested again: Python drops what a handler raises inside the hooks that run around a fork."""
    if _asked:
        raise StopRequested


def ignore_stop_signals() -> None:
    """While ending nothing may cut the ending short."""
    for name in STOP_SIGNALS:
        signal.signal(name, signal.SIG_IGN)


class Supervisor:
    """The children it started, each with its own back-off."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.children: list[Child] = []
        self._pauses: dict[str, float] = {}
        self._started: dict[str, float] = {}
        self._due: dict[str, float] = {}

    def start(self, child: Child) -> Child:
        """Start `child` and answer for it from now on."""
        self.children.append(child)
        self._start(child)
        heed_signals()
        return child

    def _start(self, child: Child) -> None:
        child.start()
        self._started[child.name] = time.monotonic()

    def watch(self) -> None:
        """Start dead children again until StopRequested is raised; the pause doubles up to half a minute."""
        while True:
            self.look()
            heed_signals()
            time.sleep(POLL_SECONDS)

    def look(self) -> None:
        """One round of `watch`."""
        for child in self.children:
            if child.alive:
                continue
            if child.name not in self._due:
                self._bury(child)
            elif time.monotonic() >= self._due[child.name]:
                del self._due[child.name]
                self._start(child)

    def _bury(self, child: Child) -> None:
        now = time.monotonic()
        steady = now - self._started[child.name] > STEADY_SECONDS
        pause = FIRST_PAUSE if steady else self._pauses.get(child.name, FIRST_PAUSE)
        self._pauses[child.name] = min(pause * 2, LONGEST_PAUSE)
        self._due[child.name] = now + pause
        code = child.process.returncode if child.process is not None else None
        line(
            f"  {child.name} 已退出（{code}），{pause:g} 秒后重新启动。 "
            f"{child.name} ended ({code}), starting again in {pause:g} s; log: {child.log}"
        )
        child.stop()

    def stop(self) -> None:
        """End every child, those that use others first, then whatever still carries this folder's mark."""
        ignore_stop_signals()
        for child in sorted(self.children, key=lambda child: ORDER_OF_ENDING.index(child.name)):
            child.stop()
        for pid in processes.marked(self.mark):
            processes.end_process(pid, ())
