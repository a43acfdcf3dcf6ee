"""Whose pictures and documents are whose: each stands on the shelf (collection) of a unit."""

from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Collection, ReferenceIndex
from wagtail.permission_policies.base import BasePermissionPolicy

from community.grants import grants_for, holders_of, within
from community.models import Unit, User
from community.roles import Role

from ..models import UnitCollection

WRITERS = (Role.EDITOR, Role.STAFF, Role.ADMINISTRATOR)
READERS = (*WRITERS, Role.SUPERVISOR)
WRITING = frozenset({"add", "change", "delete"})
READING = frozenset({"choose", "view"})


@dataclass(frozen=True)
class Shelves:
    """Keys of the collections that a person may fill, and of those that they may look at and choose from."""

    writable: frozenset[int]
    readable: frozenset[int]

    def for_actions(self, actions) -> frozenset[int]:
        found: frozenset[int] = frozenset()
        if WRITING & set(actions):
            found |= self.writable
        if READING & set(actions):
            found |= self.readable
        return found


NO_SHELVES = Shelves(frozenset(), frozenset())


def paths_above(paths) -> list[str]:
    """The tree paths of all units above these."""
    return [path[:end] for path in paths for end in range(Unit.steplen, len(path), Unit.steplen)]


def shelves_of(user) -> Shelves:
    """Fill the shelves of one's units and below; look also at those of the units above, and at the common one."""
    grants = grants_for(user)
    mine, seen = grants.paths(*WRITERS), grants.paths(*READERS)
    if not seen:
        return NO_SHELVES
    writable = UnitCollection.objects.filter(within(mine, "unit__path")).values_list("collection_id", flat=True)
    readable = UnitCollection.objects.filter(within(seen, "unit__path") | Q(unit__path__in=paths_above(seen)))
    common = Collection.objects.filter(depth=1).values_list("pk", flat=True)
    return Shelves(frozenset(writable), frozenset(readable.values_list("collection_id", flat=True)) | frozenset(common))


class AppointedShelfPolicy(BasePermissionPolicy):
    """Pictures and documents by the shelf that they stand on. Being a superuser gives nothing.

    Nothing that a page shows can be deleted, neither a published page nor a draft.
    """

    permission_cache_name = "_shelves"

    def get_all_permissions_for_user(self, user):
        return shelves_of(user)

    def user_has_permission(self, user, action):
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user, actions):
        return bool(self.get_cached_permissions_for_user(user).for_actions(actions))

    def user_has_permission_for_instance(self, user, action, instance):
        shelves = self.get_cached_permissions_for_user(user).for_actions([action])
        if instance.collection_id not in shelves:
            return False
        return action != "delete" or not ReferenceIndex.get_references_to(instance).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        shelves = self.get_cached_permissions_for_user(user).for_actions(actions)
        return self.model._default_manager.filter(collection__in=shelves)

    def instances_user_has_permission_for(self, user, action):
        return self.instances_user_has_any_permission_for(user, [action])

    def collections_user_has_any_permission_for(self, user, actions):
        return Collection.objects.filter(pk__in=self.get_cached_permissions_for_user(user).for_actions(actions))

    def collections_user_has_permission_for(self, user, action):
        return self.collections_user_has_any_permission_for(user, [action])

    def users_with_any_permission(self, actions):
        return holders_of(WRITERS)

    def users_with_any_permission_for_instance(self, actions, instance):
        shelf = UnitCollection.objects.filter(collection_id=instance.collection_id).select_related("unit").first()
        return holders_of(WRITERS, shelf.unit) if shelf else User.objects.none()
