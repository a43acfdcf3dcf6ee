"""Documents in the admin: what readers load was looked over by two, and stays what it was."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import community as units
from tests.factories import pages as make

pytestmark = pytest.mark.django_db


def test_the_file_of_a_document_is_never_changed(client):
    page = make.community()
    document = make.document(page)
    client.force_login(units.holder(units.Post.EDITOR, page.unit).user)
    address = reverse("wagtaildocs:edit", args=[document.pk])
    assert 'type="file"' not in client.get(address).content.decode()
    other = SimpleUploadedFile("plan.pdf", b"%PDF-1.4\nother\n%%EOF")
    client.post(address, {"title": "施工方案", "collection": document.collection_id, "file": other})
    document.refresh_from_db()
    with document.file.open("rb") as file:
        assert b"other" not in file.read()


def test_a_new_document_has_a_file(client):
    page = make.community()
    shelf = make.document(page).collection_id
    client.force_login(units.holder(units.Post.EDITOR, page.unit).user)
    new = SimpleUploadedFile("rules.pdf", b"%PDF-1.4\nnew\n%%EOF")
    sent = client.post(reverse("wagtaildocs:add"), {"title": "规约", "collection": shelf, "file": new})
    assert sent.status_code == 302
