"""What a role may do with renovation requests, in words; the roles come from the table that is asked."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.role_words import Right, rights_of_policies

from .policies import of_requests
from .rules.renovation import ROLES_FOR
from .words import EVENT_WORDS

# What is no event of the machine, and the one event that has another name there.
RIGHT_WORDS = {
    "view": pgettext_lazy("right", "look at"),
    "propose": pgettext_lazy("right", "enter proposals"),
    "edit": pgettext_lazy("right", "change the wording and content"),
    "return": EVENT_WORDS["return_for_completion"],
    "enter_evidence": pgettext_lazy("right", "enter papers and results"),
    "confirm_evidence": pgettext_lazy("right", "confirm what others entered"),
    "open_round": pgettext_lazy("right", "ask the bodies and plan duty"),
    "hold_vote": pgettext_lazy("right", "hold votes of the owners and count them"),
    "enter_ballot": pgettext_lazy("right", "enter and compare ballot papers"),
    "decide": pgettext_lazy("right", "decide, with a seat"),
    "log_site": pgettext_lazy("right", "write site logs"),
    "report_fault": pgettext_lazy("right", "report faults"),
    "rectify_fault": pgettext_lazy("right", "say that a fault is put right"),
    "check_fault": pgettext_lazy("right", "check repairs"),
}


def rights() -> list[Right]:
    what = _("Renovation requests")
    of_table = [Right(what, words_of(name.removeprefix("renovation.")), roles) for name, roles in ROLES_FOR.items()]
    reveal = Right(what, pgettext_lazy("right", "show a contact in full"), of_requests()["reveal"])
    return [*of_table, reveal, *rights_of_policies("workflows", besides=["RenovationRequest"])]


def words_of(right: str):
    """A right in words; its own name when it has none."""
    return RIGHT_WORDS.get(right) or EVENT_WORDS.get(right, right)
