"""The sentences in which a rule's refusal reaches a person; the rules themselves know codes only."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from workflows.kernel import KernelReason, Missing, Refused
from workflows.rules.reasons import Reason

SENTENCES: dict[StrEnum, str] = {
    KernelReason.NOT_FROM_HERE: _("This cannot be done in the present state."),
    KernelReason.REASON_NEEDED: _("Please give a reason."),
    KernelReason.NOTHING_TO_RESUME: _("There is no state to go back to."),
    Reason.NOT_READY: _("Not possible yet, still missing: %(count)s."),
    Reason.OWN_REQUEST: _("This is your own request: somebody else must decide."),
    Reason.OWN_ENTRY: _("You entered this yourself: a second person must confirm it."),
    Reason.NO_PLACE: _("The place is missing."),
    Reason.NO_CATEGORY: _("The category is missing."),
    Reason.NO_DESCRIPTION: _("The description is missing."),
    Reason.NO_ROUGH_COST: _("The rough cost is missing."),
    Reason.NO_PHOTO: _("A photo of the place is missing."),
    Reason.NOT_IN_PROPOSAL: _("Only possible while the request is still a proposal."),
    Reason.NOTHING_ADDED: _("Add what was asked for: a few words or a photo."),
    Reason.WORKS_BEGUN: _("The works have begun: the request can no longer be withdrawn."),
    Reason.NO_MERGE_TARGET: _("Choose the request to merge into."),
    Reason.MERGE_INTO_ITSELF: _("A request cannot be merged into itself."),
    Reason.MERGE_TARGET_ENDED: _("Request %(reference)s has ended: choose another one."),
    Reason.NO_RESOLUTION: _("The resolution of a meeting is missing."),
    Reason.RESOLUTION_UNCONFIRMED: _("The resolution waits for a second person to confirm it."),
    Reason.RESOLUTION_NOT_CARRIED: _("The meeting did not agree: more than half of those present must be in favour."),
    Reason.RESOLUTION_OUTDATED: _(
        "The resolution is about version %(version)s; the substance changed in version %(substance_version)s."
    ),
    Reason.NO_MATTER: _("It is not settled whether the law wants an owners' vote."),
    Reason.MATTER_UNCONFIRMED: _("The class of the matter waits for a second person to confirm it."),
    Reason.MATTER_OUTDATED: _(
        "The class of the matter was settled for version %(version)s; the substance changed in version "
        "%(substance_version)s."
    ),
    Reason.NO_VOTE: _("The result of the owners' vote is missing."),
    Reason.VOTE_UNCONFIRMED: _("The result of the owners' vote waits for a second person to confirm it."),
    Reason.VOTE_ON_OTHER_MATTER: _("The owners voted on another class of matter."),
    Reason.VOTE_OUTDATED: _(
        "The owners voted on version %(version)s; the substance changed in version %(substance_version)s."
    ),
    Reason.VOTE_QUORUM_MISSED: _("Too few owners took part in the vote: two thirds are needed, by number and by area."),
    Reason.VOTE_NOT_PASSED: _("Too few of the owners who voted agreed."),
    Reason.NO_APPROVAL_ROUND: _("The committees have not been asked yet."),
    Reason.APPROVALS_OUTDATED: _(
        "The committees decided about version %(version)s; the substance changed in version %(substance_version)s."
    ),
    Reason.STEPS_OPEN: _("%(passed)s of %(steps)s approval steps have passed."),
    Reason.NO_PUBLICITY: _("The publicity period is missing."),
    Reason.PUBLICITY_UNCONFIRMED: _("The publicity period waits for a second person to confirm it."),
    Reason.PUBLICITY_OUTDATED: _(
        "Version %(version)s was made public; the substance changed in version %(substance_version)s."
    ),
    Reason.PUBLICITY_TOO_SHORT: _("The publicity period has %(days)s days; at least %(least_days)s are needed."),
    Reason.PUBLICITY_RUNNING: _("The publicity period runs until the end of %(last_day)s."),
    Reason.OBJECTIONS_OPEN: _("Objections without an answer: %(count)s."),
    Reason.ANSWERED_BY_PROPOSER: _("Objections answered only by the proposer: %(count)s. Somebody else must answer."),
    Reason.SUBSTANCE_UNCHANGED: _("The substance has not changed since the decision."),
    Reason.APPROVAL_NOT_FAILED: _("The approval has not failed."),
    Reason.BALLOT_MATTER_CHANGED: _("The substance changed after the class of the matter was settled: settle it anew."),
    Reason.BALLOT_CLOSES_IN_THE_PAST: _("The end of the vote must lie in the future."),
    Reason.BALLOT_NOT_OPEN: _("Votes are not taken now."),
    Reason.BALLOT_BEFORE_OPENING: _("The vote was not open at that time yet."),
    Reason.BALLOT_OVER: _("The time for voting is over."),
    Reason.BALLOT_NOT_LATER: _("A vote is only ever extended to a later time."),
    Reason.BALLOT_RUNNING: _("Votes are still taken."),
    Reason.PAPERS_WAITING: _("Ballot papers that wait for a second person: %(count)s."),
    Reason.NO_BUDGET: _("The budget is missing."),
    Reason.PLEDGES_SHORT: _("¥%(pledged)s of ¥%(budget)s is pledged and confirmed; ¥%(lacking)s is lacking."),
    Reason.NO_PARTNER: _("No partner has been named."),
    Reason.PARTNERS_UNCONFIRMED: _("Partners who have not confirmed yet: %(count)s."),
    Reason.NO_CONTRACTOR: _("The contractor is missing."),
    Reason.NO_SCHEDULE: _("The schedule is missing."),
    Reason.WORKS_PLAN_UNCONFIRMED: _("The works plan waits for a second person to confirm it."),
    Reason.WORKS_PLAN_OUTDATED: _(
        "The works plan is for version %(version)s; the substance changed in version %(substance_version)s."
    ),
    Reason.WORKS_NOT_STARTED: _("The day on which the works began is missing."),
    Reason.NO_SITE_LOG: _("There is no site log yet."),
    Reason.DUTY_GAPS: _("Duty days with neither a log nor an explanation: %(count)s, the first on %(first)s."),
    Reason.FAULTS_OPEN: _("Faults not put right and checked: %(count)s."),
    Reason.NO_ACCEPTANCE: _("The works have not been accepted."),
    Reason.ACCEPTANCE_UNCONFIRMED: _("The acceptance waits for a second person to confirm it."),
    Reason.ACCEPTANCE_OUTDATED: _("The acceptance was before the last change or the last works: accept again."),
    Reason.NO_RECTIFICATION: _("Say what was done to put it right."),
    Reason.NO_RECTIFICATION_PHOTO: _("Add a photo of what was put right."),
    Reason.CHECKED_BY_RECTIFIER: _("You put it right yourself: somebody else must check it."),
    Reason.NO_EVALUATION: _("The evaluation is missing."),
    Reason.EVALUATION_UNCONFIRMED: _("The evaluation waits for a second person to confirm it."),
    Reason.EVALUATION_OUTDATED: _("The evaluation was before the last change or the last works: evaluate again."),
    Reason.ANSWERS_NEGATIVE: _("A number of answers cannot be negative."),
    Reason.MORE_ANSWERS_THAN_ASKED: _("%(responses)s answers of %(asked)s asked: more cannot answer than were asked."),
    Reason.TOO_FEW_RESPONSES: _("%(responses)s answers; at least %(least)s are needed."),
    Reason.SCORE_TOO_LOW: _("Residents' satisfaction is %(score)s%%; %(threshold)s%% is needed."),
    Reason.COMMITTEE_SCORE_IMPOSSIBLE: _("The committee's score must be from 0 to 100."),
    Reason.COMMITTEE_SCORE_TOO_LOW: _("The committee's score is %(score)s; %(threshold)s is needed."),
    Reason.NO_REMEDIES: _("List what has to be put right."),
    Reason.NO_RESULT: _("The result is missing."),
    Reason.RESULT_UNCONFIRMED: _("The result waits for a second person to confirm it."),
    Reason.RESULT_OUTDATED: _("The result was entered before the last change: enter it again."),
    Reason.NO_FINAL_COST: _("The final cost is missing."),
    Reason.NO_UPKEEP_OWNER: _("It is not said who looks after it."),
    Reason.NO_WARRANTY_DATE: _("The end of the warranty is missing."),
    Reason.ROUND_NOT_OPEN: _("This round of approval has ended."),
    Reason.STEP_NOT_OPEN: _("This step is not open."),
    Reason.NO_SEAT: _("You have no seat in this decision."),
    Reason.APPOINTMENT_ENDED: _("Your appointment has ended: you can no longer decide here."),
    Reason.ALREADY_DECIDED: _("You have decided already; a decision is final."),
    Reason.DECIDED_ELSEWHERE: _("You have decided in this round already, in another seat."),
    Reason.STALE_VERSION: _(
        "You read version %(read)s, but version %(version)s is there now. Please read what changed."
    ),
    Reason.TOO_LATE: _("The time for deciding is over."),
    Reason.OPINION_NEEDED: _("Please say why."),
    Reason.TOO_FEW_CAN_TAKE_PART: _("At most %(possible)s can still take part; %(needed)s are needed."),
    Reason.TOO_FEW_CAN_AGREE: _("At most %(possible)s can still agree; %(needed)s are needed."),
    Reason.DEADLINE_PASSED: _("The deadline, %(due_at)s, has passed."),
    Reason.STEP_UNDECIDED: _("This step is not decided yet."),
    Reason.STEP_BEFORE_UNFINISHED: _("The step before has not passed yet."),
    Reason.NO_STEP_FAILED: _("No step has failed."),
    Reason.FIGURE_NEGATIVE: _("A figure cannot be negative."),
    Reason.NO_OWNERS: _("There must be at least one owner and some floor area."),
    Reason.MORE_TAKING_PART_THAN_OWNERS: _("More owners took part than there are."),
    Reason.MORE_AGREEING_THAN_TAKING_PART: _("More owners agreed than took part."),
    Reason.MORE_AREA_TAKING_PART: _("More floor area took part than there is."),
    Reason.MORE_AREA_AGREEING: _("More floor area agreed than took part."),
    Reason.OWNERS_AND_AREA_DISAGREE: _(
        "Owners and floor area do not fit together: none or all by one measure must be none or all by the other."
    ),
    Reason.NO_VOTE_NEEDED: _("This matter needs no owners' vote."),
    Reason.STRUCTURED_FIELD: _("A field other than text changed: that is a change of substance."),
    Reason.WORDING_BUDGET_SPENT: _(
        "Wording may be corrected by %(budget)s characters in all, of which %(left)s are left."
    ),
    Reason.FIGURE_OR_NEGATION: _("The correction touches a figure or a negation: that is a change of substance."),
}


def sentence(refusal: Refused | Missing) -> str:
    """The sentence for a refusal or one missing thing, in the language of the moment, figures filled in."""
    return str(SENTENCES[refusal.reason]) % {name: _in_words(value) for name, value in refusal.params.items()}


def checklist(refused: Refused) -> list[str]:
    """A sentence for each thing that is missing; empty when the refusal is all there is to say."""
    return [sentence(missing) for missing in refused.missing]


def _in_words(value: object) -> object:
    """Dates, times and amounts as they are written in the language of the moment; all else as it is."""
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal):
        return formats.number_format(value, decimal_pos=2, use_l10n=True, force_grouping=True)
    return value
