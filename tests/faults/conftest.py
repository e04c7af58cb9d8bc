import os
import pwd
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cadre_app.runtime.environment import PROJECT
from cadre_app.runtime.identity import Account, can_run
from tests.faults.up import Up


@pytest.fixture
def place() -> Iterator[Path]:
    """An open folder for data folders; pytest's own is closed to the account that runs PostgreSQL under root."""
    folder = Path(tempfile.mkdtemp(prefix="qinglan-faults-", dir="/tmp"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def make_up(place: Path) -> Iterator[Callable[..., Up]]:
    made: list[Up] = []

    def make(name: str = "data", *options: str, **more) -> Up:
        made.append(Up(place / name, options, **more))
        return made[-1]

    yield make
    for up in made:
        up.clear()


@pytest.fixture
def ordinary_user() -> dict:
    """Popen's arguments for an account without privileges; skipped where it cannot reach our Python."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("nobody")
    account = Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    for path in (Path(sys.executable).resolve(), PROJECT / "manage.py"):
        if not can_run(path, account) and path.suffix != ".py":
            pytest.skip(f"{entry.pw_name} cannot reach {path}")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
