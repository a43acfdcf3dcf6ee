"""python manage.py set_up: what the site stands on, once; calling it again changes nothing."""

from django.core.management.base import BaseCommand

from home.actions.site import set_up_site


class Command(BaseCommand):
    help = "Create the front page, the site and the review before publishing, if they are missing."

    def handle(self, *args, **options):
        home = set_up_site()
        self.stdout.write(f"{home.title}: {home.get_full_url()}")
