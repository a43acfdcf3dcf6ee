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


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Public reading")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from community.verbs import register_verbs

        from . import neighbours
        from .pages import NoticeIndexPage
        from .permissions import register_policies

        register_policies()
        neighbours.register_section(NoticeIndexPage.opened, order=30)
        register_verbs(VERBS)
        post_migrate.connect(index_addresses, sender=self, dispatch_uid="home.index_addresses")


def index_addresses(sender, using, **kwargs):
    from .indexes import create_url_path_index

    create_url_path_index(using=using)
