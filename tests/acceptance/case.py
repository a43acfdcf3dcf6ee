"""A renovation request and the people around it, who move it along screen by screen."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from home.actions.site import open_page, set_up_site
from tests.acceptance.people import Page, Person
from tests.factories import community as make
from tests.factories.renovation import Neighbourhood, picture

PROPOSAL = {
    "title": "修一段路",
    "place": "1 号楼东侧",
    "category": "basic",
    "problem": "路面破损多年，雨天积水，老人行走不便。",
    "plan": "铺设雨水管。新建人行道。",
    "budget": "240000",
    "channel": "door",
    "words": "雨天一脚水，摔断过一次骨头",
    "contact_name": "王芳",
    "contact_phone": "13812345678",
    "confirmed": "spoken",
}


def day(offset: int = 0) -> str:
    """A day as forms take it, counted from today."""
    return f"{timezone.localdate() + timedelta(days=offset):%Y-%m-%d}"


class Case:
    """One request with the officer, the secretary and the grid worker of its community at their browsers."""

    def __init__(self, here: Neighbourhood):
        self.here = here
        self.officer, self.secretary = Person(here.officer), Person(here.secretary)
        self.grid_worker, self.group_member = Person(here.grid_worker), Person(here.group_member)
        self.reader = Person()
        set_up_site()
        self.home = open_page(make.SYSTEM, unit=here.community).url
        self.code = here.community.code
        self.reference = self.title = ""

    # Where things are

    def admin(self, name: str = "inspect", *further) -> str:
        return reverse(f"renovation:{name}", args=[self.code, self.reference, *further])

    def desk(self, name: str, *further) -> str:
        return reverse(f"desk-{name}", args=[self.code, self.reference, *further])

    def public(self, further: str = "") -> str:
        """The address of the project for readers who read English."""
        return f"/en{self.home}projects/{self.reference.lower()}/{further}"

    def overview(self, person: Person | None = None) -> Page:
        return (person or self.officer).read(self.admin())

    # Proposal

    def propose(self, **values) -> Page:
        """The grid worker writes down at the door what somebody proposes."""
        start = self.grid_worker.read(reverse("desk-propose"))
        values = {**PROPOSAL, "unit": self.here.grid.code, "photos": picture(), **values}
        self.title = values["title"]
        made = self.grid_worker.send(start, **values)
        self.reference = made.link("/desk/requests/").rstrip("/").rpartition("/")[2]
        return made

    def change(self, reason: str, **values) -> Page:
        return self.officer.send(self.admin("edit"), reason=reason, **values)

    def advance(self, event: str, *, by: Person | None = None, status: int = 200, reason: str = "", **values) -> Page:
        """The officer, or somebody else of the staff, presses the button of an event of the machine."""
        return (by or self.officer).send(self.admin("advance", event), status=status, reason=reason, **values)

    # Evidence

    def enter(self, kind: str, **values) -> Page:
        values.setdefault("paper", picture())
        return self.officer.send(self.admin("enter", kind), **values)

    def confirm(self, kind: str) -> Page:
        """The secretary looks at the paper of what waits, and confirms it."""
        waiting = [link for link in self.overview(self.secretary).links("/confirm/") if f"/{kind}" in link]
        return [self.secretary.send(link) for link in waiting][-1]

    def prove(self, kind: str, **values) -> None:
        """Entered by one, confirmed by another."""
        self.enter(kind, **values)
        self.confirm(kind)

    def resolve(self) -> None:
        self.prove(
            "resolution", meeting="talk_night", item="practical", held_on=day(-9), place="社区会议室", seats="9",
            attended="7", in_favour="7", against="0", abstained="0", text="同意。",
        )  # fmt: skip

    def display(self, first: int = -8, last: int = -1) -> None:
        self.prove("publicityperiod", starts_on=day(first), ends_on=day(last), place="公告栏")

    def no_vote_needed(self) -> None:
        self.prove("matterfinding", matter="none", ground="公共道路，不涉及业主共有部分。")

    # Committees

    def ask(self, question: str = "同意修这段路吗？") -> Page:
        return self.officer.send(self.admin("round"), question=question)

    def inbox(self, member) -> list[str]:
        """The decisions about this request that wait for a member."""
        return Person(member).read(reverse("desk")).links(f"/decide/{self.code}/{self.reference}/")

    def decision_page(self, member) -> Page:
        (address,) = self.inbox(member)
        return Person(member).read(address)

    def decide(self, member, choice: str = "agree", **values) -> Page:
        """A committee member comes from the inbox, reads, chooses, checks, sends."""
        person = Person(member)
        return person.send(person.send(self.decision_page(member), choice=choice, **values))

    def approve(self) -> None:
        """Enough of each body agree, one body after the other."""
        for member in [*self.here.grid_committee[:2], *self.here.committee[:3]]:
            self.decide(member)

    # Funding and works

    def pledge(self, amount: str, source: str = "unit", label: str = "示例研究所") -> None:
        self.officer.send(
            self.admin("pledge"), source=source, label=label, amount=amount, pledged_on=day(), paper=picture()
        )
        self.confirm("pledges")

    def partners(self, *, starts: int = -1) -> None:
        partner = str(self.here.partner.pk)
        self.prove("partnercommitment", partner=partner, brings="雨水管")
        self.prove("worksplan", contractor=partner, starts_on=day(starts), ends_on=day(30))

    def plan_duty(self, first: int, last: int, *members) -> Page:
        people = [str(member.pk) for member in members or [self.here.group_member]]
        return self.officer.send(self.admin("plan"), first=day(first), last=day(last), members=people)

    def log(self, offset: int = 0, **values) -> Page:
        """The group member comes from the inbox and writes the log of a day."""
        site = self.group_member.read(f"{self.desk('site')}?day={day(offset)}")
        seen = {"seen_at": "09:30"} if offset else {}
        sent = {"day": day(offset), "weather": "clear", "finding": "fine", "text": "雨水管已铺好。", **seen, **values}
        return self.group_member.send(site, photos=[picture(), picture("#345")], **sent)

    def accept_together(self) -> None:
        self.prove("acceptance", accepted_on=day(), result="accepted", present="书记、网格员", text="符合方案。")

    def put_right(self, what: str) -> None:
        """The grid worker puts the open fault right, the officer checks it."""
        link = self.grid_worker.read(reverse("desk")).link("/faults/")
        self.grid_worker.send(link, text=what, photos=picture())
        self.officer.send(link, put_right="yes")

    def evaluate(self, satisfied: int = 50) -> None:
        self.prove(
            "evaluation", held_on=day(), asked="60", satisfied=str(satisfied), fair="5", unsatisfied="1",
            committee_score="92", text="走路不再绕行。",
        )  # fmt: skip

    def share(self, cost: str) -> None:
        self.prove(
            "sharedresult", final_cost=cost, upkeep=str(self.here.partner.pk), warranty_until=day(730),
            inspection_months="6", summary="148 米路面修好。", before_photo=picture(), after_photo=picture("#aaa"),
        )  # fmt: skip

    # Whole stretches of the road

    def accepted(self, **values) -> None:
        """Proposed, and accepted by the secretary."""
        self.propose(**values)
        self.advance("accept", by=self.secretary)

    def decided(self) -> None:
        """From the proposal to the end of joint decision."""
        self.accepted()
        self.resolve()
        self.no_vote_needed()
        self.display()
        self.ask()
        self.approve()
        self.advance("open_co_construction")

    def under_works(self, *, starts: int = -1) -> None:
        self.decided()
        self.pledge("240000")
        self.partners(starts=starts)
        self.advance("start_works")

    def publish_page(self, lead: str = "") -> Page:
        """An editor sends the drafted page to review; the officer looks it over and publishes it."""
        editor = Person(self.here.editor)
        section = editor.read(reverse("wagtailadmin_explore_root")).called("微改造").removesuffix("edit/")
        drafted = editor.read(section).called(self.title)
        editor.send(drafted, lead=lead, **{"body-count": "0", "action-submit": "1"})
        review = self.officer.read(reverse("page_reviews")).link("/review")
        return self.officer.send(review, decision="approve")
