from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

VERBS = {
    "details.add": _("Foot of the pages entered"),
    "details.change": _("Foot of the pages changed"),
    "page.open": _("Page opened"),
    "page.submit": _("Page submitted for review"),
    "page.publish": _("Page published"),
    "page.schedule": _("Page approved for a later hour"),
    "page.publish_scheduled": _("Page published at its hour"),
    "page.schedule_void": _("Approval for a later hour void"),
    "page.check": _("Page checked, still right"),
    "page.watch": _("Pages entered for checking"),
    "page.expire": _("Notice over"),
    "page.send_back": _("Page sent back"),
    "page.withdraw": _("Page withdrawn"),
    "page.publish_urgently": _("Page published urgently"),
    "page.confirm_urgent": _("Urgent publication confirmed"),
    "page.demand_correction": _("Correction of an urgent publication demanded"),
}


KINDS_OF_MESSAGES = {
    "review": _("A page waits for you to look it over"),
    "approved": _("A page of yours was looked over and approved"),
    "sent_back": _("A page of yours came back with a remark"),
    "schedule_void": _("A page does not appear at its hour: the approval is void"),
    "checks_due": _("Pages of this place are to be checked: are they still right?"),
    "look_owed": _("A page was published urgently; it waits for your look within 24 hours"),
    "look_overdue": _("The second look at an urgent publication is overdue"),
    "correction_demanded": _("A page of yours has to be corrected"),
}


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Public reading")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from community.notifications.kinds import register_kinds
        from community.role_words import register_rights
        from community.ticks import register_tick
        from community.verbs import register_verbs

        from . import neighbours
        from .actions.clock import publish_due, record_expiry
        from .actions.upkeep import tell_of_due_checks, watch_pages
        from .actions.urgent import tell_of_late_looks
        from .admin import panels
        from .desk.messages import unread_messages
        from .desk.registry import register_entry
        from .pages import NoticeIndexPage
        from .permissions import register_policies, words
        from .querysets import in_hand

        register_policies()
        neighbours.register_section(NoticeIndexPage.opened, order=30)
        register_verbs(VERBS)
        panels.register()
        in_hand.register()
        register_rights(words.rights, order=20)
        register_kinds(KINDS_OF_MESSAGES)
        register_tick("publish approved pages", publish_due, every=60)
        register_tick("record notices that are over", record_expiry, every=60)
        register_tick("enter pages for checking", watch_pages, every=600)
        register_tick("pages to check", tell_of_due_checks, every=600)
        register_tick("overdue second looks", tell_of_late_looks, every=60)
        register_entry(_("How to do it"), "guides", lambda grants: True, order=95)
        register_entry(_("Messages"), "desk-messages", lambda grants: True, order=90, count=unread_messages)
        post_migrate.connect(index_addresses, sender=self, dispatch_uid="home.index_addresses")


def index_addresses(sender, using, **kwargs):
    from .indexes import create_url_path_index

    create_url_path_index(using=using)
