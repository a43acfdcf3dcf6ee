"""One's own account in the admin."""

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView


class OwnAccountView(AccountView):
    """Wagtail's, without the choice of its mails: none is sent. Where messages go is chosen on the desk."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if panel.name != "notifications"]


account = require_admin_access(OwnAccountView.as_view())
