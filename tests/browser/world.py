"""A neighbourhood as browsers meet it: built once, copied for every test."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from community.actions.invitations import invite
from community.models import Unit
from community.records import Context
from home.actions.publishing import withdraw_page
from home.actions.site import open_page, set_up_site
from home.actions.urgent import publish_urgently
from tests.factories import community as make
from tests.factories import pages
from tests.factories import renovation as build
from workflows.actions.pages import draft_project_page
from workflows.actions.requests import change_request
from workflows.models import ProjectPage, RenovationRequest

PASSWORD = "梧桐树下的长椅"  # noqa: S105


@dataclass(frozen=True)
class World:
    """Addresses of readers' pages and of screens of the desk, and the people who open them (user names)."""

    public: dict[str, str]
    desk: dict[str, str]
    deciding: str
    member: str
    worker: str


def build_world() -> World:
    here = build.neighbourhood()
    set_up_site()
    home = open_page(make.SYSTEM, unit=here.community, intro="4 个小区，1,702 户。")
    open_page(make.SYSTEM, unit=make.community(name="东山社区"))
    service, notice = [pages.service(home) for _ in range(3)][0], [pages.notice(home) for _ in range(3)][0]
    finished = published(build.closed(here, title="修好一段路"))
    works = build.joint_supervision(here, title="建一个活动广场")
    build.watched(here, works)
    today = timezone.localdate()
    build.plan_duty(make.context(here.officer), request=works, day=today, members=[here.group_member])
    square, request = published(works), in_decision(here)
    lift = published(request)
    at = [here.community.code, request.reference]
    decision = request.approval_rounds.get().steps.get(state="open")
    on_site = [here.community.code, works.reference]
    for person in (here.grid_committee[0], here.group_member):
        person.user.set_password(PASSWORD)
        person.user.save()
    return World(
        public={
            "front page": "/",
            "area": home.get_parent().url,
            "community": home.url,
            "menu": home.url + "services/",
            "service": service.url,
            "notices": home.url + "notices/",
            "notice": notice.url,
            "attachment": reverse("attachment", args=[pages.document(home).reference]),
            "notice withdrawn": withdrawn(home).url,
            "notice published urgently": urgent(home).url,
            "projects": home.url + "projects/",
            "propose": home.url + "projects/propose/",
            "propose: place": home.url + "projects/propose/place/",
            "project under works": square.url,
            "project finished": finished.url,
            "versions": lift.url + "versions/",
            "difference": lift.url + "versions/1-2/",
            "log": square.url + "log/",
            "not found": home.url + "nothing/",
            "sign in": reverse("sign-in"),
            "invitation": reverse("invitation"),
            "invited": reverse("invited", args=[invite(make.SYSTEM, member=here.officer)[1]]),
        },
        desk={
            "inbox": reverse("desk"),
            "decision": reverse("desk-decide", args=[*at, decision.reference]),
            "request": reverse("desk-request", args=at),
            "versions": reverse("desk-versions", args=at),
            "difference": reverse("desk-difference", args=[*at, 1, 2]),
            "duty": reverse("desk-duty"),
            "site": reverse("desk-site", args=on_site),
            "propose": reverse("desk-propose-in", args=[here.community.code]),
        },
        deciding=request.reference,
        member=here.grid_committee[0].user.username,
        worker=here.group_member.user.username,
    )


def withdrawn(home):
    """A notice whose text is gone."""
    notice = pages.notice(home, title="周五停电")
    withdraw_page(Context(reason="日期写错，请以新公告为准。"), page=notice)
    return notice


def urgent(home):
    """A notice that two people published, corrected by one alone; the second look is owed."""
    notice = pages.notice(home, title="今晚抢修停水", category="outage")
    author = make.holder(make.Post.EDITOR, home.unit)
    draft = notice.get_latest_revision_as_object()
    draft.lead = "主水管爆裂，晚八点到十二点停水。"
    draft.save_revision(user=author.user)
    publish_urgently(make.context(author, reason="主水管爆裂"), page=notice, note="停水时间由六点改为八点。")
    return notice


def in_decision(here) -> RenovationRequest:
    """Changed once since it was proposed, resolved, and waiting for the grid's body."""
    request = build.joint_decision(here, title="三号楼加装电梯", budget=620000)
    changed = {"budget": 650000, "plan": "铺设雨水管，新建人行道，东侧加一条排水沟。"}
    change_request(make.context(here.officer, reason="电梯井东移"), request=request, read_version=1, values=changed)
    request.refresh_from_db()
    build.resolved(here, request)
    build.asked(here, request)
    return request


def change_meanwhile(world: World) -> None:
    """Somebody of the staff changes what is being decided about."""
    request = RenovationRequest.objects.get(reference=world.deciding)
    officer = make.holder(make.Post.OFFICER, Unit.objects.get(pk=request.community_id))
    context = make.context(officer, reason="报价上涨")
    change_request(context, request=request, read_version=request.version, values={"budget": 680000})


def published(request) -> ProjectPage:
    page = draft_project_page(request)
    page.get_latest_revision().publish(skip_permission_checks=True)
    return ProjectPage.objects.get(pk=page.pk)
