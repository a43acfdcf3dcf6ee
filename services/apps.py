from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    name = "services"
    verbose_name = _("Daily service")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from home import neighbours

        from .pages import ServiceMenuPage

        neighbours.register_section(ServiceMenuPage.opened, order=10)
