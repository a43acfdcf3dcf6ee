"""What every screen for residents shares: the frame of their community, never cached, never found, limits in words."""

from functools import wraps

from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from community.refusals import ActionRefused
from home.frames import footer, frame_context
from home.pages import CommunityPage


def private(view):
    """Nobody keeps the answer: no cache, no search engine, no address of it sent to another site."""

    @wraps(view)
    def guarded(*args, **kwargs):
        response = view(*args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return guarded


def draw(request, page, template: str, context: dict, *, status: int = 200):
    """A screen below a page of the community: the frame of that page, and the page itself on the way down to it."""
    frame = frame_context(page, request)
    breadcrumbs = [*frame["breadcrumbs"], (page.title, page.get_url(request))]
    own = {"page": page, "breadcrumbs": breadcrumbs, "feeds": [], "og_image": ""}
    return TemplateResponse(request, template, {**frame, **own, **context}, status=status)


def draw_for(request, community, template: str, context: dict, *, status: int = 200):
    """A screen of a community at an address of its own."""
    page = CommunityPage.objects.live().filter(unit=community).first() if community else None
    if page is not None:
        return draw(request, page, template, context, status=status)
    frame = {"masthead": {"name": community.name}, "footer": footer(community)} if community else {}
    return TemplateResponse(request, template, {**frame, **context}, status=status)


def refuse(form, refused: ActionRefused) -> None:
    """Show why the act did not happen beside the field that it is about, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
