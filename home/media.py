"""Serving pictures and documents of pages. Their names cannot be guessed; originals are not served at all."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from .models import LinliDocument

FOR_EVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=300"
PICTURE_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@require_safe
def picture(request, name: str) -> FileResponse:
    """A drawn size of a picture. It never changes: another size or another picture has another name."""
    content_type = PICTURE_TYPES.get(name[name.rfind(".") :].lower())
    if content_type is None:
        raise Http404
    try:
        file = default_storage.open(f"images/{name}", "rb")
    except OSError:
        raise Http404 from None
    return guarded(FileResponse(file, content_type=content_type), FOR_EVER)


@require_safe
def document(request, reference: str) -> FileResponse:
    """A document, to be kept by the reader under its title."""
    found = LinliDocument.objects.filter(reference=reference).first()
    if found is None:
        raise Http404
    try:
        file = found.file.open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=found.filename, content_type=found.content_type)
    return guarded(response, A_WHILE)


def guarded(response: FileResponse, lifetime: str) -> FileResponse:
    """Nothing in a file that somebody handed in may run in a reader's browser."""
    response["Cache-Control"] = lifetime
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
