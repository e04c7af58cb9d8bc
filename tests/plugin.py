"""Brings up the servers for a test run: loaded before pytest-django reads the settings.

The controller makes them; xdist's workers are told the addresses by the environment and get a broker database each.
DATABASE_URL of a developer is used instead unless QINGLAN_TEST_EMBEDDED=1.
"""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from cadre_app.runtime import servers
from cadre_app.runtime.environment import make_folder
from cadre_app.runtime.processes import Child

OURS = ("DATABASE_URL", "REDIS_URL")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

_children: list[Child] = []
_site: list[servers.Site] = []


def _choose_addresses() -> None:
    if os.environ.get("QINGLAN_TEST_EMBEDDED") == "1":
        for name in OURS:
            os.environ.pop(name, None)
    # A clear path, short enough for sockets and open to the account that runs PostgreSQL under root.
    folder = Path(tempfile.mkdtemp(prefix="qinglan-tests-", dir="/tmp"))
    folder.chmod(0o711)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make_folder(folder)
    (folder / "static").mkdir()
    os.environ["QINGLAN_DATA_DIR"] = str(folder)
    missing = [name for name in OURS if not os.environ.get(name)]
    if missing:
        site = servers.make_site(folder)
        addresses = {"DATABASE_URL": site.database_url, "REDIS_URL": site.broker_url}
        os.environ.update({name: addresses[name] for name in missing})
        os.environ["QINGLAN_TEST_STARTED"] = ",".join(missing)
        _site.append(site)


if WORKER:
    number = int(WORKER.removeprefix("gw")) + 1
    os.environ["REDIS_URL"] = os.environ["REDIS_URL"].partition("?")[0] + f"?db={number}"
else:
    _choose_addresses()


def pytest_collection_finish() -> None:
    """What is imported and collected lives until the end: the collector need not look at it again for each test."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start what was chosen: after the options are understood, before the first test."""
    if WORKER or not _site or session.config.option.collectonly:
        return
    site, started = _site[0], os.environ["QINGLAN_TEST_STARTED"].split(",")
    atexit.register(_stop)
    if "REDIS_URL" in started:
        broker = servers.broker(site, durable=False)
        broker.start()
        _children.append(broker)
    if "DATABASE_URL" in started:
        servers.initialise(site)
        postgres = servers.postgres(site, durable=False)
        postgres.start()
        _children.append(postgres)
        servers.await_database(site, postgres)
    if "REDIS_URL" in started:
        servers.await_broker(site, _children[0])


def _stop() -> None:
    while _children:
        _children.pop().stop()
