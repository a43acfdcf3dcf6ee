"""Which place a page belongs to, and which pages are a person's to work on."""

from wagtail.models import Page

from community.grants import grants_for, within
from community.models import Unit


def place_models() -> tuple:
    """The page types that stand for a unit, the nearest to readers first."""
    from ..pages import AreaPage, CommunityPage, HomePage

    return CommunityPage, AreaPage, HomePage


def paths_up(page) -> list[str]:
    """The tree paths of the page and of all above it."""
    step = Page.steplen
    return [page.path[:end] for end in range(step, len(page.path) + 1, step)]


def place_of(page):
    """The nearest page of a unit at or above the page, the unit loaded; None without any.

    One query for a page below a community.
    """
    if isinstance(page, place_models()):
        return page
    for model in place_models():
        found = model.objects.filter(path__in=paths_up(page)).select_related("unit").order_by("-depth").first()
        if found:
            return found
    return None


def places_within(unit_paths) -> list[Page]:
    """The pages of the units at or below these tree paths, without those inside another. At most four queries.

    The front page, above all others, belongs to its unit only while no place stands beside that unit.
    """
    if not unit_paths:
        return []
    pages = [page for model in place_models() for page in model.objects.filter(within(unit_paths, "unit__path"))]
    if (
        any(page.depth == 2 for page in pages)
        and Unit.objects.filter(depth=1).exclude(within(unit_paths, "path")).exists()
    ):
        pages = [page for page in pages if page.depth > 2]
    paths = {page.path for page in pages}
    return [page for page in pages if not any(page.path != top and page.path.startswith(top) for top in paths)]


def places_of(user, *roles) -> list[Page]:
    """The pages of the places where the person holds one of the roles."""
    return places_within(grants_for(user).paths(*roles))


def units_with_pages() -> list[int]:
    """Keys of the units whose page is open."""
    return [key for model in place_models() for key in model.objects.values_list("unit_id", flat=True) if key]
