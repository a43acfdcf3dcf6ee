"""What must not stand in the repository: paths of somebody's machine, secrets, things left for later."""

import re

import pytest

from tests.architecture.source import name_of, tracked

TEXT = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".in", ".po", ".svg", ".json", ".yml", ""}
FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"(?<![\w.:/])/(?:work|home|root|Users)/\w"),
    "a private key": re.compile(r"-----BEGIN (?:\w+ )?PRIVATE " + "KEY"),
    "something left for later": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
    "an address of a package host": re.compile(r"--(?:extra-)?index" + "-url|--find" + "-links"),
}


@pytest.mark.parametrize("path", [path for path in tracked() if path.suffix in TEXT], ids=name_of)
def test_nothing_that_belongs_elsewhere(path):
    text = path.read_text(encoding="utf-8")
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_no_data_and_no_environment_is_tracked():
    tops = {name_of(path).split("/")[0] for path in tracked()}
    assert not tops & {"var", "media", ".venv", "staticfiles", "node_modules"}
