"""What leaves the house: that there is something, and where. Not who, not what, not about whom."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Delivery
from .channels import Message


def full_address(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def message_of(delivery: Delivery, language: str) -> Message:
    """The message of a delivery, in the language that the person chose."""
    with translation.override(language):
        if delivery.recipient_id is None:
            subject, template = _("There is news about your proposal."), "for_residents"
            context = {"link": full_address(delivery.notification.url)}
        else:
            number = delivery.number
            one_or_many = ngettext("You have %(number)d new message.", "You have %(number)d new messages.", number)
            subject, template = one_or_many % {"number": number}, "for_people"
            context = {"link": full_address(reverse("desk-messages"))}
        text = render_to_string(f"community/notifications/{template}.txt", {"sentence": subject, **context})
        return Message(subject, text)
