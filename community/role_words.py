"""What a role may do, in sentences for people, drawn from the very tables that grant the rights.

Packages add theirs in their app's `ready()`: `register_rights(rights, order=20)`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.permissions import policy_registry

from .permissions import appointers
from .policies import ScopedPolicy
from .roles import Post, Role

Words = str | Promise

# The actions of policies; what is not here shows itself by its name, and a test fails.
ACTION_WORDS: dict[str, Words] = {
    "view": pgettext_lazy("right", "look at"),
    "add": pgettext_lazy("right", "add"),
    "change": pgettext_lazy("right", "change"),
    "delete": pgettext_lazy("right", "delete"),
    "move": pgettext_lazy("right", "move"),
    "reveal": pgettext_lazy("right", "show a contact in full"),
    "account": pgettext_lazy("right", "open, close and reset accounts"),
    "leave": pgettext_lazy("right", "enter a leaving"),
    "retry": pgettext_lazy("right", "send again"),
}


@dataclass(frozen=True)
class Right:
    """Who may do one thing with one kind of thing."""

    what: Words
    action: Words
    roles: frozenset


Source = Callable[[], Iterable[Right]]
_sources: list[tuple[int, Source]] = []


def register_rights(rights: Source, *, order: int) -> None:
    if (order, rights) not in _sources:
        _sources.append((order, rights))
        _sources.sort(key=lambda source: source[0])


def rights_of_policies(app_label: str, *, besides: Iterable[str] = ()) -> list[Right]:
    """The rights of the scoped policies that are registered for the models of an app."""
    policies = {*policy_registry.values_by_class.values(), *policy_registry.values_by_exact_class.values()}
    ours = [
        policy for policy in policies
        if isinstance(policy, ScopedPolicy) and policy.model._meta.app_label == app_label
        and policy.model.__name__ not in besides
    ]  # fmt: skip
    return [
        Right(policy.model._meta.verbose_name_plural, ACTION_WORDS.get(action, action), roles)
        for policy in sorted(ours, key=lambda policy: policy.model.__name__)
        for action, roles in policy.actions.items()
    ]


def own_rights() -> list[Right]:
    """Places and people, and who appoints to which post."""
    appoint = _("Appoint to posts and end them")
    posts = [Right(appoint, post.label, frozenset(appointers(post))) for post in Post]
    return [*rights_of_policies("community"), *posts]


def rights_of(role: Role) -> dict[str, list[str]]:
    """Kind of thing → what the role may do with it, in words."""
    found: dict[str, list[str]] = {}
    for _order, source in _sources:
        for right in source():
            if role in right.roles:
                found.setdefault(str(right.what), []).append(str(right.action))
    return found


def sentences(role: Role) -> list[str]:
    """One sentence for each kind of thing: “Homes: look at, add”."""
    return [
        _("%(what)s: %(actions)s") % {"what": what, "actions": "、".join(done)}
        for what, done in rights_of(role).items()
    ]
