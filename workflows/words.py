"""The words that people read for what the rules call by codes."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.status import STAGES, STATUSES

from .rules.approvals import Choice
from .rules.balloting import BallotState, VoteChoice, WhichCounts
from .rules.faults import FaultState, Severity
from .rules.notices import Occasion
from .rules.rounds import RoundState, StepState
from .rules.stages import Stage, State
from .rules.votes import Matter

STAGE_WORDS = {stage: STAGES[stage.value].word for stage in Stage}

STATE_WORDS = {state: STATUSES[state.value].word for state in State}

KINDS_OF_MESSAGES = {
    "proposed": _("A new proposal waits for you"),
    "proposal_completed": _("A proposer handed in what you asked for"),
    "proposal_taken_back": _("A proposer took their proposal back"),
    "decide": _("Your decision is asked for"),
    "second_look": _("Somebody entered something; a second person has to confirm it"),
    "objection": _("An objection wants an answer"),
    "fault": _("A fault has to be put right"),
    "fault_check": _("A repair has to be checked"),
    "duty": _("You are on duty tomorrow"),
    "notice_drafted": _("A notice about a renovation is drafted and wants looking through"),
    "proposal_accepted": _("Your proposal was accepted"),
    "proposal_moved": _("Your proposal went a step further"),
    "proposal_returned": _("Your proposal came back and wants completing"),
    "proposal_declined": _("Your proposal was declined"),
    "proposal_merged": _("Your proposal was joined with another one"),
    "proposal_withdrawn": _("Your proposal was taken back"),
    "proposal_paused": _("Your proposal rests for the time being"),
    "proposal_closed": _("Your proposal is carried out and closed"),
}

EVENT_WORDS = {
    "return_for_completion": _("Return for completion"),
    "resubmit": _("Submit again"),
    "hand_in_again": _("Completed by the proposer"),
    "take_back": _("Taken back by the proposer"),
    "decline": _("Decline"),
    "merge": _("Merge into another request"),
    "accept": _("Accept for discussion"),
    "open_co_construction": _("Decided: begin co-construction"),
    "start_works": _("Begin the works"),
    "accept_works": _("Works accepted: evaluate"),
    "back_to_works": _("Back to the works"),
    "publish_result": _("Share the result"),
    "close": _("Close the case"),
    "pause": _("Pause"),
    "resume": _("Resume"),
    "withdraw": _("Withdraw"),
    "approval_failed": _("Not approved"),
    "reopen_decision": _("Decide again"),
}

PART_WORDS = {
    "stairs": _("Stairs and corridors"),
    "roof": _("Roof and outer walls"),
    "lift": _("Lift"),
    "pipes": _("Water pipes and sewers"),
    "power": _("Lighting and wiring"),
    "road": _("Roads and gates"),
    "green": _("Greenery"),
    "square": _("Square and sports ground"),
    "parking": _("Parking and sheds"),
    "waste": _("Waste and cleaning"),
    "other": _("Another common part"),
}

MATTER_WORDS = {
    Matter.NONE: _("None: no owners' vote needed"),
    Matter.RULES_OF_PROCEDURE: _("(1) Rules of procedure of the owners' meeting"),
    Matter.COVENANT: _("(2) Management covenant"),
    Matter.COMMITTEE: _("(3) Electing or replacing the owners' committee"),
    Matter.PROPERTY_MANAGER: _("(4) Hiring or dismissing the property manager"),
    Matter.USE_OF_FUND: _("(5) Using the maintenance fund"),
    Matter.RAISING_FUND: _("(6) Raising the maintenance fund"),
    Matter.REBUILDING: _("(7) Rebuilding or altering the building and its facilities"),
    Matter.CHANGE_OF_USE: _("(8) Changing the use of common parts"),
    Matter.OTHER: _("(9) Other matters of common ownership"),
}

BALLOT_WORDS = {
    BallotState.DRAFTED: _("Being prepared"),
    BallotState.OPEN: _("Votes are taken"),
    BallotState.COUNTING: _("Votes are counted"),
    BallotState.COUNTED: _("Counted"),
    BallotState.CANCELLED: _("Called off"),
}

VOTE_WORDS = {
    VoteChoice.AGREE: pgettext_lazy("vote", "Yes"),
    VoteChoice.AGAINST: pgettext_lazy("vote", "No"),
    VoteChoice.ABSTAIN: pgettext_lazy("vote", "I abstain"),
}

WHICH_COUNTS_WORDS = {
    WhichCounts.PAPER: _("The paper counts, once two people have confirmed it"),
    WhichCounts.LAST: _("The one that came last counts"),
    WhichCounts.FIRST: _("The one that came first counts"),
}

BALLOT_EVENT_WORDS = {
    "draft": _("Vote of owners drafted"),
    "change": _("Draft of the vote changed"),
    "open": _("Vote of owners opened"),
    "postpone": _("Vote of owners postponed"),
    "extend": _("Vote of owners extended"),
    "close": _("Votes are no longer taken"),
    "count": _("Votes counted"),
    "cancel": _("Vote of owners called off"),
    "vote": _("Voted"),
    "replace_paper": _("Lost ballot paper replaced"),
    "print_papers": _("Ballot papers printed"),
    "enter_paper": _("Ballot paper entered"),
    "confirm_paper": _("Ballot paper confirmed"),
    "withdraw_paper": _("Entry of a ballot paper withdrawn"),
}

CHOICE_WORDS = {
    Choice.AGREE: _("Agree"),
    Choice.CHANGE: _("Please change it and ask again"),
    Choice.DISAGREE: _("Disagree"),
    Choice.RECUSE: _("It concerns me, I stand aside"),
}

ROUND_WORDS = {
    RoundState.OPEN: _("Under way"),
    RoundState.PASSED: _("Approved"),
    RoundState.FAILED: _("Not approved"),
    RoundState.VOID: _("No longer counts"),
}

STEP_WORDS = {
    StepState.WAITING: _("Not begun"),
    StepState.OPEN: _("Under way"),
    StepState.PASSED: _("Agreed"),
    StepState.FAILED: _("Not agreed"),
}

FAULT_WORDS = {
    FaultState.OPEN: _("To be put right"),
    FaultState.RECTIFIED: _("Put right, to be checked"),
    FaultState.CLOSED: _("Put right"),
}

SEVERITY_WORDS = {
    Severity.MINOR: _("Minor"),
    Severity.MAJOR: _("Major"),
    Severity.STOP: _("Stop the works"),
}

OCCASION_WORDS = {
    Occasion.JOINT_DECISION: _("Deciding together begins"),
    Occasion.PUBLICITY: _("Public display begins"),
    Occasion.CO_CONSTRUCTION: _("Building together begins"),
    Occasion.JOINT_SUPERVISION: _("Supervising together begins"),
    Occasion.JOINT_EVALUATION: _("Evaluating together begins"),
    Occasion.SHARED_RESULT: _("Sharing the result begins"),
}
