"""The live server of the browser tests, which can be waited for."""

import socket
import threading
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer

MOST_SECONDS = 30


class CountingServer(ThreadedWSGIServer):
    """Counts the connections that are open: all that was asked of it is done once there is none."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.open = 0
        self.changed = threading.Condition()
        super().__init__(*args, **options)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._count(1)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._count(-1)

    def await_rest(self) -> None:
        """Until everything is done that a browser asked for, also what it did not wait for; its pages are closed."""
        # Connections are taken in turn: when this one has been, all before it have been counted.
        with socket.create_connection(self.server_address[:2]) as last:
            last.shutdown(socket.SHUT_WR)
            last.recv(1)
        with self.changed:
            is_at_rest = self.changed.wait_for(lambda: self.open == 0, MOST_SECONDS)
        assert is_at_rest, f"{self.open} connections to the live server are still open"

    def _count(self, step: int) -> None:
        with self.changed:
            self.open += step
            self.changed.notify_all()
