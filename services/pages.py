"""The service menu of a community: what it does for people, and what they need to bring."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from community.personal_numbers import refuse_personal_numbers
from home.blocks import BodyBlocks
from home.pages import SitePage
from home.pages.base import Door

from .blocks import AskedBlocks, StepBlocks
from .forms import MISSING, NOT_CHECKED, ServicePageForm
from .panels import ToCheckPanel
from .rules.promises import LONGEST, TimeUnit, promise
from .words import UNITS, Audience, Category, time_in_words

FIVE_QUESTIONS = ("who", "bring", "duration", "cost", "where")
MOST_THINGS = 12
LONGEST_THING = 60


class ServiceMenuPage(SitePage):
    """All services of a community, grouped by what they are about."""

    intro = models.CharField(
        _("what is found here, in one sentence"),
        max_length=200,
        blank=True,
        help_text=_("For example: look first what to bring, it saves a second way."),
    )

    review_every = 365
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
        return {**context, **chosen_services(self, request)}


def chosen_services(menu: ServiceMenuPage, request) -> dict:
    """What a menu shows: the choices by audience with their numbers, and the services of the one that was chosen.

    Services for everyone are among those of every choice. A choice that leads nowhere shows all, and says so.
    """
    services = list(menu.services())
    asked = request.GET.get("audience", "")
    used = {service.audience for service in services} - {Audience.EVERYONE}
    by_choice = {
        value: [service for service in services if service.audience in (value, Audience.EVERYONE)]
        for value in Audience.values
        if value in used
    }
    chosen = asked if asked in by_choice else ""
    address = menu.get_url(request)
    chips = [(with_number(gettext("All"), services), address, not chosen)]
    chips += [
        (with_number(Audience(value).label, found), f"{address}?audience={value}", value == chosen)
        for value, found in by_choice.items()
    ]
    unknown = asked and asked != Audience.EVERYONE and not chosen
    return {
        "chips": chips if by_choice else [],
        "unknown_choice": gettext("There is nothing under this choice. Here are all services.") if unknown else "",
        "groups": grouped(by_choice.get(chosen, services), request),
    }


def with_number(label, found: list) -> str:
    return gettext("%(label)s (%(number)d)") % {"label": label, "number": len(found)}


def grouped(services, request) -> list[dict]:
    """The services under the names of their categories; no empty category."""
    rows: dict[str, list] = {}
    for service in services:
        rows.setdefault(service.category, []).append(service.as_row(request))
    return [{"title": label, "rows": rows[value]} for value, label in Category.choices if value in rows]


def question(name: str, label, length: int, *, help_text) -> models.CharField:
    """One of the five: it stands in the box on top, so no page is published without it."""
    return models.CharField(label, max_length=length, help_text=help_text, error_messages=blank(name))


def blank(name: str) -> dict:
    return {"blank": MISSING[name]}


def promised_time(label, *, help_text) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, null=True, blank=True, help_text=help_text)


def promised_unit(default: TimeUnit) -> models.CharField:
    return models.CharField(_("counted in"), max_length=13, choices=UNITS, default=default.value)


class ServicePage(SitePage):
    """One service. Five questions are answered before any text begins."""

    category = models.CharField(_("what it is about"), max_length=10, choices=Category.choices, default=Category.OTHER)
    audience = models.CharField(
        _("for whom"),
        max_length=10,
        choices=Audience.choices,
        default=Audience.EVERYONE,
        help_text=_("Readers choose by it in the menu. What is for everyone is found under every choice."),
    )
    lead = models.CharField(
        _("the service in one sentence"),
        max_length=120,
        help_text=_("What one gets, in the words of a neighbour."),
        error_messages=blank("lead"),
    )
    who = question("who", _("Who can use it?"), 200, help_text=_("For example: everybody who lives here, tenants too."))
    bring = models.TextField(
        _("What do I bring?"),
        max_length=500,
        help_text=_("One thing on each line. Nothing needed? Then say so."),
        error_messages=blank("bring"),
    )
    duration = question(
        "duration", _("How long does it take?"), 100, help_text=_("For example: at once, about ten minutes.")
    )
    cost = question("cost", _("What does it cost?"), 100, help_text=_("Free of charge? Then write that."))
    where = question("where", _("Where do I go?"), 200, help_text=_("With opening hours, or the phone."))
    accept_within = promised_time(_("taken up within"), help_text=_("A whole number. Empty: no promise is made."))
    accept_unit = promised_unit(TimeUnit.WORKING_HOURS)
    done_within = promised_time(
        _("done within"), help_text=_("A whole number. Empty: done at once, or no promise is made.")
    )
    done_unit = promised_unit(TimeUnit.WORKING_DAYS)
    responsible = models.CharField(
        _("who answers for it"), max_length=60, blank=True, help_text=_("A post, not a person: grid worker on duty.")
    )
    phone = models.CharField(
        _("phone of this service"),
        max_length=30,
        blank=True,
        validators=[
            RegexValidator(r"^[0-9+() \-]{3,30}$", _("Digits only, with spaces or hyphens: 0714-123 4567.")),
            refuse_personal_numbers,
        ],
        help_text=_("A number of the office. Empty: the number of the community."),
    )
    to_check = models.BooleanField(
        _("from the template: to be checked"),
        default=False,
        help_text=_("Is every line right for your community? Put right what is not, then take the tick away."),
    )
    steps = StreamField(
        StepBlocks(), blank=True, verbose_name=_("How does it go?"), help_text=_("One step after the other.")
    )
    asked = StreamField(
        AskedBlocks(), blank=True, verbose_name=_("What do people ask?"), help_text=_("Questions that really come.")
    )
    body = StreamField(BodyBlocks(), blank=True, verbose_name=_("What else is there to know?"))

    review_every = 180
    template = "services/service_page.html"
    base_form_class = ServicePageForm
    parent_page_types = ["services.ServiceMenuPage"]
    subpage_types = []
    slug_stem = "service"
    search_fields = [
        *SitePage.search_fields,
        *(index.SearchField(name) for name in ("lead", "who", "bring", "where", "steps", "asked", "body")),
        index.FilterField("category"),
        index.FilterField("audience"),
    ]
    content_panels = [
        ToCheckPanel("to_check"),
        *SitePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("category"), FieldPanel("audience")], heading=_("Where is it found?")),
        MultiFieldPanel(
            [FieldPanel(name) for name in FIVE_QUESTIONS],
            heading=_("The five questions"),
            help_text=_("These five stand on top of the page. None can stay empty when you hand it in."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("accept_within"), FieldPanel("accept_unit")]),
                FieldRowPanel([FieldPanel("done_within"), FieldPanel("done_unit")]),
                FieldPanel("responsible"),
                FieldPanel("phone"),
            ],
            heading=_("What do we promise, and who keeps it?"),
        ),
        FieldPanel("steps"),
        FieldPanel("asked"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}_within__isnull": True}) | Q(**{f"{name}_within__range": (1, 180)}),
                name=f"service_{name}_within_range",
            )
            for name in ("accept", "done")
        ]

    def clean(self):
        """What no field can tell alone. Raises ValidationError with a sentence beside the field."""
        super().clean()
        problems = {}
        if len(self.things_to_bring) > MOST_THINGS or any(len(one) > LONGEST_THING for one in self.things_to_bring):
            problems["bring"] = _("At most twelve things, each on its own line and in sixty characters at most.")
        for name, given in (("accept", self.to_accept), ("done", self.to_finish)):
            if given is not None and not given.is_possible:
                problems[f"{name}_within"] = gettext("Please enter a number from 1 to %(most)d, or leave it empty.") % {
                    "most": LONGEST[given.unit]
                }
        if not problems and self.to_accept and self.to_finish and self.to_accept.is_longer_than(self.to_finish):
            problems["accept_within"] = _("It cannot be taken up later than it is done.")
        for name in (*FIVE_QUESTIONS, "lead", "responsible"):
            try:
                refuse_personal_numbers(getattr(self, name))
            except ValidationError as error:
                problems.setdefault(name, error)
        if problems:
            raise ValidationError(problems)

    @property
    def hindrance(self) -> str:
        return str(NOT_CHECKED) if self.to_check else ""

    @property
    def summary_line(self):
        return self.search_description or self.lead

    @property
    def to_accept(self):
        """The promise to take it up; None without one."""
        return promise(self.accept_within, self.accept_unit)

    @property
    def to_finish(self):
        """The promise to have it done; None without one."""
        return promise(self.done_within, self.done_unit)

    @property
    def promises(self) -> list[str]:
        """The promised times in words; empty without a promise."""
        said = []
        if self.to_accept:
            said.append(gettext("taken up %(time)s") % {"time": time_in_words(self.to_accept)})
        if self.to_finish:
            said.append(gettext("done %(time)s") % {"time": time_in_words(self.to_finish)})
        return said

    @property
    def things_to_bring(self) -> list[str]:
        return [line.strip() for line in self.bring.splitlines() if line.strip()]

    @property
    def phone_to_call(self) -> str:
        return self.phone or (self.unit.phone if self.unit else "")

    def as_row(self, request) -> dict:
        """The service as a line of the menu."""
        text = " · ".join(part for part in (self.lead, *self.promises[-1:]) if part)
        return {"title": self.title, "text": text, "url": self.get_url(request)}
