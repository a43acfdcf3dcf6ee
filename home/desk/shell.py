"""What every screen of the desk shares: signed in, with a post, never cached, its own language, refusals as pages."""

from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from community.models import Member
from community.refusals import Conflict, NotAllowed

from .registry import entries_for

LANGUAGES = {"zh-hans": "中文", "en": "English"}


def desk_view(view):
    """A screen of the desk. Without a post today: 403; NotAllowed becomes 403 and Conflict 409, with their sentence."""

    @login_required
    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        try:
            if not request.user.grants.items:
                raise NotAllowed(_("You hold no post at present. Ask the committee's office if that is a mistake."))
            response = view(request, *args, **kwargs)
        except NotAllowed as refused:
            response = render(request, "403.html", {"exception_text": str(refused)}, status=refused.status)
        except Conflict as refused:
            response = draw(request, "home/desk/stale.html", {"refusal": str(refused)}, status=refused.status)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def draw(request, template: str, context: dict | None = None, *, status: int = 200):
    """A page of the desk with its frame."""
    return render(request, template, {**frame(request), **(context or {})}, status=status)


def frame(request) -> dict:
    """Whose desk it is, navigation, language choice and the way out."""
    member = Member.objects.select_related("unit").get(user=request.user)
    place = member.unit.chain
    return {
        "masthead": {"name": place.name},
        "footer": {"phone": place.phone, "hours": place.hours, "address": place.address, "organisation": place.name},
        "member": member,
        "desk_nav": [
            (entry.label, entry.url, request.path == entry.url, entry.count(request.user) if entry.count else 0)
            for entry in entries_for(request.user.grants)
        ],
        "desk_home": reverse("desk"),
        "sign_out_url": reverse("sign-out"),
        "language_links": language_links(request),
    }


def language_links(request) -> list[tuple[str, str, str]]:
    """(code, label, address) of every other language; after a POST it leads to the address, not to what was sent."""
    query = urlencode({"next": request.get_full_path()})
    return [
        (code, LANGUAGES[code], f"{reverse('desk-language', args=[code])}?{query}")
        for code, _label in settings.LANGUAGES
        if code != get_language()
    ]
