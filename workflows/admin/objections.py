"""Objections during a publicity period: what somebody said, in public words, and the answer."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from community.models import Channel
from community.sealed import Contact

from ..actions.objections import answer_objection, enter_objection
from ..models import Objection, PublicityPeriod
from .views import RemarkForm, RequestActView

HEARD = [(channel.value, channel.label) for channel in (Channel.DOOR, Channel.PHONE, Channel.PAPER, Channel.WEB)]


class ObjectionForm(RemarkForm):
    received_on = forms.DateField(label=_("Received on"), widget=AdminDateInput)
    channel = forms.ChoiceField(label=_("Channel"), choices=HEARD)
    summary = forms.CharField(
        label=_("Objection, in your words"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everyone can read this: no names, no numbers."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("In the person's words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sealed."),
    )  # fmt: skip
    contact_name = forms.CharField(label=_("Name"), max_length=40, required=False, help_text=_("Sealed."))
    contact_phone = forms.CharField(label=_("Phone"), max_length=20, required=False, help_text=_("Sealed."))
    field_order = ["received_on", "channel", "summary", "words", "contact_name", "contact_phone", "reason"]


class EnterObjectionView(RequestActView):
    permission = "enter_evidence"
    page_title = _("Enter an objection")
    submit_label = _("Enter")
    form_class = ObjectionForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        periods = PublicityPeriod.objects.standing().select_related("request__unit", "request__community")
        self.period = self.of_request(periods, reference=kwargs["period"])

    def act(self, context, form):
        data = form.cleaned_data
        name, phone = data["contact_name"].strip(), data["contact_phone"].strip()
        enter_objection(
            replace(context, channel=data["channel"]),
            publicity=self.period,
            received_on=data["received_on"],
            channel=data["channel"],
            summary=data["summary"],
            words=data["words"],
            contact=Contact(name=name, phone=phone) if name or phone else None,
        )


class AnswerForm(RemarkForm):
    answer = forms.CharField(
        label=_("Answer, with its reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everyone can read this."),
    )  # fmt: skip
    field_order = ["answer", "reason"]


class AnswerObjectionView(RequestActView):
    permission = "confirm_evidence"
    page_title = submit_label = _("Answer the objection")
    form_class = AnswerForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Objection.objects.select_related("request__unit", "request__community")
        self.objection = self.of_request(rows, reference=kwargs["objection"])
        self.explanation = self.objection.summary

    def act(self, context, form):
        answer_objection(context, objection=self.objection, answer=form.cleaned_data["answer"])
