"""What beat rings each minute, without Celery: for cron, or by hand."""

from typing import Any

from django.core.management.base import BaseCommand

from cadre_app.reminders.services.sending import send_messages
from cadre_app.runtime.services import sweep_once


class Command(BaseCommand):
    help = "Runs the minute's sweep (what is due, who is told, housekeeping) and sends the messages that are due now."

    def handle(self, *args: Any, **options: Any) -> None:
        run = sweep_once()
        sent = send_messages()
        handled = run.handled.get("reminders", 0)
        failed = ", ".join(run.failed) or "-"
        self.stdout.write(
            f"到期提醒：处理 {handled} 项，失败 {failed}；外发：已发 {sent.sent}，待重试 {sent.failed}，"
            f"已搁置 {sent.parked}，无须发送 {sent.dropped}。\n"
            f"Reminders: {handled} handled, failed: {failed}; messages: {sent.sent} sent, {sent.failed} to be tried "
            f"again, {sent.parked} given up, {sent.dropped} with nothing to say."
        )
