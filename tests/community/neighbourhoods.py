"""Two communities of one street, alike in everything, for tests of who sees what of whose."""

from dataclasses import dataclass

from django.utils import timezone

from community.actions.people import appoint, open_account, register_member
from community.actions.places import add_building, add_estate, add_home, add_partner
from community.models import Appointment, Building, Delivery, Estate, Home, Member, Partner, Unit
from community.sealed import Contact
from tests.factories import community as make


@dataclass
class Neighbourhood:
    """A community with one row of each kind; every name begins with `mark`, so that a leak can be found by it."""

    mark: str
    community: Unit
    grid: Unit
    estate: Estate
    building: Building
    home: Home
    partner: Partner
    member: Member
    with_account: Member
    appointment: Appointment
    ended: Appointment
    delivery: Delivery


def neighbourhood(street: Unit, mark: str) -> Neighbourhood:
    return neighbourhood_in(make.community(parent=street, name=f"{mark}社区"), mark)


def neighbourhood_in(community: Unit, mark: str) -> Neighbourhood:
    """One row of each kind in a community that is there."""
    grid = make.unit(parent=community, name=f"{mark}网格")
    estate = add_estate(make.SYSTEM, community=community, name=f"{mark}小区")
    building = add_building(make.SYSTEM, estate=estate, name=f"{mark}楼", unit=grid)
    home = add_home(make.SYSTEM, building=building, entrance="1单元", number=f"{mark}1", floor_area_centi=8000)
    partner = add_partner(make.SYSTEM, community=community, name=f"{mark}单位")
    contact = Contact(name=f"{mark}李", phone="13812340000")
    member = register_member(make.SYSTEM, unit=community, name=f"{mark}李", contact=contact)
    holder = register_member(make.SYSTEM, unit=community, name=f"{mark}王")
    open_account(make.SYSTEM, member=holder, username=f"account-{community.code}")
    post = {"member": holder, "unit": community, "post": make.Post.VOLUNTEER, "starts_on": make.LONG_AGO}
    ended = appoint(
        make.SYSTEM, **{**post, "ends_on": make.LONG_AGO.replace(year=2021), "post": make.Post.GROUP_MEMBER}
    )
    appointment = appoint(make.SYSTEM, **post)
    holder.refresh_from_db()
    return Neighbourhood(
        mark, community, grid, estate, building, home, partner, member, holder, appointment, ended,
        undelivered(community, holder),
    )  # fmt: skip


def undelivered(community: Unit, member: Member) -> Delivery:
    """A summary of the day that failed."""
    now = timezone.now()
    return Delivery.objects.create(
        unit=community, recipient=member.user, digest_day=now.date(), channel="email", created_at=now, next_at=now,
        state=Delivery.State.GIVEN_UP, problem=Delivery.Problem.REFUSED, attempts=7,
    )  # fmt: skip
