"""Whose sheets a person may see: their own, as long as they keep the register there."""

from django.db import models

from ..grants import grants_for, within

KEEPERS = ("staff", "administrator")


class RegisterImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A sheet is seen by the one who handed it in, and by nobody else."""
        if not getattr(user, "pk", None):
            return self.none()
        return self.filter(within(grants_for(user).paths(*KEEPERS), "unit__path"), user=user)
