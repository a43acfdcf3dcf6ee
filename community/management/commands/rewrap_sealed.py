"""`python manage.py rewrap_sealed OLD_KEY_FILE`: after the master key was changed."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from community.models import SealedContent
from community.progress import Progress
from community.sealed import key_id, master_key, rewrap


class Command(BaseCommand):
    help = "Wrap the keys of sealed texts with the new master key (LINLI_MASTER_KEY). The old one is read from a file."

    def add_arguments(self, parser):
        parser.add_argument("old_key_file", type=Path, help="a file with the 64 hexadecimal digits of the old key")

    def handle(self, *args, old_key_file: Path, **options):
        old, new = self._key(old_key_file), master_key()
        waiting = SealedContent.objects.exclude(master_key_id=key_id(new))
        progress = Progress(self.stdout, waiting.filter(master_key_id=key_id(old)).count())
        done = rewrap(old, new, on_progress=progress.show) if old != new else 0
        progress.finish()
        self.stdout.write(_("%(count)s sealed texts are under the new key.") % {"count": done})
        if left := waiting.count():
            raise CommandError(_("%(count)s sealed texts are under a third key.") % {"count": left})

    def _key(self, path: Path) -> bytes:
        try:
            key = bytes.fromhex(path.read_text().strip())
        except (OSError, ValueError):
            key = b""
        if len(key) != 32:
            raise CommandError(_("%(path)s does not hold a key of 64 hexadecimal digits.") % {"path": path})
        return key
