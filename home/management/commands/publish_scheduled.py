"""In the place of Wagtail's command of this name: what two people approved, recorded, and nothing else."""

from django.core.management.base import BaseCommand

from home.actions.clock import publish_due, record_expiry


class Command(BaseCommand):
    help = "Publish approved pages whose hour has come, and record notices that are over. The worker does this itself."

    def handle(self, *args, **options):
        published, ended = publish_due(), record_expiry()
        self.stdout.write(f"Schedules settled: {published}. Notices over: {ended}.")
