"""What a role may do with pages, pictures and documents, in words; the roles come from the tables that are asked."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.role_words import Right, rights_of_policies
from community.roles import Role

from ..publishing.reviewers import REVIEWERS, WRITERS
from . import media

PAGES, FILES = _("Pages"), _("Pictures and documents")


def rights() -> list[Right]:
    return [
        Right(PAGES, pgettext_lazy("right", "write and hand in"), frozenset(WRITERS)),
        Right(PAGES, pgettext_lazy("right", "look over and publish what others wrote"), frozenset(REVIEWERS)),
        Right(PAGES, pgettext_lazy("right", "open and withdraw"), frozenset({Role.ADMINISTRATOR})),
        Right(FILES, pgettext_lazy("right", "look at"), frozenset(media.READERS)),
        Right(FILES, pgettext_lazy("right", "add, change and delete"), frozenset(media.WRITERS)),
        *rights_of_policies("home"),
    ]
