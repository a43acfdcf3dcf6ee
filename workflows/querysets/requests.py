"""Which requests a person may see."""

from django.db import models
from django.db.models import F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate

from community.grants import grants_for, within

from ..rules.renovation import ROLES_FOR
from ..rules.stages import ASIDE, State, stage_of


class RequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Requests at or below a node where the person's role may view them, and those they are on duty for."""
        grants = grants_for(user)
        seen = within(grants.paths(*ROLES_FOR["renovation.view"]), "unit__path")
        if grants.member_id:
            on_duty = self.model.duty_days.rel.related_model.objects.filter(
                assignments__member=grants.member_id, assignments__is_active=True
            )
            seen |= Q(pk__in=on_duty.values("request"))
        return self.filter(seen)

    def in_stage(self, stage: str):
        """Requests that show this stage; those aside show the one that they were left from."""
        states = [state for state in State if state not in ASIDE and stage_of(state) == stage]
        return self.filter(Q(state__in=states) | Q(state__in=ASIDE, resume_to__in=states))

    def with_due(self):
        """Adds `due_on`: the last day of the open step of approval, else the first day of a fault not put right."""
        get = self.model._meta.apps.get_model
        steps = get("workflows", "ApprovalStep").objects.filter(
            round__request=OuterRef("pk"), round__state="open", state="open"
        )
        faults = get("workflows", "Fault").objects.unfinished().filter(request=OuterRef("pk")).order_by()
        earliest = faults.values("request").annotate(first=Min("due_on")).values("first")
        step_due = Subquery(steps.order_by("due_at").annotate(day=TruncDate(F("due_at"))).values("day")[:1])
        return self.annotate(due_on=Coalesce(step_due, Subquery(earliest)))
