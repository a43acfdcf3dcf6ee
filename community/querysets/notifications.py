"""Whose messages, and which deliveries a person may see."""

from django.db import models

from ..grants import grants_for, within

KEEPERS = ("staff", "administrator")


class NotificationQuerySet(models.QuerySet):
    def of(self, user):
        """The messages of one person; nobody sees another's."""
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at=None)

    def to_pass_on(self):
        """Those for which nobody has looked yet where else they should go."""
        return self.filter(passed_on_at=None)


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Deliveries about what happened at or below a node where the person keeps the register."""
        return self.filter(within(grants_for(user).paths(*KEEPERS), "unit__path"))
