"""One's own messages on the desk, and where else one hears of them."""

import json
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.actions.notifications import choose_route, leave_route, mark_read, send_test
from community.models import Delivery, Medium, MessageRoute, Notification
from community.notifications.channels import open_channels
from community.notifications.kinds import in_words
from community.records import Context
from community.refusals import ActionRefused
from community.sealed import Contact, unseal_text

from .message_forms import FORMS, OFF
from .shell import desk_view, draw

PER_PAGE = 30


def unread_messages(user) -> int:
    """How many messages a person has not read: one query."""
    return Notification.objects.of(user).unread().count()


@require_safe
@desk_view
def message_list(request):
    """One's own messages, the newest first."""
    mine = Notification.objects.of(request.user).select_related("unit").order_by("-created_at", "-pk")
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"message": message, "words": in_words(message.kind)} for message in page]
    context = {"rows": rows, "page_obj": page, "unread": unread_messages(request.user)}
    return draw(request, "home/desk/messages.html", context)


@require_POST
@desk_view
def open_message(request, reference):
    """Mark a message as read and go where it leads."""
    message = get_object_or_404(Notification.objects.of(request.user), reference=reference)
    mark_read(Context(user=request.user), reference=message.reference)
    return HttpResponseRedirect(message.url) if message.url else redirect("desk-messages")


@require_POST
@desk_view
def read_all(request):
    mark_read(Context(user=request.user))
    messages.success(request, _("All messages are marked as read."))
    return redirect("desk-messages")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def ways(request):
    """Where else one hears of messages; what is not set up here is not offered, and the page says so."""
    routes = {
        route.channel: route for route in MessageRoute.objects.filter(user=request.user).select_related("address")
    }
    offered, status = open_channels(), 200
    chosen = request.POST.get("channel", "") if request.method == "POST" else ""
    if chosen and chosen not in offered:
        raise Http404
    forms = {
        channel: FORMS[channel](
            request.POST if channel == chosen else None, route=routes.get(channel), kept=kept(routes.get(channel))
        )
        for channel in offered
    }
    if chosen:
        if save(request, forms[chosen]):
            messages.success(request, _("Your choice is kept."))
            return redirect("desk-messages-ways")
        status = 422
    context = {
        "ways": [(form, last_delivery(request.user, channel)) for channel, form in forms.items()],
        "failed_form": forms.get(chosen),
        "email_is_off": Medium.EMAIL not in offered,
        "has_routes": bool(routes),
    }
    return draw(request, "home/desk/message_ways.html", context, status=status)


def save(request, form) -> bool:
    """Do what the form asks for; False, with a sentence beside its field, when that cannot be."""
    if not form.is_valid():
        return False
    given, context = dict(form.cleaned_data), Context(user=request.user)
    try:
        if given["pace"] == OFF:
            leave_route(context, channel=form.channel.value)
        else:
            choose_route(context, channel=form.channel.value, language=get_language(), **given)
    except ActionRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    return True


def kept(route: MessageRoute | None) -> str:
    """The address that is kept, masked: enough to know one's own again."""
    address = unseal_text(route.address) if route else None
    if not address:
        return ""
    if route.channel == Medium.EMAIL:
        return Contact(email=address).masked_email
    return f"{urlsplit(json.loads(address)['url']).hostname}/…"


def last_delivery(user, channel: str) -> Delivery | None:
    return Delivery.objects.filter(recipient=user, channel=channel).order_by("-created_at", "-pk").first()


@require_POST
@desk_view
def test_message(request):
    """Write oneself a message that takes every chosen way."""
    send_test(Context(user=request.user))
    messages.success(request, _("A test message is on its way. It should be there within a minute."))
    return redirect("desk-messages-ways")
