"""The drawn lifecycles say what the machines do, and a stale file is noticed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from workflows.kernel import RESUME
from workflows.lifecycles import CHINESE, MACHINES, render


def draw(tmp_path, *options):
    out = StringIO()
    call_command("draw_lifecycles", *options, "--to", str(tmp_path), stdout=out)
    return out.getvalue()


def test_the_committed_drawings_are_up_to_date():
    call_command("draw_lifecycles", "--check", stdout=StringIO())


def test_what_was_written_is_up_to_date_until_somebody_touches_it(tmp_path):
    assert "5 of 5 written" in draw(tmp_path)
    assert "Up to date" in draw(tmp_path, "--check")
    (tmp_path / "fault.md").write_text("else", encoding="utf-8")
    with pytest.raises(CommandError, match=r"fault\.md"):
        draw(tmp_path, "--check")
    assert (tmp_path / "fault.md").read_text(encoding="utf-8") == "else"
    assert "1 of 5 written" in draw(tmp_path)


def test_a_missing_drawing_is_stale(tmp_path):
    with pytest.raises(CommandError, match="renovation.md"):
        draw(tmp_path / "nowhere", "--check")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_edge_and_every_state_is_drawn(machine):
    lines = [line.strip() for line in render(machine).splitlines()]
    edges = {
        f"{source} --> {'state_before' if transition.target is RESUME else transition.target}: {transition.event}"
        for transition in machine.transitions
        for source in transition.sources
    }
    ends = {f"{state} --> [*]" for state in machine.final}
    assert {line for line in lines if "-->" in line} == edges | ends | {f"[*] --> {machine.initial}"}
    for state in machine.states:
        assert f'state "{state} {CHINESE[machine.states][state]}" as {state}' in lines
    rows = [line for line in lines if line.startswith("| `")]
    assert len(rows) == len(edges) + len(ends)


def test_a_row_says_who_may_and_whether_a_reason_is_needed():
    rows = render(MACHINES[0]).splitlines()
    assert (
        "| `joint_evaluation` 效果共评 | `back_to_works` | `joint_supervision` 建设共管 "
        "| `renovation.back_to_works`: staff | yes | Only with a list of what has to be put right |"
    ) in rows
    assert any("| `reopen_decision` |" in row and "nobody; it follows from another act | no |" in row for row in rows)
