"""Reads of evidence, and of other rows that hang on a request."""

from django.db import models

from community.grants import grants_for, within

from ..rules.renovation import ROLES_FOR


class OfRequestQuerySet(models.QuerySet):
    """Rows that hang on a request."""

    def visible_to(self, user):
        paths = grants_for(user).paths(*ROLES_FOR["renovation.view"])
        return self.filter(within(paths, "request__unit__path"))


class EvidenceQuerySet(OfRequestQuerySet):
    def standing(self):
        """Entered or confirmed, not withdrawn."""
        return self.exclude(status=self.model.Status.WITHDRAWN)

    def confirmed(self):
        return self.filter(status=self.model.Status.CONFIRMED)
