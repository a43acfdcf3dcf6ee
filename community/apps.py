from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "community"
    verbose_name = _("Places and people")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import checks, in_hand, policies, signals  # noqa: F401
        from .actions import imports
        from .drafts import forget_old_drafts
        from .notifications import delivery, overdue_rights, summaries
        from .role_words import own_rights, register_rights
        from .sealed import erase_expired
        from .ticks import register_tick

        signals.connect(self)
        policies.register_policies()
        in_hand.register()
        register_rights(own_rights, order=10)
        register_tick("sealed.erase_expired", erase_expired, every=600)
        register_tick("drafts.forget", forget_old_drafts, every=3600)
        register_tick("imports.carry_out", imports.carry_out_queued, every=2)
        register_tick("imports.forget", imports.forget_expired, every=600)
        register_tick("messages.deliver", delivery.deliver, every=5)
        register_tick("messages.broken_off", delivery.note_broken_off, every=60)
        register_tick("messages.summaries", summaries.summarise, every=60)
        register_tick("rights.overdue", overdue_rights.tell_of_overdue, every=3600)
        register_tick("messages.forget", summaries.forget_old, every=3600)
