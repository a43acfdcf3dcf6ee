"""Moving a request from state to state, within the act of whatever caused it."""

from community.records import Act
from community.refusals import ActionRefused

from ..kernel import Moved, Refused, decide
from ..refusals import sentence
from ..rules.notices import occasion_of
from ..rules.renovation import RENOVATION, resume_to_after
from .pages import announce
from .telling import tell_proposer


class GateClosed(ActionRefused):
    """The gate stays closed; `missing` is the complete list of sentences about what is lacking."""

    def __init__(self, refused: Refused):
        super().__init__(sentence(refused))
        self.refused = refused
        self.missing = [sentence(item) for item in refused.missing]


def allowed(result: Moved | Refused | None) -> Moved | None:
    """The move, or GateClosed raised with every reason."""
    if isinstance(result, Refused):
        raise GateClosed(result)
    return result


def move(a: Act, request, event: str, facts, *, reason: str) -> Moved:
    """Cause `event` on a locked request and assign what follows from it; the caller saves. Raises GateClosed."""
    moved = allowed(decide(RENOVATION, request.state, event, facts, reason=reason))
    occasion = occasion_of(moved.source, moved.target, request.resume_to or None)
    resume_to = resume_to_after(moved.source, moved.target, request.resume_to or None)
    request.state, request.resume_to = moved.target.value, resume_to.value if resume_to else ""
    request.state_since = a.recorded_at
    if event == "back_to_works":
        request.works_round += 1
    tell_proposer(a, request, moved)
    announce(a, request, occasion)
    return moved


def locked_request(a: Act, request):
    """The request as it is now, locked, its community and unit at hand.

    Community and key are looked up together: a key from elsewhere finds nothing.
    """
    model = type(request)
    fresh = (
        model.objects.select_for_update(of=("self",))
        .select_related("community", "unit")
        .get(pk=request.pk, community_id=request.community_id)
    )
    a.subject = fresh
    return fresh
