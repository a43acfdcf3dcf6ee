"""Which urgent publications a person sees, and which still owe a look."""

from datetime import datetime

from django.db import models

from community.grants import grants_for, within
from community.roles import Role

READERS = (Role.EDITOR, Role.STAFF, Role.ADMINISTRATOR, Role.SUPERVISOR)


class OwedReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's places: for who writes there, and for their supervisors."""
        return self.filter(within(grants_for(user).paths(*READERS), "unit__path"))

    def owed(self):
        return self.filter(outcome="owed")

    def late(self, now: datetime):
        return self.owed().filter(due_at__lte=now)

    def unapproved(self, page):
        """The urgent publication that readers see now and that no second person found right; None otherwise."""
        if page.live_revision_id is None:
            return None
        shown = self.filter(page_id=page.pk, revision=page.live_revision_id, outcome__in=["owed", "demanded"])
        return shown.order_by("-pk").first()
