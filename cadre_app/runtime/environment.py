"""Finds the data folder and reads the addresses and keys that `up` wrote there."""

import base64
import hashlib
import os
import secrets
import tempfile
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cadre_app.runtime.identity import first_closed_parent, server_account
from cadre_app.runtime.say import Refusal

PROJECT = Path(__file__).resolve().parents[2]
SYSTEM_FOLDER = Path("/var/lib/qinglan")
STARTED = time.monotonic()
FOLDER = "QINGLAN_DATA_DIR"
SECRETS = ("SECRET_KEY", "FIELD_KEYS", "FIELD_KEY_ID", "DIGEST_KEY")
ADDRESSES = ("DATABASE_URL", "REDIS_URL")
MAKES_FOLDER = frozenset({"up"})


@dataclass(frozen=True)
class Surroundings:
    """Where this command keeps its data, and which addresses were set before the folder was read."""

    folder: Path
    chosen: bool
    given: frozenset[str]

    @property
    def env_file(self) -> Path:
        return self.folder / "env"


_found: list[Surroundings] = []


def surroundings() -> Surroundings:
    """What `load_for_command` found; looked up now for a command that was not started by manage.py."""
    if not _found:
        _found.append(_look([])[0])
    return _found[0]


def load_for_command(argv: list[str]) -> list[str]:
    """Put DIR/env into the environment, never over what is set; returns `argv` without `--data-dir`.

    `up` makes the folder and its keys first. Raises Refusal when the folder cannot be used.
    """
    here, rest = _look(argv)
    _found[:] = [here]
    os.environ[FOLDER] = str(here.folder)
    if len(rest) > 1 and rest[1] in MAKES_FOLDER and not {"-h", "--help"} & set(rest):
        if not here.given.issuperset(ADDRESSES):
            server_account(here.folder / "pg")
        make_folder(here.folder)
        add_missing(here.env_file, new_secrets())
    for name, value in read_env(here.env_file).items():
        os.environ.setdefault(name, value)
    return rest


def release() -> str:
    """The version of the product, from pyproject.toml."""
    project: dict[str, str] = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    return project["version"]


def _look(argv: list[str]) -> tuple[Surroundings, list[str]]:
    rest, named = _without_data_dir(argv)
    for name in ADDRESSES:
        if not os.environ.get(name):
            os.environ.pop(name, None)
    given = frozenset(name for name in ADDRESSES if name in os.environ)
    named = named or os.environ.get(FOLDER, "")
    folder = Path(os.path.abspath(Path(named).expanduser())) if named else default_folder(given)  # noqa: PTH100
    return Surroundings(folder, chosen=bool(named), given=given), rest


def _without_data_dir(argv: list[str]) -> tuple[list[str], str]:
    rest: list[str] = []
    named = ""
    parts = iter(argv)
    for part in parts:
        if part == "--data-dir":
            named = next(parts, "")
            if not named or named.startswith("-"):
                raise Refusal("--data-dir 后面要写数据目录。", "--data-dir needs the name of a folder.")
        elif part.startswith("--data-dir="):
            named = part.partition("=")[2]
        else:
            rest.append(part)
    return rest, named


def default_folder(given: frozenset[str] = frozenset()) -> Path:
    """./var of the project; for root, below /var/lib when the servers' account cannot reach the project."""
    folder = PROJECT / "var"
    if os.geteuid() != 0 or given.issuperset(ADDRESSES):
        return folder
    account = server_account(folder / "pg")
    if account is not None and first_closed_parent(folder / "pg", account):
        return SYSTEM_FOLDER / hashlib.sha256(str(PROJECT).encode()).hexdigest()[:12]
    return folder


def make_folder(folder: Path) -> None:
    """Create the data folder; root leaves it passable for the servers' account. Raises Refusal."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
        for name in ("run", "log", "files", "mail"):
            (folder / name).mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise _unusable(folder, error) from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise _unusable(folder, PermissionError(13, "not writable"))


def _unusable(folder: Path, error: OSError) -> Refusal:
    return Refusal(
        f"数据目录 {folder} 无法使用（{error.strerror}）；请换用 --data-dir 指定的目录，或改用其所有者的账号运行。",
        f"The data folder {folder} cannot be used: choose another with --data-dir, or run as the account that owns it.",
    )


def new_secrets() -> dict[str, str]:
    """Fresh keys for a new installation (docs/operations.md): random, 32 bytes base64 each where a cipher takes them."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": f"k1={_random_key()}",
        "FIELD_KEY_ID": "k1",
        "DIGEST_KEY": _random_key(),
    }


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def read_env(path: Path) -> dict[str, str]:
    """NAME=value lines; empty when there is no file. Raises Refusal when it belongs to somebody else."""
    try:
        text = path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise _unusable(path.parent, error) from error
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line and not line.startswith("#"))
    return {name.strip(): value for name, _, value in pairs}


def add_missing(path: Path, values: Mapping[str, str]) -> None:
    """Write the names that neither the file nor the environment holds; a key id goes only with its keys."""
    held = read_env(path)
    missing = {name: value for name, value in values.items() if name not in held and name not in os.environ}
    if "FIELD_KEYS" not in missing:
        missing.pop("FIELD_KEY_ID", None)
    if missing:
        write_env(path, {**held, **missing})


def write_env(path: Path, values: Mapping[str, str]) -> None:
    """Replace the file at once, readable by its owner only."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".env-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("# Written by manage.py up; holds the keys of this installation. 本文件含密钥，请妥善保管。\n")
        file.writelines(f"{name}={value}\n" for name, value in values.items())
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)
