"""Who may import whom. The arrows are explained in docs/adr/0001-a-package-for-places-and-people.md."""

import ast
import sys

import pytest

from tests.architecture.source import PACKAGES, ROOT, imported, modules, name_of, tree

# The neighbours that a package may import; parts of a package are named where not all of it is meant.
ARROWS = {
    "cms": ("cms", "services", "workflows", "home", "community"),
    "services": ("services", "workflows.kernel", "home", "community"),
    "workflows": ("workflows", "home", "community"),
    "home": ("home", "community"),
    "community": ("community",),
}
# Rules reckon shares and money in integers and fractions. Where a float decides nothing, it is named here.
FLOATS_ALLOWED = {"workflows/rules/difference.py": "how alike two sentences are, for showing them side by side"}
CLOCK = {"now", "today", "utcnow", "time", "monotonic", "localtime"}


def within(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == part or name.startswith(part + ".") for part in allowed)


def is_pure(path) -> bool:
    return "rules" in path.parts or path.stem in {"rules", "kernel"}


def is_float(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float)
    return isinstance(node, ast.Name) and node.id == "float"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_follow_the_arrows(path):
    allowed = ARROWS[name_of(path).split("/")[0]]
    ours = {name for name in imported(path) if name.split(".")[0] in PACKAGES}
    assert sorted(name for name in ours if not within(name, allowed)) == []


@pytest.mark.parametrize("path", [path for path in modules() if is_pure(path)], ids=name_of)
def test_rules_are_pure(path):
    """The standard library and other rules; no framework, no clock, no floating point."""
    top = name_of(path).split("/")[0]
    allowed = (*sys.stdlib_module_names, f"{top}.rules", "workflows.kernel")
    assert sorted(name for name in imported(path) if not within(name, allowed)) == []
    for node in ast.walk(tree(path)):
        if name_of(path) not in FLOATS_ALLOWED:
            assert not is_float(node), f"float in line {node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in CLOCK, f"clock read in line {node.lineno}"


@pytest.mark.parametrize("path", [path for path in modules() if "models" in path.parts], ids=name_of)
def test_models_import_no_layer_above(path):
    above = ("actions", "views", "forms", "admin", "wagtail_hooks")
    ours = [name for name in imported(path) if name.split(".")[0] in PACKAGES]
    assert [name for name in ours if set(name.split(".")) & set(above)] == []


@pytest.mark.parametrize("path", [path for path in modules() if "actions" in path.parts], ids=name_of)
def test_actions_know_no_request_and_no_screen(path):
    screens = ("django.http", "django.shortcuts", "django.template", "django.views", "wagtail.admin")
    assert [name for name in imported(path) if within(name, screens)] == []


def test_the_layout_is_the_agreed_one():
    """No drawer for what nobody named."""
    names = {part for path in modules() for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not names & {"core", "utils", "common", "helpers", "managers", "misc"}
