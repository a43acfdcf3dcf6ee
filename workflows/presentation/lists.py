"""Requests in lists: the index of a community's renovations, and the cards on its home."""

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from home.formats import SHORT_DAY, written
from home.pages.base import Door

from ..querysets.projects import with_next_days
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
        "next": next_step(page) if strip == "now" else "",
    }


def next_step(page) -> str:
    """What comes next, with its day, where one is set."""
    if page.displayed_until and page.request.state == State.JOINT_DECISION:
        return gettext("Next: on public display until %(day)s") % {"day": written(page.displayed_until, SHORT_DAY)}
    if page.works_end and page.request.state in BUILDING:
        return gettext("Next: works planned to end on %(day)s") % {"day": written(page.works_end, SHORT_DAY)}
    return ""


def index_door(page, request) -> Door:
    """The way into the renovations: what hangs out for objections comes before how many are under way. One query."""
    today = timezone.localdate()
    running = with_next_days(page.projects(), today).filter(request__state__in=RUNNING).order_by()
    hanging = Q(displayed_until__isnull=False, request__state=State.JOINT_DECISION)
    found = running.aggregate(
        number=Count("pk"), hanging=Count("pk", filter=hanging), first_end=Min("displayed_until", filter=hanging)
    )
    url = page.get_url(request)
    if found["hanging"]:
        days = (found["first_end"] - today).days + 1
        label = ngettext("%(number)d on public display", "%(number)d on public display", found["hanging"])
        text = ngettext("%(days)d day left to object", "%(days)d days left to object", days) % {"days": days}
        return Door(label=label % {"number": found["hanging"]}, text=text, url=url, icon="vote", act=True)
    text = ngettext("%(number)d under way", "%(number)d under way", found["number"]) % {"number": found["number"]}
    return Door(label=page.title, text=text, url=url, icon="propose")


def follow_door(page, request) -> Door:
    """The way to one's own receipt."""
    return Door(
        label=gettext("Follow my case"),
        text=gettext("With the code of your receipt, without signing in"),
        url=reverse("follow"),
        icon="follow",
    )


def index_context(page, request) -> dict:
    """The chips and the cards of the list of renovations."""
    known = tabs()
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in known else ""
    projects = with_next_days(page.projects(), timezone.localdate())
    if known[chosen][1]:
        projects = projects.filter(request__state__in=known[chosen][1])
    address = page.get_url(request)
    chips = [
        (word, f"{address}?state={key}" if key else address, key == chosen) for key, (word, _states) in known.items()
    ]
    page_obj = Paginator(projects, ON_A_PAGE).get_page(request.GET.get("page"))
    cards = [card(shown, request) for shown in page_obj]
    return {"chips": chips, "page_obj": page_obj, "cards": cards, "propose_url": f"{address}propose/"}


def running_projects(community_page, request) -> dict | None:
    """What a community's home shows of its renovations; nothing when none was ever published."""
    from ..pages import ProjectIndexPage

    index = ProjectIndexPage.objects.child_of(community_page).live().first()
    if index is None:
        return None
    projects = with_next_days(index.projects(), timezone.localdate())
    shown = list(projects.filter(request__state__in=RUNNING)[:ON_A_HOME])
    shown = shown or list(projects[:ON_A_HOME])
    if not shown:
        return None
    return {"cards": [card(page, request) for page in shown], "url": index.get_url(request)}
