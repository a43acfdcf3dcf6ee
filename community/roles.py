"""Which post gives which role: the one table between the organisation and the software."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do with the software; every right is granted to a role, at a node, while a post is held."""

    EDITOR = "editor", _("Editor")
    GRID_WORKER = "grid_worker", _("Grid worker")
    STAFF = "staff", _("Community staff")
    COMMITTEE = "committee", _("Committee member")
    SERVING = "serving", _("Member who serves")
    SUPERVISOR = "supervisor", _("Supervisor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Post(models.TextChoices):
    """What a person is appointed to, in the words of the neighbourhood."""

    SECRETARY = "secretary", _("Secretary")
    DEPUTY = "deputy", _("Deputy secretary")
    OFFICER = "officer", _("Community officer")
    EDITOR = "editor", _("Editor")
    COMMITTEE_MEMBER = "committee_member", _("Committee member")
    PART_TIME_MEMBER = "part_time_member", _("Part-time committee member")
    UNIT_DELEGATE = "unit_delegate", _("Delegate of a member unit")
    GRID_WORKER = "grid_worker", _("Grid worker")
    BUILDING_STEWARD = "building_steward", _("Building steward")
    TEAM_LEADER = "team_leader", _("Team leader")
    GROUP_MEMBER = "group_member", _("Group member")
    HOUSEHOLD_CENTRE = "household_centre", _("Keeper of a member household")
    VOLUNTEER = "volunteer", _("Volunteer")
    INSTRUCTOR = "instructor", _("Instructor")
    INSPECTOR = "inspector", _("Inspector")
    STREET_SUPERVISOR = "street_supervisor", _("Street supervisor")
    ADMINISTRATOR = "administrator", _("System administrator")


POST_ROLES: dict[str, frozenset[Role]] = {
    Post.SECRETARY: frozenset({Role.STAFF}),
    Post.DEPUTY: frozenset({Role.STAFF}),
    Post.OFFICER: frozenset({Role.STAFF}),
    Post.EDITOR: frozenset({Role.EDITOR}),
    Post.COMMITTEE_MEMBER: frozenset({Role.COMMITTEE}),
    Post.PART_TIME_MEMBER: frozenset({Role.COMMITTEE}),
    Post.UNIT_DELEGATE: frozenset({Role.COMMITTEE}),
    Post.GRID_WORKER: frozenset({Role.GRID_WORKER}),
    Post.BUILDING_STEWARD: frozenset({Role.SERVING}),
    Post.TEAM_LEADER: frozenset({Role.SERVING}),
    Post.GROUP_MEMBER: frozenset({Role.SERVING}),
    Post.HOUSEHOLD_CENTRE: frozenset({Role.SERVING}),
    Post.VOLUNTEER: frozenset({Role.SERVING}),
    Post.INSTRUCTOR: frozenset({Role.SERVING}),
    Post.INSPECTOR: frozenset({Role.SUPERVISOR}),
    Post.STREET_SUPERVISOR: frozenset({Role.SUPERVISOR}),
    Post.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
}

# Who works in the Wagtail admin; the others work on the desk, readers need no account.
ADMIN_ROLES = frozenset({Role.EDITOR, Role.STAFF, Role.SUPERVISOR, Role.ADMINISTRATOR})
