"""The renovation request: what is to be done where, and how far it has come."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.models import AppendOnly, Channel, Estate, Home, Member, SealedText, StoredFile, Unit, Versions

from ..querysets.requests import RequestQuerySet
from ..rules.stages import Stage, State, stage_of
from ..words import STAGE_WORDS, STATE_WORDS


class RenovationRequest(models.Model):
    """A change of the neighbourhood from proposal to shared result.

    `version` rises with every change of content; `substance_version` when the change is one of substance. Evidence is
    not content. `resume_to` keeps the state to return to while the request is returned, paused or ended.
    """

    class Category(models.TextChoices):
        BASIC = "basic", _("Basic: what is needed to live safely")
        IMPROVING = "improving", _("Improving: what makes living easier")
        UPGRADING = "upgrading", _("Upgrading: what makes living richer")

    class Measure(models.TextChoices):
        METRE = "m", _("m")
        SQUARE_METRE = "m2", _("m²")
        PIECE = "piece", _("pieces")

    reference = models.CharField(_("reference"), max_length=20, editable=False)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="renovation_requests", verbose_name=_("organisation unit"),
        help_text=_("Who is responsible on the spot. Approvals go from here up the tree."),
    )  # fmt: skip
    estate = models.ForeignKey(
        Estate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("estate")
    )

    title = models.CharField(_("title"), max_length=60, help_text=_("What it is, in a few words."))
    place = models.CharField(_("place"), max_length=80, help_text=_("Building and side, never a door number."))
    # A resident's proposal has neither before the staff have put it into public words.
    category = models.CharField(_("category"), max_length=10, choices=Category.choices)
    problem = models.TextField(_("what is wrong"), max_length=2000)
    plan = models.TextField(_("what is to be done"), max_length=4000, blank=True)
    measure = models.DecimalField(
        _("extent"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    measure_unit = models.CharField(_("unit of the extent"), max_length=5, choices=Measure.choices, blank=True)
    budget = models.DecimalField(
        _("budget (¥)"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )

    proposer = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposer")
    )
    proposer_home = models.ForeignKey(
        Home, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposer's home")
    )
    proposer_contact = models.ForeignKey(
        SealedText, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposer's contact")
    )
    proposer_words = models.ForeignKey(
        SealedText, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("in the proposer's words")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.WEB)
    proposed_at = models.DateTimeField(_("proposed at"))

    state = models.CharField(
        _("state"), max_length=20, choices=[(s.value, STATE_WORDS[s]) for s in State], default=State.SUBMITTED
    )
    resume_to = models.CharField(
        _("state to return to"), max_length=20, choices=[(s.value, STATE_WORDS[s]) for s in State], blank=True
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_requests", verbose_name=_("merged into")
    )
    state_since = models.DateTimeField(_("in this state since"))
    version = models.PositiveIntegerField(_("version"), default=1)
    substance_version = models.PositiveIntegerField(_("last version of substance"), default=1)
    substance_by = models.ForeignKey(
        Member, models.PROTECT, null=True, related_name="+", verbose_name=_("last change of substance by")
    )
    works_round = models.PositiveSmallIntegerField(_("round of works"), default=1)
    wording_used = models.PositiveSmallIntegerField(_("characters changed as wording only"), default=0)

    history = Versions()
    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("renovation request")
        verbose_name_plural = _("renovation requests")
        constraints = [
            models.UniqueConstraint(fields=["community", "reference"], name="request_reference_once"),
            models.CheckConstraint(
                condition=models.Q(substance_version__lte=models.F("version")), name="request_substance_is_a_version"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State]), name="request_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into__isnull=True)),
                name="request_merged_into_another",
            ),
            models.CheckConstraint(
                condition=models.Q(budget__isnull=True) | models.Q(budget__gte=0), name="request_budget_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["community", "state", "-state_since"], name="request_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def stage(self) -> Stage:
        return stage_of(self.state, self.resume_to or None)

    @property
    def stage_word(self) -> str:
        return STAGE_WORDS[self.stage]


class RequestPhoto(AppendOnly):
    """A photo of the place: before, while, after, or how it is to become."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("Before")
        DURING = "during", _("During the works")
        AFTER = "after", _("After")
        PLAN = "plan", _("How it is to become")

    request = models.ForeignKey(RenovationRequest, models.PROTECT, related_name="photos", verbose_name=_("request"))
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("photo"))
    moment = models.CharField(_("moment"), max_length=10, choices=Moment.choices)
    caption = models.CharField(_("caption"), max_length=80)
    released_from = models.OneToOneField(
        "workflows.ResidentPhoto", models.PROTECT, null=True, blank=True, related_name="released",
        verbose_name=_("released from a resident's photo"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("photo of the request")
        verbose_name_plural = _("photos of the request")

    def __str__(self) -> str:
        return self.caption


class WordingChange(models.Model):
    """A correction of wording only, waiting for the second person without whom it does not apply."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting for a second person")
        APPLIED = "applied", _("Applied")
        DISMISSED = "dismissed", _("Dismissed")

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(
        RenovationRequest, models.PROTECT, related_name="wording_changes", verbose_name=_("request")
    )
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    version = models.PositiveIntegerField(_("made on version"))
    title = models.CharField(_("title"), max_length=60)
    place = models.CharField(_("place"), max_length=80)
    problem = models.TextField(_("what is wrong"), max_length=2000)
    plan = models.TextField(_("what is to be done"), max_length=4000, blank=True)
    characters = models.PositiveSmallIntegerField(_("characters changed"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    settled_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    history = Versions()

    class Meta:
        verbose_name = _("correction of wording")
        verbose_name_plural = _("corrections of wording")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="applied") | ~models.Q(settled_by=models.F("entered_by")),
                name="wording_by_two",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(status="waiting"), name="one_wording_change_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request} v{self.version}"
