"""A product to measure: embedded servers (or DATABASE_URL), a district of a size, gunicorn as in production.

Import `prepare` before anything of Django's models: it chooses the addresses that the settings read.
"""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
SETTINGS = "benchmarks.serving"


@contextmanager
def folder(named: str) -> Iterator[Path]:
    """The data folder that was named, which stays; without a name one that is removed in the end."""
    found = Path(named or tempfile.mkdtemp(prefix="qinglan-bench-", dir="/tmp")).resolve()
    found.mkdir(exist_ok=True)
    found.chmod(0o711)
    try:
        yield found
    finally:
        if not named:
            shutil.rmtree(found, ignore_errors=True)


def prepare(folder: Path) -> Any:
    """Addresses and keys for this folder into the environment; returns the embedded site or None."""
    sys.path.insert(0, str(PROJECT))
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ["QINGLAN_PRODUCTION"] = "1"
    os.environ["QINGLAN_DATA_DIR"] = str(folder)
    os.environ["PYTHONPATH"] = str(PROJECT)
    from cadre_app.runtime import servers
    from cadre_app.runtime.environment import add_missing, make_folder, new_secrets, read_env

    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    make_folder(folder)
    add_missing(folder / "env", new_secrets())
    for name, value in read_env(folder / "env").items():
        os.environ.setdefault(name, value)
    if os.environ.get("DATABASE_URL"):
        return None
    site = servers.make_site(folder)
    os.environ["DATABASE_URL"] = site.database_url
    return site


@contextmanager
def database(site: Any) -> Iterator[None]:
    """The embedded server while the block runs; nothing to do for a database that was named."""
    if site is None:
        yield
        return
    from cadre_app.runtime import servers

    servers.initialise(site)
    server = servers.postgres(site)
    server.start()
    try:
        servers.await_database(site, server)
        yield
    finally:
        server.stop()


def fill(people: int) -> None:
    """Migrate, then write the district once; what is there already is taken as it is."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from benchmarks.population import populate
    from cadre_app.accounts.models import User

    if not User.objects.exists():
        started = time.perf_counter()
        populate(people)
        print(f"{people:,} trainees written in {time.perf_counter() - started:.0f} s", file=sys.stderr)


@dataclass
class Visitor:
    """A signed-in browser without a screen: one connection that is kept open."""

    port: int
    cookie: str

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str) -> tuple[int, bytes, float]:
        """Status, body and milliseconds of one page."""
        headers = {"Cookie": self.cookie, "X-Forwarded-Proto": "https", "Accept-Encoding": "identity"}
        started = time.perf_counter()
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        return response.status, body, (time.perf_counter() - started) * 1000


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """gunicorn with two workers of four threads, as `up` starts it; gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "cadre_app.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload", "--keep-alive", "60"]
    command += ["--log-level", "warning", "--no-control-socket"]
    with (folder / "log" / "bench-web.log").open("wb") as log:
        web = subprocess.Popen(command, cwd=PROJECT, stdout=log, stderr=log)
        try:
            _await(port)
            yield port
        finally:
            web.terminate()
            web.wait(timeout=30)


def cookie_for(username: str) -> str:
    """A session of this account, as its browser would send it, in Chinese."""
    from django.conf import settings
    from django.test import Client

    from cadre_app.accounts.models import User

    client = Client(headers={"X-Forwarded-Proto": "https"})
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={key}; {settings.LANGUAGE_COOKIE_NAME}=zh-hans"


def _await(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the web server did not start, see log/bench-web.log")
