from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "community"
    verbose_name = _("Places and people")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import checks, policies, signals  # noqa: F401
        from .sealed import erase_expired
        from .ticks import register_tick

        signals.connect(self)
        policies.register_policies()
        register_tick("sealed.erase_expired", erase_expired, every=600)
