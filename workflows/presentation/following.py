"""Where a proposal stands, as its proposer reads it: one sentence, and what happened, the newest first."""

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from home.formats import SHORT_DAY, written

from ..rules.promises import answer_until
from ..rules.stages import ASIDE, State
from ..words import EVENT_WORDS

SENTENCES = {
    State.RETURNED: gettext_lazy("We have a question before your proposal can go on."),
    State.JOINT_DECISION: gettext_lazy("Accepted. The committees are discussing it."),
    State.CO_CONSTRUCTION: gettext_lazy("Decided. Money and builders are being found."),
    State.JOINT_SUPERVISION: gettext_lazy("It is being built."),
    State.JOINT_EVALUATION: gettext_lazy("It is built. The residents are being asked what they think of it."),
    State.SHARED_RESULT: gettext_lazy("It is done, and everybody can use it."),
    State.CLOSED: gettext_lazy("It is done, and everybody can use it."),
    State.DECLINED: gettext_lazy("It was not accepted. The reason stands below; call us if you disagree."),
    State.MERGED: gettext_lazy("It was joined with another proposal about the same thing, and goes on there."),
    State.WITHDRAWN: gettext_lazy("It was taken back."),
    State.PAUSED: gettext_lazy("It rests for the time being. The reason stands below."),
}
HANDED_IN = {"hand_in": gettext_lazy("Handed in"), "propose": gettext_lazy("Handed in")}


def tag_of(shown) -> str:
    """The key of the tag: the state where that is beside the road or the start or the end, else the stage."""
    state = State(shown.state)
    return shown.state if state in ASIDE or state in (State.CLOSED, State.SUBMITTED) else shown.stage.value


def sentence_of(shown) -> str:
    """Where it stands, in one sentence."""
    if shown.state != State.SUBMITTED:
        return str(SENTENCES[State(shown.state)])
    until = answer_until(timezone.localdate(shown.state_since))
    if until < timezone.localdate():
        return gettext("We should have answered by %(day)s and have not. Please call us.") % {
            "day": written(until, SHORT_DAY)
        }
    return gettext("We have it, and answer by %(day)s.") % {"day": written(until, SHORT_DAY)}


def question_of(shown, moments) -> str:
    """What the staff asked when they returned it; empty when it waits for nothing."""
    if shown.state != State.RETURNED:
        return ""
    return next((one.reason for one in moments if one.event == "return_for_completion"), "")


def steps_of(moments) -> list[dict]:
    """What happened, the newest first, each with its day and what the staff wrote about it."""
    return [
        {"title": str(HANDED_IN.get(one.event) or EVENT_WORDS[one.event]), "at": one.at, "text": one.reason}
        for one in moments
    ]
