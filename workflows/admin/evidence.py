"""Entering, reading, confirming and withdrawing evidence: typed fields with a paper, and a second person."""

from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from community.admin.forms import ReasonForm, ScopedForm

from ..actions.evidence import ENTERED_IN, PAPER_REQUIRED, confirm_evidence, enter_evidence, withdraw_evidence
from ..models import (
    Acceptance,
    Evaluation,
    Evidence,
    MatterFinding,
    OwnersVote,
    PartnerCommitment,
    PublicityPeriod,
    Resolution,
    SharedResult,
    WorksPlan,
)
from ..rules.renovation import may_confirm
from .sheets import rows_of, vote_sheet
from .uploads import PaperField, PhotoField, VoteAreaField
from .views import RemarkForm, RequestActView, RequestTab, address_of

KINDS = {model._meta.model_name: model for model in ENTERED_IN}
PARTNERS = ("partner", "contractor", "upkeep")


class EvidenceForm(ScopedForm):
    """The fields of one kind; partners are those of the request's community."""

    paper = PaperField()
    photos = ()

    class Meta(ScopedForm.Meta):
        model = Resolution
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].required = self._meta.model in PAPER_REQUIRED
        self.order_fields([name for name in self.fields if name not in ("paper", "reason")] + ["paper", "reason"])
        for name in self.fields.keys() & set(PARTNERS):
            field = self.fields[name]
            field.queryset = field.queryset.in_community(self.instance.community).filter(is_active=True)

    def given(self) -> dict:
        """What the action takes: the figures, the paper, the photos."""
        values = self.changes()
        paper, photos = values.pop("paper"), {name: values.pop(name) for name in self.photos}
        return {"values": values, "paper": paper, "photos": photos}


class ResolutionForm(EvidenceForm):
    class Meta(EvidenceForm.Meta):
        model = Resolution
        fields = [
            "meeting", "item", "held_on", "place", "seats", "attended", "in_favour", "against", "abstained", "text",
        ]  # fmt: skip


class MatterForm(EvidenceForm):
    class Meta(EvidenceForm.Meta):
        model = MatterFinding
        fields = ["matter", "ground"]


class VoteForm(EvidenceForm):
    """Floor areas as people write them: 8950.50 m²."""

    area_total = VoteAreaField(label=_("Floor area in all (m²)"))
    area_taking_part = VoteAreaField(label=_("Floor area taking part (m²)"))
    area_agreeing = VoteAreaField(label=_("Floor area agreeing (m²)"))
    field_order = [
        "matter", "scope", "scope_name", "opened_on", "closed_on", "owners_total", "area_total", "owners_taking_part",
        "area_taking_part", "owners_agreeing", "area_agreeing", "paper", "reason",
    ]  # fmt: skip

    class Meta(EvidenceForm.Meta):
        model = OwnersVote
        fields = [
            "matter", "scope", "scope_name", "opened_on", "closed_on", "owners_total", "owners_taking_part",
            "owners_agreeing",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)

    def changes(self):
        return {
            f"{name}_centi" if name.startswith("area_") else name: value for name, value in super().changes().items()
        }


class PublicityForm(EvidenceForm):
    class Meta(EvidenceForm.Meta):
        model = PublicityPeriod
        fields = ["starts_on", "ends_on", "place"]


class CommitmentForm(EvidenceForm):
    class Meta(EvidenceForm.Meta):
        model = PartnerCommitment
        fields = ["partner", "brings"]


class WorksPlanForm(EvidenceForm):
    class Meta(EvidenceForm.Meta):
        model = WorksPlan
        fields = ["contractor", "starts_on", "ends_on"]


class AcceptanceForm(EvidenceForm):
    class Meta(EvidenceForm.Meta):
        model = Acceptance
        fields = ["accepted_on", "result", "present", "text"]


class EvaluationForm(EvidenceForm):
    class Meta(EvidenceForm.Meta):
        model = Evaluation
        fields = ["held_on", "asked", "satisfied", "fair", "unsatisfied", "committee_score", "text"]


class ResultForm(EvidenceForm):
    before_photo = PhotoField(label=_("Photo before"))
    after_photo = PhotoField(label=_("Photo after"))
    photos = ("before_photo", "after_photo")

    class Meta(EvidenceForm.Meta):
        model = SharedResult
        fields = ["final_cost", "upkeep", "warranty_until", "inspection_months", "summary", "thanks"]


FORMS = {form._meta.model: form for form in (
    ResolutionForm, MatterForm, VoteForm, PublicityForm, CommitmentForm, WorksPlanForm, AcceptanceForm, EvaluationForm,
    ResultForm,
)}  # fmt: skip


class KindMixin:
    """The kind of evidence that the address names."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in KINDS:
            raise Http404
        self.kind = KINDS[kwargs["kind"]]
        self.kind_label = capfirst(str(self.kind._meta.verbose_name))


class EnterView(KindMixin, RequestActView):
    permission = "enter_evidence"
    submit_label = _("Enter")
    explanation = _("It counts once a second person has looked at the paper and confirmed the figures.")

    def get_page_title(self):
        return _("Enter: %(kind)s") % {"kind": self.kind_label}

    def get_form_class(self):
        return FORMS[self.kind]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.kind(community=self.row.community)}

    def act(self, context, form):
        enter_evidence(context, self.kind, request=self.row, **form.given())

    def success_sentence(self):
        return _("%(kind)s: entered. A second person confirms it.") % {"kind": self.kind_label}


class PieceMixin(KindMixin):
    """The piece of evidence of this request that the address names."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = self.kind.objects.select_related("request__unit", "request__community", "entered_by", "confirmed_by")
        self.piece = self.of_request(rows.select_related("paper"), reference=kwargs["piece"])

    def get_page_title(self):
        return f"{self.page_title or capfirst(str(self.kind._meta.verbose_name))}: {self.piece}"

    def get_context_data(self, **kwargs):
        shown = {"piece": self.piece, "sheet": rows_of(self.piece), "vote": vote_sheet(self.piece)}
        return super().get_context_data(**{**kwargs, **shown})


class PieceView(PieceMixin, RequestTab):
    """What was entered, with its paper; for a vote the sum sheet."""

    tab = "inspect"
    page_title = ""
    template_name = "workflows/admin/piece.html"

    def get_context_data(self, **kwargs):
        at, piece, member = (self.kwargs["kind"], self.piece.reference), self.piece, self.context.member
        own = member is not None and bool(may_confirm(entered_by=piece.entered_by_id, confirmed_by=member.pk))
        waits, standing = piece.status == Evidence.Status.ENTERED, piece.status != Evidence.Status.WITHDRAWN
        confirm = waits and not own and self.may("confirm_evidence", self.row)
        withdraw = standing and self.may("enter_evidence", self.row)
        return super().get_context_data(
            confirm_url=address_of(self.row, "confirm", *at) if confirm else "",
            withdraw_url=address_of(self.row, "withdraw", *at) if withdraw else "",
            is_own=waits and own,
            **kwargs,
        )


class ConfirmView(PieceMixin, RequestActView):
    """The second person sees the figures and the paper once more, then confirms."""

    permission = "confirm_evidence"
    page_title = _("Confirm")
    submit_label = _("I have seen the paper, and the figures are right")
    form_class = RemarkForm
    template_name = "workflows/admin/confirm.html"

    def act(self, context, form):
        confirm_evidence(context, evidence=self.piece)

    def success_sentence(self):
        return _("%(kind)s: confirmed.") % {"kind": self.kind_label}


class WithdrawView(PieceMixin, RequestActView):
    permission = "enter_evidence"
    page_title = submit_label = _("Withdraw")
    explanation = _("It no longer counts; the row and its history stay. Enter it again to correct it.")
    form_class = ReasonForm
    is_grave = True

    def act(self, context, form):
        withdraw_evidence(context, evidence=self.piece)

    def success_sentence(self):
        return _("%(kind)s: withdrawn.") % {"kind": self.kind_label}
