"""The root of every admin view of ours: it finds the row in the person's places, and asks the policy."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from ..records import Context
from ..refusals import NotAllowed


def context_of(request, reason: str = "") -> Context:
    """The context of an act that comes from a screen."""
    return Context(user=request.user, reason=reason)


class ScopedView:
    """Finds the row among those that the person may view, asks the policy, and says no with a reason.

    Comes first in the bases of every view of ours. `permission` is the action of the policy that the view needs.
    """

    model = None
    permission = "view"
    lookup_field = "pk"
    select_related = ()
    row = None
    edit_url_name = delete_url_name = inspect_url_name = history_url_name = None

    def setup(self, request, *args, **kwargs):
        if "pk" in kwargs:
            self.row = self.find(request.user, kwargs["pk"])
            kwargs["pk"] = str(self.row.pk)
        super().setup(request, *args, **kwargs)

    def find(self, user, key):
        try:
            return self.rows(user).get(**{self.lookup_field: key})
        except (self.model.DoesNotExist, ValueError, ValidationError) as error:
            raise Http404 from error

    def rows(self, user):
        """The rows that exist for the person."""
        place = self.policy.place.replace(".", "__")
        wanted = [*self.select_related, *filter(None, [place])]
        rows = self.policy.instances_user_has_permission_for(user, "view")
        return rows.select_related(*wanted) if wanted else rows

    @cached_property
    def policy(self):
        return policy_registry.get_by_type(self.model)

    def may(self, action: str, row=None) -> bool:
        return self.policy.can(self.request.user, action, row)

    def dispatch(self, request, *args, **kwargs):
        try:
            if not self.may(self.permission, self.row):
                raise NotAllowed(_("Your posts do not include this here."))
            return super().dispatch(request, *args, **kwargs)
        except NotAllowed as refusal:
            return self.refuse(refusal)
        except PermissionDenied:
            return self.refuse(NotAllowed(_("Your posts do not include this here.")))

    def refuse(self, refusal: NotAllowed):
        context = {"reason": refusal, "header_title": _("Not allowed")}
        return TemplateResponse(self.request, "community/admin/refused.html", context, status=refusal.status)

    def get_object(self, queryset=None):
        return self.row

    def address(self, url_name: str | None, row=None) -> str | None:
        """The address of a view of the row: by its public reference where it has one."""
        row = row or self.row
        return reverse(url_name, args=[getattr(row, self.lookup_field)]) if url_name else None

    def get_edit_url(self, instance=None):
        row = instance or self.row
        return self.address(self.edit_url_name, row) if self.may("change", row) else None

    def get_delete_url(self, instance=None):
        row = instance or self.row
        return self.address(self.delete_url_name, row) if self.may("delete", row) else None

    def get_inspect_url(self, instance=None):
        return self.address(self.inspect_url_name, instance)

    def get_history_url(self, instance=None):
        return self.address(self.history_url_name, instance)

    def get_copy_url(self, instance=None):
        return None

    def get_usage_url(self, instance=None):
        return None
