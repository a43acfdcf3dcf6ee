"""Joint evaluation and the shared result."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.models import AppendOnly, Member, Partner, StoredFile, Unit, Versions

from .evidence import Evidence
from .requests import RenovationRequest


class Evaluation(Evidence):
    """What residents and the committee think of what was built, in counted answers."""

    works_round = models.PositiveSmallIntegerField(_("round of works"), default=1)
    held_on = models.DateField(_("held on"))
    asked = models.PositiveIntegerField(_("homes asked"))
    satisfied = models.PositiveIntegerField(_("satisfied"))
    fair = models.PositiveIntegerField(_("fair"))
    unsatisfied = models.PositiveIntegerField(_("not satisfied"))
    committee_score = models.PositiveSmallIntegerField(
        _("committee's score, 0 to 100"), validators=[MaxValueValidator(100)]
    )
    text = models.TextField(_("what was said"), max_length=1000, blank=True)

    history = Versions()

    class Meta(Evidence.Meta):
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                condition=Q(asked__gte=F("satisfied") + F("fair") + F("unsatisfied"), committee_score__lte=100),
                name="evaluation_figures_nest",
                violation_error_message=_("More cannot answer than were asked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"


class Remedy(AppendOnly):
    """One thing on the list with which a request went back to the works after its evaluation."""

    request = models.ForeignKey(RenovationRequest, models.PROTECT, related_name="remedies", verbose_name=_("request"))
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    text = models.CharField(_("to be put right"), max_length=200)
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("entered by"))

    class Meta:
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")

    def __str__(self) -> str:
        return self.text


class SharedResult(Evidence):
    """What everyone has of it: before and after, what it cost in the end, who keeps it, until when it is warranted."""

    final_cost = models.DecimalField(_("final cost (¥)"), max_digits=12, decimal_places=2)
    upkeep = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name=_("kept in order by"))
    warranty_until = models.DateField(_("warranty until"))
    inspection_months = models.PositiveSmallIntegerField(_("inspected every (months)"), default=6)
    before_photo = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("photo before"))
    after_photo = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("photo after"))
    summary = models.TextField(_("what has become of it"), max_length=1000)
    thanks = models.TextField(_("thanks (units and posts, not names)"), max_length=500, blank=True)

    history = Versions()

    class Meta(Evidence.Meta):
        verbose_name = _("shared result")
        verbose_name_plural = _("shared results")
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(condition=Q(final_cost__gte=0), name="final_cost_not_negative"),
        ]

    def __str__(self) -> str:
        return f"¥{self.final_cost}"
