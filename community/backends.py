"""Sign-in as Django does it; rights from current appointments, and from nothing else."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q

from .grants import grants_for, holders_of
from .policies import permissions_of
from .roles import ADMIN_ROLES, Role

ENTER_ADMIN = "wagtailadmin.access_admin"


class AppointmentBackend(ModelBackend):
    """Every permission follows the grants of today: it ends with the appointment, on the next request.

    No Django groups, no permissions of single users. A superuser may open the admin; nothing behind it opens by that.
    """

    def get_user_permissions(self, user_obj, obj=None) -> set[str]:
        return self.get_all_permissions(user_obj, obj)

    def get_group_permissions(self, user_obj, obj=None) -> set[str]:
        return set()

    def get_all_permissions(self, user_obj, obj=None) -> set[str]:
        """Names such as "community.change_home": held somewhere. Where exactly, the policy of the model says."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        grants = grants_for(user_obj)
        found = set().union(*(permissions_of(role) for role in grants.roles))
        if grants.may_enter_admin or user_obj.is_superuser:
            found.add(ENTER_ADMIN)
        return found

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj, app_label) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions(user_obj))

    def with_perm(self, perm, is_active=True, include_superusers=True, obj=None):
        """The accounts that hold a permission today. `perm` is "app.codename" or a Permission."""
        from .models import User

        if obj is not None:
            return User.objects.none()
        if not isinstance(perm, str):
            perm = f"{perm.content_type.app_label}.{perm.codename}"
        roles = ADMIN_ROLES if perm == ENTER_ADMIN else {role for role in Role if perm in permissions_of(role)}
        condition = Q(pk__in=holders_of(roles).values("pk"))
        if include_superusers and perm == ENTER_ADMIN:
            condition |= Q(is_superuser=True)
        found = User.objects.filter(condition)
        return found if is_active is None else found.filter(is_active=is_active)
