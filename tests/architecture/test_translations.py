"""Every sentence of ours has its Chinese, and the compiled catalogue in the repository is the current one.

Needs no gettext tools: sources are read by Python's own parser, templates by Django's.
"""

import ast
import re
from pathlib import Path

import polib
import pytest
import wagtail
from django.utils.translation.template import templatize

from tests.architecture.source import ROOT, name_of, tracked, tree

CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
BORROWED = [ROOT / "locale_wagtail" / "zh_Hans" / "LC_MESSAGES" / name for name in ("django.po", "djangojs.po")]
USED_OF_CONTRIB = {"settings", "routable_page", "typed_table_block", "table_block"}
# The names under which sentences are marked, and which arguments are a context, a singular and a plural.
PLAIN, PLURAL, CONTEXT, CONTEXT_PLURAL = (None, 0, None), (None, 0, 1), (0, 1, None), (0, 1, 2)
MARKERS = {
    "_": PLAIN,
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
    "npgettext": CONTEXT_PLURAL,
    "npgettext_lazy": CONTEXT_PLURAL,
}
SOURCES = [path for path in tracked("*.py") if name_of(path).split("/")[0] not in {"tests", "benchmarks"}]
TEMPLATES = [path for path in tracked("*.html", "*.txt") if "templates" in path.parts]


@pytest.fixture(scope="module")
def catalogue():
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}


def sentences(module: ast.AST) -> set[tuple[str | None, str]]:
    """(context, sentence) of every marked text in a syntax tree."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and (marker := MARKERS.get(called(node))):
            context, singular, plural = marker
            texts = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
            if len(texts) > singular and isinstance(texts[singular], str):
                found.add((texts[context] if context is not None else None, texts[singular]))
    return found


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def in_template(text: str) -> set[tuple[str | None, str]]:
    """Django turns a template into calls among noise; each call alone is an expression of Python."""
    text_or_name = r"(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|[^()'\"])*"
    calls = re.findall(rf"\b((?:n?p?gettext|_)\(u?{text_or_name}\))", templatize(text))
    found = set()
    for call in calls:
        found |= sentences(ast.parse(call, mode="eval"))
    return found


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_every_sentence_of_the_source_is_in_the_catalogue(path, catalogue):
    assert sorted(sentences(tree(path)) - catalogue.keys(), key=str) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_sentence_of_a_template_is_in_the_catalogue(path, catalogue):
    assert sorted(in_template(path.read_text(encoding="utf-8")) - catalogue.keys(), key=str) == []


def test_every_sentence_has_its_chinese(catalogue):
    without = [entry.msgid for entry in catalogue.values() if entry.fuzzy or not entry.translated()]
    assert without == []


def test_placeholders_survive_the_translation(catalogue):
    """A missing %(name)s would be a 500 in one language only."""
    pattern = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w+}")
    for entry in catalogue.values():
        wanted = set(pattern.findall(entry.msgid)) | set(pattern.findall(entry.msgid_plural))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text:
                assert set(pattern.findall(text)) <= wanted, entry.msgid
                assert wanted - set(pattern.findall(text)) <= {"%(count)s", "%(count)d"}, entry.msgid


@pytest.mark.parametrize("path", [CATALOGUE, *BORROWED], ids=name_of)
def test_the_compiled_catalogue_is_the_current_one(path):
    compiled = {(entry.msgctxt, entry.msgid): texts(entry) for entry in polib.mofile(str(path.with_suffix(".mo")))}
    written = [entry for entry in polib.pofile(str(path)) if entry.translated() and not entry.obsolete]
    assert compiled == {(entry.msgctxt, entry.msgid): texts(entry) for entry in written}


class TestBorrowedWords:
    """The second catalogue: what Wagtail and its like leave in English, and a few words that we say otherwise."""

    # Stands in a list where Wagtail gives no name of the things that it counts.
    LEFT_OUT = {"%(model_name)s"}

    def test_placeholders_survive(self):
        pattern = re.compile(r"%\(\w+\)[sd]|%[sdr]|{\w+}")
        for path in BORROWED:
            for entry in polib.pofile(str(path)):
                wanted = set(pattern.findall(entry.msgid_plural or entry.msgid))
                for text in texts(entry):
                    found = set(pattern.findall(text))
                    assert found <= wanted | set(pattern.findall(entry.msgid)), entry.msgid
                    assert wanted - found <= (self.LEFT_OUT if "%(items_count)s" in wanted else set()), entry.msgid

    def test_tags_survive(self):
        for path in BORROWED:
            for entry in polib.pofile(str(path)):
                wanted = sorted(re.findall(r"</?\w+[^>]*>", entry.msgid))
                assert all(sorted(re.findall(r"</?\w+[^>]*>", text)) == wanted for text in texts(entry)), entry.msgid

    def test_every_sentence_has_its_chinese_and_one_form_of_the_plural(self):
        for path in BORROWED:
            catalogue = polib.pofile(str(path))
            assert catalogue.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
            assert [entry.msgid for entry in catalogue if entry.fuzzy or not entry.translated()] == []

    def test_nothing_is_left_of_what_wagtail_did_not_translate(self, catalogue):
        """A new version of Wagtail brings new sentences: they are named here until they have their Chinese."""
        borrowed = {(entry.msgctxt, entry.msgid) for path in BORROWED for entry in polib.pofile(str(path))}
        root = Path(wagtail.__file__).parent
        left = set()
        for path in sorted(root.glob("**/locale/en/LC_MESSAGES/*.po")):
            app = path.relative_to(root).parts[:-4]
            if app[:1] == ("contrib",) and app[1] not in USED_OF_CONTRIB:
                continue
            chinese = polib.pofile(str(path).replace("/en/", "/zh_Hans/"))
            known = {(entry.msgctxt, entry.msgid) for entry in chinese if entry.translated()}
            left |= {(e.msgctxt, e.msgid) for e in polib.pofile(str(path)) if not e.obsolete} - known
        assert sorted(msgid for context, msgid in left - borrowed - catalogue.keys()) == []


def texts(entry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


class TestReadingOfSources:
    """The tests above are worth what this reading is worth."""

    def test_calls_of_python(self):
        source = "_('a' 'b'); ngettext('one', 'many', n); pgettext_lazy('door', 'open'); _(name); t.gettext('c')"
        assert sentences(ast.parse(source)) == {(None, "ab"), (None, "one"), ("door", "open"), (None, "c")}

    def test_tags_of_templates(self):
        template = """{% load i18n %}{% translate "It's open" %} {% translate "open" context "door" %}
            {{ _("said \\"so\\"") }} {% blocktranslate trimmed with name=x %}Dear
            {{ name }}{% endblocktranslate %}
            {% blocktranslate count n=n %}one{% plural %}many{% endblocktranslate %}"""
        assert in_template(template) == {
            (None, "It's open"),
            ("door", "open"),
            (None, 'said "so"'),
            (None, "Dear %(name)s"),
            (None, "one"),
        }
