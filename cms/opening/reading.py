"""What an opening has to know of what is there: where the actor may open a community, and what is taken."""

from django.db.models import Q

from community.grants import grants_for, within
from community.models import Member, Unit
from community.roles import POST_ROLES, Post, Role
from community.sealed import phone_hash
from services.menu_template import BY_KEY

from .rules import COMMUNITIES_STAND_BELOW, Known, Typed, codes_of

FIRST_POSTS = (
    Post.SECRETARY, Post.DEPUTY, Post.OFFICER, Post.EDITOR, Post.COMMITTEE_MEMBER, Post.GRID_WORKER,
)  # fmt: skip
"""Posts that a community opens with; the others are given afterwards, at the units below it or above it."""


def administered(user):
    """The units that a person administers."""
    return Unit.objects.filter(within(grants_for(user).paths(Role.ADMINISTRATOR), "path"))


def parents_for(user):
    """The units below which a person may open a community, in the order of the tree."""
    return administered(user).filter(kind__in=COMMUNITIES_STAND_BELOW).order_by("path")


def known_for(typed: Typed, parent: Unit | None, user=None) -> Known:
    """The facts for the rules, as they are now. `parent`: the unit above as the actor may see it; None when it is gone
    or another's. `user`: who opens; None for the system, which sees all members. Four queries.
    """
    codes = codes_of(typed)
    prefixes = Unit.objects.communities().filter(reference_prefix=typed.prefix)
    return Known(
        parent_kind=parent.kind if parent else "",
        names_there=frozenset(parent.get_children().values_list("name", flat=True)) if parent else frozenset(),
        codes=taken(Q(code__in=codes)),
        prefixes=frozenset(prefixes.values_list("reference_prefix", flat=True)[:1]),
        posts={post.value: POST_ROLES[post] for post in FIRST_POSTS},
        phones=registered([person.phone for person in typed.people if person.phone], user),
        services=frozenset(BY_KEY),
    )


def registered(phones: list[str], user) -> frozenset[str]:
    """Those of the numbers that belong to somebody whom the person sees in the register: nobody stands in it twice."""
    hashes = {phone_hash(phone): phone for phone in phones}
    members = Member.objects.filter(is_active=True, contact__content__phone_hash__in=hashes)
    seen = members if user is None else members.visible_to(user)
    return frozenset(hashes[found] for found in seen.values_list("contact__content__phone_hash", flat=True))


def taken(condition: Q) -> frozenset[str]:
    return frozenset(Unit.objects.filter(condition).values_list("code", flat=True))
