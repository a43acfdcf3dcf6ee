"""Pictures of the demo, drawn by us: the same at every load, no letters of any script needed to read a photo."""

import random
from functools import lru_cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

from community.photos import PreparedPhoto, prepare_photo

from .papers import paper
from .scenes import SCENES


def jpeg(picture) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def drawn(scene: str, progress: int, seed: str) -> bytes:
    """A scene at a stage (0 to 100), as a JPEG. The seed places clouds, trees and people."""
    return jpeg(SCENES[scene](progress, random.Random(f"{scene} {progress} {seed}")))  # noqa: S311


@lru_cache(maxsize=8)
def photo(scene: str, progress: int, seed: str) -> PreparedPhoto:
    """A scene as somebody would hand it in."""
    return _prepared(drawn(scene, progress, seed))


def sheet(kind: str, name: str, figures) -> PreparedPhoto:
    """A signed and stamped paper, photographed."""
    return _prepared(jpeg(paper(kind, name, figures)))


def _prepared(data: bytes) -> PreparedPhoto:
    return prepare_photo(SimpleUploadedFile("drawn.jpg", data, content_type="image/jpeg"))
