"""Following a proposal with the code of its receipt: typed at /f/, or from the QR code at /f/<code>/."""

from functools import wraps

from django import forms
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from community.grants import grants_for
from community.limits import HOUR, Limit, TooMany, TrapForm, require_within
from community.models import Channel
from community.records import Context
from community.refusals import ActionRefused
from community.sealed import unseal_contact

from ..actions.following import take_back
from ..actions.signing import invite_neighbours, withdraw_signature
from ..models import Receipt
from ..presentation.following import question_of, sentence_of, steps_of, tag_of
from ..querysets.receipts import is_open_to_neighbours, moments_of, opened_by, page_of, signatures_of
from ..rules import codes
from ..rules.promises import answer_until
from ..rules.renovation import RENOVATION
from ..rules.signing import may_sign
from ..rules.stages import Stage, State
from .shell import draw_for, private, refuse

# Codes that open nothing: typed wrongly a few times, or guessed.
WRONG = Limit(per_address=30, per_unit=None, seconds=HOUR)
ACTING = Limit(per_address=60, per_unit=None, seconds=HOUR)
METHODS = ["GET", "HEAD", "POST"]


class CodeForm(TrapForm):
    code = forms.CharField(
        label=gettext_lazy("Receipt code"),
        help_text=gettext_lazy("Three groups of four letters and digits, as on your receipt."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    field_order = ["code"]

    def clean_code(self):
        code = codes.read(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("A receipt code has twelve letters and digits. Please compare it once more."))
        return code


@sensitive_post_parameters()
@require_http_methods(METHODS)
@private
def ask(request):
    """Where the code is typed."""
    form = CodeForm(request.POST if request.method == "POST" else None, label_suffix="")
    status = 200
    if request.method == "POST":
        try:
            if form.is_valid() and not form.is_trapped:
                if opened_by(form.cleaned_data["code"]) is not None:
                    return HttpResponseRedirect(reverse("follow-code", args=[form.cleaned_data["code"]]))
                require_within(WRONG, "receipt.wrong", request)
                form.add_error("code", _("We have no proposal with this code. Please compare it with your receipt."))
            status = ActionRefused.status
        except TooMany as refused:
            refuse(form, refused)
            status = refused.status
    return draw_for(request, None, "workflows/residents/ask.html", {"form": form}, status=status)


def with_receipt(*opens: str):
    """A screen for whoever has a code; it gets the receipt and the code. Codes that open nothing are counted."""

    def around(view):
        @sensitive_post_parameters()
        @require_http_methods(METHODS)
        @private
        @wraps(view)
        @sensitive_variables("code", "receipt")
        def guarded(request, code):
            code = codes.read(code) or ""
            receipt = opened_by(code, *opens)
            if receipt is not None:
                return view(request, receipt, code)
            try:
                require_within(WRONG, "receipt.wrong", request)
            except TooMany as refused:
                return too_many(request, refused)
            raise Http404

        return guarded

    return around


def too_many(request, refused: TooMany):
    form = CodeForm({}, label_suffix="")
    form.errors.clear()
    form.cleaned_data = {}
    refuse(form, refused)
    return draw_for(request, None, "workflows/residents/ask.html", {"form": form}, status=refused.status)


@with_receipt()
def follow(request, receipt, code):
    """What a code opens: a proposal and where it stands, or a neighbour's own signature."""
    context = {
        "shown": receipt.request,
        "code": codes.shown(code),
        "address": full_address(request, "follow-code", code),
        "signatures": signatures_of(receipt.request),
        "tag_key": tag_of(receipt.request),
        "page_of_project": page_of(receipt.request),
    }
    if receipt.opens == Receipt.Opens.SIGNATURE:
        context |= {"signature": receipt.cosignature, "withdraw_url": address_of("follow-withdraw", code)}
        return draw_for(request, receipt.community, "workflows/residents/signature.html", context)
    context["slip_url"] = address_of("follow-slip", code)
    context |= status_of(receipt.request) | ways_on(request, receipt, code)
    return draw_for(request, receipt.community, "workflows/residents/follow.html", context)


@with_receipt()
def slip(request, receipt, code):
    """The receipt on one sheet, to be printed and handed over. Staff find the way back to their desk on it."""
    shown, is_signature = receipt.request, receipt.opens == Receipt.Opens.SIGNATURE
    back = "desk-sign" if is_signature and may_sign(shown.state) else "desk-request"
    at_desk = bool(grants_for(request.user).items)
    waits = shown.state == State.SUBMITTED and not is_signature
    return draw_for(request, receipt.community, "workflows/residents/slip.html", {
        "shown": shown,
        "code": codes.shown(code),
        "address": full_address(request, "follow-code", code),
        "answer_until": answer_until(timezone.localdate(shown.state_since)) if waits else None,
        "desk_url": reverse(back, args=[receipt.community.code, shown.reference]) if at_desk else "",
        "is_signature": is_signature,
        **({} if is_signature else ways_on(request, receipt, code)),
    })  # fmt: skip


def status_of(shown) -> dict:
    """Where a proposal stands and what happened."""
    moments = moments_of(shown)
    return {
        "is_new": shown.state == State.SUBMITTED and len(moments) == 1,
        "sentence": sentence_of(shown),
        "question": question_of(shown, moments),
        "steps": steps_of(moments),
        "answer_until": answer_until(timezone.localdate(shown.state_since)),
        "contact": contact_of(shown),
    }


def ways_on(request, receipt, code: str) -> dict:
    """What the holder can do now, by the table of the machine."""
    shown = receipt.request
    in_proposal = shown.stage == Stage.PROPOSAL
    neighbours = is_open_to_neighbours(shown) and may_sign(shown.state)
    return {
        "add_url": address_of("follow-add", code) if _has(shown, "hand_in_again") and in_proposal else "",
        "withdraw_url": address_of("follow-withdraw", code) if _has(shown, "take_back") and in_proposal else "",
        "sign_address": full_address(request, "sign", codes.for_neighbours(code)) if neighbours else "",
        "invite_url": address_of("follow-invite", code) if not neighbours and may_sign(shown.state) else "",
    }


def _has(shown, event: str) -> bool:
    return RENOVATION.transition(shown.state, event) is not None


def address_of(name: str, code: str) -> str:
    return reverse(name, args=[code])


def full_address(request, name: str, code: str) -> str:
    return request.build_absolute_uri(address_of(name, code))


def contact_of(shown):
    """The contact for its masked form; None when none was left or it is erased."""
    stub = shown.proposer_contact
    return unseal_contact(stub) if stub is not None and hasattr(stub, "content") else None


@with_receipt()
def withdraw(request, receipt, code):
    """Taking back a proposal, or one's own signature: asked once more, then done."""
    is_signature = receipt.opens == Receipt.Opens.SIGNATURE
    form = forms.Form(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        act = withdraw_signature if is_signature else take_back
        try:
            require_within(ACTING, "receipt.act", request)
            act(Context(channel=Channel.WEB), receipt=receipt)
        except ActionRefused as refused:
            refuse(form, refused)
            status = refused.status
        else:
            return HttpResponseRedirect(address_of("follow-code", code))
    context = {
        "form": form, "shown": receipt.request, "is_signature": is_signature,
        "back_url": address_of("follow-code", code),
    }  # fmt: skip
    return draw_for(request, receipt.community, "workflows/residents/withdraw.html", context, status=status)


@with_receipt(Receipt.Opens.PROPOSAL)
def invite(request, receipt, code):
    """Getting the link for neighbours afterwards."""
    if request.method == "POST":
        try:
            require_within(ACTING, "receipt.act", request)
            invite_neighbours(Context(channel=Channel.WEB), receipt=receipt, code=code)
        except TooMany as refused:
            return too_many(request, refused)
        except ActionRefused:
            pass  # decided meanwhile: the page says so
    return HttpResponseRedirect(address_of("follow-code", code))
