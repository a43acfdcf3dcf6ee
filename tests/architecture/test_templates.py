"""Templates: nothing inline that the content policy would refuse, nothing unescaped."""

import re

import pytest

from tests.architecture.source import name_of, tracked

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style[\s>]", re.I),
    "a script without src": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=[\"']application/json)[^>]*>", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "unescaped output": re.compile(r"\|\s*safe\b|autoescape\s+off"),
    "something from another host": re.compile(
        r"(?:src|action)\s*=\s*[\"'](?:https?:)?//|<link[^>]*href=[\"'](?:https?:)?//", re.I
    ),
}


@pytest.mark.parametrize("path", tracked("*.html", "*.svg"), ids=name_of)
def test_nothing_inline_and_nothing_unescaped(path):
    text = path.read_text(encoding="utf-8")
    without_tags = re.sub(r"{#.*?#}|{%.*?%}", "", text, flags=re.S) if path.suffix == ".html" else text
    found = [
        what
        for what, pattern in INLINE.items()
        if pattern.search(without_tags) or (what == "unescaped output" and pattern.search(text))
    ]
    assert found == []


@pytest.mark.parametrize("path", tracked("*.html"), ids=name_of)
def test_every_form_that_posts_carries_its_token(path):
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form[^>]*method=[\"']post[\"'][^>]*>.*?</form>", text, flags=re.I | re.S):
        assert "{% csrf_token %}" in form or "{% include" in form or "{% block" in form
