"""An import whose worker is killed in the middle: nothing is half imported, and the work is taken up again."""

import os
import signal
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from cadre_app.runtime.environment import read_env
from tests.faults.up import Up, clean_environment, manage, wait

pytestmark = pytest.mark.faults

ROWS = 8_000
UPLOAD = f"""
from cadre_app.accounts.models import User
from cadre_app.core.registries import import_sheets
from cadre_app.imports import services
lines = ["单位名称,类别", *(f"断点村{{number}},村" for number in range({ROWS}))]
staff = User.objects.get(username="staff")
services.upload_batch(
    sheet=import_sheets["units"], name="断点.csv", content=chr(10).join(lines).encode(), actor=staff
)
"""
CONFIRM = """
from cadre_app.imports import services
from cadre_app.imports.models import Batch
batch = Batch.objects.get()
services.confirm_batch(batch, version=batch.version, actor=batch.owner)
"""
UNITS = "SELECT count(*) FROM org_unit WHERE name LIKE '断点村%'"
STATUS = "SELECT status FROM imports_batch"
PROGRESS = "SELECT done FROM jobs_job WHERE kind = 'imports.confirm' AND state = 'running'"


def asked(up: Up, query: str) -> Any:
    with psycopg2.connect(read_env(up.folder / "env")["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        found = cursor.fetchone() if cursor.description else None
    connection.close()
    return found[0] if found else None


def shell(up: Up, code: str) -> None:
    done = manage("shell", "-c", code, env=clean_environment(QINGLAN_DATA_DIR=str(up.folder)))
    assert done.returncode == 0, done.stderr


def with_children(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found += with_children(int(entry.name))
    return found


def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_import_is_done_all_the_same(make_begun):
    up = make_begun().start()
    up.becomes_healthy()
    shell(up, UPLOAD)
    wait(lambda: asked(up, STATUS) == "ready", 90, "the rows were not checked")

    shell(up, CONFIRM)
    wait(lambda: asked(up, PROGRESS), 60, "the import did not begin")
    for pid in with_children(up.pid("worker")):
        os.kill(pid, signal.SIGKILL)

    assert (asked(up, UNITS), asked(up, STATUS)) == (0, "ready")
    up.becomes_healthy()
    asked(up, "UPDATE jobs_job SET heartbeat_at = now() - interval '5 minutes' WHERE state = 'running'")
    wait(lambda: asked(up, STATUS) == "done", 150, "the import was not taken up again")
    assert asked(up, UNITS) == ROWS
    assert up.stop() == 0
