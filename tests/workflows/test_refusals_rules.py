"""Every reason has a sentence, and every sentence finds its figures."""

import ast
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from workflows import refusals
from workflows.kernel import KernelReason, Missing, Refused
from workflows.rules.reasons import Reason

PACKAGE = Path(refusals.__file__).parent
RULES = [PACKAGE / "kernel.py", PACKAGE / "lifecycles.py", *sorted((PACKAGE / "rules").glob("*.py"))]
REASONS = [*KernelReason, *Reason]


def literal_reasons():
    """Each `Missing(Reason.X, {...})` or `Refused(Reason.X, {...})` in the rules, with the names of its figures."""
    for path in RULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Missing", "Refused"}):
                continue
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Attribute) and getattr(first.value, "id", "") in {"Reason", "KernelReason"}:
                figures = node.args[1] if len(node.args) > 1 else None
                names = {key.value for key in figures.keys} if isinstance(figures, ast.Dict) else set()
                yield first.attr, names, isinstance(figures, ast.Name)


def placeholders(reason):
    with translation.override("en"):
        return set(re.findall(r"%\((\w+)\)s", str(refusals.SENTENCES[reason])))


def test_every_reason_has_a_sentence_of_its_own():
    assert set(refusals.SENTENCES) == set(REASONS)
    with translation.override("en"):
        sentences = [str(refusals.SENTENCES[reason]) for reason in REASONS]
    assert len(set(sentences)) == len(sentences)
    assert all(sentence.endswith(".") for sentence in sentences)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_given_somewhere(reason):
    name = f"{type(reason).__name__}.{reason.name}"
    assert any(re.search(rf"\b{name}\b", path.read_text(encoding="utf-8")) for path in RULES)


def test_every_sentence_finds_its_figures():
    given = [(name, names) for name, names, elsewhere in literal_reasons() if not elsewhere]
    assert len(given) > 60
    for name, names in given:
        reason = KernelReason[name] if name in KernelReason.__members__ else Reason[name]
        assert placeholders(reason) <= names, name


@pytest.mark.parametrize("reason", REASONS)
def test_a_sentence_can_be_said(reason):
    params = {name: 7 for name in placeholders(reason)}
    with translation.override("en"):
        said = refusals.sentence(Missing(reason, params))
    assert "%(" not in said
    assert "%%" not in said


def test_dates_and_amounts_are_written_as_people_write_them():
    with translation.override("en"):
        running = refusals.sentence(Missing(Reason.PUBLICITY_RUNNING, {"last_day": date(2026, 7, 7)}))
        late = refusals.sentence(Missing(Reason.DEADLINE_PASSED, {"due_at": datetime(2026, 7, 7, 16, tzinfo=UTC)}))
        amounts = {"budget": Decimal("148000"), "pledged": Decimal("1000.5"), "lacking": Decimal("146999.5")}
        short = refusals.sentence(Missing(Reason.PLEDGES_SHORT, amounts))
    assert "July 7, 2026" in running
    assert "July 8, 2026" in late, "midnight in China, not in Greenwich"
    assert short == "¥1,000.50 of ¥148,000.00 is pledged and confirmed; ¥146,999.50 is lacking."


def test_the_checklist_says_everything_that_is_missing():
    refused = Refused(Reason.NOT_READY, {"count": 2}, (Missing(Reason.NO_PLACE), Missing(Reason.NO_PHOTO)))
    with translation.override("en"):
        assert refusals.sentence(refused) == "Not possible yet, still missing: 2."
        assert refusals.checklist(refused) == ["The place is missing.", "A photo of the place is missing."]
        assert refusals.checklist(Refused(Reason.OWN_ENTRY)) == []


def test_the_rules_need_neither_django_nor_the_clock():
    names = ", ".join(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in RULES)
    program = f"import sys, {names}; print([name for name in sys.modules if 'django' in name])"
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_the_rules_ask_no_clock_and_use_no_floats(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"} and _calls(tree, node))
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float) and path.name != "difference.py")
        assert not (isinstance(node, ast.Name) and node.id == "float")


def _calls(tree, attribute):
    return any(isinstance(node, ast.Call) and node.func is attribute for node in ast.walk(tree))
