"""The second process of `make run`: background tasks as they come, and what is due by the clock."""

import logging
import signal
import time

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from community.ticks import run_due_ticks

TASKS_PER_ROUND = 20  # so that a long queue does not keep the clock waiting
BACKEND = "default"

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run background tasks and whatever is due by the clock, until asked to end (SIGINT, SIGTERM)."

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks (default: 1)")
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *, interval: float, once: bool, **options):
        self.running = True
        self.round = None
        self.worker_id = get_random_string(32)
        if once:
            self.work()
            return
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.ask_to_end)
        self.stdout.write(_("The worker is running."))
        while self.running:
            if not self.work_or_wait_for_database():
                time.sleep(interval)

    def work_or_wait_for_database(self) -> bool:
        """A database that is away for a moment (a restart, a long backup) does not end the worker."""
        close_old_connections()
        try:
            return self.work()
        except OperationalError:
            logger.exception("The database does not answer; trying again.")
            return False

    def work(self) -> bool:
        """One round: what the clock asks for, then tasks; whether more tasks may be waiting."""
        run_due_ticks(time.monotonic())
        if not self.running or not DBTaskResult.objects.ready().filter(backend_name=BACKEND).exists():
            return False
        self.round = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name=BACKEND,
            startup_delay=False,
            max_tasks=TASKS_PER_ROUND,
            worker_id=self.worker_id,
        )
        self.round.run()
        return True

    def ask_to_end(self, number, frame):
        """The task or tick under way is finished first; raising here would mark the task as failed."""
        self.running = False
        if self.round:
            self.round.running = False
