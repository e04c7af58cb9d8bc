"""A small mail server on 127.0.0.1 that keeps the Message-ID and recipient of everything it has taken, and misbehaves."""

import re
import socket
import socketserver
import struct
import threading
from collections import Counter
from contextlib import suppress
from email import message_from_bytes
from typing import Self

WELL, RESET, HANG = "well", "reset", "hang"
RECIPIENT = re.compile(rb"RCPT TO:\s*<([^>]+)>", re.IGNORECASE)
RESET_AT_ONCE = struct.pack("ii", 1, 0)

Letter = tuple[str, str]


class Postbox(socketserver.ThreadingTCPServer):
    """`letters` are (Message-ID, recipient) in the order of their coming, kept before the answer is given.

    `mode`: WELL answers, RESET takes the letter and breaks off instead of the answer, HANG never says a word.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters: list[Letter] = []
        self.mode = WELL
        self.calls = 0
        self.ending = threading.Event()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    @property
    def counted(self) -> Counter[Letter]:
        return Counter(self.letters)

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        return self

    def __exit__(self, *problem: object) -> None:
        self.ending.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that was killed in the middle of its letter is no error of ours."""


class _Conversation(socketserver.StreamRequestHandler):
    server: Postbox
    recipient = ""

    def handle(self) -> None:
        self.server.calls += 1
        if self.server.mode == HANG:
            self.server.ending.wait(120)
            return
        self._say("220 postbox")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                if not self._take():
                    return
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self.recipient = found[1].decode() if (found := RECIPIENT.match(line)) else self.recipient
                self._say("250 ok")

    def _take(self) -> bool:
        """False when the connection was broken off."""
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line)
        self.server.letters.append((str(message_from_bytes(b"".join(lines))["Message-ID"]), self.recipient))
        if self.server.mode == RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_ONCE)
            self.connection.close()
            return False
        self._say("250 taken")
        return True

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")
