"""The page of a request: where it stands, what is still missing, what can be done, and all that hangs on it."""

from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.functional import cached_property

from community.sealed import unseal_contact

from ..kernel import Moved, Refused, preview
from ..models import Fault, Intake, SiteLog
from ..permissions import available_events, interest_of
from ..querysets.facts import renovation_facts
from ..querysets.materials import resident_photos
from ..querysets.receipts import signatures_of
from ..refusals import checklist, sentence
from ..rules.evidence import MergeTarget
from ..rules.renovation import RENOVATION
from ..rules.stages import Stage, State
from ..words import EVENT_WORDS, STAGE_WORDS
from .attachments import approvals_of, ballots_of, evidence_of, objections_of, pledges_of
from .views import RequestTab, address_of

# The event that leads on from each state of the road.
ONWARD = {
    State.SUBMITTED: "accept",
    State.RETURNED: "resubmit",
    State.JOINT_DECISION: "open_co_construction",
    State.CO_CONSTRUCTION: "start_works",
    State.JOINT_SUPERVISION: "accept_works",
    State.JOINT_EVALUATION: "publish_result",
    State.SHARED_RESULT: "close",
    State.PAUSED: "resume",
}


@dataclass(frozen=True)
class Button:
    """What the machine offers here: an address when it is possible, else what stands in the way."""

    label: str
    url: str
    missing: list[str]
    leads_on: bool
    is_grave: bool


@dataclass(frozen=True)
class StageMark:
    """One of the six stages: done, now, stopped or next."""

    label: str
    kind: str


def asked_on_the_page(facts):
    """The facts with what the confirmation page will ask for taken as given."""
    return replace(facts, remedies=1, merge_target=MergeTarget(reference="", state=State.SUBMITTED))


def strip_of(request_row) -> list[StageMark]:
    """The six stages as far as the request has come."""
    here = request_row.stage
    done, state = request_row.state == State.CLOSED, State(request_row.state)
    now = "done" if done else "stopped" if state not in ONWARD or state == State.PAUSED else "now"
    return [
        StageMark(STAGE_WORDS[stage], "done" if stage.position < here.position else now if stage == here else "next")
        for stage in Stage
    ]


def obstacles(result: Moved | Refused) -> list[str]:
    """Everything that stands in the way; empty when nothing does."""
    if isinstance(result, Moved):
        return []
    return checklist(result) or [sentence(result)]


class OverviewView(RequestTab):
    tab = "inspect"
    template_name = "workflows/admin/overview.html"
    select_related = (
        "community", "estate", "proposer", "proposer_home__building__estate", "proposer_contact", "proposer_words",
        "substance_by", "merged_into__community",
    )  # fmt: skip

    @cached_property
    def facts(self):
        member = self.context.member
        interest = interest_of(member, self.row) if member else None
        return asked_on_the_page(renovation_facts(self.row, today=timezone.localdate(), interest=interest))

    def buttons(self) -> list[Button]:
        onward = ONWARD.get(State(self.row.state))
        found = [
            Button(
                label=EVENT_WORDS[event],
                url=address_of(self.row, "advance", event),
                missing=obstacles(result),
                leads_on=event == onward,
                is_grave=event in ("decline", "withdraw"),
            )
            for event, result in available_events(self.context, self.row, self.facts)
        ]
        return sorted(found, key=lambda button: not button.leads_on)

    def next_gate(self) -> tuple[str, list[str]] | None:
        """What leads on from here, and everything that it still misses; for readers without buttons too."""
        event = ONWARD.get(State(self.row.state))
        if event is None:
            return None
        return EVENT_WORDS[event], obstacles(preview(RENOVATION, self.row.state, event, self.facts))

    def get_context_data(self, **kwargs):
        row = self.row
        may = {name: self.may(name, row) for name in (
            "edit", "enter_evidence", "confirm_evidence", "open_round", "hold_vote", "reveal",
        )}  # fmt: skip
        member = self.context.member
        contact = unseal_contact(row.proposer_contact) if row.proposer_contact else None
        waiting = row.wording_changes.filter(status="waiting").select_related("entered_by").first()
        return super().get_context_data(
            strip=strip_of(row),
            buttons=self.buttons(),
            next_gate=self.next_gate(),
            may=may,
            is_open=RENOVATION.states(row.state) not in RENOVATION.final,
            contact=contact,
            photos=row.photos.select_related("file").order_by("pk"),
            resident_photos=resident_photos(row),
            intake=Intake.objects.select_related("entered_by", "paper").filter(request=row).first(),
            additions=row.additions.count(),
            signatures=signatures_of(row),
            waiting=waiting,
            waiting_is_own=waiting is not None and member is not None and waiting.entered_by_id == member.pk,
            sections=evidence_of(row, member, may),
            approvals=approvals_of(row),
            ballots=ballots_of(row),
            ballot_url=address_of(row, "ballot_new") if may["hold_vote"] and row.state == State.JOINT_DECISION else "",
            pledges=pledges_of(row, member, may),
            objections=objections_of(row, may),
            remedies=row.remedies.order_by("pk"),
            faults=Fault.objects.filter(request=row).select_related("found_by").order_by("state", "due_on"),
            log_count=SiteLog.objects.filter(request=row).count(),
            **kwargs,
        )
