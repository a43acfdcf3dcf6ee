"""The published list of a vote: a plain text of which anybody can count the result again.

    linli vote list 1
    ballot: 3Zx…            matter: rebuilding      rule: CN-CC-278/2021-01-01
    owners: 14              area: 1203456           electorate: <SHA-256 of who may vote>
    code,channel,choice,area
    7HKQ4MNP,paper,agree,8950

One line per owner who took part, in the order of the check codes, which are random; areas in 0.01 m². No home and no
name stands in it. `static/tools/recount_vote.py` reads it and knows nothing else of this program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from workflows.rules.balloting import VoteChoice
from workflows.rules.votes import RULE_VERSION, Matter

FIRST_LINE = "linli vote list 1"
COLUMNS = "code,channel,choice,area"


@dataclass(frozen=True, order=True)
class Line:
    """A vote that counts: its check code, through which channel, what it says, and its area (0.01 m²)."""

    code: str
    channel: str
    choice: VoteChoice
    area: int


@dataclass(frozen=True, kw_only=True)
class VoteList:
    """Everything that the published list says."""

    ballot: str
    matter: Matter
    owners: int
    area: int
    electorate: str
    lines: tuple[Line, ...]
    rule: str = RULE_VERSION

    def text(self) -> str:
        """The list as it is published, with "\\n" at each end of line."""
        heads = {
            "ballot": self.ballot, "matter": self.matter.value, "rule": self.rule, "owners": self.owners,
            "area": self.area, "electorate": self.electorate,
        }  # fmt: skip
        told = [f"{name}: {value}" for name, value in heads.items()]
        rows = [f"{line.code},{line.channel},{line.choice.value},{line.area}" for line in sorted(self.lines)]
        return "".join(f"{line}\n" for line in [FIRST_LINE, *told, COLUMNS, *rows])

    def hash(self) -> str:
        """The SHA-256 of the text, as the page and the poster show it."""
        return hashlib.sha256(self.text().encode()).hexdigest()


def published(*, ballot: str, matter: Matter, areas: Iterable[int], electorate: str, lines: Iterable[Line]) -> VoteList:
    """The list of a vote. `areas`: those of all owners who may vote (0.01 m²)."""
    areas = list(areas)
    return VoteList(
        ballot=ballot, matter=matter, owners=len(areas), area=sum(areas), electorate=electorate, lines=tuple(lines)
    )
