"""Addresses that belong to no package: text size, and what is shown when something goes wrong."""

import logging

from django.http import (
    Http404,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    HttpResponseServerError,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.frame import SIZE_COOKIE, SIZES

NORMAL_SIZE = "m"
A_YEAR = 365 * 24 * 3600
logger = logging.getLogger(__name__)
LAST_RESORT = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>出错了</title>'
    '<h1>出错了</h1><p>请过几分钟再试，或拨打 <a href="tel:12345">12345</a>。</p>'
    '<p lang="en">Something went wrong. Please try again in a few minutes, or call 12345.</p></html>'
)


@never_cache
@require_safe
def text_size(request, size):
    """Remember the text size in a cookie and go back to where the reader was."""
    if size not in (NORMAL_SIZE, *SIZES):
        raise Http404
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    if size == NORMAL_SIZE:
        response.delete_cookie(SIZE_COOKIE, samesite="Lax")
    else:
        response.set_cookie(SIZE_COOKIE, size, max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_safe
def favicon(request):
    """Where browsers look that were not told."""
    return HttpResponsePermanentRedirect(static("img/favicon.ico"))


def shut(request):
    """An address of a library that this project does not use."""
    raise Http404


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def permission_denied(request, exception):
    return render(request, "403.html", {"exception_text": str(exception)}, status=403)


def page_not_found(request, exception):
    return render(request, "404.html", status=404)


def maintenance(request):
    """While the house is being looked after: no session, no database. See `cms.middleware.MaintenanceMiddleware`."""
    body = render_to_string("503.html", {"language_links": []})
    return HttpResponse(body, status=503, headers={"Retry-After": "600", "Cache-Control": "no-store"})


def server_error(request):
    """Stands on its own: no request, no context processors, no database; plain words when even that fails."""
    try:
        return HttpResponseServerError(render_to_string("500.html"))
    except Exception:
        logger.exception("The page for errors could not be drawn.")
        return HttpResponseServerError(LAST_RESORT)
