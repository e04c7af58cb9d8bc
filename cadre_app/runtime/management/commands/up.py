"""Brings up the whole product and keeps it up until Ctrl-C."""

import os
from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from cadre_app.runtime import processes, product, setup
from cadre_app.runtime.environment import STARTED, Surroundings, surroundings
from cadre_app.runtime.say import line, table
from cadre_app.runtime.supervisor import StopRequested, Supervisor, stop_on_signals


class Command(BaseCommand):
    help = "Start database, broker, web server, worker and clock; Ctrl-C stops them. 启动整个系统，按 Ctrl-C 停止。"
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--data-dir", metavar="DIR", help="default: var, or QINGLAN_DATA_DIR")
        parser.add_argument("--no-demo", action="store_true", help="without the fictional district")

    def handle(self, *args: Any, host: str, port: int, no_demo: bool, **options: Any) -> None:
        here = surroundings()
        with product.locked(here.folder):
            stop_on_signals()
            supervisor = Supervisor(str(here.folder))
            try:
                self._up(here, supervisor, host=host, port=port, demo=not no_demo)
            except StopRequested:
                line("正在停止…… Stopping")
            finally:
                supervisor.stop()
        line("已停止。 Stopped.")

    def _up(self, here: Surroundings, supervisor: Supervisor, *, host: str, port: int, demo: bool) -> None:
        os.environ.setdefault("PUBLIC_URL", product.address(host, port).rstrip("/"))
        planned = setup.plan_servers(here)
        web, worker, beat = product.web(here.folder, host, port), product.worker(here.folder), product.beat(here.folder)
        if processes.end_orphans([web, beat, worker, *planned.children], str(here.folder)):
            line("上次未正常停止，已清理遗留进程。 Cleared what an interrupted run had left behind.")
        product.check_port(host, port)
        setup.announce(here, planned)
        line(f"青蓝 Qinglan\n{table([('数据目录 Data folder', str(here.folder)), *setup.sources(planned)])}")
        with setup.static_files(here.folder):
            planned.start(supervisor.start)
            setup.migrate()
        for child in (web, worker, beat):
            child.environment = product.environment(here.folder)
        supervisor.start(web)
        made = setup.first_accounts(here.folder, demo=demo)
        connections.close_all()
        url = product.address(host, port)
        setup.await_page(url, web)
        self._say(url, made)
        supervisor.start(worker)
        supervisor.start(beat)
        supervisor.watch()

    def _say(self, url: str, made: setup.FirstAccounts | None) -> None:
        line(f"已启动，用时 {monotonic() - STARTED:.1f} 秒。 Ready in {monotonic() - STARTED:.1f} s.")
        line(table([("地址 Open", url), ("停止 Stop", "Ctrl-C")]))
        if made is not None:
            line("账号 Accounts")
            line(table(made.accounts))
            line(table([("密码 Password", made.password), ("保存在 Kept in", str(made.path))]))
