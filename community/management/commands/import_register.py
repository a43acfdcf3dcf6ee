"""`import_register KIND FILE --community CODE [--confirm]`: a sheet into a register, all of it or nothing."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from community.actions.imports import import_rows
from community.imports.files import MAX_BYTES, read_table
from community.imports.plans import KINDS, Plan, plan_import
from community.imports.wording import in_words
from community.models import Channel, Unit
from community.progress import Progress
from community.records import Context
from community.refusals import ActionRefused

PROBLEMS_SHOWN = 20


class Command(BaseCommand):
    help = "Show what a sheet (.xlsx or CSV) would change in a register; with --confirm, import it: all rows or none."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(KINDS), help="which register")
        parser.add_argument("file", type=Path, help="the sheet")
        parser.add_argument("--community", metavar="CODE", required=True, help="code of the community or other unit")
        parser.add_argument("--confirm", action="store_true", help="import it, instead of showing what would change")
        parser.add_argument("--reason", default="", help="where the figures come from; stands in the history")

    def handle(self, *, kind: str, file: Path, community: str, confirm: bool, reason: str, **options):
        unit, context = self._unit(community), Context(channel=Channel.IMPORT, reason=reason)
        try:
            rows = read_table(file.name, self._read(file))
            plan = plan_import(context, kind, unit, rows)
            self._tell(plan)
            if confirm and plan.is_ready:
                self._import(context, kind, unit, rows, plan)
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _unit(self, code: str) -> Unit:
        try:
            return Unit.objects.get(code=code)
        except Unit.DoesNotExist:
            raise CommandError(_("There is no unit with the code %(code)s.") % {"code": code}) from None

    def _read(self, file: Path) -> bytes:
        try:
            with file.open("rb") as opened:
                return opened.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(str(error)) from error

    def _tell(self, plan: Plan) -> None:
        """The counts; raises CommandError with the first faults when there are any."""
        counts = {"new": plan.new, "changed": plan.changed, "same": plan.same, "wrong": plan.bad_rows}
        self.stdout.write(_("new %(new)s, changed %(changed)s, unchanged %(same)s, wrong %(wrong)s") % counts)
        if plan.problems:
            shown = [in_words(one) for one in plan.problems[:PROBLEMS_SHOWN]]
            rest = len(plan.problems) - len(shown)
            raise CommandError("\n".join([*shown, *([_("… and %(count)s more.") % {"count": rest}] if rest else [])]))
        if not plan.steps:
            self.stdout.write(
                _("Everything in this sheet is registered like this already. There is nothing to import.")
            )

    def _import(self, context: Context, kind: str, unit: Unit, rows, plan: Plan) -> None:
        progress = Progress(self.stdout, len(plan.steps))
        import_rows(
            context, kind=kind, unit=unit, rows=rows, digest=plan.digest,
            on_progress=lambda done, total: progress.show(done, f"{done}/{total}"),
        )  # fmt: skip
        progress.finish()
        self.stdout.write(self.style.SUCCESS(_("Imported.")))
