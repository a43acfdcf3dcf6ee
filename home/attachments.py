"""A document as a page: what it says, and the file for whoever can open it. In WeChat files often cannot be loaded."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .actions.site import page_of
from .frames import frame_context
from .models import HomePage, LinliDocument, UnitCollection


@require_safe
def attachment(request, reference: str):
    """The text of a document in the frame of the community on whose shelf it stands."""
    document = get_object_or_404(LinliDocument, reference=reference)
    shelf = UnitCollection.objects.filter(collection=document.collection_id).select_related("unit").first()
    page = (page_of(shelf.unit) if shelf else None) or get_object_or_404(HomePage)
    frame = frame_context(page, request)
    own = {
        "document": document,
        "kind": document.kind,
        "breadcrumbs": [*frame["breadcrumbs"], (page.title, page.get_url(request))],
        "description": document.text[:120],
        "og_title": document.title,
    }
    return render(request, "home/attachment.html", {**frame, **own})
