"""The first person of a new site, from the command line to the admin."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from community.models import Appointment, Member, Unit

pytestmark = pytest.mark.django_db


def appointed(*arguments, **options) -> str:
    out = io.StringIO()
    call_command("appoint_administrator", *arguments, stdout=out, **options)
    return out.getvalue()


def test_a_new_site_gets_its_organisation_and_somebody_who_can_sign_in(client):
    said = appointed("first", "管理员", organisation="示例区", code="sample")
    password = re.search(r"shown once: (\S+)", said).group(1)
    assert client.login(username="first", password=password)
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/units/").status_code == 200
    assert Unit.objects.get().name == "示例区"


def test_without_an_organisation_it_says_what_to_name():
    with pytest.raises(CommandError, match="--organisation"):
        appointed("first", "管理员")
    assert not Unit.objects.exists()


def test_a_second_administrator_joins_the_same_organisation():
    appointed("first", "管理员", organisation="示例区", code="sample")
    appointed("second", "另一位管理员")
    assert Unit.objects.count() == 1
    assert Appointment.objects.filter(post="administrator").count() == 2


def test_a_taken_sign_in_name_is_said():
    appointed("first", "管理员", organisation="示例区", code="sample")
    with pytest.raises(CommandError):
        appointed("first", "另一位管理员")
    assert Member.objects.count() == 1
