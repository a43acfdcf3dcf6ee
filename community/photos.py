"""Photos and papers that people hand in: checked, made anew, stored within an act.

Two steps, because a picture takes long to read and a transaction must be short: `prepare_…` before the act,
`store_…` inside it. A prepared photo is drawn anew from its dots: no EXIF, no place, no maker's notes, no colour
profile, and nothing that was hidden behind the picture.
"""

import hashlib
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .models import StoredFile, Unit
from .models.places import public_reference
from .personal_numbers import refuse_personal_numbers
from .records import Act
from .refusals import ActionRefused

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
# What keeps the memory for reading one picture below some 200 MB; a JPEG is read at a fraction of its size.
MAX_PIXELS = {"JPEG": 40_000_000, "PNG": 24_000_000, "WEBP": 12_000_000}
PHOTO_SIDE, PAPER_SIDE, SMALL_SIDE = 1600, 2400, 800
QUALITY = 82
ENDINGS = {"JPEG": {".jpg", ".jpeg", ".jfif"}, "PNG": {".png"}, "WEBP": {".webp"}, "PDF": {".pdf"}}
PHOTO_FORMATS = ("JPEG", "PNG", "WEBP")
PAPER_FORMATS = ("JPEG", "PNG")
MARKUP = re.compile(rb"<(?:script|html|svg|!doctype|iframe|\?php)", re.IGNORECASE)


@dataclass(frozen=True)
class PreparedPhoto:
    """A photo drawn anew, as JPEG, in two sizes; width and height in dots of the larger."""

    full: bytes
    small: bytes
    width: int
    height: int


@dataclass(frozen=True)
class PreparedPaper:
    """A paper: a PDF as it came, or a picture drawn anew. `ending` is ".pdf" or ".jpg"."""

    full: bytes
    ending: str
    width: int | None = None
    height: int | None = None


def prepare_photo(upload, *, field: str = "photo") -> PreparedPhoto:
    """Check an uploaded photo (JPEG, PNG or WebP) and draw it anew.

    `upload`: a Django UploadedFile. Raises ActionRefused, with a sentence for `field`, when the file is too large,
    broken, something else than its name says, or not a still picture.
    """
    data = _read(upload, field)
    picture = _picture(data, upload.name, PHOTO_FORMATS, PHOTO_SIDE, field)
    small = picture.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return PreparedPhoto(_jpeg(picture), _jpeg(small), *picture.size)


def prepare_paper(upload, *, field: str = "paper") -> PreparedPaper:
    """Check an uploaded paper: a PDF, or a scan as JPEG or PNG, which is drawn anew. Raises ActionRefused as above."""
    data = _read(upload, field)
    if data.startswith(b"%PDF-"):
        _check_name(upload.name, "PDF", field)
        if b"%%EOF" not in data[-2048:] or zipfile.is_zipfile(BytesIO(data)):
            raise ActionRefused(_("This PDF is damaged. Save or scan it again and choose it once more."), field=field)
        return PreparedPaper(data, ".pdf")
    picture = _picture(data, upload.name, PAPER_FORMATS, PAPER_SIDE, field)
    return PreparedPaper(_jpeg(picture), ".jpg", *picture.size)


def prepared_again(stored: StoredFile) -> PreparedPhoto:
    """A stored photo as it was prepared, for a copy of it. Raises ActionRefused when the file is gone."""
    try:
        with stored.file.open("rb") as full, stored.small.open("rb") as small:
            return PreparedPhoto(full.read(), small.read(), stored.width, stored.height)
    except (OSError, ValueError):
        raise ActionRefused(_("This photo has been erased.")) from None


def store_photo(a: Act, unit: Unit, prepared: PreparedPhoto, *, name: str, public: bool = False) -> StoredFile:
    """Keep a prepared photo within an act. `name` says what it shows, in the staff's words.

    Raises ActionRefused when the name holds a phone or identity number.
    """
    stored = _stored(unit, StoredFile.Kind.PHOTO, prepared, name, public)
    stored.small.save(f"{stored.reference}-small.jpg", ContentFile(prepared.small), save=False)
    return _append(a, stored, prepared.full, ".jpg")


def store_photos(a: Act, unit: Unit, prepared: list[PreparedPhoto], *, name: str) -> list[StoredFile]:
    """Keep several photos that nobody has looked at yet, not public, in one statement. `name` as above."""
    kept = [_stored(unit, StoredFile.Kind.PHOTO, photo, name, public=False) for photo in prepared]
    for stored, photo in zip(kept, prepared, strict=True):
        stored.small.save(f"{stored.reference}-small.jpg", ContentFile(photo.small), save=False)
        _write(a, stored, photo.full, ".jpg")
    return a.append_all(kept)


def store_paper(a: Act, unit: Unit, prepared: PreparedPaper, *, name: str, public: bool = False) -> StoredFile:
    """Keep a prepared paper within an act. `name` says what it is, in the staff's words; refusals as for photos."""
    stored = _stored(unit, StoredFile.Kind.PAPER, prepared, name, public)
    return _append(a, stored, prepared.full, prepared.ending)


def _stored(unit, kind, prepared, name, public) -> StoredFile:
    name = " ".join(name.split())[:120]
    try:
        refuse_personal_numbers(name)
    except ValidationError as error:
        raise ActionRefused(error.messages[0], field="name") from None
    return StoredFile(
        reference=public_reference(),
        unit=unit,
        kind=kind,
        name=name,
        sha256=hashlib.sha256(prepared.full).hexdigest(),
        size=len(prepared.full),
        width=prepared.width,
        height=prepared.height,
        is_public=public,
    )


def _append(a: Act, stored: StoredFile, data: bytes, ending: str) -> StoredFile:
    _write(a, stored, data, ending)
    return a.append(stored)


def _write(a: Act, stored: StoredFile, data: bytes, ending: str) -> None:
    stored.file.save(f"{stored.reference}{ending}", ContentFile(data), save=False)
    for written in filter(None, (stored.file, stored.small)):
        a.undo_by(lambda storage=written.storage, path=written.name: storage.delete(path))


def _read(upload, field: str) -> bytes:
    too_large = ActionRefused(
        _("The file is larger than %(limit)s MB. Choose a smaller one.") % {"limit": MAX_BYTES // MEGABYTE}, field=field
    )
    if upload.size and upload.size > MAX_BYTES:
        raise too_large
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise too_large
    if not data:
        raise ActionRefused(_("The file is empty. Choose it once more."), field=field)
    return data


def _check_name(name: str, kind: str, field: str) -> None:
    """A file that is not what its name says is refused: it was damaged on the way, or it is a trick."""
    if PurePath(name or "").suffix.lower() not in ENDINGS[kind]:
        raise ActionRefused(
            _("This file holds a %(kind)s, but its name ends otherwise. Save it again and choose it once more.")
            % {"kind": kind},
            field=field,
        )


def _picture(data: bytes, name: str, formats: tuple[str, ...], side: int, field: str) -> Image.Image:
    """The picture in upright position on white ground, at most `side` dots long, with nothing but its dots."""
    unreadable = ActionRefused(
        _("This file cannot be read as a picture. Choose a photo as JPEG, PNG or WebP.")
        if "WEBP" in formats
        else _("This file cannot be read. Choose a PDF, or a scan as JPEG or PNG."),
        field=field,
    )
    try:
        with Image.open(BytesIO(data), formats=formats) as checked:
            pixels, frames = checked.width * checked.height, getattr(checked, "n_frames", 1)
            kind = "JPEG" if checked.format == "MPO" else checked.format
            if pixels <= MAX_PIXELS[kind]:
                checked.verify()
    except Exception:  # Pillow's readers raise whatever the damage leads to; each means the same to the person
        raise unreadable from None
    _check_name(name, kind, field)
    if pixels > MAX_PIXELS[kind]:
        raise ActionRefused(
            _("The picture has more than %(limit)s million dots. Choose a smaller one.")
            % {"limit": MAX_PIXELS[kind] // 1_000_000},
            field=field,
        )
    # Phones write a second view behind a JPEG (MPO); the first is the photo. Other formats would be moving pictures.
    if frames > 1 and kind != "JPEG":
        raise ActionRefused(_("Moving pictures cannot be used here. Choose a photo."), field=field)
    if MARKUP.search(data) or zipfile.is_zipfile(BytesIO(data)):
        raise unreadable
    try:
        return _drawn_anew(data, formats, side)
    except Exception:  # as above: broken behind a sound header
        raise unreadable from None


def _drawn_anew(data: bytes, formats: tuple[str, ...], side: int) -> Image.Image:
    with Image.open(BytesIO(data), formats=formats) as image:
        image.draft("RGB", (side, side))  # a JPEG is read at a fraction of its size: less memory, less time
        small = ImageOps.exif_transpose(_shrunk(image, side))
    ground = Image.new("RGB", small.size, "white")
    ground.paste(small.convert("RGB"), mask=small.getchannel("A") if "A" in small.getbands() else None)
    return ground


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    """At most `side` dots long. Bands with transparency are shrunk one by one: Pillow would copy the whole first."""
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    if "A" not in image.getbands() or max(image.size) <= side:
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        return image
    bands = []
    for name in image.getbands():
        band = image.getchannel(name)
        band.thumbnail((side, side), Image.Resampling.LANCZOS)
        bands.append(band)
    merged = Image.merge(image.mode, bands)
    merged.info["exif"] = image.info.get("exif", b"")
    return merged


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
