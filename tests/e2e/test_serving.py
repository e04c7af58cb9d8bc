"""The wait that every browser test ends with."""

import socket
import threading

from django.test.testcases import QuietWSGIRequestHandler

from tests.e2e.serving import CountingServer


def test_what_nobody_waits_for_any_more_is_waited_for() -> None:
    begun, may_end = threading.Event(), threading.Event()
    done: list[str] = []

    def application(environ, start_response):
        begun.set()
        may_end.wait(30)
        done.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    with CountingServer(("127.0.0.1", 0), QuietWSGIRequestHandler) as server:
        server.set_app(application)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with socket.create_connection(server.server_address[:2]) as left:
            left.sendall(b"GET /people/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert begun.wait(30)
        threading.Timer(0.2, may_end.set).start()
        server.await_rest()
        found = [*done]
        server.shutdown()

    assert found == ["/people/"]
