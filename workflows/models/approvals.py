"""Approval up the tree: policies as versioned rows, rounds that pin one, seats as a snapshot, decisions for good."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.models import AppendOnly, Appointment, Member, Unit, Versions
from community.models.people import public_reference
from community.roles import Post

from ..querysets.approvals import PolicyQuerySet, RoundQuerySet, SeatQuerySet
from ..rules.approvals import Choice
from ..rules.rounds import RoundState, StepState
from ..words import CHOICE_WORDS, ROUND_WORDS, STEP_WORDS
from .requests import RenovationRequest


class ApprovalPolicy(AppendOnly):
    """Who approves, for a node and all below it that have none of their own. A change is a new version."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="approval_policies", verbose_name=_("unit"))
    version = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=60)
    both_seats = models.BooleanField(
        _("one person may decide in two seats"), default=False,
        help_text=_("Normally a person who sits in two bodies decides once in a round."),
    )  # fmt: skip
    publicity_days = models.PositiveSmallIntegerField(_("days of publicity"), default=7)
    entered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by"))

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval policy")
        verbose_name_plural = _("approval policies")
        constraints = [models.UniqueConstraint(fields=["unit", "version"], name="policy_version_once")]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class PolicyStep(AppendOnly):
    """One body that must agree: the holders of these posts at the nearest node of this kind, from the request up."""

    policy = models.ForeignKey(ApprovalPolicy, models.PROTECT, related_name="steps", verbose_name=_("policy"))
    order = models.PositiveSmallIntegerField(_("order"))
    unit_kind = models.CharField(_("kind of unit"), max_length=20, choices=Unit.Kind.choices)
    posts = models.JSONField(_("posts"))
    min_taking_part = models.PositiveSmallIntegerField(_("must take part"))
    min_approvals = models.PositiveSmallIntegerField(_("must agree"))
    days = models.PositiveSmallIntegerField(_("days to decide"))

    class Meta:
        verbose_name = _("step of the policy")
        verbose_name_plural = _("steps of the policy")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "order"], name="policy_step_once"),
            models.CheckConstraint(
                condition=Q(min_approvals__gte=2, min_taking_part__gte=F("min_approvals"), days__gte=1),
                name="policy_step_needs_two",
                violation_error_message=_("At least two must agree, and no fewer take part than must agree."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_unit_kind_display()}: {self.post_words}"

    @property
    def post_words(self) -> str:
        return "、".join(str(Post(post).label) for post in self.posts)


class ApprovalRound(models.Model):
    """One time that the bodies are asked, about one version, by one version of the policy."""

    request = models.ForeignKey(
        RenovationRequest, models.PROTECT, related_name="approval_rounds", verbose_name=_("request")
    )
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    number = models.PositiveSmallIntegerField(_("round"))
    policy = models.ForeignKey(ApprovalPolicy, models.PROTECT, related_name="+", verbose_name=_("policy"))
    version = models.PositiveIntegerField(_("about version"))
    question = models.CharField(_("what is to be decided"), max_length=120)
    state = models.CharField(
        _("state"), max_length=10, choices=[(s.value, ROUND_WORDS[s]) for s in RoundState], default=RoundState.OPEN
    )
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    outcome = models.TextField(_("why it ended"), blank=True)

    history = Versions()
    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval round")
        verbose_name_plural = _("approval rounds")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="round_number_once"),
            models.UniqueConstraint(fields=["request"], condition=Q(state="open"), name="one_round_open"),
        ]

    def __str__(self) -> str:
        return f"{self.request} #{self.number}"


class ApprovalStep(models.Model):
    """One body's turn in a round."""

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    round = models.ForeignKey(ApprovalRound, models.PROTECT, related_name="steps", verbose_name=_("round"))
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    policy_step = models.ForeignKey(PolicyStep, models.PROTECT, related_name="+", verbose_name=_("step"))
    order = models.PositiveSmallIntegerField(_("order"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("body"))
    state = models.CharField(
        _("state"), max_length=10, choices=[(s.value, STEP_WORDS[s]) for s in StepState], default=StepState.WAITING
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)

    history = Versions()

    class Meta:
        verbose_name = _("approval step")
        verbose_name_plural = _("approval steps")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["round", "order"], name="round_step_once")]
        indexes = [models.Index(fields=["state", "due_at"], name="step_by_due")]

    def __str__(self) -> str:
        return f"{self.unit} ({self.get_state_display()})"


class Seat(AppendOnly):
    """Who may decide in a step: a snapshot of the appointments on the day that the round opened."""

    step = models.ForeignKey(ApprovalStep, models.PROTECT, related_name="seats", verbose_name=_("step"))
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("appointment"))
    member = models.ForeignKey(Member, models.PROTECT, related_name="seats", verbose_name=_("member"))

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [models.UniqueConstraint(fields=["step", "appointment"], name="seat_once_in_step")]

    def __str__(self) -> str:
        return f"{self.step_id}/{self.member_id}"


class Decision(AppendOnly):
    """What a seat decided, about the version that the member read. Final."""

    round = models.ForeignKey(ApprovalRound, models.PROTECT, related_name="decisions", verbose_name=_("round"))
    seat = models.OneToOneField(Seat, models.PROTECT, related_name="decision", verbose_name=_("seat"))
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("member"))
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    version = models.PositiveIntegerField(_("about version"))
    choice = models.CharField(_("decision"), max_length=10, choices=[(c.value, CHOICE_WORDS[c]) for c in Choice])
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    only_once = models.BooleanField(default=True)
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "member"], condition=Q(only_once=True), name="one_decision_per_person_and_round"
            ),
            models.CheckConstraint(condition=Q(choice="agree") | ~Q(reason=""), name="decision_has_reason"),
        ]

    def __str__(self) -> str:
        return self.get_choice_display()
