"""The way of one request, told as steps of the timeline: who did what when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from community.models import Channel, Estate
from workflows.actions.approvals import open_round, take_decision
from workflows.actions.evidence import confirm_evidence, enter_evidence
from workflows.actions.funding import confirm_pledge, enter_pledge
from workflows.actions.objections import answer_objection, enter_objection
from workflows.actions.pages import draft_project_page
from workflows.actions.requests import advance, change_request, propose
from workflows.actions.supervising import check_fault, explain_day, plan_duty, rectify_fault, write_log
from workflows.actions.wording import propose_wording, settle_wording
from workflows.models import DutyDay, Fault, Objection, Pledge, PublicityPeriod, Seat
from workflows.rules.rounds import RoundState, StepState

from . import finding
from .drawing import photo, sheet
from .publishing import hand_in, pass_on
from .timeline import Timeline

TEXTS = ("title", "place", "problem", "plan")


@dataclass
class Story:
    """One request. `name` keys it; people are named by their sign-in without the community's code."""

    timeline: Timeline
    name: str
    community: str
    unit: str
    papers: int = field(default=0)

    def by(self, person: str, now, **options):
        return finding.by(self.who(person), now, **options)

    def who(self, person: str) -> str:
        """A colon marks somebody from elsewhere: ":baota-committee-1"."""
        return person[1:] if person.startswith(":") else f"{self.community}-{person}"

    def request(self):
        return finding.request(self.name)

    def add(self, when: str, do) -> None:
        self.timeline.add(when, do)

    def paper(self, kind: str, *figures: str):
        """What draws the next paper of this story."""
        self.papers += 1
        number = self.papers
        return lambda: sheet(kind, f"{self.name}-{number}", figures)

    def propose(
        self, when: str, by: str, estate: str, values: dict, photos: Sequence[tuple], *, heard="", channel=Channel.DOOR
    ):
        """`photos`: (scene, moment, caption). `heard`: when it was said, if that was before."""
        occurred_at = self.timeline.moment(heard) if heard else None

        def do(now):
            place = Estate.objects.get(community=finding.unit(self.community), name=estate)
            propose(
                self.by(by, now, channel=channel, occurred_at=occurred_at),
                community=finding.unit(self.community), unit=finding.unit(self.unit),
                submission_key=finding.key(self.name), values={**values, "estate": place},
                photos=[(photo(*scene), moment, caption) for scene, moment, caption in photos],
            )  # fmt: skip

        self.add(when, do)

    def advance(self, when: str, event: str, by: str = "officer", *, reason: str = ""):
        self.add(when, lambda now: advance(self.by(by, now, reason=reason), request=self.request(), event=event))

    def change(self, when: str, values: dict, *, by: str = "officer", reason: str = ""):
        def do(now):
            request = self.request()
            change_request(
                self.by(by, now, reason=reason), request=request, read_version=request.version, values=values
            )

        self.add(when, do)

    def correct_wording(self, when: str, settled: str, old: str, new: str, *, by="officer", second="secretary"):
        """A slip of the pen, corrected by one person and confirmed by another."""

        def enter(now):
            request = self.request()
            texts = {name: getattr(request, name).replace(old, new) for name in TEXTS}
            propose_wording(self.by(by, now), request=request, read_version=request.version, values=texts)

        self.add(when, enter)
        self.add(
            settled,
            lambda now: settle_wording(
                self.by(second, now), change=self.request().wording_changes.get(status="waiting"), apply=True
            ),
        )

    def evidence(
        self, when: str, model, values: dict, *figures: str, confirmed: str = "", by="officer", second="secretary",
        photos=(),
    ):  # fmt: skip
        """Entered by one, confirmed at `confirmed` by another; an empty text leaves it waiting."""
        draw = self.paper(model._meta.model_name, *figures)

        def enter(now):
            drawn = {name: photo(*scene) for name, scene in dict(photos).items()}
            resolved = {name: self._resolved(name, value) for name, value in values.items()}
            enter_evidence(self.by(by, now), model, request=self.request(), values=resolved, paper=draw(), photos=drawn)

        self.add(when, enter)
        if confirmed:
            self.add(confirmed, lambda now: confirm_evidence(self.by(second, now), evidence=self._waiting(model)))

    def _resolved(self, name: str, value):
        return finding.partner(self.community, value) if name in ("partner", "contractor", "upkeep") else value

    def _waiting(self, model):
        return model.objects.filter(request=self.request(), status="entered").order_by("-pk")[0]

    def ask(self, when: str, question: str, by: str = "officer"):
        self.add(when, lambda now: open_round(self.by(by, now), request=self.request(), question=question))

    def decide(self, when: str, by: str, choice: str = "agree", reason: str = ""):
        """In the member's own seat of the step that is open, about the newest version."""

        def do(now):
            request = self.request()
            seat = Seat.objects.select_related("step__round__request").get(
                step__round__request=request, step__round__state=RoundState.OPEN, step__state=StepState.OPEN,
                member=finding.member(self.who(by)),
            )  # fmt: skip
            take_decision(
                self.by(by, now), step=seat.step, seat=seat, choice=choice, reason=reason, read_version=request.version
            )

        self.add(when, do)

    def object(self, when: str, received: str, summary: str, by: str = "grid", channel=Channel.PHONE):
        day = self.timeline.day(received)

        def do(now):
            period = PublicityPeriod.objects.confirmed().filter(request=self.request()).order_by("-pk")[0]
            enter_objection(self.by(by, now), publicity=period, received_on=day, channel=channel, summary=summary)

        self.add(when, do)

    def answer(self, when: str, text: str, by: str = "secretary"):
        """The oldest objection that waits for an answer."""

        def do(now):
            waiting = Objection.objects.filter(request=self.request(), answered_by=None).order_by("pk")[0]
            answer_objection(self.by(by, now), objection=waiting, answer=text)

        self.add(when, do)

    def pledge(self, when: str, confirmed: str, source: str, label: str, amount: str, partner: str = ""):
        draw = self.paper("pledge", f"CNY {Decimal(amount):,.2f}")

        def enter(now):
            enter_pledge(
                self.by("officer", now), request=self.request(), source=source, label=label, amount=Decimal(amount),
                pledged_on=timezone.localdate(now), paper=draw(),
                partner=finding.partner(self.community, partner) if partner else None,
            )  # fmt: skip

        def confirm(now):
            waiting = Pledge.objects.filter(request=self.request(), confirmation__isnull=True).order_by("pk")[0]
            confirm_pledge(self.by("secretary", now), pledge=waiting)

        self.add(when, enter)
        self.add(confirmed, confirm)

    def rota(self, days: Mapping[str, Sequence[str]]):
        """Who is on duty on which day; a week is planned on the evening before it begins."""
        planned = sorted((self.timeline.day(day), people) for day, people in days.items())
        for start in range(0, len(planned), 7):
            eve = planned[start][0] - timedelta(days=1)
            for day, people in planned[start : start + 7]:
                self.add(f"{eve.isoformat()} 18:30", self._duty(day, people))

    def _duty(self, day, people):
        return lambda now: plan_duty(
            self.by("officer", now), request=self.request(), day=day,
            members=[finding.member(self.who(person)) for person in people],
        )  # fmt: skip

    def log(self, when: str, by: str, weather: str, text: str, scenes: Sequence[tuple] = (), *, fault=None):
        """`scenes`: (scene, caption). `fault`: (severity, day to be put right by)."""

        def do(now):
            found = {"severity": fault[0], "due_on": self.timeline.day(fault[1])} if fault else {}
            write_log(
                self.by(by, now), duty_day=self._day(now), submission_key=finding.key(f"{self.name} {when}"),
                weather=weather, finding="problem" if fault else "fine", text=text,
                photos=[(photo(*scene), caption) for scene, caption in scenes], **found,
            )  # fmt: skip

        self.add(when, do)

    def explain(self, when: str, by: str, no_log: str, explanation: str):
        self.add(
            when,
            lambda now: explain_day(self.by(by, now), duty_day=self._day(now), no_log=no_log, explanation=explanation),
        )

    def _day(self, now):
        return DutyDay.objects.select_related("request__unit", "community").get(
            request=self.request(), day=timezone.localdate(now)
        )

    def rectify(self, when: str, by: str, text: str, scene: tuple):
        self.add(when, lambda now: rectify_fault(self.by(by, now), fault=self._fault(), text=text, photo=photo(*scene)))

    def check(self, when: str, by: str, *, put_right: bool = True, reason: str = ""):
        self.add(
            when, lambda now: check_fault(self.by(by, now, reason=reason), fault=self._fault(), put_right=put_right)
        )

    def page(self, when: str, approved: str, lead: str, body: Sequence[tuple]):
        """The words of the project's page, by an editor; published by the second person at `approved`, if any."""

        def write(now):
            page = draft_project_page(self.request())
            page.lead, page.body = lead, list(body)
            hand_in(page, by=self.who("editor"), now=now)

        self.add(when, write)
        if approved:
            self.add(approved, lambda now: pass_on(self.request().page, by=self.who("reviewer"), now=now))

    def _fault(self) -> Fault:
        return Fault.objects.filter(request=self.request()).exclude(state="closed").order_by("pk")[0]
