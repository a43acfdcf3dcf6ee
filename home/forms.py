"""The form of every page type in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

HAND_IN, URGENT = "action-submit", "action-urgent"  # the names of the buttons in the editor


class SitePageForm(WagtailAdminPageForm):
    """The address may stay empty: one is found when the page is saved. What is handed in has no gaps."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "Small letters, digits and hyphens. Leave it empty and an address is found for you."
            )

    def defer_required_fields(self):
        """A draft may have gaps; a page that goes to a second person may not."""
        if HAND_IN not in self.data and URGENT not in self.data:
            super().defer_required_fields()


class NoticePageForm(SitePageForm):
    """A notice is meant for a part of its own community, or for all of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "target" in self.fields:
            from .querysets.reach import targets_within

            page = self.instance if self.instance.path else self.parent_page.specific
            community = page.community
            field = self.fields["target"]
            field.queryset = targets_within(community) if community else field.queryset.none()
            field.empty_label = _("The whole community")
            field.error_messages["invalid_choice"] = _("This place does not belong to the community.")
