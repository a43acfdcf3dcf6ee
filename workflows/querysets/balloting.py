"""Reads of owners' votes."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Sum

from community.grants import grants_for, within
from community.models import Home

from ..rules.balloting import LIVE, BallotState, HomeShare
from ..rules.renovation import ROLES_FOR
from ..rules.votes import PARTICIPATION, Measure


class BallotQuerySet(models.QuerySet):
    def visible_to(self, user):
        paths = grants_for(user).paths(*ROLES_FOR["renovation.view"])
        return self.filter(within(paths, "request__unit__path"))

    def live(self):
        """Drafted, running or being counted."""
        return self.filter(state__in=sorted(LIVE))

    def over_at(self, moment):
        """Running although their time is over."""
        return self.filter(state=BallotState.OPEN, closes_at__lte=moment)


@dataclass(frozen=True)
class Turnout:
    """How many took part so far, by number and by area, each beside what art. 278 asks for."""

    owners: Measure
    area: Measure
    online: int
    on_paper: int


def homes_of(ballot) -> list[Home]:
    """The homes of the register that a ballot is about, in the order of building and number."""
    homes = Home.objects.filter(community=ballot.community_id, building__estate=ballot.estate_id)
    if ballot.building_id:
        homes = homes.filter(building=ballot.building_id)
    if ballot.entrance:
        homes = homes.filter(entrance=ballot.entrance)
    return list(homes.order_by("building_id", "entrance", "number", "pk"))


def shares_of(homes: list[Home]) -> list[HomeShare]:
    return [HomeShare(home.pk, home.floor_area_centi, home.owner_code, home.unsold) for home in homes]


def turnout(ballot) -> Turnout:
    """Participation so far. Two queries: never what somebody said."""
    voted = ballot.electors.filter(pk__in=ballot.votes.values("elector"))
    taken = voted.aggregate(number=models.Count("pk"), area=Sum("area_centi"))
    channels = dict(ballot.votes.order_by().values_list("channel").annotate(models.Count("elector", distinct=True)))
    return Turnout(
        owners=Measure(taken["number"], ballot.owners, PARTICIPATION),
        area=Measure(taken["area"] or 0, ballot.area_centi, PARTICIPATION),
        online=channels.get("web", 0),
        on_paper=channels.get("paper", 0),
    )
