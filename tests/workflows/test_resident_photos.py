"""Hostile files and files that tell too much, at the forms that stand open to everybody."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from community.models import StoredFile
from tests.community.test_files_actions import HOSTILE, phone_photo, upload
from tests.workflows import residents
from tests.workflows.desk import fill, soup
from tests.workflows.residents import errors, send, write
from tests.worlds import world
from workflows.desk import pending
from workflows.models import ResidentPhoto

pytestmark = pytest.mark.django_db
TRACES = (b"GPS", b"Exif", b"http", b"Phone", b"xmp", b"ICC_PROFILE")


@world
def there():
    return residents.place()


@pytest.fixture(autouse=True)
def empty_shelf():
    for path in pending.DRAFTS.folder.glob("*"):
        path.unlink()


@pytest.fixture
def at_photos(there):
    client = Client()
    place = f"{there.address}propose/place/"
    client.post(place, fill(client.get(place), **residents.answers_at(there)["place"]))
    return client


def test_every_hostile_file_is_refused_beside_the_field(there, at_photos):
    address = f"{there.address}propose/problem/"
    page = at_photos.get(address)
    assert len(HOSTILE) >= 30
    for case, (data, name) in HOSTILE.items():
        answer = at_photos.post(address, fill(page, problem="灯坏了", photos=[upload(data, name)]))
        assert answer.status_code == 422, case
        assert errors(answer), case
        assert not soup(answer).select("input[name=keep]"), case
    assert list(pending.DRAFTS.folder.glob("*")) == []
    assert StoredFile.objects.count() == 0


def test_a_good_photo_among_hostile_ones_is_kept(there, at_photos):
    address = f"{there.address}propose/problem/"
    page = at_photos.get(address)
    chosen = [upload(*HOSTILE["svg"]), upload(*phone_photo(0)), upload(*HOSTILE["zip behind a jpeg"])]
    answer = at_photos.post(address, fill(page, problem="灯坏了", photos=chosen))
    assert answer.status_code == 422
    assert len(soup(answer).select("input[name=keep][checked]")) == 1


def test_nothing_of_where_and_when_is_left_in_twenty_phone_photos(there):
    for start in range(0, 20, 5):
        photos = [upload(*phone_photo(number)) for number in range(start, start + 5)]
        send(there, write(there, photos=photos))
    stored = [photo.file for photo in ResidentPhoto.objects.select_related("file")]
    assert len(stored) == 20
    for file in stored:
        for written in (file.file, file.small):
            data = Path(settings.MEDIA_ROOT, written.name).read_bytes()
            assert not [trace for trace in TRACES if trace in data]
        assert Client().get(file.url).status_code == 404
        assert Client().get(f"/media/{file.file.name}").status_code == 404
