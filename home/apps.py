from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

VERBS = {
    "page.open": _("Page opened"),
    "page.submit": _("Page submitted for review"),
    "page.publish": _("Page published"),
    "page.send_back": _("Page sent back"),
    "page.withdraw": _("Page withdrawn"),
}


KINDS_OF_MESSAGES = {
    "review": _("A page waits for you to look it over"),
    "sent_back": _("A page of yours came back with a remark"),
}


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Public reading")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from community.notifications.kinds import register_kinds
        from community.verbs import register_verbs

        from . import neighbours
        from .desk.messages import unread_messages
        from .desk.registry import register_entry
        from .pages import NoticeIndexPage
        from .permissions import register_policies

        register_policies()
        neighbours.register_section(NoticeIndexPage.opened, order=30)
        register_verbs(VERBS)
        register_kinds(KINDS_OF_MESSAGES)
        register_entry(_("Messages"), "desk-messages", lambda grants: True, order=90, count=unread_messages)
        post_migrate.connect(index_addresses, sender=self, dispatch_uid="home.index_addresses")


def index_addresses(sender, using, **kwargs):
    from .indexes import create_url_path_index

    create_url_path_index(using=using)
