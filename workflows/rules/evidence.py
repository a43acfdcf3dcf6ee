"""The evidence that the gates of a renovation request read: typed fields, never a free text box.

Evidence is made on a version of the request and counts only if no change of substance came after it
(`version >= substance_version`). Where a second person has to confirm it, `confirmed` says that they did.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflows.kernel import Missing
from workflows.rules.evaluation import DEFAULT_LEAST_RESPONSES, DEFAULT_THRESHOLD, Answers
from workflows.rules.publicity import DEFAULT_DAYS, Objection
from workflows.rules.stages import State
from workflows.rules.votes import Figures, Matter


@dataclass(frozen=True, kw_only=True)
class Details:
    """Which parts of the proposal are filled in, and how many photos show the place."""

    place: bool = False
    category: bool = False
    description: bool = False
    rough_cost: bool = False
    photos: int = 0


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """A meeting's resolution to go ahead; `carried` when more than half of those present were in favour."""

    version: int
    confirmed: bool
    carried: bool = True


@dataclass(frozen=True, kw_only=True)
class MatterFinding:
    """The class of art. 278 that the plan falls under, or that it needs no vote."""

    version: int
    confirmed: bool
    matter: Matter


@dataclass(frozen=True, kw_only=True)
class OwnersVote:
    """The figures of an owners' vote, and the class of matter that it was held on."""

    version: int
    confirmed: bool
    matter: Matter
    figures: Figures


@dataclass(frozen=True, kw_only=True)
class Approvals:
    """The latest round of approvals: how many of its steps passed, and why it failed if it did."""

    version: int
    steps: int
    passed: int
    failures: tuple[Missing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Publicity:
    """The dates of the publicity period (both included), and every objection."""

    version: int
    confirmed: bool
    starts_on: date
    ends_on: date
    objections: tuple[Objection, ...] = ()
    least_days: int = DEFAULT_DAYS


@dataclass(frozen=True, kw_only=True)
class Funding:
    """Yuan. `pledged` is the sum of the pledges that were confirmed."""

    budget: Decimal | None = None
    pledged: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Partners:
    """Who brings something: how many take part, and how many of them confirmed it."""

    total: int = 0
    confirmed: int = 0


@dataclass(frozen=True, kw_only=True)
class WorksPlan:
    """Who builds, and when; the two fields tell whether they are filled in."""

    version: int
    confirmed: bool
    contractor: bool = True
    schedule: bool = True


@dataclass(frozen=True, kw_only=True)
class Rota:
    """First day of the works, days with a site log, days on which somebody explained why there is none."""

    started_on: date
    logged: frozenset[date] = frozenset()
    explained: frozenset[date] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """The works were found good on `accepted_on`, in the works round that the acceptance names."""

    version: int
    confirmed: bool
    accepted_on: date
    works_round: int = 1


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What residents said of the works of one works round, and the committee's score against the plan (0 to 100).

    `threshold` in per mille, for both.
    """

    version: int
    confirmed: bool
    answers: Answers
    committee_score: int
    threshold: int = DEFAULT_THRESHOLD
    least_responses: int = DEFAULT_LEAST_RESPONSES
    works_round: int = 1


@dataclass(frozen=True, kw_only=True)
class Result:
    """What the result page will say; the three fields tell whether they are filled in."""

    version: int
    confirmed: bool
    final_cost: bool
    upkeep_owner: bool
    warranty_date: bool


@dataclass(frozen=True, kw_only=True)
class MergeTarget:
    """The request that another one is to be merged into."""

    reference: str
    state: State
    itself: bool = False


@dataclass(frozen=True, kw_only=True)
class RenovationFacts:
    """All that the guards of a renovation request may look at.

    `own`: the request is the acting person's own (theirs, their home's, or its last substance is theirs).
    `added`: how many texts and photos the proposer adds in this act. `works_round` starts at 1 and rises each time the
    request goes back to works.
    """

    version: int
    substance_version: int
    today: date
    resume_to: State | None = None
    own: bool = False
    added: int = 0
    details: Details = Details()
    merge_target: MergeTarget | None = None
    resolution: Resolution | None = None
    matter: MatterFinding | None = None
    vote: OwnersVote | None = None
    approvals: Approvals | None = None
    publicity: Publicity | None = None
    funding: Funding = Funding()
    partners: Partners = Partners()
    works_plan: WorksPlan | None = None
    works_round: int = 1
    rota: Rota | None = None
    open_faults: int = 0
    acceptance: Acceptance | None = None
    evaluation: Evaluation | None = None
    remedies: int = 0
    result: Result | None = None
