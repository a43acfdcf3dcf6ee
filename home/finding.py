"""Finding one's community: area by area, or by what a reader types. Statements do not grow with the communities."""

import unicodedata

from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.db.models.functions import Substr
from django.utils.translation import gettext, ngettext
from wagtail.models import Page

from community.models import Estate

MOST_LISTED = 40
MOST_FOUND = 20
LONGEST_NAME = 40


def front_context(page, request) -> dict:
    """What a reader typed to find their community and what it fits; without it all that there is, by area."""
    wanted = typed(request)
    return {"wanted": wanted, **(found(page, request, wanted) if wanted else listing(page, request))}


def typed(request) -> str:
    """What stands in the field, in half width and without white space at its ends."""
    text = request.GET.get("q", "") if request else ""
    return unicodedata.normalize("NFKC", text).strip()[:LONGEST_NAME]


def communities_below(page):
    from .pages import CommunityPage

    return CommunityPage.objects.descendant_of(page).live()


def listing(page, request) -> dict:
    """Every community under its area while there are few; else the next areas with their numbers.

    Communities that hang below no area are divided into pages. Where there is one area only, what is below it counts.
    """
    from .pages import AreaPage

    communities = communities_below(page)
    if communities.count() <= MOST_LISTED:
        return {"groups": by_area(page, request, communities.order_by("path"))}
    numbers = numbers_below(page)
    areas = [area for area in AreaPage.objects.child_of(page).live() if area.path in numbers]
    own = Paginator(communities.child_of(page).order_by("path"), MOST_LISTED)
    if len(areas) == 1 and not own.count:
        return listing(areas[0], request)
    page_obj = own.get_page(request.GET.get("page") if request else 1)
    groups = []
    if areas and page_obj.number == 1:
        groups.append({"title": gettext("Streets and towns"), "rows": area_rows(areas, numbers, request), "wide": True})
    if own.count:
        groups.append({"title": "", "rows": community_rows(page_obj, request), "wide": True})
    return {"groups": groups, "page_obj": page_obj}


def numbers_below(page) -> dict[str, int]:
    """How many communities each branch right below a page holds, by the path of the branch. One query."""
    branch = Substr("path", 1, len(page.path) + Page.steplen)
    counted = communities_below(page).order_by().annotate(branch=branch).values_list("branch")
    return dict(counted.annotate(number=Count("pk")))


def found(page, request, wanted: str) -> dict:
    """The communities that what was typed fits, those by their own name first; at most MOST_FOUND.

    Where there are more, the areas that it fits come before them.
    """
    areas = fitting_areas(page, wanted)
    fitting = communities_below(page).filter(own_name(wanted) | elsewhere(wanted, areas))
    number = fitting.count()
    near = Case(When(own_name(wanted), then=Value(0)), default=Value(1), output_field=IntegerField())
    groups = by_area(page, request, fitting.annotate(near=near).order_by("near", "path")[:MOST_FOUND])
    if areas and number > MOST_FOUND:
        groups.insert(0, {"title": gettext("Streets and towns"), "rows": area_rows(areas, {}, request), "wide": True})
    return {"groups": groups, "number_found": number, "most_found": MOST_FOUND}


def by_initials(wanted: str) -> Q:
    """Nothing for what was typed in Chinese: initials are Latin letters."""
    return Q(unit__initials__startswith=wanted.lower()) if wanted.isascii() else Q(pk=None)


def own_name(wanted: str) -> Q:
    """By its name, the initials of its name, or its code in Latin letters."""
    return Q(title__icontains=wanted) | Q(unit__code__istartswith=wanted) | by_initials(wanted)


def elsewhere(wanted: str, areas) -> Q:
    """By the address of its office, an estate or road of it, or an area around it."""
    estates = Estate.objects.filter(Q(name__icontains=wanted) | Q(address__icontains=wanted))
    fits = Q(unit__address__icontains=wanted) | Q(unit__in=estates.values("community"))
    for area in areas:
        fits |= Q(path__startswith=area.path)
    return fits


def fitting_areas(page, wanted: str) -> list:
    """The first areas whose name or initials what was typed fits."""
    from .pages import AreaPage

    fits = Q(title__icontains=wanted) | by_initials(wanted)
    return list(AreaPage.objects.descendant_of(page).live().filter(fits).order_by("path")[:MOST_FOUND])


def by_area(page, request, communities) -> list[dict]:
    """The communities under the names of their areas: title, rows. Two queries."""
    from .pages import AreaPage

    groups: dict[str, list] = {}
    for community in communities:
        groups.setdefault(community.path[: -Page.steplen], []).append(community)
    areas = AreaPage.objects.live().filter(path__in=list(groups)).exclude(pk=page.pk)
    titles = dict(areas.values_list("path", "title"))
    return [
        {"title": titles.get(path, ""), "rows": community_rows(members, request)} for path, members in groups.items()
    ]


def community_rows(communities, request) -> list[dict]:
    return [{"title": one.title, "text": one.intro, "url": one.get_url(request)} for one in communities]


def area_rows(areas, numbers: dict[str, int], request) -> list[dict]:
    """Areas to open, with how many communities each holds where that is known."""
    return [
        {"title": area.title, "text": number_of_communities(numbers.get(area.path)), "url": area.get_url(request)}
        for area in areas
    ]


def number_of_communities(number: int | None) -> str:
    if number is None:
        return ""
    return ngettext("%(number)d community", "%(number)d communities", number) % {"number": number}
