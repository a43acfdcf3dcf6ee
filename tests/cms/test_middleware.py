"""The language comes from the address; two content policies; a preview may be framed by the admin alone."""

import pytest
from django.urls import reverse

from community.roles import Post
from tests.factories import community as make
from tests.factories import pages

pytestmark = pytest.mark.django_db


def test_public_pages_allow_no_inline_code_and_no_frame(client):
    policy = client.get("/no-such-page/").headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_the_admin_gets_what_wagtail_needs(client):
    policy = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy


def test_the_desk_is_as_strict_as_public_pages(client):
    assert "unsafe-inline" not in client.get("/desk/").headers["Content-Security-Policy"]


def test_every_answer_switches_off_what_is_not_used(client):
    headers = client.get("/no-such-page/").headers
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("path", "language"),
    [("/no-such-page/", "zh-hans"), ("/en/no-such-page/", "en"), ("/enormous/", "zh-hans"), ("/f/abc/", "zh-hans")],
)
def test_the_address_decides_the_language(client, path, language):
    """Neither the browser's wish nor a cookie changes a public page, so one copy serves everybody."""
    client.cookies["django_language"] = "en" if language == "zh-hans" else "zh-hans"
    response = client.get(path, headers={"accept-language": "en-GB,en;q=0.9"})
    assert response.headers["Content-Language"] == language
    assert "Accept-Language" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("path", ["/admin/login/", "/desk/"])
def test_staff_choose_their_language(client, path):
    assert client.get(path, headers={"accept-language": "en"}).headers["Content-Language"] == "zh-hans"
    client.cookies["django_language"] = "en"
    assert client.get(path).headers["Content-Language"] == "en"
    client.cookies["django_language"] = "xx"
    assert client.get(path).headers["Content-Language"] == "zh-hans"


def test_a_preview_may_stand_in_the_admins_frame_and_in_no_other(client):
    """It passes the middleware twice, as the page and as the admin's answer."""
    community = pages.community()
    page = pages.notice(community, live=False)
    editor = make.holder(Post.EDITOR, community.unit)
    client.force_login(editor.user)
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200
    assert page.title in response.content.decode()
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
