"""Write docs/lifecycles/ from the machines, or say with --check that it is out of date."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from workflows.lifecycles import MACHINES, render


class Command(BaseCommand):
    help = "Draw each state machine as a diagram and a table in docs/lifecycles/."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a file is out of date")
        parser.add_argument("--to", type=Path, default=Path(settings.BASE_DIR) / "docs" / "lifecycles")

    def handle(self, *, check: bool, to: Path, **options):
        stale = []
        for machine in MACHINES:
            path, text = to / f"{machine.name}.md", render(machine)
            if path.is_file() and path.read_text(encoding="utf-8") == text:
                continue
            stale.append(path.name)
            if not check:
                to.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        if check and stale:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run: python manage.py draw_lifecycles")
        self.stdout.write(f"{len(stale)} of {len(MACHINES)} written." if stale else "Up to date.")
