"""When a change of a request is one of substance, so that what was decided about it no longer counts.

Three kinds of change, from harmless to heavy:

- layout: white space, full width for half width, punctuation between two words. No decision is touched.
- wording: a slip of the pen, within a budget of three characters counted over all such corrections since the last
  change of substance. It applies only when a second person confirms it.
- substance: any structured field, and any text beyond the above. What was decided must be decided again.

Choices made here. The characters of a correction are its edit distance (inserted, deleted, replaced: one each) on the
canonical texts, so that a word put in place of another costs its length. A figure, a Chinese numeral or a negation
must not be touched at all, and where a correction can be read in several ways that are equally short, it counts as
touching one if any of them does: moving 不 by a place is no slip of the pen. Punctuation beside a figure belongs to
the figure (1.5万 is not 15万); so does punctuation between two Chinese numerals (三、五号楼 is not 三五号楼).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workflows.kernel import Missing
from workflows.rules.reasons import Reason

WORDING_BUDGET = 3
CHINESE_NUMERALS = frozenset("〇零一二两三四五六七八九十百千万亿半俩仨廿卅壹贰叁肆伍陆柒捌玖拾佰仟兩萬億貳參陸")
NEGATIONS = frozenset("不未非无無否没沒勿莫别毋弗甭免禁")


class Kind(StrEnum):
    """How heavy a change is."""

    NONE = "none"
    LAYOUT = "layout"
    WORDING = "wording"
    SUBSTANCE = "substance"


@dataclass(frozen=True)
class Change:
    """The verdict on a change: the fields that differ, the characters of a correction of wording (0 for other kinds),
    and, for a change of substance, why it is no mere wording."""

    kind: Kind
    fields: tuple[str, ...] = ()
    characters: int = 0
    reasons: tuple[Missing, ...] = ()


def canonical(text: str) -> str:
    """The text as far as it can carry substance: NFKC, no white space, no punctuation between two letters or
    ideographs. Applying it twice changes nothing."""
    before = None
    while text != before:
        before, text = text, _without_idle_punctuation(_without_space(text))
    return text


def _without_space(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _without_idle_punctuation(text: str) -> str:
    kept: list[str] = []
    run: list[str] = []
    for char in text:
        if _is_punctuation(char):
            run.append(char)
            continue
        if not (kept and _idle_between(kept[-1], char)):
            kept += run
        run = []
        kept.append(char)
    return "".join(kept + run)


def _idle_between(left: str, right: str) -> bool:
    """Whether punctuation between these two says nothing of substance."""
    letters = _is_letter(left) and _is_letter(right)
    return letters and not (left in CHINESE_NUMERALS and right in CHINESE_NUMERALS)


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char).startswith("P")


def _is_letter(char: str) -> bool:
    return unicodedata.category(char).startswith("L")


def _is_numeral(char: str) -> bool:
    return unicodedata.category(char).startswith("N") or char in CHINESE_NUMERALS


def is_substantive(
    old: Mapping[str, Any], new: Mapping[str, Any], *, structured: Iterable[str], texts: Iterable[str]
) -> bool:
    """Whether anything but layout differs: a structured field, or a text in its canonical form.

    Names absent from one side count as None there, and as the empty text.
    """
    return any(old.get(name) != new.get(name) for name in structured) or any(
        canonical(old.get(name) or "") != canonical(new.get(name) or "") for name in texts
    )


def judge(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    structured: Iterable[str],
    texts: Iterable[str],
    used: int = 0,
) -> Change:
    """What kind of change leads from `old` to `new`.

    `used`: characters of wording corrected since the last change of substance. A change of kind WORDING is only
    possible, it is made when a second person confirms it; until then, or if nobody asks for it, it is one of substance.
    """
    structured, texts = tuple(structured), tuple(texts)
    fields = tuple(name for name in (*structured, *texts) if old.get(name) != new.get(name))
    if not fields:
        return Change(Kind.NONE)
    if not is_substantive(old, new, structured=structured, texts=texts):
        return Change(Kind.LAYOUT, fields)
    if any(name in structured for name in fields):
        return Change(Kind.SUBSTANCE, fields, reasons=(Missing(Reason.STRUCTURED_FIELD),))
    return _judge_wording(old, new, fields, used)


def _judge_wording(old: Mapping[str, Any], new: Mapping[str, Any], fields: tuple[str, ...], used: int) -> Change:
    edits = [_edit(canonical(old.get(name) or ""), canonical(new.get(name) or "")) for name in fields]
    characters = sum(edit.characters for edit in edits)
    reasons = []
    if used + characters > WORDING_BUDGET:
        left = max(0, WORDING_BUDGET - used)
        reasons.append(Missing(Reason.WORDING_BUDGET_SPENT, {"budget": WORDING_BUDGET, "left": left}))
    elif any(edit.touches_substance for edit in edits):
        reasons.append(Missing(Reason.FIGURE_OR_NEGATION))
    if reasons:
        return Change(Kind.SUBSTANCE, fields, reasons=tuple(reasons))
    return Change(Kind.WORDING, fields, characters)


@dataclass(frozen=True)
class _Edit:
    """The least number of characters inserted, deleted or replaced; one more than the budget stands for any more."""

    characters: int
    touches_substance: bool


def _edit(old: str, new: str) -> _Edit:
    """Edit distance within a band as wide as the budget: linear in the length of the text.

    Of equally short edits the one that touches most figures and negations is taken, so that none is overlooked.
    """
    beyond = _Edit(WORDING_BUDGET + 1, touches_substance=False)
    if abs(len(old) - len(new)) > WORDING_BUDGET:
        return beyond
    heavy_old, heavy_new = _heavy(old), _heavy(new)
    far = (WORDING_BUDGET + 1, 0)
    above = {-1: (0, 0)}
    for j in range(min(len(new), WORDING_BUDGET)):
        above[j] = _plus(above[j - 1], heavy_new[j])
    for i in range(len(old)):
        row = {-1: _plus(above[-1], heavy_old[i])} if -1 in above and i < WORDING_BUDGET else {}
        for j in range(max(0, i - WORDING_BUDGET), min(len(new), i + WORDING_BUDGET + 1)):
            diagonal = above.get(j - 1, far)
            same = old[i] == new[j]
            row[j] = min(
                diagonal if same else _plus(diagonal, heavy_old[i] or heavy_new[j]),
                _plus(above.get(j, far), heavy_old[i]),
                _plus(row.get(j - 1, far), heavy_new[j]),
            )
        above = row
    characters, touched = above.get(len(new) - 1, far)
    return _Edit(characters, touched < 0) if characters <= WORDING_BUDGET else beyond


def _plus(cost: tuple[int, int], heavy: bool) -> tuple[int, int]:
    """One more character, counted downwards in the second place if it is a heavy one: the minimum prefers those."""
    return cost[0] + 1, cost[1] - heavy


def _heavy(text: str) -> list[bool]:
    """For each character whether touching it is a matter of substance."""
    numeral = [_is_numeral(char) for char in text]
    beside = [any(numeral[max(0, n - 1) : n + 2]) for n in range(len(text))]
    return [numeral[n] or char in NEGATIONS or (beside[n] and not char.isalpha()) for n, char in enumerate(text)]
