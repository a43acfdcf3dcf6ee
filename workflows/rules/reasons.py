"""Every reason for which a rule of this package refuses: codes only.

The sentences that people read are in `workflows.refusals`, so that the rules stay free of Django.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """A code per refusal; the comment names the parameters that its sentence uses, if any."""

    NOT_READY = "not_ready"  # count

    # Who acts
    OWN_REQUEST = "own_request"
    OWN_ENTRY = "own_entry"

    # The proposal
    NO_PLACE = "no_place"
    NO_CATEGORY = "no_category"
    NO_DESCRIPTION = "no_description"
    NO_ROUGH_COST = "no_rough_cost"
    NO_PHOTO = "no_photo"
    NOT_IN_PROPOSAL = "not_in_proposal"
    NOTHING_ADDED = "nothing_added"
    WORKS_BEGUN = "works_begun"
    NO_MERGE_TARGET = "no_merge_target"
    MERGE_INTO_ITSELF = "merge_into_itself"
    MERGE_TARGET_ENDED = "merge_target_ended"  # reference

    # Joint decision
    NO_RESOLUTION = "no_resolution"
    RESOLUTION_UNCONFIRMED = "resolution_unconfirmed"
    RESOLUTION_NOT_CARRIED = "resolution_not_carried"
    RESOLUTION_OUTDATED = "resolution_outdated"  # version, substance_version
    NO_MATTER = "no_matter"
    MATTER_UNCONFIRMED = "matter_unconfirmed"
    MATTER_OUTDATED = "matter_outdated"  # version, substance_version
    VOTE_UNCONFIRMED = "vote_unconfirmed"
    VOTE_ON_OTHER_MATTER = "vote_on_other_matter"
    VOTE_OUTDATED = "vote_outdated"  # version, substance_version
    NO_VOTE = "no_vote"
    VOTE_QUORUM_MISSED = "vote_quorum_missed"
    VOTE_NOT_PASSED = "vote_not_passed"
    BALLOT_MATTER_CHANGED = "ballot_matter_changed"
    BALLOT_CLOSES_IN_THE_PAST = "ballot_closes_in_the_past"
    BALLOT_NOT_OPEN = "ballot_not_open"
    BALLOT_BEFORE_OPENING = "ballot_before_opening"
    BALLOT_OVER = "ballot_over"
    BALLOT_NOT_LATER = "ballot_not_later"
    BALLOT_RUNNING = "ballot_running"
    PAPERS_WAITING = "papers_waiting"  # count
    NO_APPROVAL_ROUND = "no_approval_round"
    APPROVALS_OUTDATED = "approvals_outdated"  # version, substance_version
    STEPS_OPEN = "steps_open"  # passed, steps
    NO_PUBLICITY = "no_publicity"
    PUBLICITY_UNCONFIRMED = "publicity_unconfirmed"
    PUBLICITY_OUTDATED = "publicity_outdated"  # version, substance_version
    PUBLICITY_TOO_SHORT = "publicity_too_short"  # days, least_days
    PUBLICITY_RUNNING = "publicity_running"  # last_day
    OBJECTIONS_OPEN = "objections_open"  # count
    ANSWERED_BY_PROPOSER = "answered_by_proposer"  # count
    SUBSTANCE_UNCHANGED = "substance_unchanged"
    APPROVAL_NOT_FAILED = "approval_not_failed"

    # Co-construction
    NO_BUDGET = "no_budget"
    PLEDGES_SHORT = "pledges_short"  # budget, pledged, lacking
    NO_PARTNER = "no_partner"
    PARTNERS_UNCONFIRMED = "partners_unconfirmed"  # count
    NO_CONTRACTOR = "no_contractor"
    NO_SCHEDULE = "no_schedule"
    WORKS_PLAN_UNCONFIRMED = "works_plan_unconfirmed"
    WORKS_PLAN_OUTDATED = "works_plan_outdated"  # version, substance_version

    # Joint supervision
    WORKS_NOT_STARTED = "works_not_started"
    NO_SITE_LOG = "no_site_log"
    DUTY_GAPS = "duty_gaps"  # count, first
    FAULTS_OPEN = "faults_open"  # count
    NO_ACCEPTANCE = "no_acceptance"
    ACCEPTANCE_UNCONFIRMED = "acceptance_unconfirmed"
    ACCEPTANCE_OUTDATED = "acceptance_outdated"
    NO_RECTIFICATION = "no_rectification"
    NO_RECTIFICATION_PHOTO = "no_rectification_photo"
    CHECKED_BY_RECTIFIER = "checked_by_rectifier"

    # Joint evaluation
    NO_EVALUATION = "no_evaluation"
    EVALUATION_UNCONFIRMED = "evaluation_unconfirmed"
    EVALUATION_OUTDATED = "evaluation_outdated"
    ANSWERS_NEGATIVE = "answers_negative"
    MORE_ANSWERS_THAN_ASKED = "more_answers_than_asked"  # responses, asked
    TOO_FEW_RESPONSES = "too_few_responses"  # responses, least
    SCORE_TOO_LOW = "score_too_low"  # score, threshold: per cent, down and up
    COMMITTEE_SCORE_IMPOSSIBLE = "committee_score_impossible"
    COMMITTEE_SCORE_TOO_LOW = "committee_score_too_low"  # score, threshold: per cent
    NO_REMEDIES = "no_remedies"

    # Shared result
    NO_RESULT = "no_result"
    RESULT_UNCONFIRMED = "result_unconfirmed"
    RESULT_OUTDATED = "result_outdated"
    NO_FINAL_COST = "no_final_cost"
    NO_UPKEEP_OWNER = "no_upkeep_owner"
    NO_WARRANTY_DATE = "no_warranty_date"

    # Approvals
    ROUND_NOT_OPEN = "round_not_open"
    STEP_NOT_OPEN = "step_not_open"
    NO_SEAT = "no_seat"
    APPOINTMENT_ENDED = "appointment_ended"
    ALREADY_DECIDED = "already_decided"
    DECIDED_ELSEWHERE = "decided_elsewhere"
    STALE_VERSION = "stale_version"  # read, version
    TOO_LATE = "too_late"
    OPINION_NEEDED = "opinion_needed"
    TOO_FEW_CAN_TAKE_PART = "too_few_can_take_part"  # possible, needed
    TOO_FEW_CAN_AGREE = "too_few_can_agree"  # possible, needed
    DEADLINE_PASSED = "deadline_passed"  # due_at
    STEP_UNDECIDED = "step_undecided"
    STEP_BEFORE_UNFINISHED = "step_before_unfinished"
    NO_STEP_FAILED = "no_step_failed"

    # Figures of an owners' vote
    FIGURE_NEGATIVE = "figure_negative"
    NO_OWNERS = "no_owners"
    MORE_TAKING_PART_THAN_OWNERS = "more_taking_part_than_owners"
    MORE_AGREEING_THAN_TAKING_PART = "more_agreeing_than_taking_part"
    MORE_AREA_TAKING_PART = "more_area_taking_part"
    MORE_AREA_AGREEING = "more_area_agreeing"
    OWNERS_AND_AREA_DISAGREE = "owners_and_area_disagree"
    NO_VOTE_NEEDED = "no_vote_needed"

    # Changes of substance
    STRUCTURED_FIELD = "structured_field"
    WORDING_BUDGET_SPENT = "wording_budget_spent"  # budget, left
    FIGURE_OR_NEGATION = "figure_or_negation"
