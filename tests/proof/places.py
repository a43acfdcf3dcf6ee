"""Two communities of one street, alike in everything, with a row behind every kind of address, and nine people."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from community.models import Member, Unit, User
from community.roles import Post
from home.actions.publishing import submit_for_review
from home.actions.site import open_page, set_up_site
from home.pages import NoticePage
from tests.community.neighbourhoods import Neighbourhood, neighbourhood_in
from tests.factories import balloting, pages
from tests.factories import community as make
from tests.factories import renovation as build
from workflows.actions.objections import enter_objection
from workflows.actions.pages import draft_project_page
from workflows.actions.requests import change_request
from workflows.actions.supervising import plan_duty, write_log
from workflows.actions.wording import propose_wording
from workflows.models import MatterFinding, PublicityPeriod, RenovationRequest

# The nine of the table: eight who sign in, and whoever does not.
ROLES = (
    "editor", "staff", "supervisor", "administrator", "committee", "grid_worker", "serving", "superuser", "nobody",
)  # fmt: skip


@dataclass
class Place:
    """A community; every name in it holds `mark`, so that a leak can be found by it."""

    mark: str
    community: Unit
    rows: Neighbourhood
    people: dict[str, Member]
    home: Page
    notice: Page
    draft: Page
    service: Page
    project: Page
    picture: object
    document: object
    deciding: RenovationRequest
    works: RenovationRequest
    entered: RenovationRequest
    review: object
    further: dict = field(default_factory=dict)

    def user(self, role: str) -> User | None:
        """Fresh from the database, as on a new request."""
        return None if role == "nobody" else User.objects.get(pk=self.people[role].user_id)


def two_places() -> dict[str, Place]:
    set_up_site()
    street = make.unit("street", name="本街道")
    return {"own": place(street, "本", "KY"), "neighbour": place(street, "邻", "LF")}


def place(street: Unit, mark: str, prefix: str) -> Place:
    here = build.neighbourhood(prefix=prefix, parent=street, name=f"{mark}社区")
    rows = neighbourhood_in(here.community, mark)
    people = {
        "editor": here.editor,
        "staff": here.officer,
        "supervisor": make.holder(Post.INSPECTOR, here.community),
        "administrator": make.holder(Post.ADMINISTRATOR, here.community),
        "committee": here.grid_committee[0],
        "grid_worker": here.grid_worker,
        "serving": here.group_member,
        "superuser": make.member(unit=here.community),
    }
    User.objects.filter(pk=people["superuser"].user_id).update(is_superuser=True)
    deciding, works = in_decision(here, mark), on_site(here, mark)
    entered = build.submitted(here, title=f"{mark}修楼道灯")
    home = open_page(make.SYSTEM, unit=here.community, intro=f"{mark}地 4 个小区。")
    notice, service = pages.notice(home, title=f"{mark}停水通知"), pages.service(home, title=f"{mark}水管报修")
    draft = pages.notice(home, live=False, user=here.editor.user, title=f"{mark}草稿")
    review = submit_for_review(make.context(here.editor), page=NoticePage.objects.get(pk=draft.pk))
    published(build.closed(here, title=f"{mark}修好一段路"))
    published(deciding)
    voted_on(here, mark)
    return Place(
        mark, here.community, rows, people, home, notice, draft, service, published(works),
        *handed_in(home, mark), deciding, works, entered, review,
    )  # fmt: skip


def in_decision(here, mark: str) -> RenovationRequest:
    """Changed once, with a finding that waits for a second person, an answerable objection and an open round."""
    request, today = build.joint_decision(here, title=f"{mark}三号楼加装电梯"), timezone.localdate()
    officer = make.context(here.officer, reason="雨后积水")
    request = change_request(officer, request=request, read_version=1, values={"budget": 286000})
    period = build.confirmed(here, request, PublicityPeriod, {
        "starts_on": today - timedelta(days=2), "ends_on": today + timedelta(days=5), "place": "公告栏",
    })  # fmt: skip
    enter_objection(make.context(here.secretary), publicity=period, received_on=today, channel="door", summary="太吵。")
    build.enter_evidence(
        make.context(here.secretary), MatterFinding, request=request, paper=build.prepared(),
        values={"matter": "none", "ground": "公共道路"},
    )  # fmt: skip
    values = {name: getattr(request, name) for name in ("title", "place", "problem", "plan")}
    propose_wording(officer, request=request, read_version=2, values={**values, "title": values["title"] + "吧"})
    build.asked(here, request)
    return request


def on_site(here, mark: str) -> RenovationRequest:
    """Under works, watched yesterday, with a fault found today."""
    request, today = build.joint_supervision(here, title=f"{mark}建一个活动广场"), timezone.localdate()
    build.watched(here, request)
    day = plan_duty(make.context(here.officer), request=request, day=today, members=[here.group_member])
    write_log(
        make.context(here.group_member), duty_day=day, submission_key=uuid.uuid4(), weather="clear",
        finding="problem", text="井盖松动。", severity="minor", due_on=today,
    )  # fmt: skip
    plan_duty(make.context(here.officer), request=request, day=today - timedelta(days=2), members=[here.group_member])
    return request


def voted_on(here, mark: str) -> None:
    """A vote that is counted and one that runs, with a paper that waits to be compared."""
    estate = balloting.estate(here, homes=3, name=f"{mark}票小区")
    counted = balloting.opened(here, of=estate, question=f"同意{mark}装门禁吗？")
    balloting.vote(counted, 1)
    balloting.counted(here, counted)
    published(counted.request)
    running = balloting.opened(here, of=estate, question=f"同意{mark}装电梯吗？")
    balloting.entered(here, running, 2)
    published(running.request)


def published(request) -> Page:
    page = draft_project_page(request)
    page.get_latest_revision().publish(skip_permission_checks=True)
    return Page.objects.get(pk=page.pk).specific


def handed_in(home, mark: str) -> tuple:
    """A picture and a document with all that the form notes down when they are handed in."""
    both = pages.image(home, title=f"{mark}图"), pages.document(home, title=f"{mark}文件")
    for one in both:
        one.get_file_size()
    return both
