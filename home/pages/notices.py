"""Notices: what happens, when, where, to whom, and what to do about it."""

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Case, Count, F, Max, Q, When
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from community.models import Unit

from ..blocks import BodyBlocks
from ..formats import SHORT_DAY, written
from ..forms import NoticePageForm
from ..places_in_words import in_words, short
from ..publishing import rules
from ..publishing.reach import Reach
from ..querysets.reach import reaches_of, reaching
from .base import Door, SitePage

NOTICES_ON_A_PAGE = 20


class NoticeIndexPage(SitePage):
    """The notices of a community, the newest first."""

    intro = models.CharField(_("what is found here, in one sentence"), max_length=200, blank=True)

    template = "home/notice_index_page.html"
    parent_page_types = ["home.CommunityPage"]
    max_count_per_parent = 1
    slug_stem = "notices"
    feed = "notices-feed"
    show_in_menus_default = True
    search_fields = [*SitePage.search_fields, index.SearchField("intro")]
    content_panels = [*SitePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("list of notices")
        verbose_name_plural = _("lists of notices")

    @property
    def summary_line(self):
        return self.search_description or self.intro

    @classmethod
    def opened(cls, unit):
        """The section as a new community gets it."""
        return cls(title=gettext("Notices"), slug="notices", show_in_menus=True)

    def notices(self):
        """The published notices below this page, pinned ones first while they are valid."""
        return NoticePage.objects.child_of(self).live().newest_first()

    def as_door(self, request) -> Door:
        found = self.notices().current().order_by().aggregate(number=Count("pk"), newest=Max("published_on"))
        number = found["number"]
        text = ngettext("%(number)d notice in force", "%(number)d notices in force", number) % {"number": number}
        if number:
            text = gettext("%(text)s, the newest of %(day)s") % {
                "text": text,
                "day": written(found["newest"], SHORT_DAY),
            }
        return Door(label=self.title, text=text, url=self.get_url(request), icon="notice")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        chosen = request.GET.get("category", "")
        notices = self.notices()
        places = self.places_used(notices)
        used = set(notices.order_by().values_list("category", flat=True).distinct())
        if chosen in NoticePage.Category.values:
            notices = notices.filter(category=chosen)
        chosen_place = request.GET.get("place", "")
        here = next((unit for unit, _reach in places if unit.code == chosen_place), None)
        if here is not None:
            notices = reaching(notices, here)
        address = self.get_url(request)
        chips = [(gettext("All"), address, chosen not in used)]
        chips += [
            (label, f"{address}?category={value}", value == chosen)
            for value, label in NoticePage.Category.choices
            if value in used
        ]
        page_obj = Paginator(notices.select_related("target"), NOTICES_ON_A_PAGE).get_page(request.GET.get("page"))
        reaches = {unit.pk: reach for unit, reach in places}
        return {
            **context,
            "chips": chips,
            "places": [(gettext("The whole community"), address, here is None)]
            + [(short(reach) or unit.name, f"{address}?place={unit.code}", unit == here) for unit, reach in places],
            "place_unknown": bool(chosen_place) and here is None,
            "page_obj": page_obj,
            "rows": [notice.as_row(request, reaches.get(notice.target_id)) for notice in page_obj],
        }

    def places_used(self, notices) -> list:
        """(unit, whom it reaches) of every place that some notice is meant for. Two queries at most."""
        units = list(Unit.objects.filter(pk__in=notices.order_by().exclude(target=None).values("target")))
        found = reaches_of(units)
        return [(unit, found[unit.pk]) for unit in units]


class NoticeQuerySet(PageQuerySet):
    def newest_first(self):
        """Pinned ones first while they are valid."""
        over = Q(valid_until__lt=timezone.localdate())
        pinned = Case(When(Q(is_pinned=True) & ~over, then=0), default=1)
        return self.order_by(pinned, F("published_on").desc(), "-pk")

    def current(self, today=None):
        """Those that are still valid on a day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today or timezone.localdate()))


class NoticePage(SitePage):
    """A notice. Its first box answers four questions before any text begins."""

    class Category(models.TextChoices):
        OUTAGE = "outage", _("Water, power, gas")
        SAFETY = "safety", _("Safety")
        MEETING = "meeting", _("Meetings and talks")
        ACTIVITY = "activity", _("Activities")
        SERVICE = "service", _("Services")
        RENOVATION = "renovation", _("Renovation")
        PUBLICITY = "publicity", _("On public display")
        OTHER = "other", _("Other")

    URGENT = frozenset({Category.OUTAGE, Category.SAFETY})

    category = models.CharField(_("kind"), max_length=12, choices=Category.choices, default=Category.OTHER)
    lead = models.CharField(
        _("the notice in one sentence"), max_length=120, help_text=_("Stands in lists and is what most people read.")
    )
    when = models.CharField(
        _("when"), max_length=80, blank=True, help_text=_("For example: Wednesday 10 August, 9:00 to 15:00.")
    )
    where = models.CharField(_("where"), max_length=80, blank=True, help_text=_("For example: buildings 1 to 3."))
    whom = models.CharField(_("whom it concerns"), max_length=80, blank=True)
    target = models.ForeignKey(
        "community.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("meant for"),
        help_text=_("A part of the community. Empty: everybody. The page names its estates and buildings."),
    )
    what_to_do = models.CharField(
        _("what to do"), max_length=120, blank=True, help_text=_("Begin with a verb: store water beforehand.")
    )
    published_on = models.DateField(_("date of the notice"), default=timezone.localdate, db_index=True)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("After this day the page says that the notice is over.")
    )
    is_pinned = models.BooleanField(_("keep on top"), default=False)
    body = StreamField(BodyBlocks(), blank=True, verbose_name=_("text"))

    objects = PageManager.from_queryset(NoticeQuerySet)()

    review_every = 90
    leaves_trace = True
    template = "home/notice_page.html"
    parent_page_types = ["home.NoticeIndexPage"]
    subpage_types = []
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("category"),
        index.FilterField("published_on"),
    ]
    base_form_class = NoticePageForm
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("category"),
        MultiFieldPanel(
            [FieldPanel("when"), FieldPanel("where"), FieldPanel("whom"), FieldPanel("what_to_do")],
            heading=_("What does everybody need to know?"),
        ),
        FieldPanel("target", heading=_("Whom does it reach?")),
        MultiFieldPanel(
            [FieldPanel("published_on"), FieldPanel("valid_until"), FieldPanel("is_pinned")],
            heading=_("How long does it hold?"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    @property
    def slug_stem(self) -> str:
        return timezone.localdate().strftime("%Y%m%d")

    @property
    def summary_line(self):
        return self.search_description or self.lead

    @property
    def is_over(self) -> bool:
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    @cached_property
    def traces(self) -> list:
        """What happened since it was published, the newest first. One query. (That it is over, the banner says.)"""
        from ..querysets.traces import traces_of

        return [trace for trace in traces_of(self) if trace.kind != "expired"]

    @property
    def standing(self) -> str:
        """What is open for readers to know: a second look (`owed`), a correction (`demanded`), or nothing ("")."""
        return rules.standing(trace.kind for trace in self.traces)

    @cached_property
    def reach(self) -> Reach:
        """Whom it reaches when it is meant for a part of the community. Two queries."""
        return reaches_of([self.target])[self.target_id] if self.target_id else Reach()

    @property
    def hindrance(self) -> str:
        community = self.community if self.target_id else None
        if community is None or self.target.path.startswith(community.path):
            return ""
        return gettext("This notice is meant for a place outside the community. Choose another one.")

    @property
    def may_be_urgent(self) -> bool:
        return self.category in self.URGENT

    @property
    def answers(self) -> list[dict]:
        """The box on top: those of the four questions that have an answer."""
        asked = [
            (gettext("When"), self.when),
            (gettext("Where"), self.where),
            (gettext("Whom it concerns"), self.whom),
            (gettext("Reaches"), (in_words(self.reach) or self.target.name) if self.target_id else ""),
            (gettext("What to do"), self.what_to_do),
        ]
        return [{"label": label, "value": value} for label, value in asked if value]

    def as_row(self, request, reach: Reach | None = None) -> dict:
        """The notice as a line of a list. `reach`: where it is meant for a part of the community."""
        return {
            "title": self.title,
            "text": self.lead,
            "place": short(reach) or self.target.name if reach is not None else "",
            "url": self.get_url(request),
            "date": self.published_on,
            "state": "expired" if self.is_over else "pinned" if self.is_pinned else "",
        }
