"""For staff: what did not leave the house, to whom it was meant to go, and a button that tries again."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from ..actions.notifications import is_stuck, retry_delivery
from ..models import Delivery, Medium
from ..notifications.channels import open_channels
from ..notifications.kinds import in_words
from .menu import SETTINGS
from .scoped import ActView, ScopedIndexView, ScopedInspectView, ScopedModelViewSet


def person(delivery: Delivery) -> str:
    """Whom it is for, by name; never the address."""
    member = getattr(delivery.recipient, "member", None)
    return str(member or delivery.recipient or _("A resident"))


def about(delivery: Delivery) -> str:
    return in_words(delivery.notification.kind) if delivery.notification else str(_("Summary of the day"))


class DeliveryIndexView(ScopedIndexView):
    def get_page_subtitle(self):
        return "" if Medium.EMAIL in open_channels() else _("E-mail is off: no mail server is set up")


class DeliveryInspectView(ScopedInspectView):
    def get_recipient_display_value(self):
        return person(self.row)

    def get_notification_display_value(self):
        return about(self.row)


class RetryView(ActView):
    permission = "retry"
    page_title = _("Send again")
    explanation = _("Where it is not known whether the message arrived, the person may get it twice.")
    submit_label = _("Send again")
    action = staticmethod(retry_delivery)
    is_offered = staticmethod(is_stuck)


class DeliveryViewSet(ScopedModelViewSet):
    model = Delivery
    name = "deliveries"
    icon = "mail"
    menu_label = _("Messages sent out")
    menu_hook = SETTINGS
    menu_order = 40
    lookup_field = "reference"
    select_related = ("recipient__member", "notification")
    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryInspectView
    list_display = [
        Column("reference", label=_("Reference"), accessor="reference"),
        Column("recipient", label=_("For"), accessor=person),
        Column("about", label=_("About"), accessor=about),
        "channel",
        "state",
        "problem",
        "attempts",
        DateColumn("created_at", label=_("Written at")),
    ]
    list_filter = ["state", "channel", "problem"]
    inspect_view_fields = [
        "recipient", "notification", "channel", "state", "problem", "attempts", "created_at", "next_at", "finished_at",
    ]  # fmt: skip
    acts = {"retry": RetryView}
