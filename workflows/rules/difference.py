"""The difference between two snapshots of a request, made to be read: by field, by sentence, by character."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]+[”’」』）]*|[^。；！？\n]+")
"""Up to and with its closing mark, and a quotation mark or bracket behind it; the pieces together are the text."""

ALIKE = 0.4
"""Sentences less alike than this are shown as one gone and one new: a patchwork of characters could not be read."""

LONGEST = 400
"""Between the common beginning and end of two sequences, how many items on both sides are still matched singly; the
effort grows with the square."""


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Run:
    """Consecutive characters with one fate."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class Sentence:
    """A sentence as runs; `changed` when any of it is not the same."""

    runs: tuple[Run, ...]

    @property
    def changed(self) -> bool:
        return any(run.mark != Mark.SAME for run in self.runs)


@dataclass(frozen=True)
class FieldChange:
    """A field that differs. `sentences` is filled for texts that both sides have, empty for short values."""

    name: str
    old: Any
    new: Any
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What differs between two snapshots, and the names of what does not, both in the order of the fields."""

    changed: tuple[FieldChange, ...]
    unchanged: tuple[str, ...]


def compare(old: Mapping[str, Any], new: Mapping[str, Any], *, texts: Collection[str] = ()) -> Difference:
    """Compare two snapshots (field → canonical value). The order is that of `new`, then what only `old` has.

    A field that one side does not have counts as None there. Fields named in `texts` are compared by sentence.
    """
    changed, unchanged = [], []
    for name in dict.fromkeys([*new, *old]):
        before, after = old.get(name), new.get(name)
        if before == after:
            unchanged.append(name)
            continue
        both = name in texts and before is not None and after is not None
        changed.append(FieldChange(name, before, after, sentences(before, after) if both else ()))
    return Difference(tuple(changed), tuple(unchanged))


def split(text: str) -> tuple[str, ...]:
    """The sentences of a text; joined they are the text again."""
    return tuple(SENTENCE.findall(text))


def sentences(old: str, new: str) -> tuple[Sentence, ...]:
    """Two texts as sentences of runs. What is the same or deleted, in order, is `old`; same or inserted is `new`."""
    before, after = split(old), split(new)
    head, tail = _ends(before, after)
    return (
        *map(_kept, before[:head]),
        *_rearranged(before[head : len(before) - tail], after[head : len(after) - tail]),
        *map(_kept, before[len(before) - tail :]),
    )


def _kept(text: str) -> Sentence:
    return Sentence((Run(Mark.SAME, text),))


def _rearranged(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Sentence]:
    if len(before) * len(after) > LONGEST**2:
        yield from _replaced(before, after)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from map(_kept, before[i1:i2])
        else:
            yield from _replaced(before[i1:i2], after[j1:j2])


def _replaced(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Sentence]:
    """Sentences that gave way to others: alike ones are paired in order, the rest is gone or new."""
    pairs = min(len(before), len(after))
    for old, new in zip(before, after, strict=False):
        yield Sentence(runs(old, new))
    for old in before[pairs:]:
        yield Sentence((Run(Mark.DELETED, old),))
    for new in after[pairs:]:
        yield Sentence((Run(Mark.INSERTED, new),))


def runs(old: str, new: str) -> tuple[Run, ...]:
    """Two sentences by character; as a whole gone and new when they have too little in common."""
    head, tail = _ends(old, new)
    found = [
        Run(Mark.SAME, old[:head]),
        *_middle(old[head : len(old) - tail], new[head : len(new) - tail]),
        Run(Mark.SAME, old[len(old) - tail :]),
    ]
    same = sum(len(run.text) for run in found if run.mark == Mark.SAME)
    if 2 * same < ALIKE * (len(old) + len(new)):
        found = [Run(Mark.DELETED, old), Run(Mark.INSERTED, new)]
    return tuple(run for run in found if run.text)


def _ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many items the two share at the beginning, and how many of the rest at the end."""
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
    return head, tail


def _middle(old: str, new: str) -> Iterator[Run]:
    if len(old) * len(new) > LONGEST**2:
        yield from (Run(Mark.DELETED, old), Run(Mark.INSERTED, new))
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Run(Mark.SAME, old[i1:i2])
        else:
            yield Run(Mark.DELETED, old[i1:i2])
            yield Run(Mark.INSERTED, new[j1:j2])
