"""Reads of duty days and faults."""

from django.db import models
from django.db.models import Q

from community.grants import grants_for, within

from ..rules.renovation import ROLES_FOR


class DutyDayQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Days of requests that the person may view, and the days on which they stand on the rota."""
        grants = grants_for(user)
        seen = within(grants.paths(*ROLES_FOR["renovation.view"]), "request__unit__path")
        if grants.member_id:
            mine = self.model.assignments.rel.related_model.objects.filter(member=grants.member_id, is_active=True)
            seen |= Q(pk__in=mine.values("duty_day"))
        return self.filter(seen)

    def of_member(self, member_id: int):
        """Days on which a member stands on the rota of works under supervision."""
        return self.filter(
            assignments__member=member_id, assignments__is_active=True, request__state="joint_supervision"
        ).select_related("request__community")


class FaultQuerySet(models.QuerySet):
    def visible_to(self, user):
        grants = grants_for(user)
        requests = self.model._meta.apps.get_model("workflows", "RenovationRequest").objects.visible_to(user)
        return self.filter(request__in=requests) if grants.items else self.none()

    def unfinished(self):
        return self.exclude(state="closed")
