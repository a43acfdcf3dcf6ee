"""Owners' votes from the page of their request: drafting, opening, extending, counting, printing the papers."""

import uuid
from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from community.admin.forms import ReasonForm, ScopedForm
from community.models import Building, Estate

from ..actions import balloting as acts
from ..actions.counting import count_ballot
from ..kernel import Moved, Refused, preview
from ..models import Ballot, Evidence
from ..presentation.ballots import tag_of, turnout_rows
from ..querysets.balloting import homes_of, shares_of, turnout
from ..refusals import checklist, sentence
from ..rules import codes, papers
from ..rules.balloting import BALLOT, BallotState, electorate
from ..words import BALLOT_EVENT_WORDS, MATTER_WORDS, WHICH_COUNTS_WORDS
from .views import RemarkForm, RequestActView, RequestTab, address_of

DAYS = 14
PAPERS_ON_A_PAGE = 100


class BallotForm(ScopedForm):
    """A vote as it is drafted. Everyone reads the question and what yes and no mean."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta(ScopedForm.Meta):
        model = Ballot
        fields = list(acts.FIELDS)
        widgets = {
            "closes_at": AdminDateTimeInput, "yes_means": forms.Textarea(attrs={"rows": 3}),
            "no_means": forms.Textarea(attrs={"rows": 3}),
        }  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        here = self.instance.community
        self.fields["estate"].queryset = Estate.objects.in_community(here)
        self.fields["building"].queryset = Building.objects.in_community(here).select_related("estate")

    def given(self) -> dict:
        return {name: self.cleaned_data[name] for name in acts.FIELDS}


class DraftBallotView(RequestActView):
    permission = "hold_vote"
    page_title = submit_label = _("Draft a vote of the owners")
    explanation = _("Another person opens it. From then on who may vote is fixed, and every home has a paper.")
    form_class = BallotForm
    ballot = None

    def get_form_kwargs(self):
        end = timezone.localtime().replace(hour=20, minute=0, second=0, microsecond=0) + timedelta(days=DAYS)
        new = Ballot(community=self.row.community, request=self.row, estate=self.row.estate, closes_at=end)
        return {**super().get_form_kwargs(), "instance": new}

    def act(self, context, form):
        key = form.cleaned_data["submission_key"]
        self.ballot = acts.draft_ballot(context, request=self.row, submission_key=key, values=form.given())

    def get_success_url(self):
        return address_of(self.row, "ballot", self.ballot.reference) if self.ballot else address_of(self.row)


class BallotMixin:
    """The vote of this request that the address names."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Ballot.objects.select_related(
            "request__unit",
            "request__community",
            "community",
            "estate",
            "building",
            "drafted_by",
            "opened_by",
            "result",
        )
        self.ballot = self.of_request(rows, reference=kwargs["ballot"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{**kwargs, "ballot": self.ballot})

    def get_success_url(self):
        return address_of(self.row, "ballot", self.ballot.reference)


class EditBallotView(BallotMixin, RequestActView):
    permission = "hold_vote"
    page_title = _("Change the draft")
    submit_label = _("Save")
    explanation = _("Whoever changes it is its drafter: another person opens it.")
    form_class = BallotForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.ballot}

    def act(self, context, form):
        acts.change_ballot(context, ballot=self.ballot, values=form.given())


class EndForm(ReasonForm):
    closes_at = forms.DateTimeField(label=_("Votes are taken until"), widget=AdminDateTimeInput)
    field_order = ["closes_at", "reason"]


# Event → its form, and what does it.
EVENTS = {
    "open": (RemarkForm, lambda context, ballot, data: acts.open_ballot(context, ballot=ballot)),
    "postpone": (EndForm, lambda context, ballot, data: acts.postpone_ballot(
        context, ballot=ballot, closes_at=data["closes_at"])),
    "extend": (EndForm, lambda context, ballot, data: acts.extend_ballot(
        context, ballot=ballot, closes_at=data["closes_at"])),
    "count": (RemarkForm, lambda context, ballot, data: count_ballot(context, ballot=ballot)),
    "cancel": (ReasonForm, lambda context, ballot, data: acts.cancel_ballot(context, ballot=ballot)),
}  # fmt: skip
DO_WORDS = {
    "open": _("Open the vote"), "postpone": _("Postpone it"), "extend": _("Give it more time"),
    "count": _("Count the votes"), "cancel": pgettext_lazy("vote", "Call it off"),
}  # fmt: skip
EXPLANATIONS = {
    "open": _("Who may vote is fixed now, with today's areas, and cannot be changed afterwards."),
    "extend": _("Every vote that was cast stays and counts."),
    "count": _("The sealed votes are opened once, and the list is published. A second person confirms the result."),
    "cancel": _("What was cast stays sealed; nothing is deleted."),
}


class BallotActView(BallotMixin, RequestActView):
    """One step in the life of a vote."""

    permission = "hold_vote"

    def setup(self, request, *args, **kwargs):
        if kwargs["event"] not in EVENTS:
            raise Http404
        self.event = kwargs["event"]
        self.is_grave = self.event == "cancel"
        self.explanation = EXPLANATIONS.get(self.event, "")
        super().setup(request, *args, **kwargs)

    def get_page_title(self):
        return DO_WORDS[self.event]

    @property
    def submit_label(self):
        return DO_WORDS[self.event]

    def get_form_class(self):
        return EVENTS[self.event][0]

    def act(self, context, form):
        EVENTS[self.event][1](context, self.ballot, form.cleaned_data)

    def success_sentence(self):
        return BALLOT_EVENT_WORDS[self.event]


class BallotView(BallotMixin, RequestTab):
    """Where a vote stands: its rules, who took part, which papers came back, and what can be done."""

    tab = "inspect"
    template_name = "workflows/admin/ballot.html"

    def get_page_title(self):
        return self.ballot.question

    def get_context_data(self, **kwargs):
        ballot, may = self.ballot, self.may("hold_vote", self.row)
        opened = ballot.opened_at is not None
        listed = ballot.papers.select_related("elector").order_by("serial")
        page_obj = Paginator(listed, PAPERS_ON_A_PAGE).get_page(self.request.GET.get("page")) if opened else None
        return super().get_context_data(
            tag_key=tag_of(ballot),
            facts=self.facts_rows(),
            owners=None if opened else len(electorate(shares_of(homes_of(ballot)))),
            turnout=turnout_rows(turnout(ballot)) if opened else [],
            buttons=self.buttons() if may else [],
            edit_url=self.to("ballot_edit") if may and ballot.state == BallotState.DRAFTED else "",
            print_url=self.to("ballot_papers") if may and ballot.state == BallotState.OPEN else "",
            result_url=address_of(self.row, "evidence", "ownersvote", ballot.result.reference) if ballot.result else "",
            page_obj=page_obj,
            papers=[paper_row(paper) for paper in self.with_returns(page_obj)] if page_obj else [],
            **kwargs,
        )

    def to(self, name: str, *further) -> str:
        return address_of(self.row, name, self.ballot.reference, *further)

    def facts_rows(self) -> list[tuple]:
        ballot = self.ballot
        return [
            (_("Matter in law"), MATTER_WORDS[ballot.matter] if ballot.matter else "—"),
            (_("Who votes"), ballot.scope_name),
            (_("Votes are taken until"), ballot.closes_at),
            (_("Online and on paper"), WHICH_COUNTS_WORDS[ballot.which_counts]),
            (_("Drafted by"), ballot.drafted_by),
            (_("Opened by"), ballot.opened_by or "—"),
        ]

    def buttons(self) -> list[dict]:
        """Every step that the table offers a person here, possible or not."""
        found = []
        for transition in BALLOT.events_from(self.ballot.state):
            if transition.permission:
                missing = self.obstacles(transition.event)
                found.append({
                    "label": DO_WORDS[transition.event], "url": self.to("ballot_do", transition.event),
                    "missing": missing, "is_grave": transition.event == "cancel",
                })  # fmt: skip
        return found

    def obstacles(self, event: str) -> list[str]:
        """What stands in the way of a step; what its page will ask for is taken as given."""
        facts = acts.facts_for(self.ballot, now=timezone.now(), member=self.context.member, event=event)
        result = preview(BALLOT, self.ballot.state, event, facts)
        if isinstance(result, Moved):
            return []
        assert isinstance(result, Refused)
        return checklist(result) or [sentence(result)]

    def with_returns(self, page_obj) -> list:
        """The papers of a page, each with the channel of its owner's votes and whether an entry waits. Two queries."""
        rows = list(page_obj)
        electors = [row.elector_id for row in rows]
        cast: dict[int, set] = {}
        for elector, channel in self.ballot.votes.filter(elector__in=electors).values_list("elector", "channel"):
            cast.setdefault(elector, set()).add(channel)
        entries = self.ballot.paper_votes.filter(ballot_paper__in=rows, status=Evidence.Status.ENTERED)
        waiting = set(entries.values_list("ballot_paper", flat=True))
        for row in rows:
            row.cast, row.waits = cast.get(row.elector_id, set()), row.pk in waiting
        return rows


def paper_row(paper) -> dict:
    if paper.lost_at:
        state = _("Replaced")
    elif paper.waits:
        state = _("Entered, waits for a second person")
    elif "paper" in paper.cast:
        state = _("Came back")
    elif "web" in paper.cast:
        state = _("Voted online")
    else:
        state = _("Not back yet")
    return {"number": papers.shown(paper.serial), "area": paper.elector.area_centi, "state": state}


class PrintPapersView(BallotMixin, RequestActView):
    """The papers, drawn on the answer to this form; an event says who printed them."""

    permission = "hold_vote"
    page_title = submit_label = _("Print the ballot papers")
    explanation = _("One sheet for each owner, with its number, the link to vote online, and the check code to keep.")
    form_class = RemarkForm

    def act(self, context, form):
        self.printed = acts.print_papers(context, ballot=self.ballot)

    def done(self):
        return sheets(self.request, self.ballot, self.printed, back_url=self.get_success_url())


def sheets(request, ballot: Ballot, printed: list, *, back_url: str) -> TemplateResponse:
    """The sheets of these papers, kept by no cache."""
    drawn = [
        {
            "number": papers.shown(one.paper.serial),
            "homes": one.homes,
            "area": one.paper.elector.area_centi,
            "link": request.build_absolute_uri(f"/v/{one.code}/"),
            "check": codes.shown(one.check),
        }
        for one in printed
    ]
    context = {
        "ballot": ballot, "sheets": drawn, "matter": MATTER_WORDS[ballot.matter], "back_url": back_url,
        "which_counts": WHICH_COUNTS_WORDS[ballot.which_counts],
    }  # fmt: skip
    response = TemplateResponse(request, "workflows/ballot_papers.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
