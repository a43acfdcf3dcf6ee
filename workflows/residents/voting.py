"""Voting online by the link on a ballot paper: the question, the answer once more, and the check code."""

import uuid
from functools import wraps

from django import forms
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from community.limits import TooMany, TrapForm, require_within
from community.models import Channel
from community.records import Context
from community.refusals import ActionRefused
from community.tokens import token_hashes
from home.formats import area

from ..actions.balloting import check_code
from ..actions.casting import cast_vote
from ..models import BallotPaper
from ..presentation.ballots import tag_of
from ..querysets.receipts import page_of
from ..rules import codes
from ..rules.balloting import VoteChoice
from ..words import MATTER_WORDS, VOTE_WORDS, WHICH_COUNTS_WORDS
from .follow import ACTING, METHODS, WRONG
from .shell import draw_for, private, refuse


class VoteForm(TrapForm):
    """`checked` is set on the page that shows the answer once more."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label=gettext_lazy("Your vote"), choices=list(VOTE_WORDS.items()), widget=forms.RadioSelect
    )
    field_order = ["submission_key", "choice"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if not self.is_bound:
            self.initial["submission_key"] = uuid.uuid4()

    @property
    def asked(self) -> list:
        """The fields of the form but the trap, hidden ones first."""
        return [bound for bound in self if bound.name != "website"]


def with_paper(view):
    """A screen for whoever holds a paper; codes that open nothing are counted and not found."""

    @sensitive_post_parameters()
    @require_http_methods(METHODS)
    @private
    @wraps(view)
    @sensitive_variables("code", "paper")
    def guarded(request, code):
        code = codes.read(code) or ""
        papers = BallotPaper.objects.filter(code_hash__in=token_hashes(code))
        paper = papers.select_related("ballot__request__community", "ballot__community", "elector").first()
        if paper is not None:
            return view(request, paper, code)
        try:
            require_within(WRONG, "ballot.wrong", request)
        except TooMany as refused:
            return draw_for(request, None, "workflows/residents/vote_refused.html", {"why": refused}, status=429)
        raise Http404

    return guarded


@with_paper
def vote(request, paper, code):
    """The question and the answers; then the answer once more; then the check code."""
    ballot, sent = paper.ballot, request.method == "POST"
    cast = paper.elector.votes.order_by("-sequence").first()
    may_vote = tag_of(ballot) == "voting" and paper.lost_at is None and (cast is None or ballot.may_change)
    form = VoteForm(request.POST if sent else None, label_suffix="") if may_vote else None
    context, status = shown_to(paper, cast) | {"form": form, "here": reverse("vote", args=[code])}, 200
    if form is not None and sent and not form.is_trapped:
        status = ActionRefused.status
        if form.is_valid():
            choice = VoteChoice(form.cleaned_data["choice"])
            if "back" not in request.POST and "checked" not in request.POST:
                told = {"choice": VOTE_WORDS[choice]}
                return draw_for(request, ballot.community, "workflows/residents/vote_check.html", context | told)
            if "back" in request.POST:
                status = 200
            elif _cast(request, paper, form, choice):
                return HttpResponseRedirect(reverse("vote", args=[code]))
    template = "workflows/residents/vote.html" if form is not None else "workflows/residents/voted.html"
    return draw_for(request, ballot.community, template, context, status=status)


def shown_to(paper, cast) -> dict:
    """What stands on every screen of a paper: the question, whose paper it is without a door, and what was cast."""
    ballot, elector = paper.ballot, paper.elector
    return {
        "ballot": ballot,
        "tag_key": tag_of(ballot),
        "matter": MATTER_WORDS[ballot.matter],
        "which_counts": WHICH_COUNTS_WORDS[ballot.which_counts],
        "homes": elector.homes.count(),
        "area": area(elector.area_centi),
        "lost": paper.lost_at is not None,
        "cast": cast,
        "on_paper": cast is not None and cast.channel == Channel.PAPER,
        "check_code": codes.shown(check_code(ballot, paper.serial)) if cast is not None and not paper.lost_at else "",
        "page_of_project": page_of(ballot.request),
        "now": timezone.now(),
    }


def _cast(request, paper, form, choice: VoteChoice) -> bool:
    """Whether it is cast; else the form says why not."""
    try:
        require_within(ACTING, "ballot.vote", request)
        cast_vote(
            Context(channel=Channel.WEB), paper=paper, submission_key=form.cleaned_data["submission_key"], choice=choice
        )
    except ActionRefused as refused:
        refuse(form, refused)
        return False
    return True
