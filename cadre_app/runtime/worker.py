"""The worker's signs of life, and the ties that keep its pool from outliving it."""

import os
import signal
import threading
from typing import Any

from celery import Celery, bootsteps
from celery.signals import worker_process_init, worker_ready, worker_shutting_down

from cadre_app.runtime.beat import HEARTBEAT_SECONDS, beat_quietly
from cadre_app.runtime.processes import follow_parent

PARENT = os.getppid()
LAST_SECONDS = 30


class HeartbeatStep(bootsteps.StartStopStep):
    """Writes the heartbeat `worker` from the main process every ten seconds."""

    requires = ("celery.worker.components:Timer",)

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        self.timer: Any = None

    def start(self, parent: Any) -> None:
        self.timer = parent.timer.call_repeatedly(HEARTBEAT_SECONDS, beat_quietly, ("worker",), priority=10)

    def stop(self, parent: Any) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


def equip(app: Celery) -> None:
    """Add the heartbeat to the worker of `app`."""
    app.steps["worker"].add(HeartbeatStep)


@worker_ready.connect
def _first_signs(sender: Any = None, **kwargs: Any) -> None:
    beat_quietly("worker")
    sender.app.send_task("runtime.sweep")


@worker_process_init.connect
def _die_with_the_worker(**kwargs: Any) -> None:
    follow_parent(signal.SIGKILL)


@worker_shutting_down.connect
def _end_soon_without_the_parent(**kwargs: Any) -> None:
    """The broker died with the parent, and a farewell that waits for its answer would wait for ever; tasks are acknowledged late."""
    if os.getppid() != PARENT:
        last = threading.Timer(LAST_SECONDS, os._exit, (1,))
        last.daemon = True
        last.start()
