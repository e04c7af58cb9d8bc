"""Restores an archive into an empty data folder and proves it by counts and checksums."""

import json
import os
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from cadre_app.runtime import archive, setup, stand
from cadre_app.runtime.environment import SECRETS, Surroundings, make_folder, surroundings, write_env
from cadre_app.runtime.say import Refusal, line, table
from cadre_app.runtime.supervisor import StopRequested, stop_on_signals

UNPACKED = "restore"


class Command(BaseCommand):
    help = "Restore an archive into an empty data folder. 把备份恢复到空的数据目录。"
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        here, source = surroundings(), Path(file).absolute()
        if not source.is_file():
            raise Refusal(f"没有文件 {source}。", "There is no such file.")
        if here.folder.exists() and (not here.folder.is_dir() or any(here.folder.iterdir())):
            raise Refusal(
                f"数据目录 {here.folder} 不是空的；请用 --data-dir 指定一个空目录。",
                "The data folder is not empty: name an empty one with --data-dir.",
            )
        stop_on_signals()
        existed = here.folder.exists()
        try:
            make_folder(here.folder)
            self._restore(here, source)
        except BaseException as error:
            empty(here.folder, keep=existed)
            if isinstance(error, StopRequested):
                raise SystemExit(130) from None
            raise

    def _restore(self, here: Surroundings, source: Path) -> None:
        unpacked = here.folder / UNPACKED
        unpacked.mkdir(mode=0o700)
        manifest = archive.read_archive(source, unpacked)
        applied = [(app, name) for app, name in manifest["migrations"]]
        stand.refuse_newer(applied, manifest["version"])
        stand.refuse_halfway(applied)
        keys: dict[str, str] = json.loads((unpacked / archive.KEYS).read_bytes())
        write_env(here.env_file, keys)
        with setup.database_at_hand(here):
            database = archive.dsn()
            with archive.closing_connection(database) as connection:
                if archive.table_sums(connection):
                    raise Refusal("DATABASE_URL 指向的数据库不是空的。", "The database of DATABASE_URL is not empty.")
            options = ("--no-owner", "--no-privileges", "--no-comments", "--exit-on-error")
            archive.run_client("pg_restore", database, *options, str(unpacked / archive.DATABASE))
            with archive.closing_connection(database) as connection:
                restored = archive.table_sums(connection)
            connections.close_all()
            self._prove(manifest, restored)
        if (unpacked / archive.FILES).is_dir():
            (here.folder / "files").rmdir()
            (unpacked / archive.FILES).rename(here.folder / "files")
        shutil.rmtree(unpacked)
        if any(os.environ.get(name, value) != value for name, value in keys.items() if name in SECRETS):
            line("注意：环境变量中的密钥与备份不同。 Note: keys set in the environment differ from the backup's.")

    def _prove(self, manifest: dict[str, Any], restored: list[archive.TableSum]) -> None:
        wrong = archive.differences(manifest, restored)
        rows = [("数据表 Table", "行数 Rows", "校验 Checksum")]
        rows += [
            (item.name, str(item.rows), "不符 differs" if item.name in wrong else "一致 equal") for item in restored
        ]
        line(table(rows))
        if wrong:
            raise Refusal(
                f"恢复后的数据与备份不符：{'、'.join(wrong)}；已清除。", "The restored data differ: removed again."
            )
        counted = sum(name.startswith(archive.FILES) for name in manifest["sha256"])
        line(
            f"恢复完成，{len(restored)} 张表、{counted} 个文件与备份一致。 Restored: every table and file equals the backup."
        )


def empty(folder: Path, *, keep: bool) -> None:
    """Take back what a failed restore had put there."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    if not keep and folder.is_dir():
        folder.rmdir()
