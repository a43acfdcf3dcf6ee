"""Which invitations are still good for anything."""

from django.db import models


class InvitationQuerySet(models.QuerySet):
    def unspent(self):
        """Neither used nor revoked; their time may be over."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True)

    def open_at(self, moment):
        """Those that open something at a moment (aware datetime)."""
        return self.unspent().filter(expires_at__gt=moment)
