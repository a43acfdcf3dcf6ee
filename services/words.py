"""What services are about, for whom they are, and how promised times are said."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .rules.promises import Promise, TimeUnit


class Category(models.TextChoices):
    """What a service is about; the menu is grouped by it, in this order."""

    REPAIR = "repair", _("Repairs")
    PAPERS = "papers", _("Papers and certificates")
    ELDERLY = "elderly", _("Care for the elderly")
    CHILDREN = "children", _("Children and school")
    HEALTH = "health", _("Health")
    HOUSING = "housing", _("Housing and tenancy")
    WORK = "work", _("Work and benefits")
    LEGAL = "legal", _("Advice and mediation")
    LEISURE = "leisure", _("Culture and meeting")
    OTHER = "other", _("Other")


class Audience(models.TextChoices):
    """For whom a service is there first of all."""

    EVERYONE = "everyone", _("Everyone")
    ELDERLY = "elderly", _("Older people")
    FAMILIES = "families", _("Families with children")
    TENANTS = "tenants", _("Tenants")
    DISABLED = "disabled", _("People with disabilities")


UNITS = [
    (TimeUnit.MINUTES.value, _("minutes, day and night")),
    (TimeUnit.HOURS.value, _("hours, day and night")),
    (TimeUnit.WORKING_HOURS.value, _("working hours")),
    (TimeUnit.WORKING_DAYS.value, _("working days")),
]


def time_in_words(promised: Promise) -> str:
    """ "within 3 working days", in the language of the reader."""
    number = promised.amount
    words = {
        TimeUnit.MINUTES: ngettext("within %(number)d minute", "within %(number)d minutes", number),
        TimeUnit.HOURS: ngettext("within %(number)d hour", "within %(number)d hours", number),
        TimeUnit.WORKING_HOURS: ngettext("within %(number)d working hour", "within %(number)d working hours", number),
        TimeUnit.WORKING_DAYS: ngettext("within %(number)d working day", "within %(number)d working days", number),
    }
    return words[promised.unit] % {"number": number}
