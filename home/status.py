"""The closed vocabulary of states that a reader meets: one key, one word, one colour.

Pages name a state by its key and nothing else, so a word or a colour changes here or nowhere.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Status(NamedTuple):
    """A state as a reader sees it: `word` (translated) and `colour`, one of COLOURS."""

    word: str
    colour: str


COLOURS = ("blue", "green", "amber", "red", "grey")

# The six stages of a renovation, in their order.
STAGES = {
    "proposal": Status(_("Proposal"), "blue"),
    "joint_decision": Status(_("Deciding together"), "blue"),
    "co_construction": Status(_("Building together"), "amber"),
    "joint_supervision": Status(_("Supervising together"), "amber"),
    "joint_evaluation": Status(_("Evaluating together"), "blue"),
    "shared_result": Status(_("Sharing the result"), "green"),
}

STATUSES = STAGES | {
    # Where a request can stand beside its stages.
    "submitted": Status(_("Submitted"), "blue"),
    "returned": Status(_("Returned for completion"), "amber"),
    "declined": Status(_("Declined"), "grey"),
    "merged": Status(_("Merged into another"), "grey"),
    "withdrawn": Status(_("Withdrawn"), "grey"),
    "paused": Status(_("Paused"), "grey"),
    "closed": Status(_("Finished"), "green"),
    # Approval rounds and what a seat said.
    "open": Status(_("Being decided"), "blue"),
    "passed": Status(_("Passed"), "green"),
    "failed": Status(_("Not passed"), "red"),
    "void": Status(_("No longer counts"), "grey"),
    "agree": Status(_("Agrees"), "green"),
    "change": Status(_("Asks for changes"), "amber"),
    "disagree": Status(_("Disagrees"), "red"),
    "recuse": Status(_("Stands aside"), "grey"),
    "waiting": Status(_("Waiting"), "grey"),
    # Dates.
    "overdue": Status(_("Overdue"), "red"),
    "due_today": Status(_("Due today"), "red"),
    "due_soon": Status(_("Due this week"), "amber"),
    "due_later": Status(_("There is time"), "grey"),
    # Publicity, votes, works.
    "publicity": Status(_("On public display"), "amber"),
    "publicity_over": Status(_("Public display over"), "grey"),
    "answered": Status(_("Answered"), "green"),
    "unanswered": Status(_("Not answered yet"), "amber"),
    "voting": Status(_("Vote running"), "blue"),
    "vote_drafted": Status(_("Vote being prepared"), "grey"),
    "vote_counting": Status(_("Votes are counted"), "amber"),
    "vote_counted": Status(_("Votes counted"), "green"),
    "vote_cancelled": Status(_("Vote called off"), "grey"),
    "fine": Status(_("No faults"), "green"),
    "problem": Status(_("Faults found"), "amber"),
    "fault_open": Status(_("To be put right"), "amber"),
    "minor": Status(_("Minor"), "grey"),
    "major": Status(_("Serious"), "amber"),
    "stop": Status(_("Works must stop"), "red"),
    "rectified": Status(_("Put right"), "green"),
    "accepted": Status(_("Accepted"), "green"),
    "not_accepted": Status(_("Not accepted"), "red"),
    # Evidence.
    "entered": Status(_("Waiting for a second person"), "amber"),
    "confirmed": Status(_("Confirmed"), "green"),
    "applied": Status(_("Applied"), "green"),
    "dismissed": Status(_("Not applied"), "grey"),
    "missing": Status(_("Still missing"), "amber"),
    # What editors publish.
    "draft": Status(_("Draft"), "grey"),
    "in_review": Status(_("Waits for a second look"), "blue"),
    "sent_back": Status(_("Sent back with a remark"), "amber"),
    "scheduled": Status(_("Approved, appears at its hour"), "blue"),
    "changed": Status(_("Changed, not handed in"), "grey"),
    "look_owed": Status(_("Second look owed"), "amber"),
    "live": Status(_("Live on the site"), "green"),
    "pinned": Status(_("Pinned"), "blue"),
    "expired": Status(_("Expired"), "grey"),
    "online": Status(_("Can be done online"), "green"),
    "on_site": Status(_("Done on site"), "grey"),
}
