"""The inbox, and the choice of language."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from .days import days_left, urgency
from .registry import Item, items_for, kinds
from .shell import desk_view, draw

A_YEAR = 365 * 24 * 3600


@require_safe
@desk_view
def inbox(request):
    """What waits for whoever is signed in, by due date."""
    today = timezone.localdate()
    items = items_for(request.user, today)
    words = kinds()
    chosen = request.GET.get("kind", "")
    chosen = chosen if chosen in words else ""
    shown = [item for item in items if not chosen or item.kind == chosen]
    context = {"chips": chips(items, words, chosen), "groups": groups(shown, words, today), "number": len(shown)}
    return draw(request, "home/desk/inbox.html", context)


def chips(items: list[Item], words: dict[str, str], chosen: str) -> list[tuple[str, str, bool]]:
    """The filter as links with counts; nothing while there is nothing to choose between."""
    counts = {key: sum(item.kind == key for item in items) for key in words}
    offered = [key for key in words if counts[key] or key == chosen]
    if len(offered) < 2 and not chosen:
        return []
    links = [(f"{words[key]} {counts[key]}", f"?kind={key}", key == chosen) for key in offered]
    return [(f"{_('All')} {len(items)}", "?", not chosen), *links]


def groups(items: list[Item], words: dict[str, str], today) -> list[dict]:
    """Due today or overdue, this week, and all else; empty groups are left out."""
    found = {"today": [], "week": [], "other": []}
    group_of = {"overdue": "today", "due_today": "today", "due_soon": "week", "due_later": "other"}
    for item in items:
        key = urgency(item.due, today)
        left = days_left(item.due, today)
        found[group_of[key]].append({"item": item, "kind": words[item.kind], "urgency": key, "left": left})
    titles = {"today": _("Due today or overdue"), "week": _("This week"), "other": _("Other")}
    return [{"title": titles[key], "rows": rows} for key, rows in found.items() if rows]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def password(request):
    """Change one's own password: the initial one was written down by somebody else."""
    form = PasswordChangeForm(request.user, request.POST or None)
    form.fields["new_password1"].help_text = _("At least eight characters, not only digits, nothing that others guess.")
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Your password is changed."))
        return redirect("desk")
    return draw(request, "home/desk/password.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def language(request, code):
    """Remember the language of the desk and go back."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/desk/"
    response = HttpResponseRedirect(target)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response
