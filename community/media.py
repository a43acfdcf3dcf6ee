"""Serving photos and papers: public ones to everyone and to caches, others to those who decide, keep or oversee."""

from pathlib import PurePath

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from .grants import grants_for
from .models import StoredFile
from .roles import Role

PAPER_READERS = (Role.STAFF, Role.GRID_WORKER, Role.COMMITTEE, Role.SUPERVISOR, Role.ADMINISTRATOR)
CONTENT_TYPES = {".jpg": "image/jpeg", ".pdf": "application/pdf"}
PUBLIC = "public, max-age=31536000, immutable"
PRIVATE = "private, no-store"


@require_safe
def media(request, reference: str, size: str):
    """One stored file. What is absent and what is not for this person look the same: 404."""
    stored = StoredFile.objects.select_related("unit").filter(reference=reference).first()
    if stored is None or not may_see(request.user, stored):
        raise Http404
    file = stored.small if size == "small" else stored.file
    try:
        opened = file.open("rb")
    except (ValueError, OSError):  # no such size, or the file is gone
        raise Http404 from None
    return _response(stored, opened, PurePath(file.name).suffix)


def may_see(user, stored: StoredFile) -> bool:
    """Public files are for everyone; papers for those who decide, keep or oversee the place, at its unit or above."""
    return stored.is_public or grants_for(user).cover(stored.unit, *PAPER_READERS)


def _response(stored, opened, ending: str) -> FileResponse:
    content_type = CONTENT_TYPES[ending]
    response = FileResponse(
        opened,
        content_type=content_type,
        as_attachment=content_type == "application/pdf",
        filename=f"{stored.reference}{ending}",
    )
    response["Cache-Control"] = PUBLIC if stored.is_public else PRIVATE
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
