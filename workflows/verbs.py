"""What the acts of this package are called where people read about them."""

from django.apps import apps
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.verbs import register_verbs

from .words import BALLOT_EVENT_WORDS, EVENT_WORDS

EVIDENCE = (
    "Resolution", "MatterFinding", "OwnersVote", "PublicityPeriod", "PartnerCommitment", "WorksPlan", "Acceptance",
    "Evaluation", "SharedResult",
)  # fmt: skip

VERBS = {
    "renovation.propose": _("Proposed"),
    "renovation.hand_in": _("Proposed by a resident"),
    "renovation.invite_neighbours": _("Opened to neighbours' signatures"),
    "renovation.sign": _("Signed by a neighbour"),
    "renovation.withdraw_signature": _("A neighbour's signature withdrawn"),
    "renovation.change": _("Content changed"),
    "renovation.add_photo": _("Photo added"),
    "renovation.propose_wording": _("Correction of wording entered"),
    "renovation.settle_wording": _("Correction of wording settled"),
    "renovation.reveal": _("Proposer's contact shown in full"),
    "renovation.reveal_neighbours": _("Neighbours who signed shown in full"),
    "renovation.release_photo": _("Resident's photo released to the public"),
    "renovation.erase": _("Left in confidence: erased"),
    "pledge.enter": _("Pledge entered"),
    "pledge.confirm": _("Pledge confirmed"),
    "pledge.reverse": _("Pledge reversed"),
    "objection.enter": _("Objection entered"),
    "objection.answer": _("Objection answered"),
    "policy.publish": _("Approval policy published"),
    "approval.open": _("Committees asked"),
    "approval.decide": _("Decided in a seat"),
    "approval.expire": _("Deadline of a step passed"),
    "duty.plan": _("Duty day planned"),
    "duty.explain": _("Duty day explained"),
    "site_log.write": _("Site log written"),
    "fault.rectify": _("Fault put right"),
    "fault.close_fault": _("Repair checked: put right"),
    "fault.reject_rectification": _("Repair checked: not put right"),
}

ACTS_ON_EVIDENCE = {
    "enter": _("Entered: {kind}"),
    "confirm": _("Confirmed: {kind}"),
    "withdraw": _("Withdrawn: {kind}"),
}


def register() -> None:
    """Tell the story of acts in these words."""
    register_verbs({f"renovation.{event}": word for event, word in EVENT_WORDS.items()} | VERBS)
    register_verbs({f"ballot.{event}": word for event, word in BALLOT_EVENT_WORDS.items()})
    for name in EVIDENCE:
        options = apps.get_model("workflows", name)._meta
        register_verbs({
            f"evidence.{act}_{options.model_name}": format_lazy(words, kind=options.verbose_name)
            for act, words in ACTS_ON_EVIDENCE.items()
        })  # fmt: skip
