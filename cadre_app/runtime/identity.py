"""As whom the embedded servers run, and what that account can reach."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from cadre_app.runtime.say import Refusal

UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An unprivileged account of this machine."""

    name: str
    uid: int
    gid: int


def server_account(cluster: Path) -> Account | None:
    """Whom root hands the servers to: the owner of an existing `cluster`, else postgres, else nobody.

    None for an ordinary user, who runs them himself. Raises Refusal when PostgreSQL could not run.
    """
    if os.geteuid() != 0:
        try:
            pwd.getpwuid(os.geteuid())
        except KeyError:
            raise Refusal(
                f"当前用户编号 {os.geteuid()} 在系统中没有账号记录，PostgreSQL 无法启动；请用普通账号或 root 运行。",
                f"User id {os.geteuid()} has no passwd entry, so PostgreSQL cannot run: use a regular account or root.",
            ) from None
        return None
    owner = _owner_of(cluster)
    for entry in (owner, *map(_named, UNPRIVILEGED)):
        if entry is not None:
            return entry
    raise Refusal(
        "以 root 运行时需要系统账号 postgres 或 nobody，本机都没有；请改用普通账号运行。",
        "As root this needs an account named postgres or nobody, and there is none: run it as a regular user.",
    )


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid) if entry.pw_uid else None


def _owner_of(path: Path) -> Account | None:
    try:
        entry = pwd.getpwuid(path.stat().st_uid)
    except (OSError, KeyError):
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid) if entry.pw_uid else None


def first_closed_parent(path: Path, account: Account) -> Path | None:
    """The first folder above `path` (existing ones only) that `account` cannot pass through."""
    for parent in reversed(path.resolve().parents):
        if parent.exists() and not _may(parent.stat(), account, stat.S_IXUSR):
            return parent
    return None


def can_run(binary: Path, account: Account) -> bool:
    """True where `account` can read and start `binary` in place."""
    if first_closed_parent(binary, account) is not None:
        return False
    status = binary.stat()
    return _may(status, account, stat.S_IXUSR) and _may(status, account, stat.S_IRUSR)


def _may(status: os.stat_result, account: Account, owner_bit: int) -> bool:
    if status.st_uid == account.uid:
        return bool(status.st_mode & owner_bit)
    if status.st_gid == account.gid:
        return bool(status.st_mode & (owner_bit >> 3))
    return bool(status.st_mode & (owner_bit >> 6))
