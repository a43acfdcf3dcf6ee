"""Joint decision: resolutions, the matter in law, the owners' vote, publicity and objections."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.models import Channel, Member, SealedText, Unit, Versions
from community.models.people import public_reference

from ..querysets.evidence import OfRequestQuerySet
from ..rules.votes import Matter
from ..words import MATTER_WORDS
from .evidence import Evidence
from .requests import RenovationRequest

MATTERS = [(matter.value, MATTER_WORDS[matter]) for matter in Matter]


class Resolution(Evidence):
    """What a meeting resolved about the request."""

    class Meeting(models.TextChoices):
        TALK_NIGHT = "talk_night", _("Talk night")
        PLENARY = "plenary", _("General committee plenary")
        STUDY_NIGHT = "study_night", _("Study night")
        RESIDENTS = "residents", _("Residents' meeting")

    class Item(models.TextChoices):
        MAJOR = "major", _("Major matter, discussed together")
        IMPORTANT = "important", _("Important matter, decided together")
        PRACTICAL = "practical", _("Practical matter, done together")
        URGENT = "urgent", _("Urgent matter, handled together")

    meeting = models.CharField(_("meeting"), max_length=12, choices=Meeting.choices)
    item = models.CharField(_("kind of item"), max_length=10, choices=Item.choices)
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("where"), max_length=80)
    seats = models.PositiveIntegerField(_("people entitled"))
    attended = models.PositiveIntegerField(_("people present"))
    in_favour = models.PositiveIntegerField(_("in favour"))
    against = models.PositiveIntegerField(_("against"))
    abstained = models.PositiveIntegerField(_("abstained"))
    text = models.TextField(_("resolution"), max_length=1000)

    history = Versions()

    class Meta(Evidence.Meta):
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                condition=Q(seats__gte=F("attended"), attended=F("in_favour") + F("against") + F("abstained")),
                name="resolution_figures_add_up",
                violation_error_message=_("In favour, against and abstained must add up to the people present."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_meeting_display()} {self.held_on}"


class MatterFinding(Evidence):
    """Which class of matter the request is in law, so whether owners must vote and by which majority."""

    matter = models.CharField(_("matter (Civil Code art. 278)"), max_length=24, choices=MATTERS)
    ground = models.TextField(_("why"), max_length=500)

    history = Versions()

    class Meta(Evidence.Meta):
        verbose_name = _("matter in law")
        verbose_name_plural = _("matters in law")

    def __str__(self) -> str:
        return self.get_matter_display()


class OwnersVote(Evidence):
    """The result of an owners' vote with its figures; areas in whole hundredths of a square metre."""

    class Scope(models.TextChoices):
        ESTATE = "estate", _("Whole estate")
        BUILDING = "building", _("One building")
        ENTRANCE = "entrance", _("One entrance")

    matter = models.CharField(_("matter (Civil Code art. 278)"), max_length=24, choices=MATTERS)
    scope = models.CharField(_("who votes"), max_length=10, choices=Scope.choices)
    scope_name = models.CharField(_("name of the estate, building or entrance"), max_length=60)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"))
    owners_total = models.PositiveIntegerField(_("owners in all"))
    area_total_centi = models.PositiveBigIntegerField(_("floor area in all (0.01 m²)"))
    owners_taking_part = models.PositiveIntegerField(_("owners taking part"))
    area_taking_part_centi = models.PositiveBigIntegerField(_("floor area taking part (0.01 m²)"))
    owners_agreeing = models.PositiveIntegerField(_("owners agreeing"))
    area_agreeing_centi = models.PositiveBigIntegerField(_("floor area agreeing (0.01 m²)"))

    history = Versions()

    class Meta(Evidence.Meta):
        verbose_name = _("owners' vote")
        verbose_name_plural = _("owners' votes")
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    owners_total__gte=F("owners_taking_part"),
                    owners_taking_part__gte=F("owners_agreeing"),
                    area_total_centi__gte=F("area_taking_part_centi"),
                    area_taking_part_centi__gte=F("area_agreeing_centi"),
                ),
                name="vote_figures_nest",
                violation_error_message=_("More cannot agree than took part, nor take part than there are."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope_name} {self.closed_on}"


class PublicityPeriod(Evidence):
    """Days on which the decision hangs out for everyone to object; both days are included."""

    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    place = models.CharField(_("where it hangs"), max_length=80)

    history = Versions()

    class Meta(Evidence.Meta):
        verbose_name = _("publicity period")
        verbose_name_plural = _("publicity periods")
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="publicity_ends_after_it_starts",
                violation_error_message=_("The last day must not lie before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class Objection(models.Model):
    """What somebody holds against the decision, in the staff's wording, and the answer with its reason."""

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    publicity = models.ForeignKey(
        PublicityPeriod, models.PROTECT, related_name="objections", verbose_name=_("publicity period")
    )
    request = models.ForeignKey(RenovationRequest, models.PROTECT, related_name="objections", verbose_name=_("request"))
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    received_on = models.DateField(_("received on"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    summary = models.TextField(
        _("objection, in your words"), max_length=1000, help_text=_("Everyone can read this: no names, no numbers.")
    )
    words = models.ForeignKey(
        SealedText, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("in the person's words")
    )
    contact = models.ForeignKey(
        SealedText, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("contact")
    )
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    answer = models.TextField(_("answer, with its reason"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    history = Versions()
    objects = OfRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True, answer="") | (Q(answered_by__isnull=False) & ~Q(answer="")),
                name="objection_answer_has_author",
            ),
        ]

    def __str__(self) -> str:
        return self.summary[:30]

    @property
    def is_open(self) -> bool:
        return self.answered_by_id is None
