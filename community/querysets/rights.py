"""Which reviews of rights a person may see."""

from django.db import models

from ..grants import grants_for, within

READERS = ("staff", "administrator", "supervisor")


class RightsReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within(grants_for(user).paths(*READERS), "unit__path"))
