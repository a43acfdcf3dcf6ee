"""What a page hands to its template: the frame around it and the rows within it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from wagtail.models import Page

from . import neighbours
from .frame import Masthead
from .pages.base import Door

NOTICES_ON_A_HOME = 5
SHARED_PICTURE = "fill-600x600|format-jpeg"


def frame_context(page, request) -> dict:
    """Masthead, footer, breadcrumbs and what stands in a forwarded link."""
    place = page.place
    unit = place.unit if place else None
    sections = sections_of(place)
    return {
        "masthead": masthead(page, place, request, sections),
        "footer": footer(unit),
        "feeds": feeds(place, sections),
        "breadcrumbs": breadcrumbs(page, request),
        "description": page.summary_line,
        "og_title": page.seo_title or page.title,
        "og_image": picture_address(page, request),
    }


def footer(unit) -> dict:
    """Whom to call and where to go; the frame fills in what a unit leaves empty."""
    if unit is None:
        return {}
    return {"phone": unit.phone, "hours": unit.hours, "address": unit.address, "organisation": unit.name}


def ancestors(page) -> list[Page]:
    """The live pages above this one, the front page first. One query, kept on the page."""
    if not hasattr(page, "_ancestors_of_frame"):
        page._ancestors_of_frame = list(page.get_ancestors().live().filter(depth__gt=1)) if page.path else []
    return page._ancestors_of_frame


def breadcrumbs(page, request) -> list[tuple[str, str]]:
    return [(ancestor.title, ancestor.get_url(request)) for ancestor in ancestors(page)]


def sections_of(place) -> list[Page]:
    """What stands in the navigation of a place; nothing above its areas. One query."""
    if place is None or place.depth <= 2:
        return []
    return list(Page.objects.child_of(place).live().in_menu())


def feeds(place, sections: list[Page]) -> list[tuple[str, str]]:
    """(title, address) of the sections that can be followed."""
    names = [(section, getattr(section.cached_content_type.model_class(), "feed", "")) for section in sections]
    return [
        (f"{place.title} · {section.title}", reverse(name, args=[place.unit.code])) for section, name in names if name
    ]


def masthead(page, place, request, sections: list[Page]) -> Masthead:
    """The name of the place with the sections below it; the name of the site above communities."""
    if place is None or place.depth <= 2:
        return Masthead(name=gettext("Linli"), home_url=place.get_url(request) if place else "/")
    nav = [(section.title, section.get_url(request), page.path.startswith(section.path)) for section in sections]
    above = [ancestor.title for ancestor in ancestors(page) if 2 < ancestor.depth < place.depth]
    return Masthead(name=place.title, subtitle="".join(above), home_url=place.get_url(request), nav=nav)


def picture_address(page, request) -> str:
    """The full address of the picture that a forwarded page shows; empty when it has none of its own."""
    if not page.share_image_id:
        return ""
    address = page.share_image.get_rendition(SHARED_PICTURE).url
    return request.build_absolute_uri(address) if request else address


def community_context(page, request) -> dict:
    """The four doors, what the neighbours show, the newest notices, the facts."""
    from .pages import NoticePage

    notices = NoticePage.objects.descendant_of(page).live().current().newest_first()[:NOTICES_ON_A_HOME]
    return {
        "doors": list(doors(page, request)),
        "notice_rows": [notice.as_row(request) for notice in notices],
        "notices_url": next((door["url"] for door in doors(page, request) if door["icon"] == "notice"), ""),
        "neighbours": neighbours.components_for(page, request),
        "facts": [fact_row(block.value) for block in page.facts],
    }


def fact_row(value) -> dict:
    as_of = gettext("(%(day)s)") % {"day": date_format(value["as_of"], "Y.m")} if value["as_of"] else ""
    return {"label": value["label"], "value": f"{value['value']} {as_of}".strip()}


def doors(page, request) -> Iterable[Door]:
    """A door for each section that offers one, and the telephone."""
    if not hasattr(page, "_doors"):
        page._doors = [section.as_door(request) for section in page.sections if hasattr(section, "as_door")]
        if page.unit.phone:
            page._doors.append(
                Door(label=gettext("Call us"), text=page.unit.phone, url=f"tel:{page.unit.phone}", icon="phone")
            )
    return page._doors


def areas_with_communities(page, request) -> list[dict]:
    """The communities below a page, under the names of their areas. Two queries, however many there are."""
    from .pages import AreaPage, CommunityPage

    areas = {area.path: area for area in AreaPage.objects.descendant_of(page).live()}
    groups: dict[str, list] = {}
    for community in CommunityPage.objects.descendant_of(page).live().order_by("path"):
        groups.setdefault(community.path[: -Page.steplen], []).append(
            {"title": community.title, "text": community.intro, "url": community.get_url(request)}
        )
    return [{"title": areas[path].title if path in areas else "", "rows": rows} for path, rows in groups.items()]
