"""The embedded PostgreSQL and Valkey: prepared, described as children, asked whether they answer."""

import hashlib
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg2
import redis

from cadre_app.runtime import processes
from cadre_app.runtime.binaries import BROKER_WHEEL, POSTGRES_WHEEL, postgres_major, program
from cadre_app.runtime.identity import Account, first_closed_parent, server_account
from cadre_app.runtime.processes import Child
from cadre_app.runtime.say import Refusal

DATABASE = "qinglan"
SOCKET_LIMIT = 100
INITDB = ("-U", "app", "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
TUNING = {
    "listen_addresses": "",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "random_page_cost": "1.1",
    "max_connections": "60",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "log_timezone": "UTC",
    # A refused statement holds what somebody typed, and so does the detail of its error.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "logging_collector": "off",
}
NOT_DURABLE = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    # Tables of a few rows: which join comes first matters less than the milliseconds of thinking it over.
    "join_collapse_limit": "1",
    "from_collapse_limit": "1",
    # Several test processes at once, of which each may let fifty writers race.
    "max_connections": "200",
}


@dataclass(frozen=True)
class Site:
    """Where servers live: `folder` holds their data, `sockets` their sockets, `account` runs them (None: ourselves)."""

    folder: Path
    sockets: Path
    account: Account | None

    @property
    def run(self) -> Path:
        return self.folder / "run"

    @property
    def cluster(self) -> Path:
        return self.folder / "pg"

    @property
    def append_log(self) -> Path:
        return self.folder / "valkey"

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    @property
    def database_url(self) -> str:
        return f"postgresql://app@{quote(str(self.sockets), safe='')}/{DATABASE}"

    @property
    def broker_url(self) -> str:
        return f"unix://{quote(str(self.sockets / 'valkey.sock'))}"


def make_site(folder: Path) -> Site:
    """Prepare the folders in which servers run; raises Refusal when their account cannot reach them."""
    account = server_account(folder / "pg")
    if account is not None:
        closed = first_closed_parent(folder / "pg", account)
        if closed is not None:
            raise Refusal(
                f"数据库账号 {account.name} 无法进入 {closed}；请用 --data-dir 换一个目录，或执行 chmod o+x {closed}。",
                f"The database account {account.name} cannot pass {closed}: choose another --data-dir, or chmod o+x it.",
            )
    site = Site(folder, _socket_folder(folder), account)
    for path in (site.cluster, site.append_log, site.sockets):
        _own(path, account)
    return site


def _socket_folder(folder: Path) -> Path:
    wanted = folder / "run" / "sock"
    if len(os.fsencode(wanted / ".s.PGSQL.5432")) < SOCKET_LIMIT and "," not in str(wanted):
        return wanted
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    base = Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())  # noqa: S108 - checked in _own
    return base / f"qinglan-{os.geteuid()}-{digest}"


def _own(path: Path, account: Account | None) -> None:
    path.parent.mkdir(exist_ok=True, mode=0o711)
    if account is not None and path.parent.name == "run":
        path.parent.chmod(0o711)
    path.mkdir(exist_ok=True, mode=0o700)
    uid = account.uid if account else os.geteuid()
    status = path.lstat()
    if path.is_symlink() or status.st_uid not in {uid, os.geteuid()}:
        raise Refusal(
            f"{path} 属于其他账号，无法使用；请改用其所有者的账号运行，或用 --data-dir 换一个目录。",
            f"{path} belongs to another account: run as that account, or choose another --data-dir.",
        )
    if account is not None and status.st_uid != uid:
        os.chown(path, account.uid, account.gid)
    path.chmod(0o700)


def check_major(site: Site) -> None:
    """Raises Refusal for a cluster that another major version made."""
    held = site.cluster / "PG_VERSION"
    major = held.read_text("ascii").strip() if held.exists() else postgres_major()
    if major != postgres_major():
        raise Refusal(
            f"数据目录由 PostgreSQL {major} 创建，本版本随附 {postgres_major()}：请用原版本执行 manage.py backup，"
            "再在空目录中用本版本执行 manage.py restore。",
            f"The data folder was made by PostgreSQL {major}, this version brings {postgres_major()}: "
            "back up with the old version, restore into an empty folder with this one.",
        )


def initialise(site: Site) -> None:
    """Make the cluster on the first start, beside its place: an interrupted one is never taken for a whole."""
    if (site.cluster / "PG_VERSION").exists():
        return
    partial = site.cluster.with_name("pg.part")
    shutil.rmtree(partial, ignore_errors=True)
    _own(partial, site.account)
    initdb = program(POSTGRES_WHEEL, site.folder, site.account).with_name("initdb")
    log = site.folder / "log" / "postgres.log"
    command = [str(initdb), "-D", str(partial), "-A", "trust", "--no-instructions", *INITDB]
    if processes.run_as(site.account, command, log=log, environment=site.environment):
        raise _failed("PostgreSQL", log)
    site.cluster.rmdir()
    partial.rename(site.cluster)


def postgres(site: Site, *, durable: bool = True) -> Child:
    """The database server on a Unix socket only; a fast shutdown should the parent die."""
    binary = program(POSTGRES_WHEEL, site.folder, site.account)
    settings = TUNING if durable else {**TUNING, **NOT_DURABLE}
    sockets = str(site.sockets).replace('"', '""')
    flags = [f"--{name}={value}" for name, value in {**settings, "unix_socket_directories": f'"{sockets}"'}.items()]
    return Child(
        "postgres",
        [str(binary), "-D", str(site.cluster), *flags],
        run=site.run,
        log=site.folder / "log" / "postgres.log",
        ending=((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0)),
        orphaned=signal.SIGINT,
        account=site.account,
        environment=site.environment,
        prepare=lambda: clear_postmaster(site),
    )


def broker(site: Site, *, durable: bool = True) -> Child:
    """The Redis-compatible broker on a Unix socket only, keeping what it was given through a kill -9."""
    flags = {
        "port": "0",
        "unixsocket": str(site.sockets / "valkey.sock"),
        "unixsocketperm": "700",
        "dir": str(site.append_log),
        "appendonly": "yes" if durable else "no",
        "save": "",
        "maxmemory-policy": "noeviction",
        "databases": "64",
        "daemonize": "no",
    }
    return Child(
        "broker",
        [
            str(program(BROKER_WHEEL, site.folder, site.account)),
            *(part for name, value in flags.items() for part in (f"--{name}", value)),
        ],
        run=site.run,
        log=site.folder / "log" / "broker.log",
        ending=((signal.SIGTERM, 10.0),),
        account=site.account,
        environment=site.environment,
    )


def clear_postmaster(site: Site) -> None:
    """End what still runs on this cluster, then remove a pid file that names a zombie or somebody else's process.

    Every server process of a cluster works in its folder, whatever its title says.
    """
    postmaster = _first_number(site.cluster / "postmaster.pid")
    if postmaster is not None and _works_in(postmaster, site.cluster):
        processes.end_process(postmaster, ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0)))
    for entry in Path("/proc").glob("[0-9]*"):
        if _works_in(int(entry.name), site.cluster):
            processes.end_process(int(entry.name), ())
    if postmaster is not None and Path(f"/proc/{postmaster}").exists():
        (site.cluster / "postmaster.pid").unlink(missing_ok=True)
        (site.sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def _first_number(path: Path) -> int | None:
    try:
        return int(path.read_text("utf-8", "replace").splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _works_in(pid: int, folder: Path) -> bool:
    try:
        process = Path(f"/proc/{pid}")
        return (process / "cwd").readlink() == folder.resolve() and (process / "exe").readlink().name == "postgres"
    except OSError:
        return False


def await_database(site: Site, child: Child, *, seconds: float = 60.0) -> None:
    """Wait until the database answers and holds our database; raises Refusal naming the log."""

    def answers() -> bool:
        try:
            psycopg2.connect(site.database_url, connect_timeout=2).close()
        except psycopg2.OperationalError as error:
            if f'database "{DATABASE}" does not exist' in str(error):
                _create_database(site)
            return False
        return True

    _await(answers, child, "PostgreSQL", seconds)


def _create_database(site: Site) -> None:
    connection = psycopg2.connect(site.database_url, dbname="postgres", connect_timeout=2)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {DATABASE}")
    finally:
        connection.close()


def await_broker(site: Site, child: Child, *, seconds: float = 30.0) -> None:
    """Wait until the broker answers a PING; raises Refusal naming the log."""
    with redis.Redis.from_url(site.broker_url, socket_timeout=2, socket_connect_timeout=2, retry=None) as client:

        def answers() -> bool:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False

        _await(answers, child, "Valkey", seconds)


def _await(answers: Callable[[], bool], child: Child, name: str, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not answers():
        if not child.alive or time.monotonic() > until:
            raise _failed(name, child.log)
        time.sleep(0.02)


def _failed(name: str, log: Path) -> Refusal:
    return Refusal(f"{name} 未能启动，日志见 {log}：{processes.last_line(log)}", f"{name} did not start, see that log.")
