"""What a page hands to its template: the frame around it and the rows within it."""

import re

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from wagtail.models import Page

from community.models import Unit

from . import neighbours
from .frame import Masthead
from .pages.base import Door
from .querysets.places import paths_up

NOTICES_ON_A_HOME = 5
SHARED_PICTURE = "fill-600x600|format-jpeg"


def frame_context(page, request) -> dict:
    """Masthead, footer, breadcrumbs and what stands in a forwarded link."""
    place = page.place
    unit = place.unit if place else None
    sections = sections_around(page, place)
    return {
        "masthead": masthead(page, place, request, sections),
        "footer": footer(unit),
        "feeds": feeds(place, sections),
        "breadcrumbs": breadcrumbs(page, request),
        "description": page.summary_line,
        "og_title": page.seo_title or page.title,
        "og_image": picture_address(page, request),
    }


def withdrawn_context(page, request) -> dict:
    """A page whose text is gone: its frame, when and why. Nothing of the text, in the head neither."""
    told = {"description": gettext("This page was withdrawn."), "og_title": page.title, "og_image": ""}
    return {"page": page, "self": page, **frame_context(page, request), **told}


def footer(unit) -> dict:
    """Whom to call and where to go; the frame fills in what a unit leaves empty."""
    if unit is None:
        return {}
    return {
        "phone": unit.phone,
        "hours": unit.hours,
        "address": unit.address,
        "organisation": unit.name,
        "details": particulars(unit),
    }


def footer_of_site() -> dict:
    """The footer of what belongs to no place: that of the top of the organisation."""
    return footer(Unit.get_first_root_node())


ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code="


def particulars(unit) -> list[tuple[str, str, str]]:
    """(label, text, address) of who runs the site and under which numbers. What is empty is not there. One query."""
    from .models import SiteDetails

    shown = SiteDetails.objects.shown_for(unit)
    police = "".join(re.findall(r"\d+", shown.get("police_number", "")))
    addresses = {"icp_number": ICP_REGISTER, "police_number": POLICE_REGISTER + police}
    labels = {
        "host": gettext("Host"),
        "operator": gettext("Run by"),
        "complaints": gettext("Complaints"),
        "site_code": gettext("Identification code"),
        "icp_number": gettext("ICP filing"),
        "police_number": gettext("Public security filing"),
    }
    return [(label, shown[name], addresses.get(name, "")) for name, label in labels.items() if name in shown]


def ancestors(page) -> list[Page]:
    """The live pages above this one, the front page first. Read with the sections."""
    return page._ancestors_of_frame


def breadcrumbs(page, request) -> list[tuple[str, str]]:
    return [(ancestor.title, ancestor.get_url(request)) for ancestor in ancestors(page)]


def sections_around(page, place) -> list[Page]:
    """What stands in the navigation of a place; nothing above its areas. Keeps the page's ancestors. One query."""
    above = [path for path in paths_up(page) if path != page.path] if page.path else []
    wanted = Q(path__in=above, depth__gt=1)
    has_sections = place is not None and place.depth > 2
    if has_sections:
        wanted |= Q(path__startswith=place.path, depth=place.depth + 1, show_in_menus=True)
    found = list(Page.objects.live().filter(wanted).order_by("path"))
    page._ancestors_of_frame = [one for one in found if one.path in above]
    return [one for one in found if has_sections and one.depth == place.depth + 1 and one.show_in_menus]


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
        "doors": doors(page, request),
        "notice_rows": [notice.as_row(request) for notice in notices],
        "notices_url": next((door["url"] for door in doors(page, request) if door["icon"] == "notice"), ""),
        "neighbours": neighbours.components_for(page, request),
        "facts": [fact_row(block.value) for block in page.facts],
    }


def fact_row(value) -> dict:
    as_of = gettext("(%(day)s)") % {"day": date_format(value["as_of"], "Y.m")} if value["as_of"] else ""
    return {"label": value["label"], "value": f"{value['value']} {as_of}".strip()}


def doors(page, request) -> list[Door]:
    """A door for each section that offers one, and those of the neighbours between them."""
    if not hasattr(page, "_doors"):
        own = [section.as_door(request) for section in page.sections if hasattr(section, "as_door")]
        page._doors = neighbours.among_doors(own, page, request)
    return page._doors


def only_community(page):
    """The community, when there is no choice; else None. One query."""
    from .pages import CommunityPage

    found = CommunityPage.objects.descendant_of(page).live()[:2]
    return found[0] if len(found) == 1 else None
