"""The screen for what stands at the foot of the pages."""

from django.utils.translation import gettext_lazy as _

from community.admin.forms import ScopedForm
from community.admin.scoped import ScopedModelViewSet

from ..actions import details as actions
from ..models import SiteDetails
from ..querysets.details import FIELDS


class NewDetailsForm(ScopedForm):
    class Meta(ScopedForm.Meta):
        model = SiteDetails
        fields = ["unit", *FIELDS]


class DetailsForm(ScopedForm):
    class Meta(ScopedForm.Meta):
        model = SiteDetails
        fields = [*FIELDS]


class SiteDetailsViewSet(ScopedModelViewSet):
    model = SiteDetails
    name = "details"
    icon = "form"
    menu_label = _("Foot of the pages")
    action_argument = "details"
    lookup_field = "reference"
    list_display = ["unit", "host", "icp_number", "police_number"]
    list_export = ["unit", *FIELDS]
    search_fields = ["unit__name", "host"]
    select_related = ("unit",)
    inspect_view_fields = ["unit", *FIELDS]
    create_action = staticmethod(actions.add_details)
    change_action = staticmethod(actions.change_details)

    def get_form_class(self, for_update=False):
        return DetailsForm if for_update else NewDetailsForm
