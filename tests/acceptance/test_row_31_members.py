"""Row 31: 57 directly managed + 218 resident + 90 from paired units = 365 members, each counted once."""

import pytest
from django.urls import reverse

from community.actions.people import appoint, register_member
from community.models import Member
from community.roles import Post
from tests.acceptance.people import Person
from tests.factories import community as make

pytestmark = pytest.mark.django_db
COMPOSITION = {"managed": 57, "resident": 218, "paired": 90}


def test_the_composition_of_a_community_is_counted_and_each_person_once():
    community = make.community(name="平安社区")
    grid = make.unit(parent=community)
    secretary = make.holder(Post.SECRETARY, community, source="managed")
    wanted = {**COMPOSITION, "managed": COMPOSITION["managed"] - 1}
    members = [
        register_member(make.SYSTEM, unit=grid if number % 2 else community, name=f"成员{number}", source=source)
        for source, count in wanted.items()
        for number in range(count)
    ]
    for post in (Post.VOLUNTEER, Post.GROUP_MEMBER):
        appoint(make.SYSTEM, member=members[0], unit=grid, post=post, starts_on=make.LONG_AGO)
    elsewhere = make.community(name="清和社区")
    register_member(make.SYSTEM, unit=elsewhere, name="别处的成员", source=Member.Source.RESIDENT)

    page = Person(secretary).read(reverse("units:inspect", args=[community.code]))
    page.shows("Directly managed 57", "Resident 218", "From a paired unit 90", "In all 365", "counted once")
    half = Person(secretary).read(reverse("units:inspect", args=[grid.code]))
    assert "In all 365" not in half
