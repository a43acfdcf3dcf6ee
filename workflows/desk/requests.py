"""Reading a request on the desk: where it stands, what is missing, its versions and what lies between them."""

from datetime import date, datetime, time

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.grants import grants_for
from community.media import PAPER_READERS
from home.desk.shell import desk_view, draw

from ..kernel import Refused, preview
from ..models import Ballot, RenovationRequest, SiteLog
from ..presentation.ballots import tag_of as tag_of_ballot
from ..presentation.project import stored_photo
from ..presentation.versions import difference_of, summary_of
from ..querysets import materials
from ..querysets.facts import renovation_facts
from ..querysets.versions import as_it_stood, names_of_places, versions_of
from ..refusals import checklist, sentence
from ..rules.renovation import RENOVATION, ROLES_FOR
from ..rules.signing import may_sign
from ..rules.stages import ASIDE, State
from ..words import EVENT_WORDS, STATE_WORDS
from .inbox import address

# The event that leads on from each state of the road.
ONWARD = {
    State.SUBMITTED: "accept",
    State.RETURNED: "resubmit",
    State.JOINT_DECISION: "open_co_construction",
    State.CO_CONSTRUCTION: "start_works",
    State.JOINT_SUPERVISION: "accept_works",
    State.JOINT_EVALUATION: "publish_result",
    State.SHARED_RESULT: "close",
}
LOGS_SHOWN = 10


def visible(user, code: str, reference: str) -> RenovationRequest:
    """A request that the user may see, by community and reference together. Raises Http404."""
    found = RenovationRequest.objects.visible_to(user).select_related("community", "unit", "estate")
    return get_object_or_404(found, community__code=code, reference=reference)


def tag_of(request) -> str:
    """The key of the tag that a request carries: its state where that is beside the road, else its stage."""
    state = State(request.state)
    return request.state if state in ASIDE or state == State.CLOSED else request.stage.value


@require_safe
@desk_view
def overview(request, code, reference):
    """A request as those who work with it read it."""
    shown = visible(request.user, code, reference)
    logs = SiteLog.objects.filter(request=shown).select_related("member", "duty_day").prefetch_related("photos__file")
    context = {
        "shown": shown,
        "tag_key": tag_of(shown),
        "onward": onward(shown),
        "summary": summary_of(versions_of(shown, shown.version)[0]),
        "photos": materials.photos(shown),
        "resident_photos": handed_in(request.user, shown),
        "materials": materials.materials(shown),
        "logs": logs[:LOGS_SHOWN],
        "sign_url": sign_url(request.user, shown),
        "ballots": ballots_of(request.user, shown),
    }
    return draw(request, "workflows/desk/request.html", context)


def sign_url(user, shown) -> str:
    """Where the person enters a neighbour's signature; empty when they may not, or it is decided."""
    may = may_sign(shown.state) and grants_for(user).cover(shown.unit, *ROLES_FOR["renovation.propose"])
    return reverse("desk-sign", args=address(shown)) if may else ""


def ballots_of(user, shown) -> list[tuple]:
    """The owners' votes that were opened, for those who enter papers."""
    if not grants_for(user).cover(shown.unit, *ROLES_FOR["renovation.enter_ballot"]):
        return []
    found = Ballot.objects.filter(request=shown, opened_at__isnull=False)
    return [(row, tag_of_ballot(row), reverse("desk-ballot", args=[*address(shown), row.reference])) for row in found]


def handed_in(user, shown) -> list[dict]:
    """The photos that residents handed in, for those who may see what is not public."""
    if not grants_for(user).cover(shown.unit, *PAPER_READERS):
        return []
    return [
        stored_photo(photo.file, _("Photo %(number)s of the resident") % {"number": number})
        for number, photo in enumerate(materials.resident_photos(shown), start=1)
    ]


def onward(shown) -> dict | None:
    """The next step and everything that it still lacks; None when there is none."""
    event = ONWARD.get(State(shown.state))
    if event is None:
        return None
    result = preview(RENOVATION, shown.state, event, renovation_facts(shown, today=timezone.localdate()))
    missing = (checklist(result) or [sentence(result)]) if isinstance(result, Refused) else []
    return {"event": EVENT_WORDS[event], "items": [{"label": text, "met": False} for text in missing]}


@require_safe
@desk_view
def version_list(request, code, reference):
    """Every version, the newest first; with `?on=` the request as it stood at the end of that day."""
    shown = visible(request.user, code, reference)
    context = {
        "shown": shown,
        "versions": versions_of(shown)[::-1],
        "breadcrumbs": [(shown.title, reverse("desk-request", args=address(shown)))],
        **on_a_day(shown, request.GET.get("on", "")),
    }
    return draw(request, "workflows/desk/versions.html", context)


def on_a_day(shown, typed: str) -> dict:
    """The request on a day, or why there is none to show."""
    if not typed:
        return {}
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return {"on": typed, "on_error": _("Please give the day as year, month and day, for example 2026-03-01.")}
    moment = timezone.make_aware(datetime.combine(day, time(23, 59, 59, 999999)))
    stood = as_it_stood(shown, moment)
    if stood is None:
        return {"on": typed, "on_error": _("The request did not exist on that day.")}
    return {
        "on": typed,
        "on_day": day,
        "stood": stood,
        "stood_state": STATE_WORDS[State(stood.state)],
        "stood_content": summary_of(stood),
    }


@require_safe
@desk_view
def version_difference(request, code, reference, old, new):
    """What changed between two versions, the older one named first."""
    shown = visible(request.user, code, reference)
    if not old < new <= shown.version:
        raise Http404
    found = versions_of(shown, old, new)
    context = {
        "shown": shown,
        "old": found[0],
        "new": found[1],
        "breadcrumbs": [
            (shown.title, reverse("desk-request", args=address(shown))),
            (_("Versions"), reverse("desk-versions", args=address(shown))),
        ],
        **difference_of(*found, *names_of_places(found)),
    }
    return draw(request, "workflows/desk/difference.html", context)
