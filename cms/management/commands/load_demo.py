"""`python manage.py load_demo`: the sample district, once; calling it again changes nothing."""

import logging

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.demo import finding
from cms.demo.district import timeline_of
from cms.demo.places import OPENED, open_district
from cms.demo.sign_ins import give_password, sign_ins_path, write_file
from cms.demo.timeline import Timeline, finish, first_day, is_loaded
from community.progress import Progress
from home.actions.site import set_up_site


class Command(BaseCommand):
    help = "Load the sample district: six communities, five real cases, sign-ins for every role."

    def handle(self, *args, verbosity: int, **options):
        if not settings.LINLI_DEMO_ALLOWED:
            raise CommandError(_("Sample data is not loaded here: these settings are for a community in earnest."))
        finding.forget()
        if is_loaded():
            self.say(verbosity, _("The sample district is there already; nothing was changed."))
        else:
            self.load(verbosity)
        write_file(give_password())
        self.say(verbosity, _("The sign-ins stand in %(path)s.") % {"path": sign_ins_path()})

    def load(self, verbosity: int) -> None:
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # hundreds of pages would hide the progress bar
        set_up_site()
        opened_at = Timeline(timezone.localdate()).moment(f"{OPENED} 08:00")
        district = open_district(opened_at)
        timeline = timeline_of(first_day(district, opened_at))
        progress = Progress(self.stdout, len(timeline.steps))
        number = timeline.run(progress.show if verbosity else lambda count: None)
        if verbosity:
            progress.finish()
        finish(district, number)
        self.say(verbosity, _("The sample district is loaded: %(number)d acts.") % {"number": number})

    def say(self, verbosity: int, text: str) -> None:
        if verbosity:
            self.stdout.write(text)
