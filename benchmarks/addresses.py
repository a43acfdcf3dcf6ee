"""Run inside `manage.py shell`: prints, as JSON, the pages to measure, each with the cookie that it needs, and the
decisions that wait to be sent: seats of rounds made for this, with the form that each member has filled in."""

import json
import secrets
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from community.models import Appointment
from community.roles import Post
from tests.factories import community as make
from tests.factories import renovation
from workflows.actions.approvals import publish_policy
from workflows.models import Seat

ROUNDS = 60


def signed_in(user) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def a_page(package: str, name: str) -> str:
    return apps.get_model(package, name).objects.live().first().url


member = Appointment.objects.filter(post=Post.COMMITTEE_MEMBER, member__user__isnull=False).first().member
pages = {
    "notice": {"path": a_page("home", "NoticePage"), "cookie": ""},
    "project": {"path": a_page("workflows", "ProjectPage"), "cookie": ""},
    "desk inbox": {"path": "/desk/", "cookie": signed_in(member.user)},
}


def decisions() -> list[dict]:
    """One form per seat: five members of one body, in every round."""
    here = renovation.neighbourhood(prefix="ZZ")
    step = {**renovation.COMMITTEE_STEP, "min_taking_part": 5, "min_approvals": 5}
    publish_policy(make.SYSTEM, unit=here.community, name="Benchmark", steps=[step])
    cookies = {person.pk: signed_in(person.user) for person in here.committee}
    for _round in range(ROUNDS):
        renovation.asked(here, renovation.joint_decision(here))
    related = ("appointment", "step__round__request__community")
    seats = Seat.objects.filter(step__community=here.community).select_related(*related).order_by("pk")
    return [form_of(seat, cookies[seat.member_id]) for seat in seats]


def form_of(seat, cookie: str) -> dict:
    token, request = secrets.token_hex(16), seat.step.round.request
    fields = {"csrfmiddlewaretoken": token, "choice": "agree", "reason": "", "read_version": request.version}
    address = reverse("desk-decide-submit", args=[request.community.code, request.reference, seat.step.reference])
    return {
        "path": address,
        "cookie": f"{cookie}; {settings.CSRF_COOKIE_NAME}={token}",
        "body": urlencode({**fields, "seat": seat.appointment.reference}),
    }


print(json.dumps({"pages": pages, "decisions": decisions()}))
