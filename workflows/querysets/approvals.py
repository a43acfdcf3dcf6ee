"""Reads of approval rounds and seats."""

from django.db import models

from community.grants import grants_for, within

from ..rules.renovation import ROLES_FOR


class PolicyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Policies of the units at or below a node where the person's role reads requests."""
        return self.filter(within(grants_for(user).paths(*ROLES_FOR["renovation.view"]), "unit__path"))

    def newest(self):
        """The newest version of each unit's policy."""
        later = self.model.objects.filter(unit=models.OuterRef("unit"), version__gt=models.OuterRef("version"))
        return self.exclude(models.Exists(later))


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        paths = grants_for(user).paths(*ROLES_FOR["renovation.view"])
        return self.filter(within(paths, "request__unit__path"))


class SeatQuerySet(models.QuerySet):
    def asked(self, step, day):
        """Seats of a step whose holder keeps the post on that day and has not decided elsewhere in the round."""
        decided = step.round.decisions.filter(only_once=True).values("member")
        return (
            self.filter(step=step, member__is_active=True)
            .filter(models.Q(appointment__ends_on__isnull=True) | models.Q(appointment__ends_on__gt=day))
            .exclude(member__in=decided)
        )

    def waiting_for(self, member_id: int, day):
        """Open seats of a member who has not decided in the round, by due date.

        Seats whose appointment has ended, and second seats of somebody who decided already, are not waiting.
        """
        decided = self.model._meta.apps.get_model("workflows", "Decision").objects.filter(
            member_id=member_id, round=models.OuterRef("step__round"), only_once=True
        )
        return (
            self.filter(member_id=member_id, step__state="open", step__round__state="open", decision__isnull=True)
            .filter(step__round__request__state="joint_decision")
            .filter(models.Q(appointment__ends_on__isnull=True) | models.Q(appointment__ends_on__gt=day))
            .exclude(models.Exists(decided))
            .select_related("step__round__request__community", "step__unit", "step__policy_step")
            .order_by("step__due_at", "pk")
        )
