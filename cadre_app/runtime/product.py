"""Web server, worker and clock as children, and the lock that lets one `up` hold a data folder."""

import errno
import fcntl
import hashlib
import os
import signal
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cadre_app.runtime.environment import PROJECT
from cadre_app.runtime.processes import MARK, Child
from cadre_app.runtime.say import Refusal

WORKERS = 2
THREADS = 4
POOL = 2
LAST_PORT = 65535


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the data folder for this process; raises Refusal naming the process that holds it."""
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 32).decode("ascii", "replace").strip() or "?"
            raise Refusal(
                f"数据目录 {folder} 正被进程 {holder} 使用；请先停止它，或用 --data-dir 换一个目录。",
                f"The data folder is in use by process {holder}: stop it, or choose another --data-dir.",
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def check_port(host: str, port: int) -> None:
    """Raises Refusal when nothing can listen there."""
    if not 0 < port <= LAST_PORT:
        raise Refusal(f"没有端口 {port}；请用 --port 指定 1 至 {LAST_PORT}。", "There is no such port.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refusal(
                f"端口 {port} 已被占用；请用 --port 换一个，例如 --port {port + 1}。",
                f"Port {port} is taken: choose another with --port.",
            ) from None
        raise Refusal(
            f"无法在 {host} 的端口 {port} 上提供服务（{error}）；请换一个 --host 或 --port。",
            "Cannot listen there: choose another --host or --port.",
        ) from None


def address(host: str, port: int) -> str:
    """The URL to print; a wildcard address is shown as this machine's own."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"


def _child(name: str, folder: Path, arguments: list[str], *, patience: float, orphaned: signal.Signals) -> Child:
    ending = [(signal.SIGTERM, patience)]
    if orphaned is not signal.SIGTERM:
        ending.append((orphaned, 5.0))
    return Child(
        name,
        [sys.executable, "-m", *arguments],
        run=folder / "run",
        log=folder / "log" / f"{name}.log",
        ending=ending,
        orphaned=orphaned,
        environment=environment(folder),
    )


def environment(folder: Path) -> dict[str, str]:
    """What our own children are started with: this process's environment, our code, this folder's mark."""
    path = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, MARK: str(folder)}


def web(folder: Path, host: str, port: int) -> Child:
    """gunicorn, loaded once and forked into workers of a few threads."""
    arguments = [
        *("gunicorn", "cadre_app.wsgi:application", "--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}"),
        *("--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS), "--preload"),
        *("--keep-alive", "30", "--timeout", "60", "--graceful-timeout", "5", "--no-control-socket"),
    ]
    if Path("/dev/shm").is_dir():  # noqa: S108 - gunicorn keeps its workers' signs of life there, off the disk
        arguments += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    return _child("web", folder, arguments, patience=8.0, orphaned=signal.SIGTERM)


def worker(folder: Path) -> Child:
    """Celery's worker; work that is cut off is delivered again."""
    arguments = ["celery", "-A", "cadre_app.celery", "worker", "--loglevel", "INFO", "--concurrency", str(POOL)]
    arguments += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return _child("worker", folder, arguments, patience=10.0, orphaned=signal.SIGQUIT)


def beat(folder: Path) -> Child:
    """Celery's clock."""
    arguments = ["celery", "-A", "cadre_app.celery", "beat", "--loglevel", "INFO", "--pidfile", ""]
    return _child("beat", folder, arguments, patience=5.0, orphaned=signal.SIGTERM)


def fingerprint(paths: Iterable[Path]) -> str:
    """Changes when a file is added, removed or written."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
