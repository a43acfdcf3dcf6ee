"""How-tos by role: written in docs/guides/<role>.md, read here, shown under /help/ to those who are signed in.

The files hold four things only: `# title`, `## heading`, numbered steps, paragraphs; and pictures from
docs/guides/images, `![what it shows](images/name.png)`, on a line of their own. Everything else is a plain paragraph,
escaped by the template like any other text.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.grants import grants_for
from community.roles import Role

STEP = re.compile(r"\d+\. (.+)")
PICTURE = re.compile(r"!\[([^\]]+)\]\(images/([a-z0-9-]+)\.png\)")
# Those who work in the admin first, as its menu has them.
ORDER = (
    Role.EDITOR, Role.STAFF, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.COMMITTEE, Role.GRID_WORKER, Role.SERVING,
)  # fmt: skip


@dataclass
class Block:
    """A paragraph (`text`), numbered steps (`steps`), or a picture (`picture`, with `text` as what it shows)."""

    text: str = ""
    steps: list[str] = field(default_factory=list)
    picture: str = ""


@dataclass
class Part:
    """A heading (empty before the first one) and what stands below it."""

    heading: str
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Guide:
    role: str
    title: str
    parts: tuple[Part, ...]


def parse(text: str) -> tuple[str, tuple[Part, ...]]:
    """The title and the parts of a guide. Lines that belong to none of the kinds above are paragraphs."""
    title, parts = "", [Part("")]
    for line in filter(None, map(str.strip, text.splitlines())):
        blocks = parts[-1].blocks
        if line.startswith("# "):
            title = line[2:]
        elif line.startswith("## "):
            parts.append(Part(line[3:]))
        elif step := STEP.fullmatch(line):
            if not blocks or not blocks[-1].steps:
                blocks.append(Block())
            blocks[-1].steps.append(step[1])
        elif picture := PICTURE.fullmatch(line):
            blocks.append(Block(text=picture[1], picture=picture[2]))
        else:
            blocks.append(Block(text=line))
    return title, tuple(part for part in parts if part.heading or part.blocks)


def folder() -> Path:
    return settings.BASE_DIR / "docs" / "guides"


@cache
def guide_for(role: str) -> Guide:
    """The guide of a role. It does not change while the server runs."""
    return Guide(role, *parse((folder() / f"{role}.md").read_text(encoding="utf-8")))


def guides_of(user) -> list[Guide]:
    """All guides, those of the person's own roles first."""
    held = grants_for(user).roles
    return [guide_for(role.value) for role in sorted(ORDER, key=lambda role: role not in held)]


def for_people_of_the_house(view):
    """Signed in, never cached, not for search engines."""

    @require_safe
    @login_required
    @never_cache
    def guarded(request, **kwargs):
        response = view(request, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


@for_people_of_the_house
def guide_list(request):
    held = grants_for(request.user).roles
    rows = [(guide, guide.role in held) for guide in guides_of(request.user)]
    return render(request, "home/guides.html", {"rows": rows})


@for_people_of_the_house
def guide(request, role):
    if role not in Role.values:
        raise Http404
    return render(request, "home/guide.html", {"guide": guide_for(role)})


@for_people_of_the_house
def guide_picture(request, name):
    """A picture of a guide, by its name without an ending."""
    path = folder() / "images" / f"{name}.png"
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/png")
