"""Ballot papers on the desk: entered when they come back, compared by a second person, replaced when they are lost."""

from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from community.grants import grants_for, within
from community.records import Context
from community.refusals import ActionRefused, Conflict, NotAllowed
from home.desk.shell import desk_view, draw

from ..actions.balloting import Printed, check_code, paper_code, replace_paper
from ..actions.casting import confirm_paper_vote, enter_paper_vote, said_on, withdraw_paper_vote
from ..admin.balloting import sheets
from ..admin.uploads import PaperField
from ..models import Ballot, PaperVote
from ..presentation.ballots import tag_of, turnout_rows
from ..querysets.balloting import turnout
from ..rules import papers
from ..rules.balloting import BallotState, VoteChoice
from ..rules.renovation import ROLES_FOR
from ..words import VOTE_WORDS
from .site import FORM

OPEN_TO_PAPER = (BallotState.OPEN, BallotState.COUNTING)
NUMBER_HELP = gettext_lazy("As it is printed, with the letter: 0127-K.")


class PaperForm(forms.Form):
    """A paper that came back."""

    serial = forms.CharField(
        label=gettext_lazy("Number on the paper"), help_text=NUMBER_HELP, max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    choice = forms.ChoiceField(
        label=gettext_lazy("Which box is ticked?"), choices=list(VOTE_WORDS.items()), widget=forms.RadioSelect
    )
    received_on = forms.DateField(
        label=gettext_lazy("When was it received? The day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    received_time = forms.TimeField(
        label=gettext_lazy("And the hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    scan = PaperField(
        label=gettext_lazy("Photo or scan of the paper"),
        help_text=gettext_lazy("Kept for those who compare it. After an error choose it once more."),
    )

    @property
    def received_at(self) -> datetime:
        """The end of the minute that was written, so that a paper handed in as the vote opened is in; never later than
        now."""
        moment = datetime.combine(self.cleaned_data["received_on"], self.cleaned_data["received_time"])
        last = timezone.make_aware(moment.replace(second=59, microsecond=999_999))
        now = timezone.now()
        return now if last - timedelta(minutes=1) < now < last else last


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why is it wrong?"), max_length=200)


class LostForm(forms.Form):
    serial = forms.CharField(
        label=gettext_lazy("Number of the lost paper"),
        help_text=gettext_lazy("Ask the staff for it when nobody knows it: they see it by the home."),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


def found(user, code: str, reference: str, ballot: str) -> Ballot:
    """A vote where the person may enter papers, named by community, request and itself together. Raises Http404."""
    paths = grants_for(user).paths(*ROLES_FOR["renovation.enter_ballot"])
    rows = Ballot.objects.filter(within(paths, "request__unit__path"), opened_at__isnull=False)
    rows = rows.select_related("request__community", "request__unit", "community", "estate", "building")
    return get_object_or_404(rows, community__code=code, request__reference=reference, reference=ballot)


def parts(ballot: Ballot, *further) -> list:
    return [ballot.community.code, ballot.request.reference, ballot.reference, *further]


@require_safe
@desk_view
def overview(request, code, reference, ballot):
    """How many took part, what waits to be compared, and the ways to enter more."""
    shown = found(request.user, code, reference, ballot)
    waiting = shown.paper_votes.filter(status=PaperVote.Status.ENTERED).select_related("ballot_paper", "entered_by")
    context = {
        "ballot": shown,
        "tag_key": tag_of(shown),
        "turnout": turnout_rows(turnout(shown)),
        "waiting": [
            {
                "number": papers.shown(row.ballot_paper.serial),
                "who": row.entered_by.name,
                "url": reverse("desk-paper", args=parts(shown, row.reference)),
            }
            for row in waiting.order_by("entered_at", "pk")
        ],
        "enter_url": reverse("desk-paper-enter", args=parts(shown)) if shown.state in OPEN_TO_PAPER else "",
        "lost_url": reverse("desk-paper-lost", args=parts(shown)) if tag_of(shown) == "voting" else "",
    }
    return draw(request, "workflows/desk/ballot.html", context)


@sensitive_post_parameters()
@require_http_methods(FORM)
@desk_view
def enter(request, code, reference, ballot):
    """Enter a paper that came back; the form stands ready for the next one."""
    shown, status = found(request.user, code, reference, ballot), 200
    now = timezone.localtime()
    initial = {"received_on": now.date(), "received_time": now.time()}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PaperForm(*sent, initial=initial, label_suffix="")
    if request.method == "POST":
        if form.is_valid() and entered(request, shown, form):
            messages.success(
                request, _("Paper %(number)s is entered. Another person compares it.") % {"number": form.data["serial"]}
            )
            return redirect("desk-paper-enter", *parts(shown))
        status = ActionRefused.status
    return draw(request, "workflows/desk/paper_enter.html", {"ballot": shown, "form": form}, status=status)


def entered(request, ballot: Ballot, form: PaperForm) -> bool:
    """Whether it is entered; else the form says why not."""
    given = form.cleaned_data
    try:
        enter_paper_vote(
            Context(user=request.user), ballot=ballot, serial=given["serial"], choice=VoteChoice(given["choice"]),
            received_at=form.received_at, scan=given["scan"],
        )  # fmt: skip
    except ActionRefused as refused:
        if refused.field == "received_at":
            refused.field = "received_on"
        refuse_here(form, refused)
        return False
    return True


def refuse_here(form, refused: ActionRefused) -> None:
    """A paper that was entered already is a slip, not a page of its own: it stands beside the number."""
    field = refused.field or ("serial" if "serial" in form.fields else None)
    form.add_error(field if field in form.fields else None, str(refused))


@sensitive_post_parameters()
@require_http_methods(FORM)
@desk_view
def compare(request, code, reference, ballot, row):
    """The second person compares the paper with what was entered, and confirms or takes it back."""
    shown = found(request.user, code, reference, ballot)
    rows = PaperVote.objects.select_related(
        "ballot_paper", "entered_by", "paper", "words", "ballot__request__community", "ballot__request__unit",
        "ballot__community", "request__community", "request__unit", "community",
    )  # fmt: skip
    entry = get_object_or_404(rows, ballot=shown, reference=row)
    form, refusal, status = WithdrawForm(request.POST if "withdraw" in request.POST else None, label_suffix=""), "", 200
    if request.method == "POST":
        try:
            if settled(request, entry, form):
                return redirect("desk-ballot", *parts(shown))
        except (NotAllowed, Conflict):
            raise
        except ActionRefused as refused:
            refusal = str(refused)
        status = ActionRefused.status
    waits = entry.status == PaperVote.Status.ENTERED
    own = entry.entered_by_id == grants_for(request.user).member_id
    said = said_on(entry) if waits else None
    context = {
        "ballot": shown, "entry": entry, "number": papers.shown(entry.ballot_paper.serial), "form": form,
        "waits": waits, "own": own, "said": VOTE_WORDS[said.choice] if said else "", "refusal": refusal,
    }  # fmt: skip
    return draw(request, "workflows/desk/paper_compare.html", context, status=status)


def settled(request, entry: PaperVote, form: WithdrawForm) -> bool:
    """Whether the entry is confirmed or withdrawn; not when no reason was given. Raises ActionRefused."""
    if "withdraw" not in request.POST:
        confirm_paper_vote(Context(user=request.user), row=entry)
    elif form.is_valid():
        withdraw_paper_vote(Context(user=request.user, reason=form.cleaned_data["reason"]), row=entry)
    else:
        return False
    return True


@sensitive_post_parameters()
@require_http_methods(FORM)
@desk_view
def lost(request, code, reference, ballot):
    """Replace a lost paper: the new one is drawn at once, to be printed and handed over."""
    shown, status = found(request.user, code, reference, ballot), 200
    form = LostForm(request.POST if request.method == "POST" else None, label_suffix="")
    if request.method == "POST":
        printed = replaced(request, shown, form) if form.is_valid() else None
        if printed is not None:
            return sheets(request, shown, [printed], back_url=reverse("desk-ballot", args=parts(shown)))
        status = ActionRefused.status
    return draw(request, "workflows/desk/paper_lost.html", {"ballot": shown, "form": form}, status=status)


def replaced(request, ballot: Ballot, form: LostForm) -> Printed | None:
    """The new paper; None when it was refused, and then the form says why."""
    number = papers.read(form.cleaned_data["serial"])
    old = ballot.papers.filter(serial=number).first() if number is not None else None
    if old is None:
        form.add_error("serial", _("No paper of this vote has this number. Compare it once more, the letter too."))
        return None
    old.ballot = ballot
    try:
        new = replace_paper(Context(user=request.user), paper=old)
    except ActionRefused as refused:
        refuse_here(form, refused)
        return None
    homes = [str(row.home) for row in new.elector.homes.select_related("home__building__estate").order_by("pk")]
    return Printed(new, paper_code(ballot, new.serial), check_code(ballot, new.serial), homes)
