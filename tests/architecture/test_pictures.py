"""Pictures of the docs: each is there, each is shown, none is heavy, and every guide has some."""

import re

import pytest

from community.roles import Role
from tests.architecture.source import ROOT, name_of, tracked
from tests.browser.pictures import DOCS, SHOTS, target_of

SHOWN = re.compile(r"!\[([^\]]+)\]\(([^)]+\.png)\)")
HEAVIEST, ALL_TOGETHER = 150_000, 4_000_000
TEXTS = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
PICTURES = [path for path in tracked("*.png") if name_of(path).startswith("docs/")]


def shown() -> set:
    found = [(text, SHOWN.findall(text.read_text(encoding="utf-8"))) for text in TEXTS]
    return {(text.parent / address).resolve() for text, pictures in found for _words, address in pictures}


def test_every_picture_that_is_shown_is_there_and_every_one_that_is_there_is_shown():
    assert shown() == set(PICTURES)


def test_the_command_takes_every_picture_but_that_of_the_readme():
    taken = {target_of(shot, width, None) for shot in SHOTS for width in shot.widths}
    assert set(PICTURES) - taken == {DOCS / "images" / "project-page.png"}
    assert taken <= set(PICTURES)


@pytest.mark.parametrize("role", list(Role))
def test_every_guide_has_two_pictures_that_say_what_they_show(role):
    text = (DOCS / "guides" / f"{role.value}.md").read_text("utf-8")
    assert len(SHOWN.findall(text)) >= 2


def test_no_picture_is_heavy():
    sizes = {path.name: path.stat().st_size for path in PICTURES}
    assert {name: size for name, size in sizes.items() if size > HEAVIEST} == {}
    assert sum(sizes.values()) <= ALL_TOGETHER
