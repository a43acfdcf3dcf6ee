"""Pictures and documents: whose shelf, who fills it, what is taken out of an upload."""

import pytest
from django.urls import reverse
from PIL import Image

from home.models import LinliDocument, LinliImage, UnitCollection
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

from .test_pages_permissions import ROLES, WRITERS, Two, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@world
def two():
    return Two()


def shelf(page):
    return UnitCollection.objects.get(unit=page.unit).collection


KINDS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


def with_place(name="photo.jpg", kind="JPEG"):
    """A photo that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "SecretPhoneMaker"
    exif[0x8825] = {1: "N", 2: (30.0, 12.0, 1.0)}
    return make.upload(name, kind=kind, exif=exif)


SPACES = {"image": "wagtailimages", "document": "wagtaildocs"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["image", "document"])
def test_lists_and_choosers_show_ones_own_shelves_and_those_above(client, two, role, kind):
    new = getattr(make, kind)
    new(two.own, title="自己的图")
    new(two.own.get_parent().specific, title="街道的图")
    new(two.neighbour, title="邻居的图")
    signed_in(client, two.user(role))
    listed = client.get(reverse(f"{SPACES[kind]}:index")).content.decode()
    chooser = client.get(reverse(f"{SPACES[kind]}_chooser:choose"))
    offered = chooser.json().get("html", "") if chooser.status_code == 200 else ""
    assert "邻居的图" not in listed + offered
    assert ("自己的图" in listed) is (role in WRITERS)
    for title in ("自己的图", "街道的图"):
        assert (title in offered) is (role in (*WRITERS, "supervisor")), title


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_neighbours_files_do_not_open_and_are_not_chosen(client, two, role, kind):
    row = getattr(make, kind)(two.neighbour, title="邻居的图")
    signed_in(client, two.user(role))
    addresses = [
        reverse(f"{SPACES[kind]}:edit", args=[row.pk]),
        reverse(f"{SPACES[kind]}:delete", args=[row.pk]),
        reverse(f"{SPACES[kind]}:{kind}_usage", args=[row.pk]),
        reverse(f"{SPACES[kind]}_chooser:chosen", args=[row.pk]),
        reverse(f"{SPACES[kind]}_chooser:chosen_multiple") + f"?id={row.pk}",
    ]
    if kind == "image":
        addresses += [
            reverse("wagtailimages:url_generator", args=[row.pk]),
            reverse("wagtailimages:preview", args=[row.pk, "width-100"]),
            reverse("wagtailimages_chooser:select_format", args=[row.pk]),
        ]
    for address in addresses:
        answer = client.get(address)
        body = b"" if answer.streaming else answer.content
        text = body.decode("utf-8", "ignore")
        assert "邻居的图" not in text, address
        assert "邻居的图".encode("unicode_escape").decode() not in text, address
        assert not (address.endswith("preview/") and answer.status_code == 200)
        client.post(address, {"title": "改名", "description": "改名", "collection": shelf(two.own).pk})
    row.refresh_from_db()
    assert row.title == "邻居的图"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("whose", ["own", "neighbour"])
def test_an_upload_goes_to_ones_own_shelf_and_loses_its_past(client, two, role, whose):
    signed_in(client, two.user(role))
    target = shelf(getattr(two, whose))
    values = {"title": "新图", "description": "小区门口", "collection": target.pk, "tags": ""}
    values |= {f"focal_point_{name}": "" for name in ("x", "y", "width", "height")}
    values = {f"image-chooser-upload-{name}": value for name, value in values.items()}
    client.post(reverse("wagtailimages_chooser:create"), {**values, "image-chooser-upload-file": with_place()})
    found = LinliImage.objects.filter(title="新图")
    assert found.filter(collection=shelf(two.neighbour)).count() == 0
    assert found.exists() is (role in WRITERS)
    for image in found:
        image.file.open()
        data = image.file.read()
        assert b"SecretPhoneMaker" not in data
        image.file.seek(0)
        assert not Image.open(image.file).getexif()


def test_what_a_picture_shows_must_be_said(client, two):
    signed_in(client, two.user("editor"))
    values = {"title": "新图", "description": "", "file": with_place(), "collection": shelf(two.own).pk}
    answer = client.post(
        reverse("wagtailimages_chooser:create"),
        {f"image-chooser-upload-{name}": value for name, value in values.items()},
    )
    assert answer.status_code == 200
    assert not LinliImage.objects.exists()


def test_a_broken_picture_is_refused_with_a_sentence(client, two):
    from django.core.files.uploadedfile import SimpleUploadedFile

    signed_in(client, two.user("editor"))
    broken = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff\xe0 not a picture", content_type="image/jpeg")
    values = {"title": "新图", "description": "门口", "file": broken, "collection": shelf(two.own).pk}
    answer = client.post(
        reverse("wagtailimages_chooser:create"),
        {f"image-chooser-upload-{name}": value for name, value in values.items()},
    )
    assert answer.status_code == 200
    assert not LinliImage.objects.exists()


def test_the_picture_behind_a_page_neither_changes_nor_goes(client, two):
    image = make.image(two.own)
    before = image.file.read()
    make.notice(two.own, body=[{"type": "picture", "value": {"image": image.pk, "caption": ""}}])
    signed_in(client, two.user("editor"))
    values = {
        "title": "换图",
        "description": "换了",
        "file": make.upload(size=(50, 50)),
        "collection": image.collection_id,
    }
    client.post(reverse("wagtailimages:edit", args=[image.pk]), values)
    client.post(reverse("wagtailimages:delete", args=[image.pk]))
    client.post(reverse("wagtail_bulk_action", args=["home", "linliimage", "delete"]) + f"?id={image.pk}", {})
    kept = LinliImage.objects.get(pk=image.pk)
    assert kept.file.read() == before


def test_an_unused_picture_can_be_thrown_away(client, two):
    image = make.image(two.own)
    signed_in(client, two.user("editor"))
    client.post(reverse("wagtailimages:delete", args=[image.pk]))
    assert not LinliImage.objects.filter(pk=image.pk).exists()


def test_files_that_are_not_there_are_not_found(client):
    for address in ("/files/nothing/", "/media/images/nothing.jpg", "/media/images/nothing.svg"):
        assert client.get(address).status_code == 404


def test_a_document_is_kept_under_its_title(client, two):
    document = make.document(two.own, title="施工方案")
    answer = client.get(document.url)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert str(document.pk) not in document.url.split("/")
    assert LinliDocument.objects.get(pk=document.pk).filename == "施工方案.pdf"


def test_shelves_of_communities_below_belong_to_those_above(client, two):
    image = make.image(two.own, title="下面的图")
    officer = units.holder(units.Post.OFFICER, two.own.unit.get_parent())
    signed_in(client, officer.user)
    assert "下面的图" in client.get(reverse("wagtailimages:index")).content.decode()
    assert client.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.webp"])
def test_many_pictures_at_once_lose_their_past_too(client, two, name):
    """Wagtail keeps the upload aside until the description is there, and then takes it from where it lay."""
    signed_in(client, two.user("editor"))
    target = shelf(two.own)
    upload = with_place(name, KINDS[name.partition(".")[2]])
    first = client.post(
        reverse("wagtailimages:add_multiple"), {"title": "门口", "collection": target.pk, "files[]": upload}
    )
    key = first.json()["uploaded_file_id"]
    values = {"title": "门口", "description": "小区门口", "collection": target.pk, "tags": ""}
    values = {f"uploaded-image-{key}-{field}": value for field, value in values.items()}
    second = client.post(reverse("wagtailimages:create_multiple_from_uploaded_image", args=[key]), values)
    assert second.json()["success"]
    image = LinliImage.objects.get()
    data = image.file.read()
    assert b"SecretPhoneMaker" not in data
    assert data[:3] == b"\xff\xd8\xff"
    assert (image.width, image.height) == (1200, 900)
    assert image.get_rendition("width-400").width == 400
