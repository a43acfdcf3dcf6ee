"""One list of public addresses, for the tests with a browser and for those without.

    for one in public_addresses(build_world()): client.get(one.path) …

Whoever adds a kind of public page adds it to the world (tests/browser/world.py) or here, and every check holds for it.
"""

from dataclasses import dataclass

from tests.browser.world import World

# Names of the world's addresses that are something else than a page that everybody may read.
STAFF_FORMS = {"sign in", "invitation", "invited"}
NOT_FOUND, FORMS = {"not found"}, STAFF_FORMS | {"follow", "propose", "propose: place"}
ONE_LANGUAGE = STAFF_FORMS
BESIDES = {"accessibility": "/accessibility/", "privacy": "/privacy/", "follow": "/f/"}


@dataclass(frozen=True)
class Address:
    """`path` is the Chinese address. Pages in one language have no address under /en/."""

    name: str
    path: str
    status: int = 200
    has_form: bool = False
    languages: tuple[str, ...] = ("zh-hans", "en")

    def path_in(self, language: str) -> str:
        return f"/en{self.path}" if language == "en" else self.path


def public_addresses(world: World) -> list[Address]:
    """Every kind of public page, form and error page once."""
    return [
        Address(
            name,
            path,
            status=404 if name in NOT_FOUND else 200,
            has_form=name in FORMS,
            languages=("zh-hans",) if name in ONE_LANGUAGE else ("zh-hans", "en"),
        )
        for name, path in (world.public | BESIDES).items()
    ]
