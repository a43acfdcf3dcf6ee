"""`python manage.py verify_history [--community CODE]`: does the record fit together?"""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from community.models import Unit
from community.progress import Progress
from community.triggers import unprotected_tables
from community.verification import Counts, Verification


class Command(BaseCommand):
    help = "Compare every event with its chain, every row with its event, every object with its newest version."

    def add_arguments(self, parser):
        parser.add_argument("--community", metavar="CODE", help="only the chain of this unit")

    def handle(self, *args, community: str | None, verbosity: int, **options):
        run = Verification(unit=self._unit(community))
        progress = Progress(self.stdout, run.total())
        if verbosity:
            run.on_progress = lambda counts: progress.show(counts.events, summary(counts))
        first = next(run.misfits(), None)
        if verbosity:
            progress.finish()
            self.stdout.write(summary(run.counts))
        if first is not None:
            raise CommandError(_("Does not fit: %(misfit)s") % {"misfit": first})
        if unprotected := unprotected_tables():
            raise CommandError(
                _("These tables are not protected, run `python manage.py migrate`: %(tables)s")
                % {"tables": ", ".join(unprotected)}
            )
        if verbosity:
            self.stdout.write(self.style.SUCCESS(_("Everything fits.")))

    def _unit(self, code: str | None) -> Unit | None:
        if code is None:
            return None
        try:
            return Unit.objects.get(code=code)
        except Unit.DoesNotExist:
            raise CommandError(_("There is no unit with the code %(code)s.") % {"code": code}) from None


def summary(counts: Counts) -> str:
    return _("%(chains)s chains, %(events)s events, %(rows)s rows, %(objects)s objects") % vars(counts)
