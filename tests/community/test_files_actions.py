"""Photos and papers: what comes in, what is refused, what is left in the file that is kept."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from community.models import Event, StoredFile
from community.photos import MAX_BYTES, prepare_paper, prepare_photo, store_paper, store_photo
from community.records import act
from community.refusals import ActionRefused
from tests.factories import community as make


def picture(size=(60, 40), mode="RGB", colour=(200, 30, 30)) -> Image.Image:
    return Image.new(mode, size, colour if mode == "RGB" else 0)


def encoded(image: Image.Image, kind="JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def upload(data: bytes, name="photo.jpg", content_type="image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type)


def gps_exif(number: int, orientation: int = 1) -> bytes:
    """EXIF as a phone writes it: maker, moment, orientation and the place."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0132] = "Maker", f"Phone {number}", "2026:03:01 08:00:00"
    exif[0x0112] = orientation
    place = exif.get_ifd(0x8825)
    place[1], place[3] = "N", "E"
    place[2] = tuple(IFDRational(value, 1) for value in (30, number, 5))
    place[4] = tuple(IFDRational(value, 1) for value in (114, number, 7))
    return exif.tobytes()


def phone_photo(number: int) -> tuple[bytes, str]:
    """Twenty kinds of photo with a place in it: three formats, eight orientations, XMP, ICC, comments."""
    image = picture((120 + number, 80))
    kind = ("JPEG", "PNG", "WEBP")[number % 3]
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"exif": gps_exif(number, 1 + number % 8), "icc_profile": profile}
    if kind in {"JPEG", "WEBP"}:
        options["xmp"] = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><GPSLatitude>30,5N</GPSLatitude></x:xmpmeta>'
    if kind == "JPEG":
        options["comment"] = b"GPS 30.5N 114.9E"
    if kind == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Location", "GPS 30.5N 114.9E")
    return encoded(image, kind, **options), f"photo.{kind.lower()}"


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, rows: bytes = b"") -> bytes:
    """A PNG whose header claims a size, whatever dots follow."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def zipped(content=b"<script>alert(1)</script>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("index.html", content)
    return out.getvalue()


def moving(kind: str, frames: int) -> bytes:
    images = [picture((8, 8), colour=(number % 255, 0, 0)) for number in range(frames)]
    return encoded(images[0], kind, save_all=True, append_images=images[1:])


JPEG = encoded(picture((400, 300)))
PNG = encoded(picture((400, 300)), "PNG")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

HOSTILE = {
    "empty": (b"", "photo.jpg"),
    "text": (b"hello", "photo.jpg"),
    "html": (b"<!doctype html><script>alert(1)</script>", "photo.jpg"),
    "svg": (SVG, "photo.svg"),
    "svg named jpg": (SVG, "photo.jpg"),
    "png named jpg": (PNG, "photo.jpg"),
    "jpeg named png": (JPEG, "photo.png"),
    "jpeg named html": (JPEG, "photo.html"),
    "jpeg without ending": (JPEG, "photo"),
    "jpeg truncated": (JPEG[: len(JPEG) // 2], "photo.jpg"),
    "jpeg header only": (JPEG[:20], "photo.jpg"),
    "png truncated": (PNG[: len(PNG) // 2], "photo.png"),
    "png with a wrong checksum": (PNG[:40] + b"\xff" + PNG[41:], "photo.png"),
    "png bomb 50000 x 50000": (png_of(50_000, 50_000), "photo.png"),
    "png just above the limit": (png_of(6_001, 4_000), "photo.png"),
    "png that claims more than it has": (png_of(3_000, 3_000, zlib.compress(b"\0" * 99)), "photo.png"),
    "png with a text bomb": (
        PNG[:33] + png_chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 90_000_000)) + PNG[33:],
        "photo.png",
    ),
    "too many bytes": (JPEG + b"\0" * MAX_BYTES, "photo.jpg"),
    "zip behind a jpeg": (JPEG + zipped(), "photo.jpg"),
    "zip behind a png": (PNG + zipped(b"plain"), "photo.png"),
    "script in a jpeg comment": (encoded(picture(), comment=b"<script>alert(1)</script>"), "photo.jpg"),
    "html behind a jpeg": (JPEG + b"<html><body onload=alert(1)>", "photo.jpg"),
    "php in exif": (encoded(picture(), exif=b"Exif\0\0<?php system('id'); ?>"), "photo.jpg"),
    "gif": (encoded(picture(), "GIF"), "photo.gif"),
    "gif of 10000 frames": (moving("GIF", 300) * 30, "photo.gif"),
    "gif named jpg": (moving("GIF", 3), "photo.jpg"),
    "moving png": (moving("PNG", 30), "photo.png"),
    "moving webp": (moving("WEBP", 30), "photo.webp"),
    "tiff": (encoded(picture(), "TIFF"), "photo.tif"),
    "bmp named jpg": (encoded(picture(), "BMP"), "photo.jpg"),
    "pdf named jpg": (b"%PDF-1.4\n%%EOF", "photo.jpg"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "photo.jpg"),
    "ico": (encoded(picture(), "ICO"), "photo.jpg"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_photo_is_refused_with_a_sentence(case):
    data, name = HOSTILE[case]
    with pytest.raises(ActionRefused) as refused:
        prepare_photo(upload(data, name))
    assert refused.value.field == "photo"
    assert str(refused.value).endswith((".", "。"))


@pytest.mark.parametrize("number", range(20))
def test_nothing_but_the_dots_is_kept_of_a_phone_photo(number):
    data, name = phone_photo(number)
    prepared = prepare_photo(upload(data, name))
    for kept in (prepared.full, prepared.small):
        image = Image.open(io.BytesIO(kept))
        assert image.format == "JPEG"
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        assert not any(trace in kept for trace in (b"GPS", b"Exif", b"http", b"Phone", b"xmp", b"ICC_PROFILE"))


def test_a_photo_taken_upright_stands_upright():
    sideways = picture((80, 40))
    sideways.paste((0, 0, 255), (0, 0, 10, 40))
    prepared = prepare_photo(upload(encoded(sideways, exif=gps_exif(1, orientation=6), quality=95)))
    image = Image.open(io.BytesIO(prepared.full))
    assert image.size == (prepared.width, prepared.height) == (40, 80)
    red, _green, blue = image.getpixel((20, 3))
    assert blue > 200 > red


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "LA", "1", "I;16"])
def test_a_large_picture_of_any_mode_becomes_two_jpegs(mode):
    prepared = prepare_photo(upload(encoded(picture((3000, 1500), mode), "PNG"), "photo.png"))
    assert (prepared.width, prepared.height) == (1600, 800)
    assert Image.open(io.BytesIO(prepared.full)).size == (1600, 800)
    assert Image.open(io.BytesIO(prepared.small)).size == (800, 400)


def test_what_is_transparent_becomes_white():
    prepared = prepare_photo(upload(encoded(Image.new("RGBA", (2000, 900), (0, 0, 0, 0)), "PNG"), "photo.png"))
    assert Image.open(io.BytesIO(prepared.full)).getpixel((5, 5)) == (255, 255, 255)


def test_a_cmyk_jpeg_is_a_photo_too():
    assert prepare_photo(upload(encoded(Image.new("CMYK", (50, 50))))).width == 50


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.4\n no end", "paper.pdf"),
        (b"%PDF-1.4\n%%EOF", "paper.jpg"),
        (b"GIF89a %PDF-1.4\n%%EOF", "paper.pdf"),
        (b"%PDF-1.4\n%%EOF" + zipped(), "paper.pdf"),
        (zipped(), "paper.pdf"),
        (zipped(), "paper.docx"),
        (SVG, "paper.svg"),
        (encoded(picture(), "WEBP"), "paper.webp"),
        (PNG[:-20], "paper.png"),
        (b"%PDF-1.4" + b"\0" * MAX_BYTES + b"%%EOF", "paper.pdf"),
    ],
)
def test_what_is_no_paper_is_refused(data, name):
    with pytest.raises(ActionRefused) as refused:
        prepare_paper(upload(data, name))
    assert refused.value.field == "paper"


@pytest.mark.django_db
def test_a_photo_is_stored_within_an_act_with_its_hash():
    community = make.community()
    prepared = prepare_photo(upload(JPEG))
    with act(make.SYSTEM, "test.photo", community) as a:
        stored = a.subject = store_photo(a, community, prepared, name="Road  before\nthe works", public=True)
    found = StoredFile.objects.get()
    assert found == stored
    assert found.file.read() == prepared.full and found.small.read() == prepared.small
    assert found.name == "Road before the works"
    assert found.sha256 in Event.objects.get(verb="test.photo").body


@pytest.mark.django_db
def test_an_act_that_fails_leaves_no_file_behind():
    community = make.community()
    written = []
    with pytest.raises(ActionRefused), act(make.SYSTEM, "test.photo", community) as a:
        stored = store_photo(a, community, prepare_photo(upload(JPEG)), name="Road")
        written += [Path(stored.file.path), Path(stored.small.path)]
        assert all(path.exists() for path in written)
        raise ActionRefused("no")
    assert written and not any(path.exists() for path in written)


@pytest.mark.django_db
def test_a_name_with_a_phone_number_is_refused():
    community = make.community()
    with pytest.raises(ActionRefused) as refused, act(make.SYSTEM, "test.paper", community) as a:
        store_paper(a, community, prepare_paper(upload(b"%PDF-1.4\n%%EOF", "a.pdf")), name="张 138 0013 8000")
    assert refused.value.field == "name"
    assert not StoredFile.objects.exists()
