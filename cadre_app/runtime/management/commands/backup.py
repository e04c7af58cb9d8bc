"""Writes database, files and keys into one archive; works while the product runs and while it does not."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cadre_app.runtime import archive, setup
from cadre_app.runtime.environment import SECRETS, release, surroundings
from cadre_app.runtime.say import Refusal, line, table
from cadre_app.runtime.supervisor import StopRequested, stop_on_signals


class Command(BaseCommand):
    help = "Write database, files and keys into one archive. 备份数据库、文件和密钥。"
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        here = surroundings()
        if "DATABASE_URL" not in here.given and not (here.folder / "pg" / "PG_VERSION").exists():
            raise Refusal(
                f"数据目录 {here.folder} 中没有数据库，无可备份。", "There is no database there: nothing to back up."
            )
        stop_on_signals()
        try:
            with setup.database_at_hand(here):
                manifest = archive.write_backup(
                    Path(file).absolute(),
                    database=archive.dsn(),
                    files=settings.PRIVATE_ROOT,
                    keys={name: os.environ[name] for name in SECRETS if name in os.environ},
                    version=release(),
                )
        except StopRequested:
            raise SystemExit(130) from None
        rows = sum(found["rows"] for found in manifest["tables"].values())
        counted = str(sum(name.startswith(archive.FILES) for name in manifest["sha256"]))
        line("备份完成。备份文件含密钥，请妥善保管。 Backed up. The file holds the keys: keep it safe.")
        line(table([("文件 File", file), ("行数 Rows", str(rows)), ("附件 Files", counted)]))
