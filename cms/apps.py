"""The wiring that needs every app loaded: the journal of SQLite, what the clock asks for, what waits for whom."""

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

DAY = 24 * 3600


class CmsConfig(AppConfig):
    name = "cms"

    def ready(self):
        from community.ticks import register_tick
        from community.verbs import register_verbs
        from home.admin.waiting import WAITING, register_rows

        from .journal import set_journal_mode
        from .opening import panel

        post_migrate.connect(set_journal_mode, sender=self, dispatch_uid="cms.set_journal_mode")
        register_verbs({"demo.begin": _("Sample data: loading began"), "demo.end": _("Sample data: loading ended")})
        register_rows(WAITING, panel.rows, order=20)
        register_tick("forget ended sessions", forget_ended_sessions, every=DAY)
        register_tick("forget finished tasks", forget_finished_tasks, every=DAY)


def forget_ended_sessions():
    call_command("clearsessions", verbosity=0)


def forget_finished_tasks():
    call_command("prune_db_task_results", min_age_days=14, failed_min_age_days=90, verbosity=0)
