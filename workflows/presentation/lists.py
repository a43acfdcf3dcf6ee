"""Requests in lists: the index of a community's renovations, and the cards on its home."""

from django.core.paginator import Paginator
from django.utils.translation import gettext

from ..rules.stages import State

ON_A_PAGE = 12
ON_A_HOME = 3
DECIDING = (State.JOINT_DECISION,)
BUILDING = (State.CO_CONSTRUCTION, State.JOINT_SUPERVISION)
DONE = (State.JOINT_EVALUATION, State.SHARED_RESULT, State.CLOSED)
RUNNING = (State.JOINT_DECISION, State.CO_CONSTRUCTION, State.JOINT_SUPERVISION, State.JOINT_EVALUATION)


def tabs() -> dict[str, tuple[str, tuple[State, ...] | None]]:
    """Key in the address → (word, states)."""
    return {
        "": (gettext("All"), None),
        "deciding": (gettext("Under discussion"), DECIDING),
        "building": (gettext("Being built"), BUILDING),
        "done": (gettext("Done"), DONE),
    }


def card(page, request) -> dict:
    """A project as a card: title, sentence, six stages in small."""
    shown = page.request
    ended = shown.state in (State.DECLINED, State.MERGED, State.WITHDRAWN)
    strip = "done" if shown.state == State.CLOSED else "stopped" if ended or shown.state == State.PAUSED else "now"
    return {
        "title": page.title,
        "url": page.get_url(request),
        "text": page.lead or shown.place,
        "stage": shown.stage.value,
        "strip": strip,
        "tag": shown.state if strip != "now" else shown.stage.value,
        "since": shown.state_since,
    }


def index_context(page, request) -> dict:
    """The chips and the cards of the list of renovations."""
    known = tabs()
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in known else ""
    projects = page.projects()
    if known[chosen][1]:
        projects = projects.filter(request__state__in=known[chosen][1])
    address = page.get_url(request)
    chips = [
        (word, f"{address}?state={key}" if key else address, key == chosen) for key, (word, _states) in known.items()
    ]
    page_obj = Paginator(projects, ON_A_PAGE).get_page(request.GET.get("page"))
    return {"chips": chips, "page_obj": page_obj, "cards": [card(shown, request) for shown in page_obj]}


def running_projects(community_page, request) -> dict | None:
    """What a community's home shows of its renovations; nothing when none was ever published."""
    from ..pages import ProjectIndexPage

    index = ProjectIndexPage.objects.child_of(community_page).live().first()
    if index is None:
        return None
    shown = list(index.projects().filter(request__state__in=RUNNING)[:ON_A_HOME])
    shown = shown or list(index.projects()[:ON_A_HOME])
    if not shown:
        return None
    return {"cards": [card(page, request) for page in shown], "url": index.get_url(request)}
