"""What a new proposal is compared with: what everyone may read already, and nothing else."""

from ..presentation.lists import RUNNING
from ..rules.likeness import Known, Typed, alike

COMPARED = 200


def similar_projects(index, typed: Typed) -> list:
    """Published pages of renovations under way that are like it, the most alike first. One query."""
    pages = {page.request.reference: page for page in index.projects().filter(request__state__in=RUNNING)[:COMPARED]}
    known = [
        Known(
            reference=reference,
            estate=page.request.estate_id,
            place=f"{page.request.title} {page.request.place}",
            text=f"{page.request.title}{page.request.problem}{page.request.plan}",
        )
        for reference, page in pages.items()
    ]
    return [pages[reference] for reference in alike(typed, known)]
