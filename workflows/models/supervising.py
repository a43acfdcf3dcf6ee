"""Joint supervision: duty days, site logs, faults, acceptance."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.models import AppendOnly, Member, StoredFile, Unit, Versions
from community.models.people import public_reference

from ..querysets.evidence import OfRequestQuerySet
from ..querysets.supervising import DutyDayQuerySet, FaultQuerySet
from ..rules.faults import FaultState, Severity
from ..words import FAULT_WORDS, SEVERITY_WORDS
from .evidence import Evidence
from .requests import RenovationRequest


class DutyDay(models.Model):
    """A day of works on which somebody of the neighbourhood looks at the site; a log, or an explanation why none."""

    class NoLog(models.TextChoices):
        WEATHER = "weather", _("No works because of the weather")
        HOLIDAY = "holiday", _("Holiday, no works")
        MATERIAL = "material", _("No works, waiting for material")
        MISSED = "missed", _("Works went on, nobody looked")

    request = models.ForeignKey(RenovationRequest, models.PROTECT, related_name="duty_days", verbose_name=_("request"))
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    day = models.DateField(_("day"))
    no_log = models.CharField(_("why there is no log"), max_length=10, choices=NoLog.choices, blank=True)
    explanation = models.CharField(_("explanation"), max_length=200, blank=True)
    explained_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("explained by")
    )

    history = Versions()
    objects = DutyDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty day")
        verbose_name_plural = _("duty days")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["request", "day"], name="duty_day_once"),
            models.CheckConstraint(
                condition=Q(no_log="", explained_by__isnull=True)
                | (~Q(no_log="") & ~Q(explanation="") & Q(explained_by__isnull=False)),
                name="duty_day_explained_in_full",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class DutyAssignment(models.Model):
    """Who is on duty that day. A member swaps out by `is_active`; the history keeps who stood there before."""

    duty_day = models.ForeignKey(DutyDay, models.PROTECT, related_name="assignments", verbose_name=_("duty day"))
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    member = models.ForeignKey(Member, models.PROTECT, related_name="duty_assignments", verbose_name=_("member"))
    is_active = models.BooleanField(_("on duty"), default=True)

    history = Versions()

    class Meta:
        verbose_name = _("person on duty")
        verbose_name_plural = _("people on duty")
        constraints = [models.UniqueConstraint(fields=["duty_day", "member"], name="on_duty_once_a_day")]

    def __str__(self) -> str:
        return f"{self.duty_day_id}/{self.member_id}"


class SiteLog(AppendOnly):
    """What somebody saw on the site. Never changed: a second look is a second log."""

    class Weather(models.TextChoices):
        CLEAR = "clear", _("Clear sky")
        CLOUDY = "cloudy", _("Cloudy")
        RAIN = "rain", _("Rain")
        SNOW = "snow", _("Snow")

    class Finding(models.TextChoices):
        FINE = "fine", _("No problem")
        PROBLEM = "problem", _("There is a problem")

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    submission_key = models.UUIDField(unique=True, editable=False)
    request = models.ForeignKey(RenovationRequest, models.PROTECT, related_name="site_logs", verbose_name=_("request"))
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    duty_day = models.ForeignKey(DutyDay, models.PROTECT, related_name="logs", verbose_name=_("duty day"))
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("written by"))
    seen_at = models.DateTimeField(_("seen at"))
    weather = models.CharField(_("weather"), max_length=10, choices=Weather.choices)
    finding = models.CharField(_("finding"), max_length=10, choices=Finding.choices)
    text = models.TextField(_("what you saw"), max_length=1000)

    objects = OfRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("site log")
        verbose_name_plural = _("site logs")
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.seen_at:%Y-%m-%d}"


class SiteLogPhoto(AppendOnly):
    """A photo of a site log."""

    log = models.ForeignKey(SiteLog, models.PROTECT, related_name="photos", verbose_name=_("site log"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("photo"))
    caption = models.CharField(_("caption"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("photo of a site log")
        verbose_name_plural = _("photos of a site log")

    def __str__(self) -> str:
        return self.caption or str(self.pk)


class Fault(models.Model):
    """Something wrong on the site, until somebody else has seen that it was put right."""

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    request = models.ForeignKey(RenovationRequest, models.PROTECT, related_name="faults", verbose_name=_("request"))
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    log = models.ForeignKey(
        SiteLog, models.PROTECT, null=True, blank=True, related_name="faults", verbose_name=_("found in site log")
    )
    severity = models.CharField(_("severity"), max_length=10, choices=[(s.value, SEVERITY_WORDS[s]) for s in Severity])
    description = models.TextField(_("what is wrong"), max_length=1000)
    due_on = models.DateField(_("put right by"))
    state = models.CharField(
        _("state"), max_length=10, choices=[(s.value, FAULT_WORDS[s]) for s in FaultState], default=FaultState.OPEN
    )
    found_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("found by"))
    found_at = models.DateTimeField(_("found at"))
    rectification = models.TextField(_("what was done"), max_length=1000, blank=True)
    rectified_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("put right by")
    )
    rectified_photo = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photo of the repair")
    )
    closed_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )

    history = Versions()
    objects = FaultQuerySet.as_manager()

    class Meta:
        verbose_name = _("fault")
        verbose_name_plural = _("faults")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(closed_by__isnull=False) & ~Q(closed_by=F("rectified_by"))),
                name="fault_closed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.description[:30]


class Acceptance(Evidence):
    """The works were looked at together and accepted, or not."""

    class Result(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        NOT_ACCEPTED = "not_accepted", _("Not accepted")

    works_round = models.PositiveSmallIntegerField(_("round of works"), default=1)
    accepted_on = models.DateField(_("looked at on"))
    result = models.CharField(_("result"), max_length=12, choices=Result.choices)
    present = models.CharField(_("who was there (posts, not names)"), max_length=200)
    text = models.TextField(_("what was found"), max_length=1000)

    history = Versions()

    class Meta(Evidence.Meta):
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")

    def __str__(self) -> str:
        return f"{self.get_result_display()} {self.accepted_on}"
