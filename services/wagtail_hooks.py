"""What Wagtail's admin is told about the service menu."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from community.admin.menu import CONTENT
from home.admin.sections import Section, listing_item, register_section, writing_item

from .pages import ServiceMenuPage, ServicePage

SERVICES = register_section(
    Section(
        "services", ServiceMenuPage, ServicePage, listing=_("Service menu"), writing=_("Add a service"), icon="list-ul"
    )
)


@hooks.register(CONTENT)
def register_adding_a_service():
    return writing_item(SERVICES, order=30)


@hooks.register(CONTENT)
def register_services():
    return listing_item(SERVICES, order=40)
