"""Documents in the admin: what readers load was looked over by two, and stays what it was."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community.refusals import ActionRefused
from home.actions.publishing import submit_for_review
from home.models import LinliDocument, NoticePage
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
    values = {"title": "规约", "collection": shelf, "file": new, "text": "养狗要牵绳。"}
    sent = client.post(reverse("wagtaildocs:add"), values)
    assert sent.status_code == 302


@pytest.mark.parametrize("text", ["", "   ", "有事打 13812345678"])
def test_without_a_text_that_everybody_may_read_it_is_refused_beside_the_field(client, text):
    page = make.community()
    shelf = make.document(page).collection_id
    client.force_login(units.holder(units.Post.EDITOR, page.unit).user)
    new = SimpleUploadedFile("rules.pdf", b"%PDF-1.4\nnew\n%%EOF")
    sent = client.post(reverse("wagtaildocs:add"), {"title": "规约", "collection": shelf, "file": new, "text": text})
    assert sent.context["form"].errors["text"]
    assert LinliDocument.objects.count() == 1


def test_the_text_of_a_document_is_never_changed_but_added_where_it_was_missing(client):
    page = make.community()
    told, silent = make.document(page), make.document(page, text="")
    client.force_login(units.holder(units.Post.EDITOR, page.unit).user)
    for document in (told, silent):
        values = {"title": "施工方案", "collection": document.collection_id, "text": "别的"}
        client.post(reverse("wagtaildocs:edit", args=[document.pk]), values)
        document.refresh_from_db()
    assert (told.text, silent.text) == ("每天 8:00 到 18:00 施工。", "别的")


def test_a_reader_opens_the_document_as_a_page(client, django_assert_max_num_queries):
    document = make.document(make.community(), text="第一条 牵绳。\n\n第二条 <b>清理</b>。")
    address = reverse("attachment", args=[document.reference])
    client.get(address)
    with django_assert_max_num_queries(9):
        shown = client.get(address)
    text = shown.content.decode()
    assert "<p>第一条 牵绳。</p>" in text and "&lt;b&gt;清理" in text
    assert document.url in text and "PDF" in text and shown.cookies == {}
    assert "What it says stands above" in client.get("/en" + address).content.decode()
    assert client.get(reverse("attachment", args=["x" * 16])).status_code == 404


def test_a_page_with_a_document_without_text_is_not_handed_in():
    page = make.community()
    author = units.holder(units.Post.EDITOR, page.unit)
    silent = make.document(page, text="")
    body = [("document", {"document": silent, "about": "施工到十月。"})]
    notice = make.notice(page, live=False, user=author.user, body=body)
    with pytest.raises(ActionRefused, match="施工方案"):
        submit_for_review(units.context(author), page=NoticePage.objects.get(pk=notice.pk))
