"""The steps between an empty folder and the first page."""

import os
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils.module_loading import import_string

from cadre_app.runtime import processes, product, servers, stand
from cadre_app.runtime.binaries import BROKER_WHEEL, POSTGRES_WHEEL
from cadre_app.runtime.environment import PROJECT, Surroundings, read_env, write_env
from cadre_app.runtime.processes import Child
from cadre_app.runtime.say import Refusal
from cadre_app.runtime.supervisor import Supervisor

DEMO = "cadre_app.demo.services.load_demo"
FIRST_ADMINISTRATORS = "cadre_app.accounts.services.create_first_administrators"
UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"
PAGE_SECONDS = 60.0

MakesAccounts = Callable[[str], list[tuple[str, str]]]


@dataclass(frozen=True)
class Servers:
    """The embedded servers of this run; None where an address was given."""

    site: servers.Site | None
    postgres: Child | None
    broker: Child | None

    @property
    def children(self) -> list[Child]:
        return [child for child in (self.broker, self.postgres) if child is not None]

    def start(self, start: Callable[[Child], Child]) -> None:
        """Bring both up side by side; raises Refusal naming the log of the one that does not answer."""
        if self.site is None:
            return
        if self.broker is not None:
            start(self.broker)
        if self.postgres is not None:
            servers.initialise(self.site)
            start(self.postgres)
            servers.await_database(self.site, self.postgres)
        if self.broker is not None:
            servers.await_broker(self.site, self.broker)


@dataclass(frozen=True)
class FirstAccounts:
    """The accounts that the first start made, as (account, role), and the file that keeps their password."""

    path: Path
    password: str
    accounts: list[tuple[str, str]]


def plan_servers(here: Surroundings) -> Servers:
    """DATABASE_URL and REDIS_URL of the environment come first; the wheels fill what is missing."""
    wanted = {"DATABASE_URL", "REDIS_URL"} - here.given
    if not wanted:
        return Servers(None, None, None)
    site = servers.make_site(here.folder)
    if "DATABASE_URL" in wanted:
        servers.check_major(site)
    postgres = servers.postgres(site) if "DATABASE_URL" in wanted else None
    return Servers(site, postgres, servers.broker(site) if "REDIS_URL" in wanted else None)


def announce(here: Surroundings, planned: Servers) -> None:
    """Put the embedded servers' addresses into DIR/env, the environment and the settings that were read before."""
    if planned.site is None:
        return
    found: dict[str, str] = {}
    if planned.postgres is not None:
        found["DATABASE_URL"] = planned.site.database_url
    if planned.broker is not None:
        found["REDIS_URL"] = planned.site.broker_url
    held = read_env(here.env_file)
    if any(held.get(name) != value for name, value in found.items()):
        write_env(here.env_file, {**held, **found})
    os.environ.update(found)
    if planned.postgres is not None:
        settings.DATABASES["default"].update(
            HOST=str(planned.site.sockets), PORT="", USER="app", PASSWORD="", NAME=servers.DATABASE
        )
        connections["default"].settings_dict.update(settings.DATABASES["default"])


def sources(planned: Servers) -> list[tuple[str, str]]:
    """Which servers were taken, for the screen."""
    database = f"随附 embedded PostgreSQL {POSTGRES_WHEEL.release}" if planned.postgres else "DATABASE_URL"
    broker = f"随附 embedded Valkey {BROKER_WHEEL.release.partition('.post')[0]}" if planned.broker else "REDIS_URL"
    return [("数据库 Database", database), ("消息队列 Broker", broker)]


@contextmanager
def static_files(folder: Path) -> Iterator[None]:
    """Collect and compress static files beside the block when their sources changed; waits at its end."""
    stamp = folder / "static.sha256"
    current = _static_fingerprint()
    if stamp.exists() and stamp.read_text("ascii") == current and (folder / "static").is_dir():
        yield
        return
    stamp.unlink(missing_ok=True)
    log = folder / "log" / "static.log"
    with processes.open_log(log) as output:
        collecting = subprocess.Popen(
            [sys.executable, str(PROJECT / "manage.py"), "collectstatic", "--noinput", "--verbosity", "0"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield
        if collecting.wait():
            raise Refusal(
                f"静态文件整理失败，日志见 {log}：{processes.last_line(log)}",
                "Collecting the static files failed, see that log.",
            )
        stamp.write_text(current, "ascii")
    finally:
        collecting.kill()
        collecting.wait()


def _static_fingerprint() -> str:
    paths = (storage.path(name) for finder in finders.get_finders() for name, storage in finder.list([]))
    return product.fingerprint(Path(path) for path in paths)


def migrate() -> None:
    """Apply what is pending; a database that is up to date costs one look. Raises Refusal for one that stands halfway."""
    executor = MigrationExecutor(connection)
    stand.refuse_halfway(executor.recorder.applied_migrations())
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def first_accounts(folder: Path, *, demo: bool) -> FirstAccounts | None:
    """On a database without accounts make the first ones; None where there are some.

    The file is written before the accounts, so that an interrupted start leaves none without a known password.
    """
    if get_user_model()._default_manager.exists():
        return None
    path = folder / ("demo-accounts.txt" if demo else "first-accounts.txt")
    password = (os.environ.get("QINGLAN_DEMO_PASSWORD") if demo else None) or random_password()
    _write_accounts(path, password, [])
    make: MakesAccounts = import_string(DEMO if demo else FIRST_ADMINISTRATORS)
    accounts = make(password)
    _write_accounts(path, password, accounts)
    return FirstAccounts(path, password, accounts)


def random_password() -> str:
    """Three groups of four letters and digits that are not mistaken for one another."""
    return "-".join("".join(secrets.choice(UNMISTAKABLE) for _ in range(4)) for _ in range(3))


def _write_accounts(path: Path, password: str, accounts: list[tuple[str, str]]) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"密码 Password: {password}\n")
        file.writelines(f"{name}\t{role}\n" for name, role in accounts)


def await_page(url: str, web: Child) -> None:
    """Wait until the sign-in page is answered; raises Refusal naming the log when the web server ended."""
    page = url.rstrip("/") + reverse(settings.LOGIN_URL)
    until = time.monotonic() + PAGE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(page, timeout=10):  # noqa: S310 - our own address
                return
        except urllib.error.HTTPError as error:
            reason = f"{page}: {error.code}"
        except OSError:
            reason = processes.last_line(web.log)
            if web.alive and time.monotonic() < until:
                time.sleep(0.03)
                continue
        raise Refusal(f"网页服务未能启动，日志见 {web.log}：{reason}", "The web server did not start, see that log.")


@contextmanager
def database_at_hand(here: Surroundings) -> Iterator[None]:
    """The database for one command: the given or the running one, else started for the time of the block."""
    planned = plan_servers(here)
    announce(here, planned)
    if planned.site is None or planned.postgres is None:
        yield
        return
    with ExitStack() as stack:
        try:
            stack.enter_context(product.locked(here.folder))
        except Refusal:
            yield
            return
        supervisor = Supervisor(str(here.folder))
        stack.callback(supervisor.stop)
        processes.end_orphans([planned.postgres], str(here.folder))
        replace(planned, broker=None).start(supervisor.start)
        yield
