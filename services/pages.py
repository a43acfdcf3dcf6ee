"""The service menu of a community: what it does for people, and what they need to bring."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import BodyBlocks
from home.pages import SitePage
from home.pages.base import Door


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


class ServiceMenuPage(SitePage):
    """All services of a community, grouped by what they are about."""

    intro = models.CharField(
        _("what is found here, in one sentence"),
        max_length=200,
        blank=True,
        help_text=_("For example: look first what to bring, it saves a second way."),
    )

    template = "services/service_menu_page.html"
    parent_page_types = ["home.CommunityPage"]
    subpage_types = ["services.ServicePage"]
    max_count_per_parent = 1
    slug_stem = "services"
    show_in_menus_default = True
    search_fields = [*SitePage.search_fields, index.SearchField("intro")]
    content_panels = [*SitePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("service menu")
        verbose_name_plural = _("service menus")

    @classmethod
    def opened(cls, unit):
        """The section as a new community gets it."""
        return cls(title=gettext("Services"), slug="services", show_in_menus=True)

    @property
    def summary_line(self):
        return self.search_description or self.intro

    def services(self):
        return ServicePage.objects.child_of(self).live().order_by("path")

    def as_door(self, request) -> Door:
        number = self.services().count()
        text = ngettext(
            "%(number)d service, see first what to bring", "%(number)d services, see first what to bring", number
        ) % {"number": number}
        return Door(label=self.title, text=text, url=self.get_url(request), icon="repair")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        services = list(self.services())
        chosen = request.GET.get("audience", "")
        used = {service.audience for service in services} - {Audience.EVERYONE}
        if chosen in used:
            services = [service for service in services if service.audience in (chosen, Audience.EVERYONE)]
        address = self.get_url(request)
        chips = [(gettext("All"), address, chosen not in used)]
        chips += [
            (label, f"{address}?audience={value}", value == chosen)
            for value, label in Audience.choices
            if value in used
        ]
        return {**context, "chips": chips if used else [], "groups": grouped(services, request)}


def grouped(services, request) -> list[dict]:
    """The services under the names of their categories; no empty category."""
    rows: dict[str, list] = {}
    for service in services:
        rows.setdefault(service.category, []).append(service.as_row(request))
    return [{"title": label, "rows": rows[value]} for value, label in Category.choices if value in rows]


class ServicePage(SitePage):
    """One service. Five questions are answered before any text begins."""

    category = models.CharField(_("what it is about"), max_length=10, choices=Category.choices, default=Category.OTHER)
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    lead = models.CharField(
        _("the service in one sentence"), max_length=120, help_text=_("What one gets, in the words of a neighbour.")
    )
    who = models.CharField(_("Who can use it?"), max_length=200)
    bring = models.TextField(
        _("What do I bring?"), max_length=500, help_text=_("One thing on each line. Nothing needed? Then say so.")
    )
    duration = models.CharField(_("How long does it take?"), max_length=100)
    cost = models.CharField(_("What does it cost?"), max_length=100)
    where = models.CharField(_("Where do I go?"), max_length=200, help_text=_("With opening hours, or the phone."))
    promised_days = models.PositiveSmallIntegerField(
        _("promised working days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
        help_text=_("Within how many working days it is done. Empty: done at once, or no promise."),
    )
    responsible = models.CharField(
        _("who answers for it"), max_length=60, blank=True, help_text=_("A post, not a person: grid worker on duty.")
    )
    body = StreamField(BodyBlocks(), blank=True, verbose_name=_("steps and questions"))

    template = "services/service_page.html"
    parent_page_types = ["services.ServiceMenuPage"]
    subpage_types = []
    slug_stem = "service"
    search_fields = [
        *SitePage.search_fields,
        *(index.SearchField(name) for name in ("lead", "who", "bring", "where", "body")),
        index.FilterField("category"),
        index.FilterField("audience"),
    ]
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("category"), FieldPanel("audience")], heading=_("Where is it found?")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("who", "bring", "duration", "cost", "where")],
            heading=_("The five questions"),
        ),
        MultiFieldPanel(
            [FieldPanel("promised_days"), FieldPanel("responsible")], heading=_("What do we promise, and who keeps it?")
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")

    @property
    def summary_line(self):
        return self.search_description or self.lead

    @property
    def promise(self) -> str:
        """The promised time in words; empty without a promise."""
        if not self.promised_days:
            return ""
        return ngettext("within %(days)d working day", "within %(days)d working days", self.promised_days) % {
            "days": self.promised_days
        }

    @property
    def things_to_bring(self) -> list[str]:
        return [line.strip() for line in self.bring.splitlines() if line.strip()]

    def as_row(self, request) -> dict:
        """The service as a line of the menu."""
        text = " · ".join(part for part in (self.lead, self.promise) if part)
        return {"title": self.title, "text": text, "url": self.get_url(request)}
