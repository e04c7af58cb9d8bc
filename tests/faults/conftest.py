import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cadre_app.runtime.identity import Account, can_run, first_closed_parent
from tests.faults.up import Up, clean_environment


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


@pytest.fixture(scope="session")
def begun() -> Callable[..., Path]:
    """Data folders after a first start that ended well, with the demo or without; whichever process of the run asks first
    makes it, in the folder that goes with the run.
    """
    home = Path(os.environ["QINGLAN_DATA_DIR"])

    def folder(*options: str) -> Path:
        made = home / "".join(("begun", *options))
        ready = made.with_suffix(".ready")
        with made.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not ready.exists():
                up = Up(made, options).start()
                up.becomes_healthy()
                assert up.stop() == 0
                ready.touch()
        return made

    return folder


@pytest.fixture
def make_begun(make_up: Callable[..., Up], begun: Callable[..., Path]) -> Callable[..., Up]:
    """As `make_up`, in a copy of such a folder: for whoever does not ask how a first start goes."""

    def make(name: str = "data", *options: str, **more) -> Up:
        up = make_up(name, *options, **more)
        subprocess.run(["cp", "-a", begun(*options), up.folder], check=True)  # noqa: S607
        return up

    return make


@dataclass(frozen=True)
class Person:
    """How to start something as somebody: Popen's arguments, and a Python that this account can reach."""

    identity: dict
    python: str
    path: str = ""


@pytest.fixture
def ordinary_user() -> Person:
    """An account without privileges; skipped where it can reach no Python of our version."""
    if os.geteuid() != 0:
        return Person({}, sys.executable)
    entry = pwd.getpwnam("nobody")
    account = Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    identity = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    ours = Path(sys.executable)
    if can_run(ours.resolve(), account) and first_closed_parent(ours, account) is None:
        return Person(identity, sys.executable)
    other = shutil.which(f"python3.{sys.version_info.minor}", path="/usr/bin:/usr/local/bin")
    libraries = sysconfig.get_path("purelib")
    reaches = [other, "-c", "import django, celery.app.base, redis"]
    environment = clean_environment(PYTHONPATH=libraries)
    if (
        other is None
        or subprocess.run(reaches, env=environment, capture_output=True, check=False, **identity).returncode
    ):
        pytest.skip(f"{entry.pw_name} can reach no Python of this version")
    return Person(identity, other, libraries)
