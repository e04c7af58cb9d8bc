"""Backup and restore: database, private files and keys in one archive that proves itself."""

import hashlib
import io
import json
import os
import stat
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

import psycopg2
from django.conf import settings
from django.utils import timezone
from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2's own name for the type
from psycopg2.extensions import make_dsn

from cadre_app.runtime.binaries import client_program
from cadre_app.runtime.processes import last_line
from cadre_app.runtime.say import Refusal

FORMAT = 1
MANIFEST, KEYS, DATABASE, FILES = "manifest.json", "keys.json", "database.dump", "files/"
CHUNK = 1024 * 1024
UNFINISHED = ".part"

Dsn = dict[str, str]

# The text of a row depends on these; fixed, the same rows give the same sum on every server.
STEADY_TEXT = """
    SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';
    SET extra_float_digits = 1; SET bytea_output = 'hex'; SET search_path = public;
"""
TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY c.relname COLLATE "C"
"""
SUM = """
    SELECT count(*), coalesce(encode(sha256(convert_to(string_agg(h, '' ORDER BY h), 'UTF8')), 'hex'), '')
    FROM (SELECT md5(t::text) COLLATE "C" AS h FROM {table} AS t) AS rows
"""


@dataclass(frozen=True)
class TableSum:
    """Rows of one table and a sum over them that does not depend on their order."""

    name: str
    rows: int
    checksum: str


def dsn() -> Dsn:
    """libpq's words for the database that the settings name."""
    held = settings.DATABASES["default"]
    words = {"dbname": held["NAME"], "user": held["USER"], "password": held["PASSWORD"], "host": held["HOST"]}
    words |= {"port": str(held["PORT"]), "connect_timeout": "5"}
    words |= {name: str(value) for name, value in held.get("OPTIONS", {}).items() if name.startswith("ssl")}
    return {name: value for name, value in words.items() if value}


def table_sums(connection: Connection) -> list[TableSum]:
    """Count and checksum of every table, in the transaction that is open."""
    with connection.cursor() as cursor:
        cursor.execute(STEADY_TEXT)
        cursor.execute(TABLES)
        sums = []
        for (name,) in cursor.fetchall():
            cursor.execute(sql.SQL(SUM).format(table=sql.Identifier("public", name)))
            rows, checksum = cursor.fetchone() or (0, "")
            sums.append(TableSum(name, rows, checksum))
        return sums


def write_backup(target: Path, *, database: Dsn, files: Path, keys: dict[str, str], version: str) -> dict[str, Any]:
    """Write the archive (0600) from one snapshot of the database; returns its manifest. Raises Refusal.

    Rows, checksums and dump come from the same snapshot, so the product may go on working meanwhile.
    """
    if target.exists():
        raise Refusal(f"{target} 已存在，请换一个文件名。", f"{target} exists: choose another name.")
    try:
        handle, partial = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise Refusal(f"无法写入 {target.parent}（{error.strerror}）。", "Cannot write into that folder.") from None
    try:
        with os.fdopen(handle, "wb") as stream, tarfile.open(fileobj=stream, mode="w") as archive:
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".qinglan-") as scratch:
                dump = Path(scratch) / DATABASE
                manifest = {
                    "format": FORMAT,
                    "version": version,
                    "at": timezone.now().isoformat(),
                    **_dump(database, dump),
                }
                manifest["sha256"] = {DATABASE: _add_file(archive, DATABASE, dump)}
            for path in sorted(files.rglob("*")):
                if path.is_file() and not path.is_symlink() and path.suffix != UNFINISHED:
                    name = FILES + path.relative_to(files).as_posix()
                    with suppress(FileNotFoundError):  # its time had come while the backup ran
                        manifest["sha256"][name] = _add_file(archive, name, path)
            manifest["sha256"][KEYS] = _add_json(archive, KEYS, keys)
            _add_json(archive, MANIFEST, manifest)
            archive.close()
            stream.flush()
            os.fsync(stream.fileno())
        Path(partial).replace(target)
    finally:
        Path(partial).unlink(missing_ok=True)
    return manifest


def _dump(database: Dsn, target: Path) -> dict[str, Any]:
    with closing_connection(database) as connection:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone() or ("",)
            sums = table_sums(connection)
            cursor.execute("SELECT app, name FROM public.django_migrations ORDER BY app, name")
            migrations = [list(row) for row in cursor.fetchall()]
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}"]
        run_client("pg_dump", database, *options)
    tables = {item.name: {"rows": item.rows, "checksum": item.checksum} for item in sums}
    return {"tables": tables, "migrations": migrations}


@contextmanager
def closing_connection(database: Dsn) -> Iterator[Connection]:
    """A connection of its own to `database`; raises Refusal when nobody answers."""
    try:
        connection = psycopg2.connect(make_dsn(**database))
    except psycopg2.OperationalError as error:
        raise Refusal(f"数据库无法连接（{str(error).strip()}）。", "The database does not answer.") from None
    try:
        yield connection
    finally:
        connection.close()


def run_client(name: str, database: Dsn, *options: str) -> None:
    """Run a PostgreSQL client program to its end; raises Refusal with its last word."""
    address = make_dsn(**{key: value for key, value in database.items() if key != "password"})
    password = {"PGPASSWORD": database["password"]} if "password" in database else {}
    with tempfile.TemporaryDirectory() as scratch:
        log = Path(scratch) / "log"
        with log.open("wb") as output:
            code = subprocess.run(
                [str(client_program(name)), *options, f"--dbname={address}"],
                stdout=output,
                stderr=output,
                env={**os.environ, **password},
                check=False,
            ).returncode
        if code:
            raise Refusal(f"{name} 未能完成：{last_line(log)}", f"{name} failed.")


class _Summing(io.RawIOBase):
    """Reads through to a file and sums what passed."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.sha256.update(data)
        return data


def _add_file(archive: tarfile.TarFile, name: str, path: Path) -> str:
    member = tarfile.TarInfo(name)
    member.mode = 0o600
    with path.open("rb") as source:
        status = os.fstat(source.fileno())
        member.size, member.mtime = status.st_size, int(status.st_mtime)
        summing = _Summing(source)
        archive.addfile(member, summing)
    return summing.sha256.hexdigest()


def _add_json(archive: tarfile.TarFile, name: str, value: object) -> str:
    data = json.dumps(value, ensure_ascii=False, indent=1).encode()
    member = tarfile.TarInfo(name)
    member.mode, member.size = 0o600, len(data)
    archive.addfile(member, io.BytesIO(data))
    return hashlib.sha256(data).hexdigest()


def read_archive(source: Path, target: Path) -> dict[str, Any]:
    """Unpack into the empty folder `target`; returns the manifest.

    Raises Refusal for anything that is not exactly what `write_backup` writes: foreign names, links, wrong sums.
    """
    try:
        with tarfile.open(source, mode="r:") as archive:
            members = {member.name: member for member in archive.getmembers()}
            manifest: dict[str, Any] = json.loads(_read(archive, members, MANIFEST))
            wanted: dict[str, str] = manifest["sha256"]
            _compare_names(archive, manifest)
            for name, checksum in wanted.items():
                _unpack(archive, members[name], target, checksum)
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal(
            f"{source} 不是完好的备份文件（{error}），未作任何恢复。", "Not an intact backup: nothing was restored."
        ) from None
    return manifest


def _compare_names(archive: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    names = sorted(archive.getnames())
    if manifest["format"] != FORMAT or names != sorted([*manifest["sha256"], MANIFEST]):
        raise ValueError(MANIFEST)


def _read(archive: tarfile.TarFile, members: dict[str, tarfile.TarInfo], name: str) -> bytes:
    stream = archive.extractfile(members[name])
    if stream is None:
        raise ValueError(name)
    return stream.read()


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path, checksum: str) -> None:
    parts = PurePosixPath(member.name)
    inside = member.name in (KEYS, DATABASE) or member.name.startswith(FILES)
    if not inside or not member.isreg() or parts.is_absolute() or ".." in parts.parts or "\0" in member.name:
        raise ValueError(member.name)
    path = target / parts
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    stream = archive.extractfile(member)
    if stream is None:
        raise ValueError(member.name)
    digest = hashlib.sha256()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(handle, "wb") as output:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            output.write(chunk)
    if digest.hexdigest() != checksum:
        raise ValueError(member.name)


def differences(manifest: dict[str, Any], restored: list[TableSum]) -> list[str]:
    """Names of tables whose rows or checksum are not those of the manifest."""
    expected = {name: (table["rows"], table["checksum"]) for name, table in manifest["tables"].items()}
    found = {item.name: (item.rows, item.checksum) for item in restored}
    return sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
