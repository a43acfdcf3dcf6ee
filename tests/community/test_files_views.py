"""Stored files over HTTP: who gets them, and as what."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from community.photos import prepare_paper, prepare_photo, store_paper, store_photo
from community.records import act
from tests.community.test_files_actions import JPEG
from tests.factories import community as make

pytestmark = pytest.mark.django_db


def stored_photo(unit, *, public=False):
    prepared = prepare_photo(SimpleUploadedFile("photo.jpg", JPEG))
    with act(make.SYSTEM, "test.photo", unit) as a:
        return store_photo(a, unit, prepared, name="Road", public=public)


def stored_paper(unit):
    prepared = prepare_paper(SimpleUploadedFile("paper.pdf", b"%PDF-1.4\n<script>alert(1)</script>\n%%EOF"))
    with act(make.SYSTEM, "test.paper", unit) as a:
        return store_paper(a, unit, prepared, name="Minutes", public=True)


def status(client, user, url) -> int:
    client.logout()
    if user is not None:
        client.force_login(user)
    return client.get(url).status_code


def test_a_public_photo_is_for_everyone_and_for_caches(client):
    stored = stored_photo(make.community(), public=True)
    for url in (stored.url, stored.small_url):
        response = client.get(url)
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert response["Content-Disposition"].startswith("inline")
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'"
        assert "Set-Cookie" not in response and "Cookie" not in response.get("Vary", "")
        assert b"".join(response.streaming_content).startswith(b"\xff\xd8")


def test_a_private_photo_is_for_those_who_decide_keep_or_oversee_the_place(client):
    street = make.unit(make.Unit.Kind.STREET)
    own, neighbour = make.community(parent=street), make.community(parent=street)
    grid = make.unit(parent=own)
    photo = stored_photo(grid)
    may = [
        make.holder(post, place)
        for post, place in (("officer", own), ("committee_member", grid), ("inspector", street))
    ]
    may_not = [
        make.holder("officer", neighbour),
        make.holder("volunteer", grid),
        make.holder("editor", own),
        make.holder("grid_worker", make.unit(parent=own)),
        make.member(unit=own),
    ]
    for url in (photo.url, photo.small_url):
        assert [status(client, person.user, url) for person in may] == [200, 200, 200]
        assert {status(client, person.user, url) for person in may_not} == {404}
        assert status(client, None, url) == 404


def test_a_private_photo_is_kept_by_no_cache(client):
    community = make.community()
    client.force_login(make.holder("officer", community).user)
    assert client.get(stored_photo(community).url)["Cache-Control"] == "private, no-store"


def test_a_pdf_is_downloaded_never_shown_in_place(client):
    response = client.get(stored_paper(make.community()).url)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["a" * 16 + "/full/", "../../secret-key", "evidence/aa/x.jpg", "1/full/"])
def test_other_addresses_give_nothing(client, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_a_paper_has_no_small_picture_and_a_lost_file_is_absent(client):
    paper, photo = stored_paper(make.community()), stored_photo(make.community(prefix="BB"), public=True)
    assert client.get(paper.url.replace("full", "small")).status_code == 404
    photo.file.storage.delete(photo.file.name)
    assert client.get(photo.url).status_code == 404


def test_media_is_not_posted_to(client):
    assert client.post(stored_photo(make.community(), public=True).url).status_code == 405
