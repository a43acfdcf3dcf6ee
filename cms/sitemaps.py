"""What search engines are told: every live page in both languages, a few thousand to a file, and where not to look."""

from django.core.cache import cache
from django.db.models import F, Max
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

PAGES_IN_A_FILE = 5000  # 10,000 addresses and some 4 MB; the protocol allows 50,000 and 50 MB
HOUR = 3600
NOT_FOR_ROBOTS = (
    "/admin/",
    "/desk/",
    "/sign-in/",
    "/sign-out/",
    "/size/",
    "/styleguide/",
    "/f/",
    "/c/",
    "/v/",
    "/invite/",
)


def live_pages():
    """The pages that everybody may read. Nothing is asked of rows that are not to be listed."""
    return Page.objects.live().filter(depth__gt=1)


def files() -> list[tuple[int, object]]:
    """(number, when a page in it was published last) of each file; file n holds the pages n·5000 to n·5000 + 4999 by
    key, so that a new page changes one file and moves no other."""
    counted = live_pages().annotate(file=F("pk") / PAGES_IN_A_FILE).order_by("file").values_list("file")
    return list(counted.annotate(changed=Max("last_published_at")))


@require_safe
@cache_control(public=True, max_age=HOUR)
def sitemap(request):
    """The list of files, counted once an hour."""
    counted = cache.get_or_set("sitemap", files, HOUR)
    rows = [
        (request.build_absolute_uri(reverse("sitemap-file", args=[number])), changed) for number, changed in counted
    ]
    return xml("sitemaps/index.xml", {"rows": rows})


@require_safe
@cache_control(public=True, max_age=HOUR)
def sitemap_file(request, number):
    """One file: each page by its Chinese and its English address. 404 when no page is in it. One query."""
    first = number * PAGES_IN_A_FILE
    pages = live_pages().filter(pk__gte=first, pk__lt=first + PAGES_IN_A_FILE).order_by("pk")
    root = Site.find_for_request(request).root_page.url_path
    host = request.build_absolute_uri("/")
    rows = [
        (host + address.removeprefix(root), f"{host}en/{address.removeprefix(root)}", changed)
        for address, changed in pages.values_list("url_path", "last_published_at")
    ]
    if not rows:
        raise Http404
    return xml("sitemaps/file.xml", {"rows": rows})


def xml(template: str, context: dict) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=HOUR)
def robots(request):
    """robots.txt: what needs a person, a post or a receipt is not for search engines."""
    lines = ["User-agent: *", *(f"Disallow: {prefix}" for prefix in NOT_FOR_ROBOTS)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
